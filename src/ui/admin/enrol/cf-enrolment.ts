import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { EnrolmentState, EnrolmentVariation, PersonRow, SiteSettings } from "../../../app/api/administration.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { Locale, PersonId } from "../../../domain/people/types.ts";
import type { FaceClosed } from "../../../domain/compliance/face-use.ts";
import { oneOf } from "../../i18n/format.ts";
import { locale, LOCALE_NAMES, LOCALES } from "../../i18n/localize.ts";
import { sentences } from "../../i18n/sentences.ts";
import "../compliance/cf-assessment-form.ts";
import { Allowed } from "../parts/allowed.ts";
import "../parts/camera-view.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dayInWords } from "../parts/format.ts";
import "../parts/secret.ts";
import { base } from "../parts/styles.ts";
import { cameraFailure, guidanceWord, otherFailure, personFailure } from "../parts/words.ts";
import { paths } from "../route.ts";
import { consentSentence, notice, NOTICE_VERSION } from "./notice.ts";

type Stage = "notice" | "capture" | "pin" | "done";

/**
 * From the notice to a face that the kiosk knows: notice and consent, guided capture, PIN, finish.
 * The person themself reads and agrees; the administrator stands beside.
 *
 * @event cf-done - `detail.next`: `kiosk`, `another` or `person`.
 */
@customElement("cf-enrolment")
export class EnrolmentElement extends AdminElement {
  static override styles = [
    base,
    css`
      .notice {
        display: grid;
        gap: var(--cf-space-3);
        max-block-size: max(200px, calc(100dvh - 520px));
        overflow-y: auto;
        padding: var(--cf-space-4);
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        font-size: 17px;
      }

      .notice h3 {
        margin-block-end: 2px;
      }

      .consent {
        padding: var(--cf-space-3) var(--cf-space-4);
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
      }

      .consent:has(wa-checkbox:state(checked)) {
        border-color: var(--cf-accent);
        background: var(--cf-accent-ground);
      }

      .consent wa-checkbox {
        font-size: 18px;
      }

      .instruction {
        font-size: 24px;
        font-weight: 650;
        line-height: 1.3;
        text-align: center;
      }

      .dots {
        display: flex;
        justify-content: center;
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .dots li {
        display: grid;
        place-content: center;
        inline-size: 28px;
        block-size: 28px;
        border: 2px solid var(--cf-edge);
        border-radius: 50%;
        font-size: 16px;
      }

      .dots li.taken {
        border-color: var(--cf-good);
        background: var(--cf-good);
        color: var(--cf-on-good);
      }

      .dots li.now {
        border-color: var(--cf-accent);
        box-shadow: 0 0 0 3px var(--cf-accent-ground);
      }

      .actions {
        display: flex;
        flex-wrap: wrap-reverse;
        justify-content: space-between;
        gap: 12px;
      }

      wa-spinner {
        font-size: 32px;
      }
    `,
  ];

  @property({ attribute: false }) personId!: PersonId;
  /** The first person of a new site: set-up goes on afterwards. */
  @property({ type: Boolean }) first = false;

  @state() private stage: Stage = "notice";
  @state() private noticeLocale: Locale = locale.value;
  @state() private agreed = false;
  @state() private declined = false;
  @state() private readAll = false;
  @state() private working = false;
  @state() private failure: string | null = null;
  @state() private pin: string | null = null;
  /** Whom the kiosk can take this person for, as it was found when the face was stored. */
  @state() private lookAlikes: readonly PersonId[] = [];

  @query(".notice") private noticeBox?: HTMLElement | null;
  @query("h2") private heading?: HTMLElement | null;

