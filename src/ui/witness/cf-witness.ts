import { localized, msg, str } from "@lit/localize";
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { PhoneAnswer, PhoneWitness, PhoneWitnessFailure, WitnessedTablet } from "../../app/api/witness.ts";
import { readRequest } from "../../domain/log/statements.ts";
import { qrCode } from "../admin/users/qr-code.ts";
import { chooseLocale, locale, LOCALE_NAMES, LOCALES } from "../i18n/localize.ts";
import { readQr } from "./read-qr.ts";
import { witnessStyles } from "./styles.ts";

type Step = "start" | "scanning" | "signed" | "failed";

/**
 * The supervisor's phone: scans what a tablet shows, signs it when it extends what was signed before, and shows the
 * answer. Text can be pasted and copied wherever there is no camera.
 *
 * @summary A phone as a witness of a tablet's log.
 */
@customElement("cf-witness")
@localized()
export class WitnessElement extends LitElement {
  static override styles = witnessStyles;

  @property({ attribute: false }) witness!: PhoneWitness;

  @state() private step: Step = "start";
  @state() private stream: MediaStream | null = null;
  @state() private noCamera = false;
  @state() private pasted = "";
  @state() private failure: PhoneWitnessFailure | null = null;
  @state() private answer: PhoneAnswer | null = null;
  @state() private tablets: readonly WitnessedTablet[] = [];
  @state() private ownId = "";
  @state() private copied = false;
  @query("video") private video?: HTMLVideoElement | null;
  #abort: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  private async refresh(): Promise<void> {
    [this.ownId, this.tablets] = await Promise.all([this.witness.id(), this.witness.tablets()]);
  }

  private async scan(): Promise<void> {
    this.failure = null;
    this.stream = await this.witness.openCamera();
    if (this.stream === null) {
      this.noCamera = true;
      return;
    }
    this.step = "scanning";
    await this.updateComplete;
    const abort = new AbortController();
    this.#abort = abort;
    const { video } = this;
    const text = video ? await readQr(video, (found) => readRequest(found) !== null, abort.signal) : null;
    if (this.#abort !== abort) return;
    this.stop();
    if (text !== null) await this.sign(text);
  }

  private stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    if (this.step === "scanning") this.step = "start";
  }

  private async sign(text: string): Promise<void> {
    const outcome = await this.witness.sign(text);
    this.copied = false;
    if (outcome.ok) {
      this.answer = outcome.value;
      this.pasted = "";
      this.step = "signed";
    } else {
      this.failure = outcome.error;
      this.step = "failed";
    }
    await this.refresh();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  private async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = true;
    } catch {
      this.renderRoot.querySelector<HTMLTextAreaElement>("textarea.answer")?.select();
    }
  }

  override render(): TemplateResult {
    return html`<main>
      <header>
        <strong>Clockface</strong>
        ${LOCALES.filter((code) => code !== locale.value).map((code) => html`<button class="plain" type="button" lang=${code} @click=${() => void chooseLocale(code)}>${LOCALE_NAMES[code]}</button>`)}
      </header>
      ${this.body()}
    </main>`;
  }

  private body(): TemplateResult {
    switch (this.step) {
      case "start":
        return this.start();
      case "scanning":
        return html`<h1 tabindex="-1">${msg("Hold the tablet's code into the picture", { id: "witness.scan.title" })}</h1>
          <video autoplay muted playsinline .srcObject=${this.stream} aria-label=${msg("Camera picture", { id: "witness.scan.picture" })}></video>
          <button type="button" @click=${() => this.stop()}>${msg("Cancel", { id: "witness.cancel" })}</button>`;
      case "signed":
        return this.answer === null ? this.start() : this.signed(this.answer);
      case "failed":
        return this.failed();
    }
  }

  private start(): TemplateResult {
    return html`<h1 tabindex="-1">${msg("Witness a tablet's log", { id: "witness.title" })}</h1>
      <p>${msg("This phone signs that the log has only grown since it last looked. Once a day is enough. It needs no network.", { id: "witness.intro" })}</p>
      <ol>
        <li>${msg("On the tablet: Administration, Audit, Witness by phone. It shows a code.", { id: "witness.step.tablet" })}</li>
        <li>${msg("Scan the code with this page.", { id: "witness.step.scan" })}</li>
        <li>${msg("Show the tablet the code that appears here.", { id: "witness.step.answer" })}</li>
      </ol>
      <button class="main" type="button" @click=${() => void this.scan()}>${msg("Scan the tablet's code", { id: "witness.scan" })}</button>
      ${this.noCamera ? html`<p role="status">${msg("The camera cannot be used here. Allow it in the browser, or paste the text.", { id: "witness.no-camera" })}</p>` : nothing}
      <details ?open=${this.noCamera}>
        <summary>${msg("No camera? Paste the text", { id: "witness.paste" })}</summary>
        <label for="pasted">${msg("Text that the tablet shows under its code", { id: "witness.paste.label" })}</label>
        <textarea id="pasted" rows="4" spellcheck="false" autocomplete="off" .value=${this.pasted} @input=${(event: Event) => (this.pasted = (event.target as HTMLTextAreaElement).value)}></textarea>
        <button type="button" ?disabled=${this.pasted.trim() === ""} @click=${() => void this.sign(this.pasted)}>${msg("Check and sign", { id: "witness.sign" })}</button>
      </details>
      ${this.known()}`;
  }

  private known(): TemplateResult {
    return html`<section>
      ${this.tablets.length === 0
        ? nothing
        : html`<h2>${msg("Signed so far", { id: "witness.known" })}</h2>
            <ul>
              ${this.tablets.map(({ device, size, at }) => html`<li><span class="code">${device}</span><br />${msg(str`${size.toLocaleString(locale.value)} entries, ${when(at)}`, { id: "witness.known.row" })}</li>`)}
            </ul>`}
      <p class="quiet">${msg("This phone's id, for the auditor:", { id: "witness.id" })} <span class="code">${this.ownId}</span></p>
    </section>`;
  }

  private signed({ device, size, previousSize, text }: PhoneAnswer): TemplateResult {
    return html`<h1 tabindex="-1" class="good">${msg("Signed", { id: "witness.signed" })}</h1>
      <p>
        ${previousSize === 0
          ? msg(str`${size.toLocaleString(locale.value)} entries, for the first time.`, { id: "witness.signed.first" })
          : msg(str`${size.toLocaleString(locale.value)} entries; they begin with the ${previousSize.toLocaleString(locale.value)} that this phone had signed before.`, { id: "witness.signed.grown" })}
        <span class="code quiet">${device}</span>
      </p>
      <p><strong>${msg("Now hold this code before the tablet's camera, or copy the text into its field.", { id: "witness.signed.show" })}</strong></p>
      ${qrCode(text, msg("Code for the tablet", { id: "witness.signed.code" }))}
      <textarea class="answer" readonly rows="3" spellcheck="false" aria-label=${msg("Text for the tablet", { id: "witness.signed.text" })} .value=${text}></textarea>
      <button type="button" @click=${() => void this.copy(text)}>${this.copied ? msg("Copied", { id: "witness.copied" }) : msg("Copy the text", { id: "witness.copy" })}</button>
      <button type="button" class="main" @click=${() => (this.step = "start")}>${msg("Done", { id: "witness.done" })}</button>`;
  }

  private failed(): TemplateResult {
    const { failure } = this;
    return html`<h1 tabindex="-1" class="care">${msg("Not signed", { id: "witness.failed" })}</h1>
      <p role="alert">${failure === null ? nothing : why(failure, this.ownId)}</p>
      <button class="main" type="button" @click=${() => void this.scan()}>${msg("Scan again", { id: "witness.again" })}</button>
      <button type="button" @click=${() => (this.step = "start")}>${msg("Back", { id: "witness.back" })}</button>
      ${this.noCamera ? html`<p role="status">${msg("The camera cannot be used here. Allow it in the browser, or paste the text.", { id: "witness.no-camera" })}</p>` : nothing}`;
  }
}

