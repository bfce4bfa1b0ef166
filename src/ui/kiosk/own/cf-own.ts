import { localized, msg, str } from "@lit/localize";
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { OWN_LOG_DAYS } from "../../../app/api/own-record.ts";
import type { OwnDay, OwnFacts, OwnFailure, OwnLog, OwnLook, OwnRecord } from "../../../app/api/own-record.ts";
import type { Kiosk } from "../../../app/api/kiosk.ts";
import type { Punch } from "../../../domain/attendance/types.ts";
import { startOfDay } from "../../../domain/attendance/day.ts";
import "../../components/cf-countdown.ts";
import { iconBack, iconCheck, iconErase, iconFreeze, iconIn, iconLook, iconOut, iconRecord } from "../../components/icons.ts";
import { directionText } from "../../i18n/direction.ts";
import { failureText } from "../../i18n/failures.ts";
import { dateAndTime, dayInWords, timeToTheSecond } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { sentences } from "../../i18n/sentences.ts";
import "../cf-kiosk-second-factor.ts";
import { KioskWishEvent } from "../events.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { myRecordsText } from "../texts.ts";
import { keptFacts, lookedAtText, lookerText } from "./own-texts.ts";
import { ownStyles } from "./own-styles.ts";

type Right = "withdraw" | "freeze";
type Page = "menu" | "punches" | "looks" | "kept" | Right | "prove" | "done";

