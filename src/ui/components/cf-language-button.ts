import { localized } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { LOCALES, LOCALE_NAMES, chooseLocale, locale } from "../i18n/localize.ts";
import { iconLanguage } from "./icons.ts";

/** Goes to the next language, named in its own words, and keeps it as this device's choice. */
@customElement("cf-language-button")
@localized()
export class CfLanguageButton extends LitElement {
  static override readonly shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static override readonly styles = css`
    :host {
      display: inline-block;
    }

    button {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: var(--cf-target);
      padding: 0 16px;
      border: 2px solid transparent;
      border-radius: var(--cf-radius);
      background: none;
      color: inherit;
      font: inherit;
      font-weight: 600;
      cursor: pointer;
    }

    .icon {
      flex: none;
      inline-size: 1.3em;
      block-size: 1.3em;
    }

    :focus-visible {
      outline: 4px solid var(--cf-focus);
      outline-offset: -2px;
    }
  `;

  readonly #next = (): void => {
    const at = LOCALES.indexOf(locale.value);
    void chooseLocale(LOCALES[(at + 1) % LOCALES.length] ?? "en");
  };

  override render(): TemplateResult {
    const next = LOCALES[(LOCALES.indexOf(locale.value) + 1) % LOCALES.length] ?? "en";
    return html`<button type="button" lang=${next} @click=${this.#next}>${iconLanguage()}<span>${LOCALE_NAMES[next]}</span></button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-language-button": CfLanguageButton;
  }
}
