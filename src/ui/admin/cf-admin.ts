import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { AdministratorSession } from "../../app/api/administration.ts";
import { concernsOf } from "../../app/device/storage-health.ts";
import type { Operation } from "../../domain/people/access.ts";
import type { AccessFailure } from "../../app/ports/access.ts";
import type { Result } from "../../domain/result.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { chooseLocale, locale, LOCALE_NAMES, LOCALES } from "../i18n/localize.ts";
import "./attest/cf-attest.ts";
import "./backup/cf-backup.ts";
import "./help/cf-help.ts";
import "./audit/cf-audit.ts";
import "./compliance/cf-compliance.ts";
import { complianceToDo } from "./compliance/cf-compliance-notice.ts";
import "./device/cf-device.ts";
import "./device/cf-settings.ts";
import "./device/cf-storage-notice.ts";
import "./enrol/cf-enrolment.ts";
import "./feedback/cf-feedback.ts";
import "./months/cf-months.ts";
import "./parts/components.ts";
import { AdminElement } from "./parts/element.ts";
import { Follow } from "./parts/follow.ts";
import { base } from "./parts/styles.ts";
import { theme } from "./parts/theme.ts";
import "./people/cf-people.ts";
import "./people/cf-people-import.ts";
import "./people/cf-person-form.ts";
import "./people/cf-person.ts";
import "./presence/cf-presence.ts";
import "./recognition/cf-recognition.ts";
import "./records/cf-punches.ts";
import "./reports/cf-reports.ts";
import { go, home, mayOpen, parseRoute, paths, ROOT, type Route } from "./route.ts";
import "./requests/cf-request.ts";
import "./requests/cf-requests.ts";
import "./rights/cf-rights.ts";
import "./rules/cf-rules.ts";
import "./schedule/cf-schedule.ts";
import "./setup/cf-setup.ts";
import { AFTER_SETUP, loadDraft } from "./setup/draft.ts";
import "./shell/cf-no-right.ts";
import "./shell/cf-owed.ts";
import "./shell/cf-palette.ts";
import "./shell/cf-sign-in.ts";
import { menuPage, menuParts } from "./shell/pages.ts";
import { shellStyles } from "./shell/styles.ts";
import "./users/cf-account.ts";
import "./users/cf-users.ts";
import { accessWord } from "./users/words.ts";

/** Warned this long before a session ends by itself. */
const WARNING_MS = 60_000;
const NOTHING: ReadonlySet<Operation> = new Set();
/** Activity is passed on at most this often. */
const TOUCH_EVERY_MS = 2_000;

/**
 * Administration: set-up when there is no site yet, else signing in and the pages under `/admin`.
 *
 * @summary All of administration in one element.
 * @event cf-leave-admin - The kiosk is wanted; the session has ended. Unless it is cancelled the address becomes `/`, and whoever shows pages hears `popstate`.
 */
@customElement("cf-admin")
export class AdminShellElement extends AdminElement {
  static override styles = [
    theme,
    base,
    shellStyles,
  ];

  @state() private route: Route = parseRoute(location.pathname);
  @state() private menu = false;
  @state() private palette = false;
  @state() private endsSoon = false;
  /** Stays until what is owed was paid and its last step was left. */
  @state() private owing = false;
  /** The person whose page is open: shown once the entry that says who looked is written. */
  @state() private looked: { readonly id: string; readonly outcome: Result<void, AccessFailure> | null } | null = null;
  @state() private settingUp = AFTER_SETUP.includes(loadDraft()?.step ?? "language");