/**
 * What a person sees of themselves, one thing at a time, and what they can do. Nothing of it outlives the element.
 *
 * @event cf-touched - Somebody is there.
 * @event cf-dismiss - Back to the first screen.
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

  /** The PIN is asked for: the screen is the pad's. */
  @property({ type: Boolean, reflect: true }) asking = false;

  @state() private page: Page = "menu";

  @state() private facts: OwnFacts | null = null;

  @state() private log: OwnLog | null = null;

  @state() private working = false;

  @state() private trouble: OwnFailure | null = null;

  @state() private certificate: string | null = null;

  #right: Right = "withdraw";
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("pointerdown", this.#touched);
    this.addEventListener("scroll", this.#touched, { capture: true, passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.removeEventListener("pointerdown", this.#touched);
    this.removeEventListener("scroll", this.#touched, { capture: true });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("record")) this.#follow();
    this.asking = this.page === "prove";
  }

  #follow(): void {
    this.#forget();
    const { record } = this;
    if (record === null) return;
    this.facts = record.facts.value;
    this.log = record.log.value;
    this.#stops = [record.facts.subscribe((facts) => (this.facts = facts)), record.log.subscribe((log) => (this.log = log))];
  }

  #forget(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.facts = null;
    this.log = null;
    this.page = "menu";
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

  readonly #end = (): void => void this.dispatchEvent(new KioskWishEvent("cf-dismiss"));

  readonly #menu = (): void => this.#go("menu");

  #go(page: Page): void {
    this.page = page;
    this.trouble = null;
  }

  #ask(right: Right): void {
    this.#right = right;
    this.#go(right);
  }

  readonly #agree = (): void => {
    if (this.record?.pinNeeded.value === true) this.#go("prove");
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
    this.page = this.#right;
    if (this.#right === "withdraw") {
      const withdrawn = await record.withdraw();
      this.trouble = withdrawn.ok ? null : withdrawn.error;
      this.certificate = withdrawn.ok ? withdrawn.value.certificate : null;
    } else {
      const frozen = await record.freeze();
      this.trouble = frozen.ok ? null : frozen.error;
    }
    this.working = false;
    if (this.trouble === null) this.page = "done";
    this.#touched();
  }

  /** The pad's ways out lead back to the menu, not to the first screen. */
  readonly #leavePad = (event: Event): void => {
    event.stopPropagation();
    this.#go("menu");
  };

  override render(): TemplateResult | typeof nothing {
    const { facts } = this;
    if (facts === null) return nothing;
    if (this.page === "prove") {
      return html`<cf-kiosk-second-factor
        alone
        .submit=${this.#prove}
        .endsAt=${this.endsAt}
        .helpContact=${this.helpContact}
        @cf-dismiss=${this.#leavePad}
        @cf-open-pin=${this.#leavePad}
      ></cf-kiosk-second-factor>`;
    }
    const inMenu = this.page === "menu";
    return html`
      <header>
        <h1 class="statement">${this.#heading()}</h1>
        <p class="who">${facts.name} · ${facts.employeeNumber}${facts.department === "" ? nothing : html` · ${facts.department}`}</p>
      </header>
      ${this.#content(facts)}
      <div class="buttons">
        ${this.#agreement(facts)}
        ${inMenu || this.page === "done" ? nothing : html`<button type="button" class="button" ?disabled=${this.working} @click=${this.#menu}>${iconBack()}${this.#isRight() ? msg("No, go back", { id: "kiosk.own.no" }) : msg("Back", { id: "kiosk.pin.back" })}</button>`}
        ${this.page === "done" ? html`<button type="button" class="button" @click=${this.#menu}>${iconRecord()}${myRecordsText()}</button>` : nothing}
        ${this.#isRight() ? nothing : html`<button type="button" class="button ${inMenu ? "primary" : ""}" @click=${this.#end}>${iconCheck()}${msg("Finished", { id: "kiosk.own.end" })}</button>`}
      </div>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }

  #isRight(): boolean {
    return this.page === "withdraw" || this.page === "freeze";
  }

  #heading(): string {
    switch (this.page) {
      case "menu":
      case "prove":
        return myRecordsText();
      case "punches":
        return msg("My punches", { id: "kiosk.own.punches" });
      case "looks":
        return msg("Who has looked", { id: "kiosk.own.looks" });
      case "kept":
        return msg("What is kept of me", { id: "kiosk.own.kept" });
      case "withdraw":
        return msg("Erase my face data?", { id: "kiosk.own.withdraw.ask" });
      case "freeze":
        return msg("Freeze my face?", { id: "kiosk.own.freeze.ask" });
      case "done":
        return this.#right === "withdraw" ? msg("Your face data is no longer used", { id: "kiosk.own.withdraw.done" }) : msg("Your face is frozen", { id: "kiosk.own.freeze.done" });
    }
  }

  #content(facts: OwnFacts): TemplateResult {
    switch (this.page) {
      case "menu":
      case "prove":
        return this.#tiles(facts);
      case "punches":
        return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.#heading()}>${this.#punches()}</div>`;
      case "looks":
        return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.#heading()}>${this.#looks()}</div>`;
      case "kept":
        return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.#heading()}>
          <dl>${keptFacts(facts, this.zone).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
        </div>`;
      case "withdraw":
      case "freeze":
        return html`<div class="scroll text">
          ${this.page === "withdraw"
            ? html`<p>${msg("You take your consent back. Your face data is erased from this tablet at once and cannot be brought back. The punches that were recorded stay.", { id: "kiosk.own.withdraw.what" })}</p>`
            : html`<p>${msg("For when you believe that your face is being misused. From now on nobody clocks in with it, nor do you. Two people of the administration have to lift it.", { id: "kiosk.own.freeze.what" })}</p>`}
          <p>${facts.hasPin ? msg("You go on clocking in with your number and PIN, with the same standing.", { id: "kiosk.own.pin-goes-on" }) : this.#noPin()}</p>
          ${this.trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(failureText(this.trouble).happened, failureText(this.trouble).todo)}</p>`}
        </div>`;
      case "done":
        return html`<div class="scroll text" role="status">${this.#done(facts)}</div>`;
    }
  }

  #noPin(): string {
    return this.helpContact === ""
      ? msg("You have no PIN yet: have one issued, so that you can go on clocking in.", { id: "kiosk.own.no-pin" })
      : msg(str`You have no PIN yet: ask ${this.helpContact} for one, so that you can go on clocking in.`, { id: "kiosk.own.no-pin.ask" });
  }

  #done(facts: OwnFacts): TemplateResult {
    const noPin = facts.hasPin ? nothing : html`<p>${this.#noPin()}</p>`;
    if (this.#right === "freeze") return html`<p>${msg("Please tell HR what happened. They lift it together with a second person once it is cleared up.", { id: "kiosk.own.freeze.next" })}</p>${noPin}`;
    return html`${this.certificate === null
        ? html`<p>${facts.erasing ? msg("Its bytes are destroyed as soon as the tablet can. HR hands you the certificate then.", { id: "kiosk.own.withdraw.pending" }) : msg("There is no face data of you on this tablet.", { id: "kiosk.own.withdraw.none" })}</p>`
        : html`<p>${msg("It was erased, key and data. HR hands you the certificate with this number:", { id: "kiosk.own.withdraw.certificate" })}</p>
            <p class="receipt">${this.certificate}</p>`}${noPin}`;
  }

  #tiles(facts: OwnFacts): TemplateResult {
    const withdrawable = facts.enrolledAt !== null || (facts.consent !== null && facts.consent.withdrawnAt === undefined);
    return html`<div class="tiles">
      <button type="button" class="tile" @click=${() => this.#go("punches")}>${iconIn()}${msg("My punches", { id: "kiosk.own.punches" })}</button>
      <button type="button" class="tile" @click=${() => this.#go("looks")}>${iconLook()}${msg("Who has looked", { id: "kiosk.own.looks" })}</button>
      <button type="button" class="tile" @click=${() => this.#go("kept")}>${iconRecord()}${msg("What is kept of me", { id: "kiosk.own.kept" })}</button>
      ${withdrawable ? html`<button type="button" class="tile" @click=${() => this.#ask("withdraw")}>${iconErase()}${msg("Withdraw consent, erase my face", { id: "kiosk.own.withdraw" })}</button>` : nothing}
      ${facts.enrolledAt === null || facts.frozen ? nothing : html`<button type="button" class="tile" @click=${() => this.#ask("freeze")}>${iconFreeze()}${msg("Freeze my face", { id: "kiosk.own.freeze" })}</button>`}
    </div>`;
  }

  #agreement(facts: OwnFacts): TemplateResult | typeof nothing {
    if (!this.#isRight()) return nothing;
    const what = this.page === "withdraw" ? (facts.enrolledAt === null ? msg("Yes, withdraw", { id: "kiosk.own.withdraw.yes.consent" }) : msg("Yes, erase it", { id: "kiosk.own.withdraw.yes" })) : msg("Yes, freeze it", { id: "kiosk.own.freeze.yes" });
    return html`<button type="button" class="button primary" ?disabled=${this.working} @click=${this.#agree}>${this.page === "withdraw" ? iconErase() : iconFreeze()}${what}</button>`;
  }

  #punches(): TemplateResult {
    const { days, reading } = this.log ?? { days: [], reading: true };
    return html`${days.map((day) => this.#day(day))} ${this.#reading(days.length === 0, reading)}`;
  }

  #day({ day, punches }: OwnDay): TemplateResult {
    return html`<h2>${dayInWords(startOfDay(day, this.zone), this.zone, locale.value)}</h2>
      <ul>
        ${punches.map((punch) => this.#punch(punch))}
      </ul>`;
  }

  #punch(punch: Punch): TemplateResult {
    const note =
      punch.status === "undone"
        ? msg("Taken back: does not count", { id: "kiosk.own.punch.undone" })
        : punch.status === "suppressed"
          ? msg("A repeat: does not count", { id: "kiosk.own.punch.suppressed" })
          : null;
    return html`<li class=${punch.status}>
      <span class="direction">${punch.direction === "in" ? iconIn() : iconOut()} ${directionText(punch.direction)}</span>
      <span class="time">${timeToTheSecond(punch.wallMs, this.zone)}</span>
      <span class="note">${note === null ? nothing : html`${note} · `}${punch.receipt}</span>
    </li>`;
  }

  #looks(): TemplateResult {
    const { looks, reading } = this.log ?? { looks: [] as readonly OwnLook[], reading: true };
    return html`<ul>
        ${looks.map((look) => html`<li><span>${lookerText(look)}</span><span class="note">${lookedAtText(look.what)} · ${dateAndTime(look.at, this.zone, locale.value)}</span></li>`)}
      </ul>
      ${this.#reading(looks.length === 0, reading)}`;
  }

  #reading(empty: boolean, reading: boolean): TemplateResult {
    if (reading) return html`<p class="body" role="status">${msg("Reading", { id: "kiosk.own.reading" })}</p>`;
    return html`<p class="body">${empty ? msg(str`Nothing in the last ${OWN_LOG_DAYS} days. For earlier, ask HR.`, { id: "kiosk.own.empty" }) : msg(str`The last ${OWN_LOG_DAYS} days. For earlier, ask HR.`, { id: "kiosk.own.days" })}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own": CfOwn;
  }
}
