import { localized, msg } from "@lit/localize";
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Kiosk, KioskState, KioskSurroundings } from "../../app/api/kiosk.ts";
import { Subject } from "../../app/observable.ts";
import type { Locale } from "../../domain/people/types.ts";
import "../components/cf-language-button.ts";
import { iconCare, iconCheck, iconLeave, iconOffline, iconOnline, iconUndo } from "../components/icons.ts";
import { NUMBER_FIELD, padKeyOf, textAfter } from "../components/pad-text.ts";
import { hourOfDay } from "../i18n/format.ts";
import { locale, showLocale } from "../i18n/localize.ts";
import { followTheme, type ThemeChoice } from "../styles/theme.ts";
import "./cf-clock.ts";
import "./cf-kiosk-badge.ts";
import "./cf-kiosk-challenge.ts";
import "./cf-kiosk-fault.ts";
import "./cf-kiosk-guidance.ts";
import "./cf-kiosk-idle.ts";
import "./cf-kiosk-number.ts";
import "./cf-kiosk-outcome.ts";
import "./cf-kiosk-pin.ts";
import "./cf-kiosk-second-factor.ts";
import "./cf-leave-dialog.ts";
import type { CfLeaveDialog } from "./cf-leave-dialog.ts";
import "./cf-mirror.ts";
import "./own/cf-own.ts";
import type { CfMirror, MirrorMood } from "./cf-mirror.ts";
import { followCodeReader } from "./code-reader.ts";
import { goFullScreen, leaveFullScreen } from "./full-screen.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { isQuiet, type QuietHours } from "./quiet-hours.ts";
import { screenStyles } from "./screen-styles.ts";
import { Sounds } from "./sounds.ts";
import { Speech } from "./speech.ts";
import { faceOf, occasionOf, pictureOf, progressOf, soundOf, toneOf } from "./state-signs.ts";
import { announcement, challengeText, greetingText, guidanceText, secondFactorSpokenText } from "./texts.ts";
import { holdWakeLock } from "./wake-lock.ts";

/** How long the mirror shows where to look after the face way was touched. */
const BECKON_MS = 3000;

/** Stands where a site's name will stand. A name, and the same in every language. */
const PRODUCT = "Clockface";

/**
 * The kiosk's screen: a function of the kiosk's state and surroundings.
 *
 * @summary Fills its container; belongs on a page of its own.
 * @event cf-open-list - A supervisor wants to attest who is here, while the face way is closed by a fault.
 * @event cf-leave - The administrator's PIN was given (in practice: leaving was asked for).
 */
@customElement("cf-kiosk")
@localized()
export class CfKiosk extends LitElement {
  static override readonly styles = [kioskStyles, screenStyles];

  @property({ attribute: false }) kiosk: Kiosk | null = null;

  /** 0..1, of sounds and speech. */
  @property({ type: Number }) volume = 1;

  /** Says outcomes and challenges aloud, where the device has a voice of its own for the language. */
  @property({ type: Boolean }) speech = false;

  @property({ attribute: false }) quietHours: QuietHours | null = null;

  /** Null leaves the document's theme alone. */
  @property({ attribute: false }) theme: ThemeChoice | null = "clock";

  @state() private shown: KioskState = { kind: "starting" };

  @state() private surroundings: KioskSurroundings | null = null;

  @state() private beckoning = false;

  @query("cf-mirror") private readonly mirror!: CfMirror | null;

  @query("cf-leave-dialog") private readonly leaveDialog!: CfLeaveDialog;

  @query(".panel") private readonly panel!: HTMLElement;