  private readonly rows = new Follow(this, () => this.administration.people.rows);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly closed = new Follow(this, () => this.administration.compliance.faceClosed);
  readonly #allowed = new Allowed(this);
  private readonly preview = new Follow(this, () => this.administration.enrolment.preview);
  private readonly state = new Follow(this, () => this.administration.enrolment.state, (next) => this.advance(next));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.stage === "capture") this.administration.enrolment.cancel();
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed as Map<PropertyKey, unknown>).has("stage") && (changed as Map<PropertyKey, unknown>).get("stage") !== undefined) this.heading?.focus();
    // A notice that fits without scrolling has been seen as a whole.
    if (this.stage === "notice" && !this.readAll) this.measure();
  }

  private measure(): void {
    const box = this.noticeBox;
    if (box === undefined || box === null || box.clientHeight === 0) return;
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 24) this.readAll = true;
  }

  private row(): PersonRow | undefined {
    return this.rows.value?.find(({ person }) => person.id === this.personId);
  }

  /** What was captured is stored as soon as it was checked: nobody has to find a button while standing before a camera. */
  private advance(next: EnrolmentState): void {
    if (this.stage !== "capture") return;
    if (next.kind === "captured") void this.store();
    if (next.kind === "stored") {
      this.lookAlikes = next.lookAlikes ?? [];
      this.stage = "pin";
    }
  }

  private async store(): Promise<void> {
    const outcome = await this.administration.enrolment.store();
    if (!outcome.ok) this.failure = failureWord(outcome.error);
  }

  private async consent(): Promise<void> {
    this.working = true;
    this.failure = null;
    const outcome = await this.administration.people.giveConsent(this.personId, NOTICE_VERSION, this.noticeLocale);
    this.working = false;
    if (outcome.ok) await this.capture();
    else this.failure = personFailure(outcome.error.kind);
  }

  private async capture(): Promise<void> {
    this.stage = "capture";
    this.failure = null;
    const started = await this.administration.enrolment.start(this.personId);
    if (!started.ok) this.failure = failureWord(started.error);
  }

  private decline(): void {
    this.declined = true;
    this.stage = "pin";
  }

  private stopCapture(): void {
    this.administration.enrolment.cancel();
    this.stage = "pin";
    this.failure = null;
  }

  private async issuePin(): Promise<void> {
    this.working = true;
    const outcome = await this.administration.people.issuePin(this.personId);
    this.working = false;
    if (outcome.ok) this.pin = outcome.value;
    else this.failure = personFailure(outcome.error.kind);
  }

  private leave(next: "kiosk" | "another" | "person"): void {
    this.pin = null;
    this.dispatchEvent(new CustomEvent("cf-done", { detail: { next } }));
  }

  override render(): TemplateResult {
    const row = this.row();
    const settings = this.settings.value ?? null;
    if (row === undefined || settings === null) {
      return html`<p>${msg("This person is no longer in the list.", { id: "admin.person.no-such" })}</p>`;
    }
    return html`<div class="stack wide">
      ${this.stage === "notice" ? this.notice(row, settings) : this.stage === "capture" ? this.capturing(row) : this.stage === "pin" ? this.pinStage(row) : this.done(row)}
      ${this.failure === null || this.stage === "capture" ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${this.failure}</wa-callout>`}
    </div>`;
  }

  /** Where the site does not use faces, nobody is asked for a consent that nothing can come of. */
  private shut(closed: FaceClosed, settings: SiteSettings): TemplateResult {
    const pinOnly = html`<wa-button appearance="outlined" @click=${() => this.decline()}>${msg("No face, PIN only", { id: "admin.enrol.decline" })}</wa-button>`;
    if (closed === "switched-off") {
      return html`<h2 tabindex="-1">${msg("Faces are switched off at this site", { id: "admin.enrol.off" })}</h2>
        <wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${settings.faceOff?.reason} <a href=${paths.faceUse}>${msg("To the switch", { id: "admin.enrol.off.to" })}</a></wa-callout>
        <div class="actions">${pinOnly}</div>`;
    }
    return html`<h2 tabindex="-1">${msg("First the impact assessment", { id: "admin.enrol.assessment" })}</h2>
      <wa-callout variant="warning"
        ><wa-icon slot="icon" name="warning"></wa-icon>${msg("No face is enrolled on this tablet before its impact assessment is recorded. PIN and badge work meanwhile.", { id: "admin.enrol.assessment.what" })}
        ${this.#allowed.has("compliance.change") ? nothing : html`${msg("A system administrator records it here.", { id: "compliance.assessment.who" })} <a href=${paths.compliance}>${msg("Compliance", { id: "admin.nav.compliance" })}</a>`}</wa-callout
      >
      ${this.#allowed.has("compliance.change") ? html`<cf-assessment-form brief .administration=${this.administration}>${pinOnly}</cf-assessment-form>` : html`<div class="actions">${pinOnly}</div>`}`;
  }

  private notice(row: PersonRow, settings: SiteSettings): TemplateResult {
    const closed = this.closed.value ?? null;
    if (closed !== null) return this.shut(closed, settings);
    const { name } = row.person;
    const inForce = row.consent !== undefined && row.consent.withdrawnAt === undefined && row.consent.noticeVersion === NOTICE_VERSION;
    if (inForce) return this.consented(row, settings);
    return html`<h2 tabindex="-1">${msg(str`For ${name} to read`, { id: "admin.enrol.read" })}</h2>
      <div class="row" role="group" aria-label=${msg("Language of the notice", { id: "admin.enrol.language" })}>
        ${LOCALES.map(
          (code) =>
            html`<wa-button size="s" lang=${code} appearance=${this.noticeLocale === code ? "filled-outlined" : "outlined"} variant=${this.noticeLocale === code ? "brand" : "neutral"} @click=${() => (this.noticeLocale = code)}>${LOCALE_NAMES[code]}</wa-button>`,
        )}
      </div>
      <div class="notice" lang=${this.noticeLocale} tabindex="0" role="region" aria-label=${msg("Notice", { id: "admin.enrol.notice" })} @scroll=${() => this.measure()}>
        ${notice(this.noticeLocale, settings).map(
          ({ heading, paragraphs }) => html`<section><h3>${heading}</h3>${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</section>`,
        )}
        <p class="small quiet numbers">${msg(str`Version ${NOTICE_VERSION}`, { id: "admin.enrol.version" })}</p>
      </div>
      <div class="consent">
        <wa-checkbox lang=${this.noticeLocale} .checked=${this.agreed} ?disabled=${!this.readAll} @change=${(event: Event) => (this.agreed = (event.target as HTMLInputElement).checked)}
          >${consentSentence(this.noticeLocale, name, settings.organisation)}</wa-checkbox
        >
        ${this.readAll ? nothing : html`<p class="small quiet">${msg("Scroll to the end of the notice first.", { id: "admin.enrol.scroll" })}</p>`}
      </div>
      <div class="actions">
        <wa-button appearance="outlined" ?disabled=${this.working} @click=${() => this.decline()}>${msg("No face, PIN only", { id: "admin.enrol.decline" })}</wa-button>
        <wa-button variant="brand" ?disabled=${!this.agreed} ?loading=${this.working} @click=${() => void this.consent()}>${msg("Agree and start the camera", { id: "admin.enrol.agree" })}</wa-button>
      </div>`;
  }

  private consented(row: PersonRow, settings: SiteSettings): TemplateResult {
    const given = row.consent?.givenAt ?? 0;
    return html`<h2 tabindex="-1">${row.person.name}</h2>
      <p>
        ${msg(str`Consent to notice ${NOTICE_VERSION} was given on ${dayInWords(given, settings.zone)}.`, { id: "admin.enrol.consented" })}
        ${row.face === "none" ? nothing : msg("What is captured now replaces the earlier face data.", { id: "admin.enrol.replaces" })}
      </p>
      <div class="actions">
        <wa-button appearance="outlined" @click=${() => this.leave("person")}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
        <wa-button variant="brand" @click=${() => void this.capture()}>${msg("Start the camera", { id: "admin.enrol.start" })}</wa-button>
      </div>`;
  }

  private capturing(row: PersonRow): TemplateResult {
    const current = this.state.value ?? { kind: "closed" as const };
    if (current.kind === "same-face-enrolled") return this.sameFace(current.personId);
    const failure = this.failure ?? (current.kind === "failed" ? failureWord(current.failure) : null);
    if (failure !== null) {
      return html`<h2 tabindex="-1">${msg("The face was not enrolled", { id: "admin.enrol.failed" })}</h2>
        <wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${failure}</wa-callout>
        <div class="actions">
          <wa-button appearance="outlined" @click=${() => this.stopCapture()}>${msg("Go on with a PIN", { id: "admin.enrol.pin-instead" })}</wa-button>
          <wa-button variant="brand" @click=${() => void this.capture()}>${msg("Try again", { id: "admin.check.again" })}</wa-button>
        </div>`;
    }
    const capturing = current.kind === "capturing" ? current : null;
    const wanted = capturing?.wanted ?? 5;
    const taken = capturing?.taken ?? (current.kind === "checking" || current.kind === "captured" || current.kind === "stored" ? wanted : 0);
    const good = capturing !== null && (capturing.reason === null || capturing.reason === "hold-still");
    const checking = current.kind === "checking" || current.kind === "captured";
    return html`<h2 tabindex="-1" class="visually-hidden">${msg(str`Enrolling ${row.person.name}`, { id: "admin.enrol.enrolling" })}</h2>
      <p class="instruction" aria-live="polite">
        ${capturing !== null ? variationWord(capturing.variation) : checking ? msg("Checking", { id: "admin.enrol.checking" }) : msg("Opening the camera", { id: "admin.check.opening" })}
      </p>
      <cf-camera-view
        .stream=${this.preview.value ?? null}
        .good=${good}
        .message=${capturing?.reason === undefined || capturing.reason === null ? "" : guidanceWord(capturing.reason)}
        label=${msg("Camera picture", { id: "admin.check.picture" })}
        ><wa-spinner></wa-spinner
      ></cf-camera-view>
      <ol class="dots" aria-label=${msg(str`${taken} of ${wanted} views`, { id: "admin.enrol.taken" })}>
        ${Array.from({ length: wanted }, (_, index) => html`<li class=${index < taken ? "taken" : index === taken ? "now" : ""}>${index < taken ? html`<wa-icon name="check"></wa-icon>` : nothing}</li>`)}
      </ol>
      <div class="actions">
        <wa-button appearance="outlined" @click=${() => this.stopCapture()}>${msg("Stop", { id: "admin.enrol.stop" })}</wa-button>
        <wa-button appearance="outlined" ?disabled=${taken === 0 || checking} @click=${() => this.administration.enrolment.again()}>${msg("Start over", { id: "admin.enrol.again" })}</wa-button>
      </div>`;
  }

  private sameFace(other: PersonId): TemplateResult {
    const found = this.rows.value?.find(({ person }) => person.id === other)?.person;
    return html`<h2 tabindex="-1">${msg("This face is enrolled already", { id: "admin.enrol.same" })}</h2>
      <wa-callout variant="warning" role="alert"
        ><wa-icon slot="icon" name="warning"></wa-icon>${found === undefined
          ? msg("It belongs to another person on the roster. Nothing was stored.", { id: "admin.enrol.same.unknown" })
          : msg(str`It belongs to ${found.name}, number ${found.employeeNumber}. Nothing was stored.`, { id: "admin.enrol.same.known" })}</wa-callout
      >
      <p>
        ${msg(
          "If it is the same person, keep one number: let the other one leave on its page. If they are two people who look alike, this one punches with a PIN; that has the same standing.",
          { id: "admin.enrol.same.todo" },
        )}
      </p>
      <div class="actions">
        <wa-button appearance="outlined" @click=${() => void this.capture()}>${msg("Try again", { id: "admin.check.again" })}</wa-button>
        <wa-button variant="brand" @click=${() => this.stopCapture()}>${msg("Go on with a PIN", { id: "admin.enrol.pin-instead" })}</wa-button>
      </div>`;
  }

  private pinStage(row: PersonRow): TemplateResult {
    const enrolled = row.face === "enrolled" && !this.declined;
    const alike = enrolled && this.lookAlikes.length > 0;
    return html`<h2 tabindex="-1">${enrolled ? msg("The face is enrolled", { id: "admin.enrol.stored" }) : msg("PIN", { id: "admin.method.pin" })}</h2>
      <p>
        ${enrolled
          ? msg("A PIN is the way in when the camera cannot help. It has the same standing.", { id: "admin.enrol.pin.why" })
          : msg(str`${row.person.name} punches with employee number ${row.person.employeeNumber} and a PIN. It has the same standing as the face.`, { id: "admin.enrol.pin.only" })}
      </p>
      ${alike ? this.alike(row) : nothing}
      ${this.pin !== null
        ? html`<cf-secret .secret=${this.pin}></cf-secret>
            <div class="actions"><span></span><wa-button variant="brand" @click=${() => {
              this.pin = null;
              this.stage = "done";
            }}>${msg("The PIN is noted", { id: "admin.enrol.pin.noted" })}</wa-button></div>`
        : html`<div class="actions">
            <wa-button appearance="outlined" @click=${() => (this.stage = "done")}>${row.hasPin ? msg("Keep the present PIN", { id: "admin.enrol.pin.keep" }) : msg("Later", { id: "admin.enrol.pin.later" })}</wa-button>
            <wa-button variant="brand" ?loading=${this.working} @click=${() => void this.issuePin()}>${msg("Issue a PIN", { id: "admin.pin.issue" })}</wa-button>
          </div>`}`;
  }

  /** Said to two people who stand there: as a thing of faces, not of them. */
  private alike(row: PersonRow): TemplateResult {
    const others = this.lookAlikes.map((id) => this.rows.value?.find(({ person }) => person.id === id)?.person.name).filter((name) => name !== undefined);
    return html`<wa-callout variant=${row.hasPin ? "neutral" : "warning"}
      ><wa-icon slot="icon" name="look-alike"></wa-icon>${others.length === 0
        ? msg("This face is much like one that is enrolled already.", { id: "admin.enrol.alike.unknown" })
        : msg(str`This face is much like that of ${others.join(", ")}.`, { id: "admin.enrol.alike" })}
      ${msg("That happens, among relatives above all. The kiosk asks each of them for the PIN after the face, and neither is taken for the other.", { id: "admin.enrol.alike.what" })}
      ${row.hasPin ? nothing : html`<strong>${msg("So a PIN is needed here.", { id: "admin.enrol.alike.pin" })}</strong>`}</wa-callout
    >`;
  }

  private done(row: PersonRow): TemplateResult {
    const ways = [...(row.face === "enrolled" ? [msg("face", { id: "admin.enrol.way.face" })] : []), ...(row.hasPin ? [msg("PIN", { id: "admin.enrol.way.pin" })] : [])];
    return html`<h2 tabindex="-1">${row.person.name}</h2>
      ${ways.length === 0
        ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("Neither face nor PIN: this person cannot punch yet.", { id: "admin.enrol.none" })}</wa-callout>`
        : this.lookAlikes.length > 0 && !row.hasPin
          ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("Not ready yet: the kiosk will ask for a PIN after the face, and none was issued.", { id: "admin.enrol.alike.later" })}</wa-callout>`
          : html`<wa-callout variant="success"><wa-icon slot="icon" name="circle-check"></wa-icon>${msg(str`Ready to punch: ${oneOf(ways, locale.value)}.`, { id: "admin.enrol.ready" })}</wa-callout>`}
      <div class="actions">
        ${this.first
          ? html`<span></span><wa-button variant="brand" @click=${() => this.leave("person")}>${msg("Continue", { id: "admin.continue" })}</wa-button>`
          : html`<wa-button appearance="outlined" @click=${() => this.leave("person")}>${msg("To the person's page", { id: "admin.enrol.to-person" })}</wa-button>
              <div class="row">
                <wa-button appearance="outlined" @click=${() => this.leave("another")}>${msg("Next person", { id: "admin.enrol.next" })}</wa-button>
                <wa-button variant="brand" @click=${() => this.leave("kiosk")}>${msg("Back to the kiosk", { id: "admin.enrol.kiosk" })}</wa-button>
              </div>`}
      </div>`;
  }
}

