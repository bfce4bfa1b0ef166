import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Setup, SiteSettings } from "../../../app/api/administration.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { Locale } from "../../../domain/people/types.ts";
import { LOCALE_NAMES, LOCALES } from "../../i18n/localize.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { otherFailure, regionWord } from "../parts/words.ts";
import "./cf-keys.ts";
import "./cf-recognition-policy.ts";
import type { PolicyEvent, RecognitionPolicyElement } from "./cf-recognition-policy.ts";

type Change = Parameters<Setup["change"]>[0];

/** What may be changed after set-up. Every change is kept at once; there is no button to forget. */
@customElement("cf-settings")
export class SettingsElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card {
        display: grid;
        gap: var(--cf-space-4);
      }

      input[type="range"] {
        inline-size: 100%;
        block-size: 48px;
        accent-color: var(--cf-accent);
      }

      /* Stays in sight: the page is longer than the screen, and each change says here that it is kept. */
      .saved {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        min-block-size: 24px;
        padding-block: 8px;
        background: var(--cf-ground);
      }
    `,
  ];

  @state() private draft: Partial<Pick<SiteSettings, "siteName" | "helpContact">> = {};
  @state() private failure: Failure | null = null;
  @state() private saved = false;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  #policyKept: Promise<void> = Promise.resolve();

  private async change(change: Change): Promise<void> {
    this.saved = false;
    this.failure = null;
    const outcome = await this.administration.setup.change(change);
    if (outcome.ok) this.saved = true;
    else this.failure = outcome.error;
  }

  /** One after the other: each builds on what the one before has left. */
  private changePolicy(event: PolicyEvent): void {
    const part = event.detail;
    const asked = event.target as RecognitionPolicyElement;
    this.#policyKept = this.#policyKept.then(async () => {
      const recognition = this.settings.value?.recognition;
      if (recognition === undefined) return;
      await this.change({ recognition: { ...recognition, ...part } });
      // What could not be kept is shown as it stands again.
      asked.requestUpdate();
    });
  }

  private leaveText(field: "siteName" | "helpContact", settings: SiteSettings): void {
    const text = this.draft[field]?.trim();
    if (text === undefined || text === settings[field] || (field === "siteName" && text === "")) return;
    void this.change({ [field]: text });
  }

  override render(): TemplateResult {
    const settings = this.settings.value ?? null;
    if (settings === null) return html``;
    const select = (id: string, label: string, options: readonly (readonly [string, string])[], value: string, change: (value: string) => Change): TemplateResult =>
      html`<div>
        <label class="native-label" for=${id}>${label}</label>
        <select id=${id} class="native" @change=${(event: Event) => void this.change(change((event.target as HTMLSelectElement).value))}>
          ${options.map(([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`)}
        </select>
      </div>`;
    const siteName = this.draft.siteName ?? settings.siteName;
    return html`<div class="page narrow">
      <h1 tabindex="-1">${msg("Settings", { id: "admin.nav.settings" })}</h1>
      <p class="saved small" role="status">
        ${this.failure !== null
          ? html`<span class="field-error"><wa-icon name="warning"></wa-icon>${otherFailure(this.failure)}</span>`
          : this.saved
            ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Saved", { id: "admin.settings.saved" })}</span>`
            : html`<span class="quiet">${msg("Changes are kept at once.", { id: "admin.settings.at-once" })}</span>`}
      </p>
      <section class="card" aria-labelledby="site">
        <h2 id="site">${msg("Site", { id: "admin.setup.siteName" })}</h2>
        ${textField({
          label: msg("Name on the kiosk", { id: "admin.settings.site" }),
          name: "site",
          value: siteName,
          maxlength: 60,
          required: true,
          error: siteName.trim() === "" ? msg("This is needed.", { id: "admin.setup.error.missing" }) : undefined,
          onInput: (text) => (this.draft = { ...this.draft, siteName: text }),
          onLeave: () => this.leaveText("siteName", settings),
        })}
        ${textField({
          label: msg("Whom to ask for help", { id: "admin.setup.help" }),
          name: "help",
          value: this.draft.helpContact ?? settings.helpContact,
          maxlength: 80,
          hint: msg("A name, a place or a telephone number that the kiosk shows when something is wrong. May stay empty.", { id: "admin.setup.help.hint" }),
          onInput: (text) => (this.draft = { ...this.draft, helpContact: text }),
          onLeave: () => this.leaveText("helpContact", settings),
        })}
        ${select(
          "locale",
          msg("Language of the kiosk", { id: "admin.settings.locale" }),
          LOCALES.map((code) => [code, LOCALE_NAMES[code]] as const),
          settings.locale,
          (value) => ({ locale: value as Locale }),
        )}
        <dl class="facts">
          <dt>${msg("Organisation", { id: "admin.setup.organisation" })}</dt>
          <dd>${settings.organisation}</dd>
          <dt>${msg("Time zone", { id: "admin.setup.zone" })}</dt>
          <dd>${settings.zone.replaceAll("_", " ")}</dd>
          <dt>${msg("Country", { id: "admin.setup.law.country" })}</dt>
          <dd>${regionWord(settings.lawRegion)}</dd>
        </dl>
      </section>
      <section class="card" aria-labelledby="kiosk">
        <h2 id="kiosk">${msg("At the kiosk", { id: "admin.settings.kiosk" })}</h2>
        ${select(
          "direction",
          msg("In or out", { id: "admin.settings.direction" }),
          [
            ["", msg("From the person's last punch", { id: "admin.settings.direction.auto" })],
            ["in", msg("Always in: an entrance", { id: "admin.settings.direction.in" })],
            ["out", msg("Always out: an exit", { id: "admin.settings.direction.out" })],
          ],
          settings.fixedDirection ?? "",
          (value) => ({ fixedDirection: value === "in" || value === "out" ? value : null }),
        )}
        ${select(
          "name",
          msg("Name on the screen", { id: "admin.settings.name" }),
          [
            ["full", msg("In full", { id: "admin.settings.name.full" })],
            ["short", msg("Shortened, where strangers look on", { id: "admin.settings.name.short" })],
          ],
          settings.nameShown,
          (value) => ({ nameShown: value === "short" ? "short" : "full" }),
        )}
        <wa-switch .checked=${settings.speech} @change=${(event: Event) => void this.change({ speech: (event.target as HTMLInputElement).checked })}>${msg("Say the outcome aloud", { id: "admin.settings.speech" })}</wa-switch>
        <div>
          <label class="native-label" for="volume">${msg("Volume of sounds and speech", { id: "admin.settings.volume" })} <span class="quiet numbers">${Math.round(settings.volume * 100)} %</span></label>
          <input id="volume" type="range" min="0" max="100" step="5" .value=${String(Math.round(settings.volume * 100))} @change=${(event: Event) => void this.change({ volume: Number((event.target as HTMLInputElement).value) / 100 })} />
          ${settings.volume === 0 ? html`<p class="small quiet">${msg("Silent. The screen still tells everything.", { id: "admin.settings.silent" })}</p>` : nothing}
        </div>
      </section>
      <section class="card" aria-labelledby="recognition">
        <h2 id="recognition">${msg("Recognition", { id: "admin.nav.recognition" })}</h2>
        <cf-recognition-policy .administration=${this.administration} .policy=${settings.recognition} @cf-policy=${(event: PolicyEvent) => this.changePolicy(event)}></cf-recognition-policy>
      </section>
      <section class="card" aria-labelledby="keys">
        <h2 id="keys">${msg("Start and keys", { id: "admin.settings.keys" })}</h2>
        <cf-keys .administration=${this.administration}></cf-keys>
      </section>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-settings": SettingsElement;
  }
}
