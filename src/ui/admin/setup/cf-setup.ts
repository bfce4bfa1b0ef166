import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { LawRegion, SetupFailure } from "../../../app/api/administration.ts";
import type { RecogniserProfile } from "../../../domain/biometrics/types.ts";
import type { Locale, PersonId } from "../../../domain/people/types.ts";
import { chooseLocale, locale, LOCALE_NAMES, LOCALES } from "../../i18n/localize.ts";
import "../backup/cf-restore.ts";
import "../compliance/cf-assessment-form.ts";
import "../enrol/cf-enrolment.ts";
import "../parts/camera-check.ts";
import { choiceStyles } from "../parts/choices.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { base } from "../parts/styles.ts";
import { regionWord } from "../parts/words.ts";
import "../people/cf-person-form.ts";
import { authenticatorStyles } from "../users/authenticator.ts";
import "../users/cf-add-passkey.ts";
import "../users/cf-recovery-key.ts";
import "./cf-boot-policy.ts";
import { AFTER_SETUP, EMPTY_DRAFT, fieldErrors, forgetDraft, loadDraft, NO_SECRETS, saveDraft, setupInput, stepsTaken, type Draft, type FieldName, type Secrets, type Step } from "./draft.ts";
import { duties } from "./law.ts";
import { placePoints } from "./place.ts";
import { secondFactorStep } from "./second-factor.ts";
import { setupStyles } from "./styles.ts";
import { errorWord, setupFailureWord, strengthWord } from "./words.ts";

const REGIONS: readonly LawRegion[] = ["cn", "eu", "us", "other"];

/**
 * The first five minutes: from an empty tablet to one that can be hung up.
 *
 * @event cf-sign-in-needed - The site exists, but signing in did not work.
 * @event cf-finished - The last step was left; the kiosk comes next.
 */
@customElement("cf-setup")
export class SetupElement extends AdminElement {
  static override styles = [
    base,
    choiceStyles,
    authenticatorStyles,
    setupStyles,
  ];

  @state() private draft: Draft = loadDraft() ?? EMPTY_DRAFT;
  @state() private secrets: Secrets = NO_SECRETS;
  @state() private recoveryKey: string | null = null;
  @state() private left: ReadonlySet<FieldName> = new Set();
  @state() private tried = false;
  @state() private working = false;
  @state() private failure: SetupFailure | null = null;
  @state() private person: PersonId | null = null;
  @state() private restoring = false;

  @query("h1") private heading!: HTMLElement;

  protected override willUpdate(): void {
    const done = this.administration.setup.settings.value !== null;
    const after = AFTER_SETUP.includes(this.draft.step);
    // The draft and the site can disagree after a reload; the site is right.
    if (done && !after && !this.working) this.draft = { ...this.draft, step: "recovery" };
    if (!done && after) this.draft = { ...this.draft, step: "language" };
    if (this.draft.step === "second-factor" && this.secrets.totp === null) {
      // The passphrase is gone after a reload: it is asked for again before the second factor.
      if (this.secrets.passphrase === "") this.draft = { ...this.draft, step: "administrator" };
      else this.secrets = { ...this.secrets, totp: this.administration.setup.offerTotp(this.draft.organisation.trim(), this.draft.administratorName.trim()) };
    }
  }

  protected override updated(changed: PropertyValues): void {
    const before = (changed as Map<PropertyKey, unknown>).get("draft") as Draft | undefined;
    if (before !== undefined && before.step !== this.draft.step) {
      this.heading.focus();
      window.scrollTo(0, 0);
    }
  }

