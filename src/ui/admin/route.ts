import type { Operation } from "../../domain/people/access.ts";

/** The pages of administration, by address. Kept apart from the elements so that it can be tested as a function. */
export type Route =
  | { readonly page: "people" }
  | { readonly page: "person-new" }
  | { readonly page: "people-import" }
  | { readonly page: "person"; readonly id: string }
  | { readonly page: "person-edit"; readonly id: string }
  | { readonly page: "person-enrol"; readonly id: string }
  | { readonly page: "presence" }
  | { readonly page: "attest" }
  | { readonly page: "help" }
  | { readonly page: "requests" }
  | { readonly page: "request"; readonly request: string }
  | { readonly page: "punches" }
  | { readonly page: "reports" }
  | { readonly page: "months" }
  | { readonly page: "feedback" }
  | { readonly page: "schedule" }
  | { readonly page: "rules" }
  | { readonly page: "recognition" }
  | { readonly page: "device" }
  | { readonly page: "settings" }
  | { readonly page: "backup" }
  | { readonly page: "users" }
  | { readonly page: "audit" }
  | { readonly page: "rights" }
  | { readonly page: "compliance" }
  | { readonly page: "account" }
  | { readonly page: "unknown" };

export const ROOT = "/admin";

/** The page at a path; the bare root is the list of people. */
export function parseRoute(pathname: string): Route {
  const path = pathname.replace(/\/+$/, "");
  if (path === ROOT) return { page: "people" };
  if (!path.startsWith(`${ROOT}/`)) return { page: "unknown" };
  const [area, first, second, ...rest] = path.slice(ROOT.length + 1).split("/");
  if (rest.length > 0) return { page: "unknown" };
  if (area === "people") {
    if (first === undefined) return { page: "people" };
    if (second === undefined) {
      if (first === "new") return { page: "person-new" };
      if (first === "import") return { page: "people-import" };
      return { page: "person", id: decodeURIComponent(first) };
    }
    if (second === "edit") return { page: "person-edit", id: decodeURIComponent(first) };
    if (second === "enrol") return { page: "person-enrol", id: decodeURIComponent(first) };
    return { page: "unknown" };
  }
  if (area === "requests" && second === undefined) return first === undefined ? { page: "requests" } : { page: "request", request: decodeURIComponent(first) };
  if (first !== undefined) return { page: "unknown" };
  if (area === "attest" || area === "help" || area === "presence" || area === "reports" || area === "months" || area === "feedback") return { page: area };
  if (area === "schedule" || area === "rules") return { page: area };
  if (area === "punches" || area === "recognition" || area === "device" || area === "settings" || area === "backup" || area === "users" || area === "audit" || area === "rights" || area === "compliance" || area === "account") return { page: area };
  return { page: "unknown" };
}

export const paths = {
  people: `${ROOT}/people`,
  peopleToRenew: `${ROOT}/people?note=renew`,
  newPerson: `${ROOT}/people/new`,
  importPeople: `${ROOT}/people/import`,
  person: (id: string): string => `${ROOT}/people/${encodeURIComponent(id)}`,
  editPerson: (id: string): string => `${ROOT}/people/${encodeURIComponent(id)}/edit`,
  enrol: (id: string): string => `${ROOT}/people/${encodeURIComponent(id)}/enrol`,
  attest: `${ROOT}/attest`,
  help: `${ROOT}/help`,
  presence: `${ROOT}/presence`,
  reports: `${ROOT}/reports`,
  months: `${ROOT}/months`,
  feedback: `${ROOT}/feedback`,
  requests: `${ROOT}/requests`,
  request: (id: string): string => `${ROOT}/requests/${encodeURIComponent(id)}`,
  punches: `${ROOT}/punches`,
  punchesOf: (id: string): string => `${ROOT}/punches?person=${encodeURIComponent(id)}`,
  schedule: `${ROOT}/schedule`,
  rules: `${ROOT}/rules`,
  recognition: `${ROOT}/recognition`,
  device: `${ROOT}/device`,
  settings: `${ROOT}/settings`,
  backup: `${ROOT}/backup`,
  users: `${ROOT}/users`,
  audit: `${ROOT}/audit`,
  rights: `${ROOT}/rights`,
  compliance: `${ROOT}/compliance`,
  incidents: `${ROOT}/compliance?tab=incidents`,
  faceUse: `${ROOT}/compliance?tab=faces`,
  account: `${ROOT}/account`,
  kiosk: "/",
} as const;

/** What somebody must be allowed to do to open a page; null for pages that are open to whoever is signed in. */
export function needed(page: Route["page"]): Operation | null {
  switch (page) {
    case "people":
    case "person":
      return "people.read";
    case "person-new":
    case "person-edit":
    case "people-import":
      return "people.write";
    case "person-enrol":
      return "people.enrol";
    case "presence":
    case "reports":
    case "months":
      return "attendance.read";
    case "feedback":
      return "feedback.read";
    case "attest":
      return "punches.attest";
    case "requests":
    case "request":
      return "requests.read";
    case "punches":
      return "records.read";
    case "schedule":
      return "plans.read";
    case "rules":
      return "rules.read";
    case "recognition":
      return "recognition.read";
    case "device":
      return "device.read";
    case "settings":
      return "settings.change";
    case "backup":
      return "backup.make";
    case "users":
      return "users.read";
    case "audit":
      return "log.read";
    case "rights":
      return "face.freeze";
    case "compliance":
      return "compliance.read";
    case "help":
    case "account":
    case "unknown":
      return null;
  }
}

export function mayOpen(page: Route["page"], allowed: ReadonlySet<Operation>): boolean {
  // Certificates are an auditor's business too, freezing is not.
  if (page === "rights" && allowed.has("certificates.read")) return true;
  if (page === "backup") return allowed.has("backup.make") || allowed.has("backup.restore");
  const operation = needed(page);
  return operation === null || allowed.has(operation);
}

/** Where somebody arrives who named no page: who is here for whoever decides about people, else the first page that is theirs. */
export function home(allowed: ReadonlySet<Operation>): string {
  if (mayOpen("presence", allowed) && allowed.has("requests.decide")) return paths.presence;
  const first = (["people", "punches", "device", "users"] as const).find((page) => mayOpen(page, allowed));
  return first === undefined ? paths.account : paths[first];
}

/** Goes to an address inside the app; whoever shows pages hears `popstate`. */
export function go(address: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** Puts a list's search, filters and order into the address without a step in the history. Empty values are left out. */
export function keepInAddress(values: Readonly<Record<string, string>>): void {
  const parameters = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === "") parameters.delete(name);
    else parameters.set(name, value);
  }
  const query = parameters.toString();
  history.replaceState(null, "", query === "" ? location.pathname : `${location.pathname}?${query}`);
}
