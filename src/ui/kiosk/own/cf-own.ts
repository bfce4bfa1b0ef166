import { localized, msg, str } from "@lit/localize";
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { OwnFacts, OwnFailure, OwnLog, OwnRecord } from "../../../app/api/own-record.ts";
import type { Kiosk } from "../../../app/api/kiosk.ts";
import { attendanceDay } from "../../../domain/attendance/day.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import "../../components/cf-countdown.ts";
import { iconAsk, iconBack, iconCalendar, iconCheck, iconConsent, iconErase, iconFreeze, iconIn, iconLeaveDays, iconLook, iconMessage, iconQuestion, iconRecord, iconSay } from "../../components/icons.ts";
import { requestKindWord } from "../../i18n/requests.ts";
import { type CourseDoneEvent } from "../../training/cf-tutorial.ts";
import "../../training/cf-tutorial.ts";
import { COURSE_VERSIONS, employeeCourse } from "../../training/courses.ts";
import "../cf-kiosk-second-factor.ts";
import { KioskWishEvent } from "../events.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { myRecordsText } from "../texts.ts";
import "./cf-own-balances.ts";
import "./cf-own-feedback.ts";
import "./cf-own-form.ts";
import "./cf-own-messages.ts";
import "./cf-own-month.ts";
import "./cf-own-requests.ts";
import "./cf-own-today.ts";
import { consentPage, keptPage, looksPage, punchesPage } from "./log-pages.ts";
import { ownStyles } from "./own-styles.ts";
import { OwnPlaceEvent, placeBefore, type OwnGoEvent, type OwnPlace } from "./places.ts";
import { rightDonePage, rightPage, type Right } from "./right-pages.ts";

/** These fill the screen themselves and scroll inside. */
const OWN_SCROLL: ReadonlySet<OwnPlace["page"]> = new Set<OwnPlace["page"]>(["month", "requests", "request", "form", "balances", "messages", "feedback"]);

/**
 * What a person sees of themselves, one thing at a time, and what they can do. Nothing of it outlives the element.
 *
 * @event cf-touched - Somebody is there.
 * @event cf-dismiss - Back to the first screen.
 * @event cf-own-place - Another place is shown; `detail`: which.
 */
@customElement("cf-own")
@localized()
export class CfOwn extends LitElement {
  static override readonly styles = [kioskStyles, ownStyles];

  @property({ attribute: false }) record: OwnRecord | null = null;

  /** Wall time at which the screen goes back by itself. */
  @property({ type: Number }) endsAt = 0;

  @property() zone = "UTC";

  @property() helpContact = "";

  @property() organisation = "";

  @property() site = "";

  /** Address of the same pages with more time; empty where these are they. */
  @property() desk = "";

  /** The camera's picture, for photographs of papers; null where there is none. */
  @property({ attribute: false }) stream: MediaStream | null = null;

  /** The PIN is asked for: the screen is the pad's. */
  @property({ type: Boolean, reflect: true }) asking = false;

  @state() private place: OwnPlace = { page: "home" };

  @state() private facts: OwnFacts | null = null;

  @state() private log: OwnLog | null = null;

  @state() private messages = 0;

  /** There is a tutorial that this person has not gone through, or a newer version of it. */
  @state() private courseNew = false;

  @state() private untrained = false;

  @state() private working = false;

  @state() private trouble: OwnFailure | null = null;

  @state() private certificate: string | null = null;