function when(at: number): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

function why({ kind, detail }: PhoneWitnessFailure, id: string): string {
  const before = Number(detail ?? 0).toLocaleString(locale.value);
  switch (kind) {
    case "witness/unreadable":
      return msg("This is no code of a tablet's log. Copy the text whole, or scan again.", { id: "witness.failed.unreadable" });
    case "witness/unsigned":
      return msg("The code was not signed by the tablet that it names. Do not trust it; tell whoever looks after the tablet.", { id: "witness.failed.unsigned" });
    case "witness/base":
      return msg(str`The tablet has to begin at entry ${before}, which this phone signed last. On the tablet choose the phone ${id.slice(0, 8)} and scan the new code.`, { id: "witness.failed.base" });
    case "witness/smaller":
      return msg(str`ALARM: the tablet shows fewer entries than the ${before} that this phone has signed. Its log was rolled back. Tell the auditor.`, { id: "witness.failed.smaller" });
    case "witness/fork":
    case "witness/inconsistent":
      return msg(str`ALARM: the tablet's log does not begin with the ${before} entries that this phone has signed. It was rewritten. Tell the auditor.`, { id: "witness.failed.other" });
    case "witness/not-kept":
      return msg("This phone could not keep what it signs, so it signed nothing. Leave private browsing, or free some space.", { id: "witness.failed.not-kept" });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-witness": WitnessElement;
  }
}