  readonly #sounds = new Sounds();
  readonly #speech = new Speech();
  readonly #themeChoice = new Subject<ThemeChoice>("clock");
  #stops: (() => void)[] = [];
  #stopKiosk: () => void = () => undefined;
  #latest: KioskState = { kind: "starting" };
  #heard = "";
  #focusWasInPanel = false;
  /** What was typed on the first screen before the number screen was there. */
  #typedFirst = "";
  #beckon: ReturnType<typeof setTimeout> | undefined;
  /** The kiosk's own language while a person's is shown. */
  #ownLocale: Locale | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // First of all: the theme goes by the site's clock.
    if (this.kiosk !== null) this.#follow(this.kiosk);
    this.#stops = [holdWakeLock({ document, wakeLock: "wakeLock" in navigator ? navigator.wakeLock : undefined })];
    if (this.theme !== null) {
      this.#themeChoice.next(this.theme);
      this.#stops.push(followTheme(this.#themeChoice, () => hourOfDay(Date.now(), this.#zone)));
    }
    this.addEventListener("pointerup", this.#touchedFirst);
    this.addEventListener("keydown", this.#unlockSound);
    window.addEventListener("keydown", this.#typedAtRest);
    this.#stops.push(followCodeReader((text) => void this.kiosk?.submitBadge(text)));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
    this.#stopKiosk();
    this.removeEventListener("pointerup", this.#touchedFirst);
    this.removeEventListener("keydown", this.#unlockSound);
    window.removeEventListener("keydown", this.#typedAtRest);
    clearTimeout(this.#beckon);
    this.#speech.silence();
    this.#sounds.close();
    void this.#speak(undefined);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("kiosk") && this.kiosk !== null) this.#follow(this.kiosk);
    if (changed.has("theme") && this.theme !== null) this.#themeChoice.next(this.theme);
  }

  override updated(): void {
    this.#place();
    // Whoever steers by keyboard stays in the panel when what they stood on is gone.
    if (this.#focusWasInPanel && this.shadowRoot?.activeElement === null) this.panel.focus({ preventScroll: true });
    this.#focusWasInPanel = false;
  }

  get #zone(): string {
    return this.surroundings?.zone ?? "UTC";
  }

  #follow(kiosk: Kiosk): void {
    this.#stopKiosk();
    const stopState = kiosk.state.subscribe(this.#onState);
    const stopSurroundings = kiosk.surroundings.subscribe((value) => {
      this.surroundings = value;
    });
    this.#stopKiosk = () => {
      stopState();
      stopSurroundings();
    };
    this.surroundings = kiosk.surroundings.value;
    this.#onState(kiosk.state.value);
  }

  readonly #onState = (next: KioskState): void => {
    const before = this.#latest;
    this.#latest = next;
    if (pictureOf(before) === pictureOf(next)) {
      // The way of thirty times a second: nothing but the oval moves.
      this.#place();
      return;
    }
    this.#focusWasInPanel = this.hasUpdated && this.panel.contains(this.shadowRoot?.activeElement ?? null);
    this.shown = next;
    if (next.kind !== "idle") this.beckoning = false;
    const person = next.kind === "recorded" || next.kind === "already-recorded" ? next.locale : next.kind === "own" ? next.record.facts.value.locale : undefined;
    void this.#speak(person).then(() => this.#sound(next));
  };

  #place(): void {
    this.mirror?.follow(faceOf(this.#latest), progressOf(this.#latest));
  }

  /** Shows the person's own language, or the kiosk's again. */
  async #speak(person: Locale | undefined): Promise<void> {
    if (person !== undefined) {
      if (person === locale.value) return;
      this.#ownLocale ??= locale.value;
      await showLocale(person);
    } else if (this.#ownLocale !== null) {
      const own = this.#ownLocale;
      this.#ownLocale = null;
      await showLocale(own);
    }
  }

  #sound(next: KioskState): void {
    const occasion = occasionOf(next);
    const isNew = occasion !== this.#heard;
    this.#heard = occasion;
    if (!isNew || this.#latest !== next) return;
    const sound = soundOf(next);
    const volume = this.#audible;
    if (sound === undefined || volume === 0) return;
    this.#sounds.play(sound, volume);
    if (!this.speech) return;
    if (next.kind === "recorded") this.#speech.say(greetingText(next.punch.direction, next.punch.wallMs, this.#zone), locale.value, volume);
    if (next.kind === "challenge") this.#speech.say(challengeText(next.action), locale.value, volume);
    if (next.kind === "second-factor") this.#speech.say(secondFactorSpokenText(this.surroundings?.badges === true), locale.value, volume);
  }

  get #audible(): number {
    const now = new Date();
    const minute = hourOfDay(now.getTime(), this.#zone) * 60 + now.getMinutes();
    return isQuiet(this.quietHours, minute) ? 0 : this.volume;
  }

  readonly #unlockSound = (): void => this.#sounds.unlock();

  readonly #touchedFirst = (): void => {
    this.#sounds.unlock();
    if (this.surroundings?.practice === false) goFullScreen();
  };

  readonly #openPin = (): void => this.kiosk?.openPin();

  readonly #openBadge = (): void => this.kiosk?.openBadge();

  readonly #openNumber = (): void => {
    this.#typedFirst = "";
    this.kiosk?.openNumber();
  };

  /** A badge reader types at once, and nobody should have to touch the screen before it. */
  readonly #typedAtRest = (event: KeyboardEvent): void => {
    const { surroundings } = this;
    if (this.shown.kind !== "idle" || surroundings?.comparison !== "typed-number" || !this.#faceOpen(surroundings)) return;
    const key = padKeyOf(event);
    if (key?.kind !== "character") return;
    event.preventDefault();
    this.#typedFirst = textAfter("", key, NUMBER_FIELD);
    this.kiosk?.openNumber();
  };

  #faceOpen({ faceFault, faceClosed, faceRestsUntil, enrolled }: KioskSurroundings): boolean {
    return faceFault === null && faceClosed === null && faceRestsUntil === null && enrolled > 0;
  }

  /** Practice has no supervisors, and a kiosk that is not set up has none yet. */
  #listed({ practice, site }: KioskSurroundings): boolean {
    return !practice && site !== "";
  }