  #right: Right = "withdraw";
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("pointerdown", this.#touched);
    this.addEventListener("keydown", this.#touched);
    this.addEventListener("scroll", this.#touched, { capture: true, passive: true });
    this.addEventListener("cf-own-go", this.#wentTo);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.removeEventListener("pointerdown", this.#touched);
    this.removeEventListener("keydown", this.#touched);
    this.removeEventListener("scroll", this.#touched, { capture: true });
    this.removeEventListener("cf-own-go", this.#wentTo);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("record")) this.#follow();
    this.asking = this.place.page === "prove";
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("place") && this.record !== null) this.dispatchEvent(new OwnPlaceEvent(this.place));
  }

  /** Goes where somebody was before; what is under way is finished first. */
  show(place: OwnPlace): void {
    if (!this.working) this.#go(place);
  }

  #follow(): void {
    this.#forget();
    const { record } = this;
    if (record === null) return;
    const { notices } = record.attendance;
    this.facts = record.facts.value;
    this.log = record.log.value;
    this.messages = notices.value.length;
    void record.attendance.trainedVersion("employee").then((version) => (this.courseNew = version < COURSE_VERSIONS.employee));
    this.#stops = [record.facts.subscribe((facts) => (this.facts = facts)), record.log.subscribe((log) => (this.log = log)), notices.subscribe(({ length }) => (this.messages = length))];
  }

  #forget(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.facts = null;
    this.log = null;
    this.messages = 0;
    this.place = { page: "home" };
    this.certificate = null;
  }

  #lastTouch = 0;

  /** A finger that scrolls is told of once a second. */
  readonly #touched = (): void => {
    const now = performance.now();
    if (now - this.#lastTouch < 1000) return;
    this.#lastTouch = now;
    this.dispatchEvent(new KioskWishEvent("cf-touched"));
  };

  readonly #wentTo = ({ detail }: OwnGoEvent): void => this.#go(detail);

  readonly #trained = async ({ detail: { course, version, errors } }: CourseDoneEvent): Promise<void> => {
    const noted = await this.record?.attendance.trained(course, version, errors);
    this.untrained = noted?.ok === false;
    if (noted?.ok === true) this.courseNew = false;
  };

  readonly #end = (): void => void this.dispatchEvent(new KioskWishEvent("cf-dismiss"));

  readonly #home = (): void => this.#go({ page: "home" });

  readonly #back = (): void => this.#go(placeBefore(this.place));

  #go(place: OwnPlace): void {
    this.place = place;
    this.trouble = null;
    if (place.page === "withdraw" || place.page === "freeze") this.#right = place.page;
  }

  readonly #agree = (): void => {
    if (this.record?.pinNeeded.value === true) this.#go({ page: "prove" });
    else void this.#do();
  };