  private change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part };
    saveDraft(this.draft);
  }

  private leave(field: FieldName): void {
    this.left = new Set([...this.left, field]);
  }

  private error(field: FieldName): string | undefined {
    if (!this.tried && !this.left.has(field)) return undefined;
    const error = fieldErrors(this.draft.step, this.draft, this.secrets)[field];
    return error === undefined ? undefined : errorWord(error, field);
  }

  private to(step: Step): void {
    this.tried = false;
    this.failure = null;
    this.left = new Set();
    this.change({ step });
  }

  private get steps(): readonly Step[] {
    return stepsTaken(this.draft);
  }

  private back(): void {
    const previous = this.steps[this.steps.indexOf(this.draft.step) - 1];
    if (previous !== undefined) this.to(previous);
  }

  private next(): void {
    const { step } = this.draft;
    if (Object.keys(fieldErrors(step, this.draft, this.secrets)).length > 0) {
      this.tried = true;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".invalid, fieldset.invalid input")?.focus());
      return;
    }
    if (step === "second-factor") {
      void this.run();
      return;
    }
    const following = this.steps[this.steps.indexOf(step) + 1];
    if (following !== undefined) this.to(following);
  }

  private async run(): Promise<void> {
    const input = setupInput(this.draft, this.secrets, locale.value);
    if (input === null) {
      // The secrets are gone after a reload: they are asked for again.
      this.to("administrator");
      this.tried = true;
      return;
    }
    this.working = true;
    this.failure = null;
    const outcome = await this.administration.setup.run(input);
    this.working = false;
    if (!outcome.ok) {
      this.failure = outcome.error;
      this.tried = false;
      this.secrets = { ...this.secrets, code: "" };
      return;
    }
    this.secrets = NO_SECRETS;
    this.recoveryKey = outcome.value.recoveryKey;
    this.to("recovery");
    if (this.administration.sessions.current.value === null) this.dispatchEvent(new CustomEvent("cf-sign-in-needed"));
  }

  private finish(): void {
    forgetDraft();
    this.dispatchEvent(new CustomEvent("cf-finished", { bubbles: true, composed: true }));
  }

  override render(): TemplateResult {
    const { step } = this.draft;
    const { steps } = this;
    const at = steps.indexOf(step);
    const titles: Record<Step, string> = {
      language: msg("Set up Clockface", { id: "admin.setup.title" }),
      site: msg("Organisation and site", { id: "admin.setup.site" }),
      law: msg("Notice and law", { id: "admin.setup.law" }),
      administrator: msg("Administrator", { id: "admin.setup.administrator" }),
      profile: msg("Recogniser", { id: "admin.setup.profile" }),
      "second-factor": msg("Second factor", { id: "admin.setup.factor" }),
      recovery: msg("Recovery key", { id: "admin.recovery" }),
      passkey: msg("Passkey", { id: "admin.factor.passkey" }),
      boot: msg("After a power cut", { id: "admin.setup.boot" }),
      camera: msg("Camera check", { id: "admin.setup.camera" }),
      assessment: msg("Impact assessment", { id: "admin.audit.type.assessment" }),
      person: msg("First person", { id: "admin.setup.person" }),
      place: msg("Hang it up", { id: "admin.setup.place" }),
    };
    return html`<main>
      <div class="progress">
        <span class="small quiet">${msg(str`Step ${at + 1} of ${steps.length}`, { id: "admin.setup.step" })}</span>
        <ol class="bar" aria-hidden="true">
          ${steps.map((_, index) => html`<li class=${index <= at ? "past" : ""}></li>`)}
        </ol>
      </div>
      <h1 tabindex="-1">${this.restoring ? msg("Restore from a backup", { id: "admin.restore.open" }) : titles[step]}</h1>
      ${this.content(step)}
    </main>`;
  }

  private content(step: Step): TemplateResult {
    switch (step) {
      case "language":
        return this.language();
      case "site":
        return this.site();
      case "law":
        return this.law();
      case "administrator":
        return this.administrator();
      case "profile":
        return this.profile();
      case "second-factor":
        return this.secondFactor();
      case "recovery":
        return html`<cf-recovery-key .administration=${this.administration} .key=${this.recoveryKey} @cf-away=${() => this.afterRecovery()}></cf-recovery-key>`;
      case "passkey":
        return this.passkey();
      case "boot":
        return this.boot();
      case "camera":
        return this.camera();
      case "assessment":
        return this.assessment();
      case "person":
        return this.firstPerson();
      case "place":
        return this.place();
    }
  }

  private foot(next: string, options: { readonly back?: boolean } = {}): TemplateResult {
    return html`<div class="foot">
      ${options.back === false
        ? nothing
        : html`<wa-button appearance="outlined" ?disabled=${this.working} @click=${() => this.back()}>${msg("Back", { id: "admin.back" })}</wa-button>`}
      <wa-button variant="brand" type="submit" ?loading=${this.working}>${next}</wa-button>
    </div>`;
  }

  private form(content: TemplateResult, next = msg("Continue", { id: "admin.continue" }), options: { readonly back?: boolean } = {}): TemplateResult {
    return html`<form
      class="stack wide"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        if (!this.working) this.next();
      }}
    >
      ${content} ${this.foot(next, options)}
    </form>`;
  }

  private language(): TemplateResult {
    if (this.restoring) {
      return html`<p>${msg("Choose the backup of the tablet that this one takes the place of, and enter its backup key.", { id: "admin.restore.first" })}</p>
        <cf-restore first .administration=${this.administration} @cf-cancel=${() => (this.restoring = false)}></cf-restore>`;
    }
    return this.form(
      html`<p>${msg("Five minutes, and this tablet recognises people and records their time. Everything stays on it. Choose the language first.", { id: "admin.setup.intro" })}</p>
        <div class="languages" role="group" aria-label=${msg("Language", { id: "admin.setup.language" })}>
          ${LOCALES.map(
            (code: Locale) =>
              html`<button type="button" lang=${code} aria-pressed=${String(locale.value === code)} @click=${() => void chooseLocale(code).then(() => this.requestUpdate())}>
                ${locale.value === code ? html`<wa-icon name="check"></wa-icon>` : nothing}${LOCALE_NAMES[code]}
              </button>`,
          )}
        </div>
        <div><wa-button appearance="outlined" @click=${() => (this.restoring = true)}><wa-icon slot="start" name="upload"></wa-icon>${msg("Restore from a backup", { id: "admin.restore.open" })}</wa-button></div>`,
      undefined,
      { back: false },
    );
  }

  private site(): TemplateResult {
    const { draft } = this;
    return this.form(
      html`${textField({
          label: msg("Organisation", { id: "admin.setup.organisation" }),
          name: "organisation",
          value: draft.organisation,
          autocomplete: "organization",
          maxlength: 100,
          required: true,
          error: this.error("organisation"),
          onInput: (organisation) => this.change({ organisation }),
          onLeave: () => this.leave("organisation"),
        })}
        ${textField({
          label: msg("Site", { id: "admin.setup.siteName" }),
          name: "site",
          value: draft.siteName,
          maxlength: 60,
          required: true,
          hint: msg("Stands on the kiosk, for example: North gate.", { id: "admin.setup.siteName.hint" }),
          error: this.error("siteName"),
          onInput: (siteName) => this.change({ siteName }),
          onLeave: () => this.leave("siteName"),
        })}
        <div>
          <label class="native-label" for="zone">${msg("Time zone", { id: "admin.setup.zone" })}</label>
          <select id="zone" class="native" @change=${(event: Event) => this.change({ zone: (event.target as HTMLSelectElement).value })}>
            ${zones(draft.zone).map((zone) => html`<option value=${zone} ?selected=${zone === draft.zone}>${zone.replaceAll("_", " ")}</option>`)}
          </select>
        </div>
        ${textField({
          label: msg("Whom to ask for help", { id: "admin.setup.help" }),
          name: "help",
          value: draft.helpContact,
          maxlength: 80,
          hint: msg("A name, a place or a telephone number that the kiosk shows when something is wrong. May stay empty.", { id: "admin.setup.help.hint" }),
          onInput: (helpContact) => this.change({ helpContact }),
        })}`,
    );
  }

  private law(): TemplateResult {
    const { lawRegion } = this.draft;
    const error = this.error("lawRegion");
    return this.form(
      html`<p>${msg("Recognising faces at work is regulated nearly everywhere. Where does this tablet hang?", { id: "admin.setup.law.intro" })}</p>
        <fieldset class="choices two ${error === undefined ? "" : "invalid"}">
          <legend class="visually-hidden">${msg("Country", { id: "admin.setup.law.country" })}</legend>
          ${REGIONS.map(
            (region) =>
              html`<label class="choice"
                ><input type="radio" name="region" .checked=${lawRegion === region} @change=${() => this.change({ lawRegion: region })} /><span>${regionWord(region)}</span></label
              >`,
          )}
        </fieldset>
        ${error === undefined ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${error}</p>`}
        ${lawRegion === null
          ? nothing
          : html`<section class="card stack">
              <h2>${msg("What you have to do", { id: "admin.setup.law.duties" })}</h2>
              <ul class="duties">
                ${duties(lawRegion).map((duty) => html`<li>${duty}</li>`)}
              </ul>
              <p class="small quiet">${msg("In plain words and not complete: this is no legal advice.", { id: "admin.setup.law.advice" })}</p>
            </section>`}`,
    );
  }

  private administrator(): TemplateResult {
    const { draft, secrets } = this;
    const passphraseError = this.error("passphrase");
    const writtenError = this.error("writtenDown");
    return this.form(
      html`${textField({
          label: msg("Your name", { id: "admin.setup.name" }),
          name: "name",
          value: draft.administratorName,
          autocomplete: "name",
          maxlength: 60,
          required: true,
          error: this.error("administratorName"),
          onInput: (administratorName) => this.change({ administratorName }),
          onLeave: () => this.leave("administratorName"),
        })}
        <div class="stack">
          ${textField({
            label: msg("Passphrase", { id: "admin.setup.passphrase" }),
            name: "passphrase",
            type: "password",
            value: secrets.passphrase,
            autocomplete: "new-password",
            required: true,
            hint: strengthWord(secrets.passphrase),
            error: passphraseError,
            onInput: (passphrase) => (this.secrets = { ...this.secrets, passphrase }),
            onLeave: () => this.leave("passphrase"),
          })}
          <wa-callout variant="warning"
            ><wa-icon slot="icon" name="key"></wa-icon
            >${msg("Write it down and lock it away. Once it is lost, only the recovery key that you are given in a moment opens administration.", { id: "admin.setup.passphrase.care" })}</wa-callout
          >
          <wa-checkbox
            class=${writtenError === undefined ? "" : "invalid"}
            .checked=${secrets.writtenDown}
            @change=${(event: Event) => (this.secrets = { ...this.secrets, writtenDown: (event.target as HTMLInputElement).checked })}
            >${msg("I have written it down", { id: "admin.setup.written" })}${writtenError === undefined
              ? nothing
              : html`<span slot="hint" class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${writtenError}</span>`}</wa-checkbox
          >
        </div>
        ${textField({
          label: msg("Kiosk PIN", { id: "admin.setup.pin" }),
          name: "kiosk-pin",
          type: "password",
          inputmode: "numeric",
          value: secrets.kioskPin,
          autocomplete: "off",
          maxlength: 12,
          required: true,
          hint: msg("6 to 12 digits. Opens the way from the kiosk to administration, where the passphrase is asked for.", { id: "admin.setup.pin.hint" }),
          error: this.error("kioskPin"),
          onInput: (kioskPin) => (this.secrets = { ...this.secrets, kioskPin }),
          onLeave: () => this.leave("kioskPin"),
        })}`,
    );
  }

  private profile(): TemplateResult {
    const option = (profile: RecogniserProfile, title: string, text: string, licence: string): TemplateResult =>
      html`<label class="choice"
        ><input type="radio" name="profile" .checked=${this.draft.profile === profile} @change=${() => this.change({ profile })} />
        <span class="stack"><span class="title">${title}</span><span>${text}</span><span class="small quiet">${licence}</span></span></label
      >`;
    return this.form(
      html`<p>${msg("Two sets of models can tell people apart. They differ in how exact they are, and in what their makers allow.", { id: "admin.setup.profile.intro" })}</p>
        <fieldset class="choices">
          <legend class="visually-hidden">${msg("Recogniser profile", { id: "admin.setup.profile.legend" })}</legend>
          ${option(
            "accurate",
            msg("Accurate", { id: "admin.profile.accurate" }),
            msg("Misses 0.63 of 100 people, at one wrong match in 100 attempts by strangers, measured with 439 people of a public set of faces.", { id: "admin.profile.accurate.figures" }),
            msg("The packages are under the MIT licence, but the models were trained on pictures collected for research only. Whether that suits your use is yours to decide.", { id: "admin.profile.accurate.licence" }),
          )}
          ${option(
            "clear",
            msg("Clear", { id: "admin.profile.clear" }),
            msg("Misses 34.6 of 100 people at the same setting: markedly less exact. More people will use their PIN.", { id: "admin.profile.clear.figures" }),
            msg("Its author gave the model to the public domain: free for every use.", { id: "admin.profile.clear.licence" }),
          )}
        </fieldset>
        <p class="quiet">${msg("Changing it later means enrolling everyone again.", { id: "admin.setup.profile.later" })}</p>`,
    );
  }

  private secondFactor(): TemplateResult {
    const { totp, code } = this.secrets;
    const wrong = this.failure?.kind === "setup/code-wrong" ? setupFailureWord(this.failure) : undefined;
    return this.form(
      html`${totp === null
        ? nothing
        : secondFactorStep({
            factor: this.draft.factor,
            offer: totp,
            code,
            error: this.error("code") ?? wrong,
            onFactor: (factor) => this.change({ factor }),
            onCode: (typed) => (this.secrets = { ...this.secrets, code: typed }),
          })}
      ${this.failure === null || wrong !== undefined ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${setupFailureWord(this.failure)}</wa-callout>`}`,
      this.working ? msg("Making the keys", { id: "admin.setup.working" }) : msg("Set up", { id: "admin.setup.run" }),
    );
  }

  private afterRecovery(): void {
    this.recoveryKey = null;
    this.next();
  }

  private passkey(): TemplateResult {
    return html`<p>${msg("Hold the security key ready, or use this tablet's fingerprint or screen lock. The browser asks for it.", { id: "admin.setup.passkey.intro" })}</p>
      <cf-add-passkey .administration=${this.administration} @cf-added=${() => this.next()}></cf-add-passkey>
      <div class="foot"><wa-button appearance="outlined" @click=${() => this.next()}>${msg("Not now: it is asked for at the next sign-in", { id: "admin.setup.passkey.later" })}</wa-button></div>`;
  }

  private boot(): TemplateResult {
    return html`<cf-boot-policy .administration=${this.administration} .boot=${this.administration.boot}></cf-boot-policy>
      <div class="foot"><wa-button variant="brand" @click=${() => this.next()}>${msg("Continue", { id: "admin.continue" })}</wa-button></div>`;
  }

  private camera(): TemplateResult {
    return html`<p>${msg("Stand where people will stand, at arm's length or a little more, and look at the tablet. The light should come from in front.", { id: "admin.setup.camera.intro" })}</p>
      <cf-camera-check .administration=${this.administration}></cf-camera-check>
      <div class="foot">
        <wa-button variant="brand" ?loading=${this.working} @click=${() => void this.confirmCamera()}>${msg("Continue", { id: "admin.continue" })}</wa-button>
      </div>`;
  }

  /** The camera that was looked through here is the one expected from now on; without one, the device page asks later. */
  private async confirmCamera(): Promise<void> {
    const camera = this.administration.device.camera.value;
    if (camera.kind === "live" && !camera.practice) {
      this.working = true;
      await this.administration.device.confirmCamera();
      this.working = false;
    }
    this.next();
  }

  /** Without it no face is enrolled; it can be left for later, and is asked for again where it stands in the way. */
  private assessment(): TemplateResult {
    const recorded = this.administration.setup.settings.value?.assessment !== undefined;
    if (recorded) {
      return html`<p class="mark good" role="status"><wa-icon name="circle-check"></wa-icon>${msg("It is recorded.", { id: "admin.setup.assessment.recorded" })}</p>
        <div class="foot"><wa-button variant="brand" @click=${() => this.next()}>${msg("Continue", { id: "admin.continue" })}</wa-button></div>`;
    }
    return html`<p>${msg("Law asks whoever uses faces to think it through before, in writing. The tablet has answered what it knows; you sign. Faces are enrolled once it is recorded, here or later under Compliance; PIN and badge work at once.", { id: "admin.setup.assessment.intro" })}</p>
      <cf-assessment-form brief .administration=${this.administration} @cf-recorded=${() => this.next()}>
        <wa-button appearance="outlined" @click=${() => this.next()}>${msg("Later: no faces until then", { id: "admin.setup.assessment.later" })}</wa-button>
      </cf-assessment-form>`;
  }

  private firstPerson(): TemplateResult {
    if (this.person !== null) {
      return html`<cf-enrolment .administration=${this.administration} .personId=${this.person} first @cf-done=${() => this.to("place")}></cf-enrolment>`;
    }
    return html`<p>${msg("Add yourself or whoever stands beside you, and the kiosk can be tried at once.", { id: "admin.setup.person.intro" })}</p>
      <cf-person-form
        .administration=${this.administration}
        submit-label=${msg("Add and enrol", { id: "admin.setup.person.add" })}
        cancel-label=${msg("Skip", { id: "admin.setup.person.skip" })}
        @cf-saved=${(event: CustomEvent<{ readonly id: PersonId }>) => (this.person = event.detail.id)}
        @cf-cancel=${() => this.to("place")}
      ></cf-person-form>`;
  }

  private place(): TemplateResult {
    const toggle = (point: string): void => {
      const done = this.draft.done.includes(point) ? this.draft.done.filter((other) => other !== point) : [...this.draft.done, point];
      this.change({ done });
    };
    return html`<p>${msg("The site is ready. Before you walk away:", { id: "admin.place.intro" })}</p>
      <ul class="ticks card">
        ${placePoints().map(
          ([point, title, why]) =>
            html`<li>
              <wa-checkbox .checked=${this.draft.done.includes(point)} @change=${() => toggle(point)}><strong>${title}</strong></wa-checkbox>
              <p class="quiet">${why}</p>
            </li>`,
        )}
      </ul>
      <div class="foot">
        <wa-button appearance="outlined" @click=${() => {
          this.person = null;
          this.back();
        }}>${msg("Back", { id: "admin.back" })}</wa-button>
        <wa-button variant="brand" @click=${() => this.finish()}>${msg("Open the kiosk", { id: "admin.place.open" })}</wa-button>
      </div>`;
  }
}

/** Every zone the browser knows, and the preselected one where it has another name for it. */
function zones(chosen: string): readonly string[] {
  const all = Intl.supportedValuesOf("timeZone");
  return all.includes(chosen) ? all : [chosen, ...all];
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-setup": SetupElement;
  }
}