function variationWord(variation: EnrolmentVariation): string {
  switch (variation) {
    case "straight":
      return msg("Look straight into the camera", { id: "admin.view.straight" });
    case "slightly-left":
      return msg("Turn your head a little to your left", { id: "admin.view.left" });
    case "slightly-right":
      return msg("Turn your head a little to your right", { id: "admin.view.right" });
    case "slightly-up":
      return msg("Lift your chin a little", { id: "admin.view.up" });
    case "nearer":
      return msg("Come a little nearer", { id: "admin.view.nearer" });
  }
}

function failureWord(failure: Failure): string {
  if (failure.kind.startsWith("camera/")) {
    const { what, todo } = cameraFailure(failure.kind);
    return sentences(what, todo);
  }
  switch (failure.kind) {
    case "enrolment/no-consent":
      return msg("There is no consent in force. Start again with the notice.", { id: "admin.enrol.error.consent" });
    case "enrolment/no-such-person":
      return msg("This person is no longer in the list.", { id: "admin.person.no-such" });
    case "enrolment/not-assessed":
      return msg("No impact assessment is recorded. Record it under Compliance, then try again.", { id: "admin.enrol.error.assessment" });
    case "enrolment/switched-off":
      return msg("Faces are switched off at this site. Go on with a PIN.", { id: "admin.enrol.error.off" });
    case "enrolment/no-camera":
      return msg("The camera could not be opened. Look at the device page, then try again.", { id: "admin.enrol.error.camera" });
    case "enrolment/not-ready":
      return msg("The recogniser is not ready yet. Wait a moment and try again.", { id: "admin.enrol.error.ready" });
    case "enrolment/failure-to-enrol":
      return msg("Five good views could not be taken within a minute. Look at the light and the distance, then try again.", { id: "admin.enrol.error.views" });
    case "enrolment/presentation-doubtful":
      return msg("The camera did not clearly see a living face. Take away anything in front of it and try again in better light.", { id: "admin.enrol.error.surface" });
    case "enrolment/not-consistent":
      return msg("The views do not clearly show one and the same person. Take them again with nobody else in the picture.", { id: "admin.enrol.error.consistent" });
    case "enrolment/nothing-captured":
      return msg("Nothing has been captured yet. Start the capture again.", { id: "admin.enrol.error.nothing" });
    default:
      return otherFailure(failure);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-enrolment": EnrolmentElement;
  }
}
