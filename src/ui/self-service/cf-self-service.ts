import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";

import type { SiteSettings } from "../../app/api/administration.ts";
import type { Kiosk } from "../../app/api/kiosk.ts";
import type { SelfService, SelfServiceState } from "../../app/own-record/self-service.ts";
import type { Locale } from "../../domain/people/types.ts";
import { scheduleOf } from "../../domain/retention/schedule.ts";
import "../components/cf-language-button.ts";
import { locale, showLocale } from "../i18n/localize.ts";
import { holdSentence, KEPT_KINDS, keptKind, keptUntil } from "../i18n/retention-words.ts";
import "../kiosk/cf-kiosk-pin.ts";
import { kioskStyles } from "../kiosk/kiosk-styles.ts";
import type { CfOwn } from "../kiosk/own/cf-own.ts";
import "../kiosk/own/cf-own.ts";
import type { OwnPlaceEvent } from "../kiosk/own/places.ts";
import { OwnHistory } from "./own-history.ts";

/** What somebody began to type and left is forgotten after so long, milliseconds. */
const TYPING_IDLE_MS = 60_000;

/** @summary One's own record in a browser at a desk: the kiosk's pages, with more time. */
@customElement("cf-self-service")
@localized()
export class SelfServiceElement extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        block-size: 100dvh;
        overflow: hidden;
        background: var(--cf-ground);
        color: var(--cf-ink);
        font-family: var(--cf-font);
        line-height: 1.4;
        --pad: clamp(16px, 3.4vmin, 48px);
        --kiosk-statement: clamp(28px, 4.4vmin, 48px);
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
        padding: clamp(8px, 1.6vmin, 20px) var(--pad) 0;
      }

      .site {
        flex: 1;
        min-inline-size: 0;
        font-size: clamp(20px, 3vmin, 28px);
        font-weight: 650;
        line-height: 1.2;
      }

      header a {
        display: flex;
        align-items: center;
        min-block-size: var(--cf-target);
        padding-inline: 12px;
        border-radius: var(--cf-radius);
        color: var(--cf-ink);
        font-weight: 600;
        white-space: nowrap;
      }

      cf-language-button {
        flex: none;
        white-space: nowrap;
      }

      @media (max-width: 520px) {
        header {
          gap: 4px;
        }

        .site {
          font-size: 18px;
        }

        .what {
          display: block;
          font-size: var(--kiosk-small);
          font-weight: 400;
        }

        .dot {
          display: none;
        }
      }

      footer {
        padding: 0 var(--pad) clamp(8px, 1.6vmin, 20px);
        text-align: center;
      }

      .plain {
        min-block-size: var(--cf-target);
        padding-inline: 16px;
        border: 0;
        border-radius: var(--cf-radius);
        background: none;
        color: var(--cf-ink-quiet);
        font: inherit;
        text-decoration: underline;
        text-underline-offset: 4px;
        cursor: pointer;
      }

      .kept {
        max-inline-size: 44em;
        block-size: 100%;
        margin-inline: auto;
        overflow-y: auto;
      }

      .kept h1 {
        font-size: var(--kiosk-statement);
        line-height: 1.2;
      }

      .kept dt {
        margin-block-start: 16px;
        font-weight: 650;
      }

      .kept dd {
        margin: 0;
        color: var(--cf-ink-quiet);
      }

      main {
        min-block-size: 0;
        padding: clamp(8px, 2vmin, 24px) var(--pad) var(--pad);
      }
    `,
  ];

  @property({ attribute: false }) service: SelfService | null = null;

  @property({ attribute: false }) settings: SiteSettings | null = null;

  /** Counts those who began to type and left. */
  @state() private left = 0;

  @state() private shown: SelfServiceState = { kind: "entry" };

  /** How long data are kept is read by anybody, without a number or PIN. */
  @state() private reading = false;

  @query("cf-own") private own!: CfOwn | null;

  readonly #history = new OwnHistory({ show: (place) => this.own?.show(place), close: () => this.service?.leave() });
  #stop: () => void = () => undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** The browser's own language while a person's is shown. */
  #ownLocale: Locale | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#history.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#history.disconnect();
    this.#stop();
    clearTimeout(this.#typing);
    this.service?.leave();
    void this.#speak(undefined);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("service")) return;
    this.#stop();
    const { service } = this;
    if (service === null) return;
    this.shown = service.state.value;
    this.#stop = service.state.subscribe((shown) => {
      if (shown.kind !== this.shown.kind) {
        void this.#speak(shown.kind === "own" ? shown.record.facts.value.locale : undefined);
        if (shown.kind === "own") this.#history.opened();
        else this.#history.closed();
      }
      this.shown = shown;
    });
  }

  /** Shows the person's own language, or the browser's again. */
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

  readonly #submit: Kiosk["submitOwn"] = (number, pin) => {
    if (this.service === null) throw new Error("The PIN is asked for without a service");
    return this.service.submit(number, pin);
  };

  readonly #touched = (): void => {
    this.service?.touched();
    clearTimeout(this.#typing);
    if (this.shown.kind === "entry") this.#typing = setTimeout(() => (this.left += 1), TYPING_IDLE_MS);
  };

  readonly #went = ({ detail }: OwnPlaceEvent): void => this.#history.went(detail);

  readonly #turn = (): void => {
    this.reading = !this.reading;
  };

  readonly #leave = (): void => this.service?.leave();

  override render(): TemplateResult {
    const { settings, shown } = this;
    return html`<header>
        <p class="site">${settings?.siteName ?? ""} <span class="dot">·</span> <span class="what">${msg("My attendance", { id: "self.title" })}</span></p>
        ${shown.kind === "entry" ? html`<a href="/">${msg("To the kiosk", { id: "admin.to-kiosk" })}</a>` : nothing}
        <cf-language-button></cf-language-button>
      </header>
      <main @cf-touched=${this.#touched} @cf-dismiss=${this.#leave}>
        ${shown.kind === "entry"
          ? this.reading && settings !== null
            ? this.#kept(settings)
            : keyed(this.left, html`<cf-kiosk-pin purpose="own" .submit=${this.#submit} .helpContact=${settings?.helpContact ?? ""}></cf-kiosk-pin>`)
          : html`<cf-own
              .record=${shown.record}
              .endsAt=${shown.endsAt}
              .zone=${settings?.zone ?? "UTC"}
              .helpContact=${settings?.helpContact ?? ""}
              .organisation=${settings?.organisation ?? ""}
              .site=${settings?.siteName ?? ""}
              @cf-own-place=${this.#went}
            ></cf-own>`}
      </main>
      ${shown.kind === "entry" ? html`<footer><button class="plain" type="button" @click=${this.#turn}>${this.reading ? msg("Back", { id: "kiosk.pin.back" }) : title()}</button></footer>` : nothing}`;
  }

  #kept(settings: SiteSettings): TemplateResult {
    const contact = settings.helpContact === "" ? settings.organisation : settings.helpContact;
    return html`<section class="kept" aria-labelledby="kept" tabindex="0">
      <h1 id="kept">${title()}</h1>
      <p>${settings.organisation} · ${settings.siteName}</p>
      <dl>${KEPT_KINDS.map((kind) => html`<dt>${keptKind(kind)}</dt><dd>${keptUntil(kind, scheduleOf(settings))}</dd>`)}</dl>
      <p>${holdSentence()} ${msg(str`Questions: ask ${contact}`, { id: "retention.ask" })}</p>
    </section>`;
  }
}

function title(): string {
  return msg("How long data are kept", { id: "retention.title" });
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-self-service": SelfServiceElement;
  }
}
