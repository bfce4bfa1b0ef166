import { msg } from "@lit/localize";
import { css, html, render, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { ErasureCertificate } from "../../../domain/people/erasure-certificate.ts";
import { download } from "../parts/download.ts";
import { AdminElement } from "../parts/element.ts";
import { dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { theme } from "../parts/theme.ts";
import { bytesWord, erasedWord, numberAndName, reasonWord } from "./words.ts";

interface Line {
  readonly name: string;
  readonly text: string;
}

function lines(certificate: ErasureCertificate, zone: string): readonly Line[] {
  const { person } = certificate;
  const at = (iso: string): string => `${dateTime(Date.parse(iso), zone)} (${zone})`;
  return [
    { name: msg("Number", { id: "admin.certificate.number" }), text: certificate.number },
    { name: msg("Whose", { id: "admin.certificate.whose" }), text: numberAndName(person?.employeeNumber ?? null, person?.name ?? null) },
    { name: msg("What was erased", { id: "admin.certificate.what" }), text: erasedWord(certificate.what) },
    { name: msg("Why", { id: "admin.certificate.why" }), text: reasonWord(certificate.reason) },
    { name: msg("Asked for", { id: "admin.rights.reason.asked" }), text: at(certificate.askedAt) },
    { name: msg("Carried out", { id: "admin.certificate.done" }), text: at(certificate.doneAt) },
    { name: msg("Bytes", { id: "admin.certificate.bytes" }), text: bytesWord(certificate.bytes) },
    { name: msg("Key epochs", { id: "admin.certificate.epochs" }), text: certificate.epochs.join(" → ") },
    { name: msg("Receipt in the log", { id: "admin.certificate.receipt" }), text: certificate.receipt },
    { name: msg("Organisation and site", { id: "admin.certificate.site" }), text: `${certificate.organisation} · ${certificate.site}` },
    { name: msg("Device", { id: "admin.nav.device" }), text: certificate.device },
    { name: msg("Signature", { id: "admin.certificate.signature" }), text: `${certificate.algorithm} ${certificate.signature}` },
  ];
}

const title = (): string => msg("Certificate of erasure", { id: "admin.certificate.title" });

/** What is printed is a sheet of its own; the page that is on the screen stays off the paper. */
function print(certificate: ErasureCertificate, zone: string): void {
  const sheet = document.createElement("section");
  sheet.className = "cf-print-sheet";
  sheet.lang = document.documentElement.lang;
  const rules = new CSSStyleSheet();
  rules.replaceSync(`
    @media screen { .cf-print-sheet { display: none; } }
    @media print {
      body > *:not(.cf-print-sheet) { display: none !important; }
      .cf-print-sheet { color: #000; background: #fff; font: 12pt/1.5 var(--cf-font, sans-serif); }
      .cf-print-sheet dt { font-weight: 600; margin-block-start: 8pt; }
      .cf-print-sheet dd { margin: 0; overflow-wrap: anywhere; }
    }
  `);
  render(html`<h1>${title()}</h1>${facts(certificate, zone)}`, sheet);
  document.adoptedStyleSheets.push(rules);
  document.body.append(sheet);
  window.addEventListener(
    "afterprint",
    () => {
      sheet.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
    },
    { once: true },
  );
  window.print();
}

function facts(certificate: ErasureCertificate, zone: string): TemplateResult {
  return html`<dl class="facts">${lines(certificate, zone).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
}

/**
 * A certificate to be handed to the person: on the screen, on paper, or as a file that anybody can check.
 *
 * @event cf-closed - It was put away.
 */
@customElement("cf-certificate")
export class CertificateElement extends AdminElement {
  static override styles = [
    theme,
    base,
    css`
      wa-dialog {
        --width: min(680px, calc(100vw - 24px));
      }

      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) certificate!: ErasureCertificate;

  @property() zone = "UTC";

  @state() private open = true;

  private save(): void {
    download(`erasure-${this.certificate.number}.json`, `${JSON.stringify(this.certificate, null, 2)}\n`, "application/json");
  }

  override render(): TemplateResult {
    const { certificate, zone } = this;
    return html`<wa-dialog label=${title()} ?open=${this.open} @wa-after-hide=${() => this.dispatchEvent(new CustomEvent("cf-closed"))}>
      <div class="stack" tabindex="0">
        <p>${msg("Hand it to the person. Anybody can check the signature with the file.", { id: "admin.certificate.hand" })}</p>
        ${certificate.person === null && certificate.what === "record" ? html`<p class="small">${msg("Nothing on this tablet knows any more whose record it was.", { id: "admin.certificate.nameless" })}</p>` : ""}
        ${facts(certificate, zone)}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Close", { id: "admin.certificate.close" })}</wa-button>
      <wa-button slot="footer" appearance="outlined" @click=${() => print(certificate, zone)}><wa-icon slot="start" name="file"></wa-icon>${msg("Print", { id: "admin.certificate.print" })}</wa-button>
      <wa-button slot="footer" variant="brand" @click=${() => this.save()}><wa-icon slot="start" name="download"></wa-icon>${msg("Download", { id: "admin.certificate.download" })}</wa-button>
    </wa-dialog>`;
  }
}

/** Shows it above whatever page there is, also when the person's own page has just ended. */
export function showCertificate(certificate: ErasureCertificate, zone: string): void {
  const shown = document.createElement("cf-certificate");
  shown.certificate = certificate;
  shown.zone = zone;
  shown.addEventListener("cf-closed", () => shown.remove(), { once: true });
  document.body.append(shown);
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-certificate": CertificateElement;
  }
}