  @query("main") private main?: HTMLElement | null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly renewals = new Follow(this, () => this.administration.recognition.renewals);
  private readonly requests = new Follow(this, () => this.administration.attendance.requests.waiting);
  private readonly backups = new Follow(this, () => this.administration.backups.toDo);
  private readonly cameraAlarm = new Follow(this, () => this.administration.device.cameraAlarm);
  private readonly storage = new Follow(this, () => this.administration.device.storage);
  private readonly allowed = new Follow(this, () => this.administration.rights.allowed);
  private readonly proof = new Follow(this, () => this.administration.audit.state);
  private readonly compliance = new Follow(this, () => this.administration.compliance.concerns);
  private readonly stale = new Follow(this, () => this.administration.users.stale);
  #timer: ReturnType<typeof setInterval> | undefined;
  #touchedAt = 0;
  #focusNext = false;
  /** Set-up signs its administrator in; until then nobody is asked for the passphrase that was just chosen. */
  #signingIn = false;

  private readonly moved = (): void => {
    if (!location.pathname.startsWith(ROOT)) return;
    this.route = parseRoute(location.pathname);
    this.menu = false;
  };

  private readonly pressed = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && this.session.value && !this.settingUp) {
      event.preventDefault();
      this.palette = !this.palette;
    }
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.moved);
    window.addEventListener("keydown", this.pressed);
    this.addEventListener("click", this.clicked);
    this.addEventListener("keydown", this.touched);
    this.addEventListener("pointerdown", this.touched);
    this.#timer = setInterval(() => this.watchSession(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
    window.removeEventListener("keydown", this.pressed);
    this.removeEventListener("click", this.clicked);
    this.removeEventListener("keydown", this.touched);
    this.removeEventListener("pointerdown", this.touched);
    clearInterval(this.#timer);
  }

  protected override willUpdate(): void {
    if (this.settings.value === null) {
      this.settingUp = true;
      this.#signingIn = true;
    } else if (this.session.value) {
      this.#signingIn = false;
    }
    const session = this.session.value ?? null;
    if (session === null) this.owing = false;
    else if (session.owed.length > 0) this.owing = true;
    this.look(session);
  }

  protected override updated(changed: PropertyValues): void {
    const before = (changed as Map<PropertyKey, unknown>).get("route") as Route | undefined;
    document.title = `${this.pageTitle()} – Clockface`;
    this.arriveHome();
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(this.route)) this.#focusNext = true;
    if (!this.#focusNext || this.looked?.outcome === null) return;
    this.#focusNext = false;
    void this.focusPage();
  }

  /** Nobody looks at a person unseen. */
  private look(session: AdministratorSession | null): void {
    const id = session !== null && session.owed.length === 0 && "id" in this.route && mayOpen(this.route.page, this.rights) ? this.route.id : null;
    if (id === (this.looked?.id ?? null)) return;
    this.looked = id === null ? null : { id, outcome: null };
    if (id === null) return;
    void this.administration.traces.viewing(id as PersonId).then((outcome) => {
      if (this.looked?.id === id) this.looked = { id, outcome };
    });
  }

  private get rights(): ReadonlySet<Operation> {
    return this.allowed.value ?? NOTHING;
  }

  /** Administration without a page named is the first page that one's roles open. */
  private arriveHome(): void {
    if (!this.session.value || this.owing || this.settingUp || location.pathname.replace(/\/+$/, "") !== ROOT) return;
    if (!mayOpen(this.route.page, this.rights)) go(home(this.rights), { replace: true });
  }

  /** The new page's heading, so that a screen reader says where one is and Tab goes on from there. */
  private async focusPage(): Promise<void> {
    const page = this.main?.lastElementChild;
    if (page === null || page === undefined) return;
    if ("updateComplete" in page) await (page as HTMLElement & { readonly updateComplete: Promise<boolean> }).updateComplete;
    this.main?.scrollTo(0, 0);
    (page.shadowRoot ?? page).querySelector<HTMLElement>("h1")?.focus();
  }

  private readonly touched = (): void => {
    const now = Date.now();
    if (now - this.#touchedAt < TOUCH_EVERY_MS || !this.session.value) return;
    this.#touchedAt = now;
    this.administration.sessions.touched();
  };

  private watchSession(): void {
    const session = this.session.value ?? null;
    const endsSoon = session !== null && endOf(session) - Date.now() < WARNING_MS;
    if (endsSoon || this.endsSoon) this.requestUpdate();
    this.endsSoon = endsSoon;
  }

  /** Links inside administration change the page without loading it anew. */
  private readonly clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement);
    if (link === undefined || link.target !== "" || link.hasAttribute("download")) return;
    const address = link.getAttribute("href") ?? "";
    if (address === paths.kiosk) {
      event.preventDefault();
      void this.leave();
    } else if (address === ROOT || address.startsWith(`${ROOT}/`)) {
      event.preventDefault();
      go(address);
    }
  };

  /** A tablet on a wall must not keep administration open behind the kiosk. */
  private async leave(): Promise<void> {
    this.administration.sessions.signOut();
    // The page that may still hold the camera is gone before the kiosk asks for it.
    await this.updateComplete;
    if (this.dispatchEvent(new CustomEvent("cf-leave-admin", { bubbles: true, composed: true, cancelable: true }))) go(paths.kiosk);
  }

  private pageTitle(): string {
    switch (this.route.page) {
      case "people":
      case "person":
      case "person-enrol":
      case "person-edit":
        return msg("People", { id: "admin.nav.people" });
      case "person-new":
        return msg("Add person", { id: "admin.people.add" });
      case "people-import":
        return msg("Import a roster", { id: "admin.import.title" });
      case "help":
        return msg("Help", { id: "admin.nav.help" });
      case "attest":
        return msg("Attest punches", { id: "admin.nav.attest" });
      case "presence":
        return msg("Who is here", { id: "admin.nav.presence" });
      case "reports":
        return msg("Reports", { id: "admin.nav.reports" });
      case "months":
        return msg("Months", { id: "admin.nav.months" });
      case "feedback":
        return msg("Feedback", { id: "admin.nav.feedback" });
      case "requests":
      case "request":
        return msg("Requests", { id: "admin.nav.requests" });
      case "punches":
        return msg("Punches", { id: "admin.nav.punches" });
      case "schedule":
        return msg("Schedule", { id: "admin.nav.schedule" });
      case "rules":
        return msg("Rules", { id: "admin.nav.rules" });
      case "recognition":
        return msg("Recognition", { id: "admin.nav.recognition" });
      case "device":
        return msg("Device", { id: "admin.nav.device" });
      case "settings":
        return msg("Settings", { id: "admin.nav.settings" });
      case "backup":
        return msg("Backup", { id: "admin.nav.backup" });
      case "users":
        return msg("Users", { id: "admin.nav.users" });
      case "rights":
        return msg("Data rights", { id: "admin.nav.rights" });
      case "compliance":
        return msg("Compliance", { id: "admin.nav.compliance" });
      case "audit":
        return msg("Audit", { id: "admin.nav.audit" });
      case "account":
        return msg("My account", { id: "admin.nav.account" });
      case "unknown":
        return msg("Administration", { id: "admin.title" });
    }
  }

  override render(): TemplateResult {
    if (!this.session.value && !this.#signingIn) return html`<cf-sign-in .administration=${this.administration}></cf-sign-in>`;
    if (this.owing) return html`<cf-owed .administration=${this.administration} @cf-done=${() => (this.owing = false)}></cf-owed>${this.ending()}`;
    if (this.settingUp) return html`${this.setup()}${this.ending()}`;
    return html`<div class="layout">
        ${this.top()} ${this.side()}
        <main ?inert=${this.menu}>${this.storageNotice()}<cf-compliance-notice .administration=${this.administration}></cf-compliance-notice>${this.page()}</main>
      </div>
      <cf-palette .administration=${this.administration} ?open=${this.palette} @cf-close=${() => (this.palette = false)}></cf-palette>
      ${this.ending()}`;
  }

  /** On its own page it stands in full. */
  private storageNotice(): TemplateResult | typeof nothing {
    return this.route.page === "device" || !mayOpen("device", this.rights) ? nothing : html`<cf-storage-notice brief .administration=${this.administration}></cf-storage-notice>`;
  }

  private setup(): TemplateResult {
    return html`<cf-setup
      .administration=${this.administration}
      @cf-sign-in-needed=${() => {
        this.#signingIn = false;
        this.requestUpdate();
      }}
      @cf-finished=${() => {
        this.settingUp = false;
        void this.leave();
      }}
    ></cf-setup>`;
  }

  private ending(): TemplateResult | typeof nothing {
    const session = this.session.value ?? null;
    if (!this.endsSoon || session === null) return nothing;
    const seconds = Math.max(0, Math.ceil((endOf(session) - Date.now()) / 1000));
    const idle = session.idleEndsAt < session.endsAt;
    return html`<div class="ending" role="alert">
      <span class="numbers">${msg(str`You will be signed out in ${seconds} s.`, { id: "admin.session.ending" })}</span>
      ${idle ? html`<wa-button size="s" variant="brand" @click=${() => this.administration.sessions.touched()}>${msg("Stay signed in", { id: "admin.session.stay" })}</wa-button>` : html`<span>${msg("Half an hour is over: sign in again afterwards.", { id: "admin.session.over" })}</span>`}
    </div>`;
  }

  private top(): TemplateResult {
    return html`<header class="top">
      <button type="button" aria-expanded=${this.menu ? "true" : "false"} aria-controls="side" aria-label=${msg("Menu", { id: "admin.menu" })} @click=${() => (this.menu = !this.menu)}>
        <wa-icon name=${this.menu ? "xmark" : "bars"}></wa-icon>
      </button>
      <strong>${this.settings.value?.siteName}</strong>
      <button type="button" aria-label=${msg("Find people and pages", { id: "admin.palette" })} @click=${() => (this.palette = true)}><wa-icon name="search"></wa-icon></button>
    </header>`;
  }

  private side(): TemplateResult {
    const here = menuPage(this.route.page);
    const link = (address: string, icon: string, label: string, active: boolean, note: TemplateResult | typeof nothing = nothing): TemplateResult =>
      html`<a href=${address} aria-current=${active ? "page" : nothing}><wa-icon name=${icon}></wa-icon><span>${label}</span>${note}</a>`;
    return html`<aside id="side" class="side ${this.menu ? "shown" : ""}" aria-label=${msg("Menu", { id: "admin.menu" })} @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Escape") this.menu = false;
    }}>
      <div class="brand"><strong>${this.settings.value?.siteName}</strong><span class="small quiet">${this.settings.value?.organisation}</span></div>
      <button type="button" class="find" @click=${() => (this.palette = true)}><wa-icon name="search"></wa-icon>${msg("Find", { id: "admin.find" })}<kbd>Ctrl K</kbd></button>
      <nav aria-label=${msg("Administration", { id: "admin.title" })}>
        ${menuParts(this.rights).map(
          ({ name, links }) => html`<div class="part" role="group" aria-label=${name}>
            <h2>${name}</h2>
            ${links.map(({ page, icon, label, address }) => link(address, icon, label, page === here, this.waiting(page)))}
          </div>`,
        )}
      </nav>
      <div class="bottom">
        ${LOCALES.filter((code) => code !== locale.value).map(
          (code) => html`<button type="button" lang=${code} @click=${() => void chooseLocale(code)}><wa-icon name="globe"></wa-icon>${LOCALE_NAMES[code]}</button>`,
        )}
        ${link(paths.account, "user", this.session.value?.name ?? "", here === "account", html`<span class="visually-hidden">${msg("My account", { id: "admin.nav.account" })}</span>`)}
        <a href=${paths.kiosk}><wa-icon name="kiosk"></wa-icon>${msg("To the kiosk", { id: "admin.to-kiosk" })}</a>
        <button type="button" @click=${() => this.administration.sessions.signOut()}><wa-icon name="sign-out"></wa-icon>${msg("Sign out", { id: "admin.sign-out" })}</button>
      </div>
    </aside>`;
  }

  private waiting(page: Route["page"]): TemplateResult | typeof nothing {
    const renewals = this.renewals.value?.length ?? 0;
    const stale = this.stale.value?.length ?? 0;
    if (page === "people") return this.toDo(renewals, msg(str`${renewals} to renew`, { id: "admin.nav.renewals" }));
    if (page === "requests") return this.toDo(this.requests.value ?? 0, msg(str`Waiting for you: ${this.requests.value ?? 0}`, { id: "admin.nav.requests.waiting" }));
    if (page === "backup") return this.toDo(this.backups.value ?? 0, msg("backup to look at", { id: "admin.nav.backup.waiting" }));
    if (page === "users") return this.toDo(stale, msg(str`Roles to look at: ${stale}`, { id: "admin.nav.stale" }));
    if (page === "compliance") return this.toDo(complianceToDo(this.compliance.value), msg("Compliance: to be looked at", { id: "admin.nav.compliance.concerns" }));
    if (page === "audit") return this.toDo((this.proof.value?.alarms.length ?? 0) + (this.proof.value?.late === true ? 1 : 0), msg("proof alarms", { id: "admin.nav.audit.alarms" }));
    if (page === "device") return this.toDo(this.deviceConcerns(), msg("Device: to be looked at", { id: "admin.nav.device.concerns" }));
    return nothing;
  }

  private deviceConcerns(): number {
    const storage = this.storage.value;
    return (this.cameraAlarm.value?.kind === "changed" ? 1 : 0) + (storage === undefined ? 0 : concernsOf(storage).length);
  }

  /** A count beside a link, for what waits there for the administrator. */
  private toDo(waiting: number, words: string): TemplateResult | typeof nothing {
    return waiting === 0 ? nothing : html`<span class="to-do numbers"><span aria-hidden="true">${waiting}</span><span class="visually-hidden">${words}</span></span>`;
  }

  private page(): TemplateResult {
    const { route } = this;
    if (!mayOpen(route.page, this.rights)) return html`<cf-no-right .administration=${this.administration}></cf-no-right>`;
    const { outcome } = this.looked ?? {};
    if (outcome === null) return html`<div class="page"><p role="status"><wa-spinner></wa-spinner></p></div>`;
    if (outcome?.ok === false) {
      return html`<div class="page narrow">
        <h1 tabindex="-1">${this.pageTitle()}</h1>
        <wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${accessWord(outcome.error.kind)}</wa-callout>
        <div><a href=${home(this.rights)}>${msg("To the first page", { id: "admin.unknown.home" })}</a></div>
      </div>`;
    }
    switch (route.page) {
      case "people":
        return html`<cf-people .administration=${this.administration}></cf-people>`;
      case "people-import":
        return html`<cf-people-import .administration=${this.administration}></cf-people-import>`;
      case "person":
        return html`<cf-person .administration=${this.administration} .personId=${route.id}></cf-person>`;
      case "person-new":
        return html`<div class="page">
          <a class="back" href=${paths.people}><wa-icon name="chevron-left"></wa-icon>${msg("People", { id: "admin.nav.people" })}</a>
          <h1 tabindex="-1">${msg("Add person", { id: "admin.people.add" })}</h1>
          <cf-person-form
            .administration=${this.administration}
            @cf-saved=${(event: CustomEvent<{ readonly id: PersonId }>) => go(paths.person(event.detail.id))}
            @cf-cancel=${() => go(paths.people)}
          ></cf-person-form>
        </div>`;
      case "person-edit":
        return this.editPage(route.id);
      case "person-enrol":
        return this.enrolPage(route.id);
      case "help":
        return html`<cf-help .administration=${this.administration}></cf-help>`;
      case "attest":
        return html`<cf-attest .administration=${this.administration}></cf-attest>`;
      case "presence":
        return html`<cf-presence .administration=${this.administration}></cf-presence>`;
      case "reports":
        return html`<cf-reports .administration=${this.administration}></cf-reports>`;
      case "months":
        return html`<cf-months .administration=${this.administration}></cf-months>`;
      case "feedback":
        return html`<cf-feedback .administration=${this.administration}></cf-feedback>`;
      case "requests":
        return html`<cf-requests .administration=${this.administration}></cf-requests>`;
      case "request":
        return html`<cf-request .administration=${this.administration} .requestId=${route.request}></cf-request>`;
      case "punches":
        return html`<cf-punches .administration=${this.administration}></cf-punches>`;
      case "schedule":
        return html`<cf-schedule .administration=${this.administration}></cf-schedule>`;
      case "rules":
        return html`<cf-rules .administration=${this.administration}></cf-rules>`;
      case "recognition":
        return html`<cf-recognition .administration=${this.administration}></cf-recognition>`;
      case "device":
        return html`<cf-device .administration=${this.administration}></cf-device>`;
      case "settings":
        return html`<cf-settings .administration=${this.administration}></cf-settings>`;
      case "backup":
        return html`<cf-backup .administration=${this.administration}></cf-backup>`;
      case "users":
        return html`<cf-users .administration=${this.administration}></cf-users>`;
      case "rights":
        return html`<cf-rights .administration=${this.administration}></cf-rights>`;
      case "compliance":
        return html`<cf-compliance .administration=${this.administration}></cf-compliance>`;
      case "audit":
        return html`<cf-audit .administration=${this.administration}></cf-audit>`;
      case "account":
        return html`<cf-account .administration=${this.administration}></cf-account>`;
      case "unknown":
        return html`<div class="page">
          <h1 tabindex="-1">${msg("There is no such page", { id: "admin.unknown" })}</h1>
          <a href=${home(this.rights)}>${msg("To the first page", { id: "admin.unknown.home" })}</a>
        </div>`;
    }
  }

  private editPage(id: string): TemplateResult {
    const row = this.administration.people.rows.value.find(({ person }) => person.id === id);
    if (row === undefined) return html`<cf-person .administration=${this.administration} .personId=${id}></cf-person>`;
    return html`<div class="page">
      <a class="back" href=${paths.person(id)}><wa-icon name="chevron-left"></wa-icon>${row.person.name}</a>
      <h1 tabindex="-1">${msg(str`Edit ${row.person.name}`, { id: "admin.person.edit.title" })}</h1>
      <cf-person-form .administration=${this.administration} .person=${row.person} @cf-saved=${() => go(paths.person(id))} @cf-cancel=${() => go(paths.person(id))}></cf-person-form>
    </div>`;
  }

  private enrolPage(id: string): TemplateResult {
    const row = this.administration.people.rows.value.find(({ person }) => person.id === id);
    if (row === undefined) return html`<cf-person .administration=${this.administration} .personId=${id}></cf-person>`;
    return html`<div class="page narrow">
      <a class="back" href=${paths.person(id)}><wa-icon name="chevron-left"></wa-icon>${row.person.name}</a>
      <h1 tabindex="-1">${msg("Enrolment", { id: "admin.enrol.title" })}</h1>
      <cf-enrolment .administration=${this.administration} .personId=${id} @cf-done=${(event: CustomEvent<{ readonly next: "kiosk" | "another" | "person" }>) => this.enrolled(id, event.detail.next)}></cf-enrolment>
    </div>`;
  }

  private enrolled(id: string, next: "kiosk" | "another" | "person"): void {
    if (next === "kiosk") void this.leave();
    else if (next === "another") go(`${paths.people}?face=none`);
    else go(paths.person(id));
  }
}

function endOf(session: AdministratorSession): number {
  return Math.min(session.idleEndsAt, session.endsAt);
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-admin": AdminShellElement;
  }
}