  readonly #dismiss = (): void => this.kiosk?.dismiss();

  readonly #touched = (): void => this.kiosk?.touched();

  readonly #changeDirection = (): void => void this.kiosk?.changeDirection();

  readonly #notMe = (): void => void this.kiosk?.notMe();

  readonly #submitPin: Kiosk["submitPin"] = (number, pin) => {
    if (this.kiosk === null) throw new Error("The PIN screen is open without a kiosk");
    return this.kiosk.submitPin(number, pin);
  };

  readonly #submitSecondFactor: Kiosk["submitSecondFactor"] = (pin) => {
    if (this.kiosk === null) throw new Error("The second factor is asked for without a kiosk");
    return this.kiosk.submitSecondFactor(pin);
  };

  readonly #openOwn = (): void => void this.kiosk?.openOwn();

  readonly #submitOwn: Kiosk["submitOwn"] = (number, pin) => {
    if (this.kiosk === null) throw new Error("The own record is asked for without a kiosk");
    return this.kiosk.submitOwn(number, pin);
  };

  readonly #submitNumber: Kiosk["submitNumber"] = (number) => this.kiosk?.submitNumber(number);

  readonly #checkLeave: Kiosk["leave"] = (pin) => {
    if (this.kiosk === null) throw new Error("The leave dialog is open without a kiosk");
    return this.kiosk.leave(pin);
  };

  readonly #askToLeave = (): void => {
    // Practice needs no set-up: there is nobody's PIN to ask for, and nothing to guard.
    if (this.surroundings?.practice === true) this.#left();
    else this.leaveDialog.show();
  };

  readonly #left = (): void => {
    leaveFullScreen();
    this.dispatchEvent(new CustomEvent("cf-leave", { bubbles: true, composed: true }));
  };

  readonly #beckonIn = (): void => {
    this.beckoning = true;
    clearTimeout(this.#beckon);
    this.#beckon = setTimeout(() => {
      this.beckoning = false;
    }, BECKON_MS);
  };

  #network(surroundings: KioskSurroundings): TemplateResult | typeof nothing {
    const { online, paired, waiting } = surroundings.network;
    if (!paired) return nothing;
    if (!online) {
      return html`<p class="network offline">
        ${iconOffline()}<span class="word">${msg("Offline", { id: "kiosk.network.offline" })}</span>${this.#waiting(waiting)}
      </p>`;
    }
    return html`<p class="network">
      ${iconOnline()}<span class="unseen">${msg("Online", { id: "kiosk.network.online" })}</span>${this.#waiting(waiting)}
    </p>`;
  }

  #waiting(waiting: number): TemplateResult | typeof nothing {
    return waiting === 0 ? nothing : html`<span>${waiting} <span class="word">${msg("waiting", { id: "kiosk.network.waiting" })}</span></span>`;
  }

  /** What stands over the mirror. No sign is set over the face of someone who was not recognised. */
  #mark(state: KioskState): TemplateResult | typeof nothing {
    switch (state.kind) {
      case "recorded":
        return html`<div class="mark good">${iconCheck()}</div>`;
      case "already-recorded":
        return html`<div class="mark">${iconCheck()}</div>`;
      case "undone":
        return html`<div class="mark">${iconUndo()}</div>`;
      case "not-recorded":
        return html`<div class="mark care">${iconCare()}</div>`;
      case "idle":
        return this.beckoning ? html`<p class="look">${guidanceText("look-here")}</p>` : nothing;
      case "starting":
      case "guiding":
      case "deciding":
      case "challenge":
      case "not-recognised":
      case "pin":
      case "second-factor":
      case "number":
      case "badge":
      case "own-entry":
      case "own":
        return nothing;
    }
  }

  #mood(state: KioskState): MirrorMood {
    switch (state.kind) {
      case "guiding":
      case "deciding":
      case "challenge":
      case "badge":
        return "bright";
      case "starting":
      case "idle":
        return this.beckoning ? "bright" : "dimmed";
      case "not-recognised":
        return "dimmed";
      case "recorded":
      case "already-recorded":
      case "undone":
      case "not-recorded":
      case "pin":
      case "second-factor":
      case "number":
      case "own-entry":
      case "own":
        return "back";
    }
  }

  #panel(state: KioskState, surroundings: KioskSurroundings): TemplateResult {
    switch (state.kind) {
      case "starting":
      case "idle":
        return html`<cf-kiosk-idle
          .zone=${surroundings.zone}
          .site=${surroundings.site}
          .enrolled=${surroundings.enrolled}
          .faceFault=${surroundings.faceFault}
          .faceClosed=${surroundings.faceClosed}
          .starting=${state.kind === "starting"}
          .restsUntil=${surroundings.faceRestsUntil}
          ?badges=${surroundings.badges}
          ?list=${this.#listed(surroundings)}
          ?no-camera=${surroundings.preview === null && surroundings.faceClosed === null}
          ?number-first=${surroundings.comparison === "typed-number"}
          ?own=${surroundings.ownRecord && state.kind === "idle"}
          @cf-beckon=${this.#beckonIn}
        ></cf-kiosk-idle>`;
      case "guiding":
        return html`<cf-kiosk-guidance .reason=${state.reason}></cf-kiosk-guidance>`;
      case "deciding":
        return html`<cf-kiosk-guidance .reason=${"good" as const}></cf-kiosk-guidance>`;
      case "challenge":
        return html`<cf-kiosk-challenge .action=${state.action} .attempt=${state.attempt} .endsAt=${state.endsAt}></cf-kiosk-challenge>`;
      case "pin":
        return html`<cf-kiosk-pin .submit=${this.#submitPin} .endsAt=${state.endsAt} .helpContact=${surroundings.helpContact}></cf-kiosk-pin>`;
      case "second-factor":
        return html`<cf-kiosk-second-factor
          .submit=${this.#submitSecondFactor}
          .endsAt=${state.endsAt}
          .helpContact=${surroundings.helpContact}
          .told=${state.told ?? null}
          ?badges=${surroundings.badges}
          ?no-camera=${surroundings.preview === null}
        ></cf-kiosk-second-factor>`;
      case "badge":
        return html`<cf-kiosk-badge .told=${state.told} .endsAt=${state.endsAt} ?no-camera=${surroundings.preview === null}></cf-kiosk-badge>`;
      case "number":
        return html`<cf-kiosk-number .submit=${this.#submitNumber} .endsAt=${state.endsAt} .typed=${this.#typedFirst}></cf-kiosk-number>`;
      case "own-entry":
        return html`<cf-kiosk-pin purpose="own" .submit=${this.#submitOwn} .endsAt=${state.endsAt} .helpContact=${surroundings.helpContact}></cf-kiosk-pin>`;
      case "own":
        return html`<cf-own
          .record=${state.record}
          .endsAt=${state.endsAt}
          .zone=${surroundings.zone}
          .helpContact=${surroundings.helpContact}
          .organisation=${surroundings.organisation}
          .site=${surroundings.site}
          .desk=${`${location.host}/me`}
          .stream=${surroundings.preview}
        ></cf-own>`;
      case "recorded":
      case "already-recorded":
      case "undone":
      case "not-recognised":
      case "not-recorded":
        return html`<cf-kiosk-outcome .outcome=${state} ?own=${surroundings.ownRecord} .zone=${surroundings.zone} .helpContact=${surroundings.helpContact} .practice=${surroundings.practice}></cf-kiosk-outcome>`;
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { surroundings, shown } = this;
    if (surroundings === null) return nothing;
    const atRest = shown.kind === "idle" || shown.kind === "starting";
    const mood = this.#mood(shown);
    const faultShown = atRest && surroundings.faceFault !== null;
    const typing = shown.kind === "pin" || shown.kind === "second-factor" || shown.kind === "number" || shown.kind === "own-entry" || shown.kind === "own";
    const facesUnused = atRest && surroundings.faceClosed !== null;
    const layout = typing || (facesUnused && !faultShown) ? "alone" : mood === "back" ? "outcome" : "";
    return html`
      <div
        class="screen ${toneOf(shown)}"
        data-state=${shown.kind}
        @cf-open-pin=${this.#openPin}
        @cf-open-badge=${this.#openBadge}
        @cf-open-number=${this.#openNumber}
        @cf-open-own=${this.#openOwn}
        @cf-open-list=${leaveFullScreen}
        @cf-dismiss=${this.#dismiss}
        @cf-touched=${this.#touched}
        @cf-change-direction=${this.#changeDirection}
        @cf-not-me=${this.#notMe}
      >
        <header>
          ${surroundings.practice ? html`<p class="ribbon">${msg("Practice: nothing is recorded", { id: "kiosk.practice" })}</p>` : nothing}
          <div class="bar">
            <div class="place">
              <p class="site">${surroundings.site === "" ? PRODUCT : surroundings.site}</p>
              <p class="organisation">${surroundings.organisation}</p>
            </div>
            <div class="tools">
              ${atRest ? nothing : html`<cf-clock small .zone=${surroundings.zone}></cf-clock>`} ${this.#network(surroundings)}
              <cf-language-button></cf-language-button>
              <button type="button" class="leave" aria-label=${msg("Leave the kiosk", { id: "kiosk.leave" })} @click=${this.#askToLeave}>${iconLeave()}</button>
            </div>
          </div>
        </header>
        <main class=${layout}>
          ${faultShown
            ? html`<cf-kiosk-fault .fault=${surroundings.faceFault} .helpContact=${surroundings.helpContact} ?badges=${surroundings.badges} ?list=${this.#listed(surroundings)}></cf-kiosk-fault>`
            : html`<cf-mirror ?hidden=${typing || facesUnused} .stream=${surroundings.preview} mood=${mood} .outlined=${mood === "bright" && shown.kind !== "badge"}>${this.#mark(shown)}</cf-mirror>`}
          <section class="panel" tabindex="-1">${this.#panel(shown, surroundings)}</section>
        </main>
      </div>
      <p class="unseen" aria-live="polite" role="status">${announcement(shown, surroundings)}</p>
      <cf-leave-dialog .leave=${this.#checkLeave} @cf-left=${this.#left}></cf-leave-dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk": CfKiosk;
  }
}
