import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { RequestFailure } from "../../../app/api/attendance.ts";
import type { OwnAttendance, OwnNotice } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import type { RequestId } from "../../../domain/exceptions/types.ts";
import { longDate } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { requestKindWord, waitingWord } from "../../i18n/requests.ts";
import { sentences } from "../../i18n/sentences.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { OwnElement } from "./own-element.ts";
import { confirmMonthWord, contentWord, dayWord, ownFailureText, untilWord } from "./own-words.ts";
import { pagesStyles } from "./pages-styles.ts";

/** What others have told this person: decisions, swaps to agree to, months to confirm, notes, answers. */
@customElement("cf-own-messages")
export class CfOwnMessages extends OwnElement {
  static override readonly styles = [kioskStyles, pagesStyles];

  /** As they were when the page opened: what was read just now does not vanish from under the finger. */
  @state() private kept: readonly OwnNotice[] | null = null;

  @state() private trouble: RequestFailure | null = null;

  protected override followed({ notices }: OwnAttendance): readonly Observable<unknown>[] {
    return [notices];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.kept = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const notices = this.attendance?.notices.value ?? [];
    if (this.kept !== null || notices.length === 0) return;
    this.kept = notices;
    const seen = notices.flatMap((notice) => (notice.kind === "request" ? [notice.request.id] : []));
    if (seen.length > 0) void this.attendance?.seen(seen);
  }

  async #agree(id: RequestId, agreed: boolean): Promise<void> {
    const answered = await this.attendance?.agree(id, agreed);
    if (answered === undefined || !this.isConnected) return;
    this.trouble = answered.ok ? null : answered.error;
    if (answered.ok) this.kept = (this.kept ?? []).filter((notice) => notice.kind !== "swap" || notice.request.id !== id);
  }

  #notice(notice: OwnNotice): TemplateResult {
    const kinds = this.attendance?.leaveKinds ?? [];
    switch (notice.kind) {
      case "request": {
        const { request } = notice;
        return html`<li><button type="button" class="card ${request.state === "approved" ? "good" : request.state === "rejected" ? "care" : ""}" @click=${() => this.go({ page: "request", id: request.id })}>
          <h2>${requestKindWord(request.content.kind)}: ${waitingWord(request)}</h2>
          <span>${contentWord(request.content, this.zone, kinds)}</span>
        </button></li>`;
      }
      case "swap": {
        const { request, from } = notice;
        const cancels = request.content.kind === "cancel";
        const content = request.content.kind === "cancel" ? request.content.content : request.content;
        if (content.kind !== "swap") return html``;
        const [theirs, yours] = [dayWord(content.day, this.zone), dayWord(content.withDay, this.zone)];
        return html`<li class="card care">
          <h2>${cancels ? msg(str`${from} asks to cancel the change of shifts with you`, { id: "own.swap.cancel" }) : msg(str`${from} asks to change shifts with you`, { id: "own.swap.asks" })}</h2>
          <p>${cancels ? msg(str`You work your ${yours} again, they work their ${theirs}.`, { id: "own.swap.cancel.what" }) : msg(str`They take your ${yours}, you take their ${theirs}.`, { id: "own.swap.asks.what" })}</p>
          <p class="quiet-text">${request.reason}</p>
          <div class="row">
            <button type="button" class="button primary" @click=${() => void this.#agree(request.id, true)}>${msg("I agree", { id: "own.swap.agree" })}</button>
            <button type="button" class="button" @click=${() => void this.#agree(request.id, false)}>${msg("No, thank you", { id: "own.swap.decline" })}</button>
          </div>
        </li>`;
      }
      case "month":
        return html`<li><button type="button" class="card care" @click=${() => this.go({ page: "month", month: notice.month })}>
          <h2>${confirmMonthWord(notice.month)}</h2>
          ${notice.by === null ? nothing : html`<span class="quiet-text">${untilWord(notice.by)}</span>`}
        </button></li>`;
      case "note": {
        const { note } = notice;
        return html`<li class="card">
          <h2>${note.kind === "warning" ? msg("A warning was written", { id: "own.note.warning" }) : msg("A note was written", { id: "own.note.note" })} · ${dayWord(note.day, this.zone)}</h2>
          <p>${note.text}</p>
          <p class="quiet-text">${msg("Written by a person; nothing follows from it by machine.", { id: "own.note.by-hand" })}</p>
          ${this.attendance?.offered.includes("appeal") === true ? html`<div class="row"><button type="button" class="button" @click=${() => this.go({ page: "form", start: { kind: "appeal", about: { noteId: note.id } } })}>${msg("I do not agree", { id: "own.day.appeal" })}</button></div>` : nothing}
        </li>`;
      }
      case "feedback": {
        const { feedback } = notice;
        return html`<li class="card">
          <h2>${msg("An answer to your feedback", { id: "own.feedback.answer" })}</h2>
          <p class="quiet-text">“${feedback.text}”</p>
          <p>${feedback.answer?.text ?? ""}</p>
          ${feedback.answer === undefined ? nothing : html`<p class="quiet-text">${longDate(feedback.answer.at, this.zone, locale.value)}</p>`}
        </li>`;
      }
    }
  }

  override render(): TemplateResult {
    const notices = this.kept ?? [];
    const { trouble } = this;
    return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${msg("Messages", { id: "own.messages" })}>
      ${trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(ownFailureText(trouble).happened, ownFailureText(trouble).todo)}</p>`}
      ${notices.length === 0 ? html`<p>${msg("Nothing new.", { id: "own.messages.none" })}</p>` : html`<ul>${notices.map((notice) => this.#notice(notice))}</ul>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-messages": CfOwnMessages;
  }
}