  readonly #prove: Kiosk["submitSecondFactor"] = async (pin) => {
    if (this.record === null) throw new Error("The PIN is asked for without a record");
    const proved = await this.record.prove(pin);
    if (proved.ok && this.isConnected) await this.#do();
    return proved;
  };

  async #do(): Promise<void> {
    const { record } = this;
    if (record === null || this.working) return;
    this.working = true;
    this.place = { page: this.#right };
    if (this.#right === "withdraw") {
      const withdrawn = await record.withdraw();
      this.trouble = withdrawn.ok ? null : withdrawn.error;
      this.certificate = withdrawn.ok ? withdrawn.value.certificate : null;
    } else {
      const frozen = await record.freeze();
      this.trouble = frozen.ok ? null : frozen.error;
    }
    this.working = false;
    if (this.trouble === null) this.place = { page: "done" };
    this.#touched();
  }

  /** The pad's ways out lead back to one's data, not to the first screen. */
  readonly #leavePad = (event: Event): void => {
    event.stopPropagation();
    this.#go({ page: "data" });
  };

  override render(): TemplateResult | typeof nothing {
    const { facts, place, record } = this;
    if (facts === null || record === null) return nothing;
    if (place.page === "prove") {
      return html`<cf-kiosk-second-factor
        alone
        .submit=${this.#prove}
        .endsAt=${this.endsAt}
        .helpContact=${this.helpContact}
        @cf-dismiss=${this.#leavePad}
        @cf-open-pin=${this.#leavePad}
      ></cf-kiosk-second-factor>`;
    }
    const atHome = place.page === "home";
    return html`
      <header>
        <h1 class="statement">${this.#heading()}</h1>
        <p class="who">${facts.name} · ${facts.employeeNumber}${facts.department === "" ? nothing : html` · ${facts.department}`}</p>
      </header>
      ${this.#content(facts, record)}
      <div class="buttons">
        ${this.#agreement(facts)}
        ${atHome || place.page === "done" || place.page === "form" ? nothing : html`<button type="button" class="button" ?disabled=${this.working} @click=${this.#back}>${iconBack()}${this.#isRight() ? msg("No, go back", { id: "kiosk.own.no" }) : msg("Back", { id: "kiosk.pin.back" })}</button>`}
        ${place.page === "done" ? html`<button type="button" class="button" @click=${this.#home}>${iconRecord()}${myRecordsText()}</button>` : nothing}
        ${this.#isRight() || place.page === "form" ? nothing : html`<button type="button" class="button ${atHome ? "primary" : ""}" @click=${this.#end}>${iconCheck()}${msg("Finished", { id: "kiosk.own.end" })}</button>`}
      </div>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }

  #isRight(): boolean {
    return this.place.page === "withdraw" || this.place.page === "freeze";
  }

  #heading(): string {
    const { place } = this;
    switch (place.page) {
      case "home":
      case "prove":
        return myRecordsText();
      case "month":
        return msg("My month", { id: "own.month" });
      case "requests":
      case "request":
        return msg("Requests", { id: "own.requests" });
      case "form":
        return requestKindWord(place.start.kind);
      case "balances":
        return msg("Leave left", { id: "own.balances" });
      case "messages":
        return msg("Messages", { id: "own.messages" });
      case "feedback":
        return msg("Feedback", { id: "own.feedback" });
      case "tutorial":
        return msg("Tutorial", { id: "own.tutorial" });
      case "data":
        return msg("My data", { id: "own.data" });
      case "punches":
        return msg("My punches", { id: "kiosk.own.punches" });
      case "looks":
        return msg("Who has looked", { id: "kiosk.own.looks" });
      case "kept":
        return msg("What is kept of me", { id: "kiosk.own.kept" });
      case "consent":
        return msg("What I was told", { id: "kiosk.own.consent" });
      case "withdraw":
        return msg("Erase my face data?", { id: "kiosk.own.withdraw.ask" });
      case "freeze":
        return msg("Freeze my face?", { id: "kiosk.own.freeze.ask" });
      case "done":
        return this.#right === "withdraw" ? msg("Your face data is no longer used", { id: "kiosk.own.withdraw.done" }) : msg("Your face is frozen", { id: "kiosk.own.freeze.done" });
    }
  }

  #content(facts: OwnFacts, record: OwnRecord): TemplateResult {
    const { page } = this.place;
    if (OWN_SCROLL.has(page)) return this.#attendance(record);
    if (page === "home") return html`<div class="scroll home"><cf-own-today .attendance=${record.attendance} .zone=${this.zone}></cf-own-today>${this.#tiles()}${this.desk === "" ? nothing : html`<p class="desk">${msg(str`With more time: ${this.desk} in the browser of this device.`, { id: "kiosk.own.desk" })}</p>`}</div>`;
    if (page === "tutorial") return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.#heading()}><cf-tutorial .course=${employeeCourse()} @cf-course-done=${this.#trained}></cf-tutorial>${this.untrained ? html`<p class="trouble" role="alert">${msg("It was not written. Please try again.", { id: "admin.badge.failed" })}</p>` : nothing}</div>`;
    if (page === "data") return this.#dataTiles(facts);
    if (page === "withdraw" || page === "freeze") return html`<div class="scroll text">${rightPage(page, facts, this.helpContact, this.trouble)}</div>`;
    if (page === "done") return html`<div class="scroll text" role="status">${rightDonePage(this.#right, facts, this.helpContact, this.certificate)}</div>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.#heading()}>
      ${page === "punches"
        ? punchesPage(this.log, this.zone)
        : page === "looks"
          ? looksPage(this.log, this.zone)
          : page === "consent"
            ? consentPage(facts, { organisation: this.organisation, siteName: this.site, helpContact: this.helpContact }, this.zone)
            : keptPage(facts, this.zone)}
    </div>`;
  }

  #attendance({ attendance }: OwnRecord): TemplateResult {
    const { place, zone } = this;
    const today = attendance.today.value?.shift?.day ?? attendanceDay(Date.now() as EpochMs, zone);
    if (place.page === "request") return html`<cf-own-requests .attendance=${attendance} .zone=${zone} .only=${place.id}></cf-own-requests>`;
    if (place.page === "form") return html`<cf-own-form .attendance=${attendance} .zone=${zone} .today=${today} .start=${place.start} .stream=${this.stream}></cf-own-form>`;
    if (place.page === "balances") return html`<cf-own-balances .attendance=${attendance} .zone=${zone}></cf-own-balances>`;
    if (place.page === "messages") return html`<cf-own-messages .attendance=${attendance} .zone=${zone}></cf-own-messages>`;
    if (place.page === "feedback") return html`<cf-own-feedback .attendance=${attendance} .zone=${zone}></cf-own-feedback>`;
    if (place.page !== "month") return html`<cf-own-requests .attendance=${attendance} .zone=${zone}></cf-own-requests>`;
    return html`<cf-own-month .attendance=${attendance} .zone=${zone} .today=${today} .first=${place.month ?? null}></cf-own-month>`;
  }

  #tile(place: OwnPlace, icon: TemplateResult, words: string, count = 0): TemplateResult {
    return html`<button type="button" class="tile" @click=${() => this.#go(place)}>${icon}<span>${words}</span>${count === 0 ? nothing : html`<span class="count">${count}</span>`}</button>`;
  }

  #tiles(): TemplateResult {
    return html`<div class="tiles">
      ${this.#tile({ page: "month" }, iconCalendar(), msg("My month", { id: "own.month" }))} ${this.#tile({ page: "requests" }, iconAsk(), msg("Requests", { id: "own.requests" }))}
      ${this.#tile({ page: "balances" }, iconLeaveDays(), msg("Leave left", { id: "own.balances" }))} ${this.#tile({ page: "messages" }, iconMessage(), msg("Messages", { id: "own.messages" }), this.messages)}
      ${this.#tile({ page: "feedback" }, iconSay(), msg("Feedback", { id: "own.feedback" }))} ${this.#tile({ page: "data" }, iconRecord(), msg("My data", { id: "own.data" }))}
      ${this.#tile({ page: "tutorial" }, iconQuestion(), msg("Tutorial", { id: "own.tutorial" }), this.courseNew ? 1 : 0)}
    </div>`;
  }

  #dataTiles(facts: OwnFacts): TemplateResult {
    const withdrawable = facts.enrolledAt !== null || (facts.consent !== null && facts.consent.withdrawnAt === undefined);
    return html`<div class="tiles">
      ${this.#tile({ page: "punches" }, iconIn(), msg("My punches", { id: "kiosk.own.punches" }))} ${this.#tile({ page: "looks" }, iconLook(), msg("Who has looked", { id: "kiosk.own.looks" }))}
      ${this.#tile({ page: "kept" }, iconRecord(), msg("What is kept of me", { id: "kiosk.own.kept" }))} ${this.#tile({ page: "consent" }, iconConsent(), msg("What I was told", { id: "kiosk.own.consent" }))}
      ${withdrawable ? this.#tile({ page: "withdraw" }, iconErase(), msg("Withdraw consent, erase my face", { id: "kiosk.own.withdraw" })) : nothing}
      ${facts.enrolledAt === null || facts.frozen ? nothing : this.#tile({ page: "freeze" }, iconFreeze(), msg("Freeze my face", { id: "kiosk.own.freeze" }))}
    </div>`;
  }

  #agreement(facts: OwnFacts): TemplateResult | typeof nothing {
    if (!this.#isRight()) return nothing;
    const { page } = this.place;
    const what = page === "withdraw" ? (facts.enrolledAt === null ? msg("Yes, withdraw", { id: "kiosk.own.withdraw.yes.consent" }) : msg("Yes, erase it", { id: "kiosk.own.withdraw.yes" })) : msg("Yes, freeze it", { id: "kiosk.own.freeze.yes" });
    return html`<button type="button" class="button primary" ?disabled=${this.working} @click=${this.#agree}>${page === "withdraw" ? iconErase() : iconFreeze()}${what}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own": CfOwn;
  }
}
