import { msg } from "@lit/localize";

import type { Operation } from "../../../domain/people/access.ts";
import { mayOpen, paths, type Route } from "../route.ts";

export interface PageLink {
  readonly page: Route["page"];
  readonly icon: string;
  readonly label: string;
  readonly address: string;
}

/** The pages that whoever is allowed this much can open, in the order of the menu. What a role may not do is not shown. */
export function pageLinks(allowed: ReadonlySet<Operation>): readonly PageLink[] {
  const all: readonly PageLink[] = [
    { page: "presence", icon: "eye", label: msg("Who is here", { id: "admin.nav.presence" }), address: paths.presence },
    { page: "attest", icon: "user-check", label: msg("Attest punches", { id: "admin.nav.attest" }), address: paths.attest },
    { page: "people", icon: "people", label: msg("People", { id: "admin.nav.people" }), address: paths.people },
    { page: "person-new", icon: "user-plus", label: msg("Add person", { id: "admin.people.add" }), address: paths.newPerson },
    { page: "people-import", icon: "upload", label: msg("Import a roster", { id: "admin.import.title" }), address: paths.importPeople },
    { page: "requests", icon: "inbox", label: msg("Requests", { id: "admin.nav.requests" }), address: paths.requests },
    { page: "punches", icon: "clock", label: msg("Punches", { id: "admin.nav.punches" }), address: paths.punches },
    { page: "months", icon: "calendar-check", label: msg("Months", { id: "admin.nav.months" }), address: paths.months },
    { page: "reports", icon: "report", label: msg("Reports", { id: "admin.nav.reports" }), address: paths.reports },
    { page: "feedback", icon: "message", label: msg("Feedback", { id: "admin.nav.feedback" }), address: paths.feedback },
    { page: "schedule", icon: "grid", label: msg("Schedule", { id: "admin.nav.schedule" }), address: paths.schedule },
    { page: "rules", icon: "scales", label: msg("Rules", { id: "admin.nav.rules" }), address: paths.rules },
    { page: "recognition", icon: "chart", label: msg("Recognition", { id: "admin.nav.recognition" }), address: paths.recognition },
    { page: "rights", icon: "file", label: msg("Data rights", { id: "admin.nav.rights" }), address: paths.rights },
    { page: "compliance", icon: "scales", label: msg("Compliance", { id: "admin.nav.compliance" }), address: paths.compliance },
    { page: "device", icon: "tablet", label: msg("Device", { id: "admin.nav.device" }), address: paths.device },
    { page: "users", icon: "key", label: msg("Users", { id: "admin.nav.users" }), address: paths.users },
    { page: "backup", icon: "download", label: msg("Backup", { id: "admin.nav.backup" }), address: paths.backup },
    { page: "audit", icon: "shield", label: msg("Audit", { id: "admin.nav.audit" }), address: paths.audit },
    { page: "settings", icon: "sliders", label: msg("Settings", { id: "admin.nav.settings" }), address: paths.settings },
    { page: "help", icon: "help", label: msg("Help", { id: "admin.nav.help" }), address: paths.help },
    { page: "account", icon: "user", label: msg("My account", { id: "admin.nav.account" }), address: paths.account },
  ];
  return all.filter(({ page }) => mayOpen(page, allowed));
}

/** Pages within another that the menu does not name. */
const WITHIN: Partial<Readonly<Record<Route["page"], Route["page"]>>> = { request: "requests", person: "people", "person-new": "people", "person-edit": "people", "person-enrol": "people", "people-import": "people" };

/** The entry of the menu under which a page stands. */
export function menuPage(page: Route["page"]): Route["page"] {
  return WITHIN[page] ?? page;
}

/** What the menu itself shows; the rest is found by name. */
export function menuLinks(allowed: ReadonlySet<Operation>): readonly PageLink[] {
  return pageLinks(allowed).filter(({ page }) => menuPage(page) === page && page !== "account");
}

/** Parts of the menu, in their order; a page that is in none of them stands in the last one. */
const PARTS: readonly { readonly id: "attendance" | "people" | "site"; readonly pages: readonly string[] }[] = [
  { id: "attendance", pages: ["presence", "attest", "requests", "punches", "schedule", "months", "reports"] },
  { id: "people", pages: ["people", "recognition", "rights", "compliance", "feedback"] },
  { id: "site", pages: ["rules", "device", "users", "backup", "audit", "settings", "help"] },
];

function partName(id: (typeof PARTS)[number]["id"]): string {
  switch (id) {
    case "attendance":
      return msg("Attendance", { id: "admin.nav.part.attendance" });
    case "people":
      return msg("People and faces", { id: "admin.nav.part.people" });
    case "site":
      return msg("Site", { id: "admin.nav.part.site" });
  }
}

/** The menu in parts; those without a page that may be opened are left out. */
export function menuParts(allowed: ReadonlySet<Operation>): readonly { readonly name: string; readonly links: readonly PageLink[] }[] {
  const links = menuLinks(allowed);
  const placed = new Set(PARTS.flatMap(({ pages }) => pages));
  return PARTS.map(({ id, pages }) => {
    const own = pages.flatMap((page) => links.find((link) => link.page === page) ?? []);
    return { name: partName(id), links: id === "site" ? [...own, ...links.filter(({ page }) => !placed.has(page))] : own };
  }).filter((part) => part.links.length > 0);
}
