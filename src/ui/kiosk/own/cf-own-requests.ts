import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RequestFailure } from "../../../app/api/attendance.ts";
import type { OwnAttendance } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import { cancellable } from "../../../domain/exceptions/content-days.ts";
import type { ExceptionRequest, RequestId, RequestStep, RequestKind, RequestState } from "../../../domain/exceptions/types.ts";
import { dateAndTime, longDate } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { outcomeWord, requestKindWord, routeWord, stepWord, waitingWord } from "../../i18n/requests.ts";
import { sentences } from "../../i18n/sentences.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { glanceShape, type Glance } from "./marks.ts";
import { OwnElement } from "./own-element.ts";
import { contentWord, ownFailureText } from "./own-words.ts";
import { pagesStyles } from "./pages-styles.ts";

const OPEN: ReadonlySet<RequestState> = new Set<RequestState>(["colleague", "supervisor", "hr", "late"]);
const SHAPES: Readonly<Record<RequestState, Exclude<Glance, "none">>> = { draft: "missing", colleague: "waiting", supervisor: "waiting", hr: "waiting", late: "waiting", approved: "good", rejected: "absent", withdrawn: "away", expired: "away", cancelled: "away" };
/** These begin at what they are about. */
const ELSEWHERE: ReadonlySet<RequestKind> = new Set<RequestKind>(["correction", "cancel"]);

/** One's own requests, and what became of each. New ones begin here. */
@customElement("cf-own-requests")
export class CfOwnRequests extends OwnElement {
  static override readonly styles = [kioskStyles, pagesStyles];

  /** One of them alone, with everything that happened to it. */
  @property() only: RequestId | null = null;

  @state() private trouble: RequestFailure | null = null;

  @state() private working = false;

  protected override followed({ requests, balances }: OwnAttendance): readonly Observable<unknown>[] {
    return [requests, balances];
  }

  async #withdraw(id: RequestId): Promise<void> {
    const { attendance } = this;
    if (attendance === null || this.working) return;
    this.working = true;
    const withdrawn = await attendance.withdraw(id);
    this.working = false;
    this.trouble = withdrawn.ok ? null : withdrawn.error;
  }

  #row(request: ExceptionRequest): TemplateResult {
    const { id, content, state: at } = request;
    const open = (): void => this.go(at === "draft" ? { page: "form", start: { kind: content.kind, draft: request } } : { page: "request", id });
    return html`<li><button type="button" class="card" @click=${open}>
      <h2>${requestKindWord(content.kind)}</h2>
      <span>${contentWord(content, this.zone, this.attendance?.leaveKinds ?? [])}</span>
      <span class="row quiet-text">${glanceShape(SHAPES[at])}${waitingWord(request)}</span>
    </button></li>`;
  }

  #one(request: ExceptionRequest, attendance: OwnAttendance): TemplateResult {
    const { content, reason, steps, state: at, id, onBehalf, route, erased } = request;
    return html`<div class="card ${at === "approved" ? "good" : at === "rejected" ? "care" : ""}">
        <h2>${requestKindWord(content.kind)}</h2>
        <p>${contentWord(content, this.zone, attendance.leaveKinds)}</p>
        <p>${reason}</p>
        ${onBehalf === undefined ? nothing : html`<p class="quiet-text">${msg(str`Written down for you: ${onBehalf.reason}`, { id: "own.request.on-behalf" })}</p>`}
        <p class="row">${glanceShape(SHAPES[at])}<strong>${waitingWord(request)}</strong></p>
        ${erased?.health === undefined ? nothing : html`<p class="quiet-text">${msg(str`Your health declaration was erased on ${longDate(erased.health, this.zone, locale.value)}.`, { id: "own.request.erased.health" })}</p>`}
        ${erased?.attachment === undefined ? nothing : html`<p class="quiet-text">${msg(str`Your files were erased on ${longDate(erased.attachment, this.zone, locale.value)}.`, { id: "own.request.erased.attachment" })}</p>`}
        ${OPEN.has(at) && route.length > 0 ? html`<p class="quiet-text">${msg(str`Decided by: ${routeWord(route)}`, { id: "own.request.route" })}</p>` : nothing}
      </div>
      <ul aria-label=${msg("What happened to it", { id: "own.request.steps" })}>
        ${steps.map((step) => html`<li><span>${stepWord(step)}</span> <span class="quiet-text numbers">${dateAndTime(step.at, this.zone, locale.value)}</span>${step.comment === undefined ? nothing : html`<p>“${step.comment}”</p>`}${step.outcome === undefined ? nothing : html`<p><strong>${outcomeWord(step.outcome)}</strong></p>`}${this.#made(step)}</li>`)}
      </ul>
      ${this.#troubled()} ${this.#cancelling(request, attendance)}
      <div class="row">
        ${OPEN.has(at) ? html`<button type="button" class="button" ?disabled=${this.working} @click=${() => void this.#withdraw(id)}>${msg("Withdraw it", { id: "own.request.withdraw" })}</button>` : nothing}
        ${at === "rejected" && attendance.offered.includes("appeal") ? html`<button type="button" class="button" @click=${() => this.go({ page: "form", start: { kind: "appeal", about: { requestId: id } } })}>${msg("I do not agree", { id: "own.day.appeal" })}</button>` : nothing}
      </div>`;
  }

  /** The correction that came of an appeal, or what is decided anew. */
  #made({ made: id, outcome }: RequestStep): TemplateResult | typeof nothing {
    return id === undefined ? nothing : html`<button type="button" class="button" @click=${() => this.go({ page: "request", id })}>${outcome === "reopened" ? msg("The new request", { id: "request.made.reopened" }) : requestKindWord("correction")}</button>`;
  }

  /** What was approved is taken back by a request of its own, decided in the same way. */
  #cancelling({ id, content, state: at }: ExceptionRequest, attendance: OwnAttendance): TemplateResult | typeof nothing {
    const what = at === "approved" && attendance.offered.includes("cancel") ? cancellable(content) : null;
    if (what === null) return nothing;
    const asked = attendance.requests.value.find((other) => OPEN.has(other.state) && other.content.kind === "cancel" && other.content.cancels === id);
    return asked === undefined
      ? html`<div class="row"><button type="button" class="button" @click=${() => this.go({ page: "form", start: { kind: "cancel", cancels: { kind: "cancel", cancels: id, content: what } } })}>${msg("Ask to cancel it", { id: "own.request.cancel" })}</button></div>`
      : html`<button type="button" class="card" @click=${() => this.go({ page: "request", id: asked.id })}>${msg("You have asked to cancel it: that is not decided yet.", { id: "own.request.cancel.waits" })}</button>`;
  }

  #troubled(): TemplateResult | typeof nothing {
    const { trouble } = this;
    return trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(ownFailureText(trouble).happened, ownFailureText(trouble).todo)}</p>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { attendance, only } = this;
    if (attendance === null) return nothing;
    const requests = attendance.requests.value;
    const one = only === null ? undefined : requests.find(({ id }) => id === only);
    if (one !== undefined) return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${requestKindWord(one.content.kind)}>${this.#one(one, attendance)}</div>`;
    return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${msg("Requests", { id: "own.requests" })}>
      ${attendance.offered.length === 0
        ? html`<p class="card">${msg("Nothing needs to be asked for here: your attendance is not judged, or the site has no rules yet.", { id: "own.requests.none-offered" })}</p>`
        : html`<h2>${msg("Ask for something", { id: "own.requests.new" })}</h2>
            <div class="chips">${attendance.offered.filter((kind) => !ELSEWHERE.has(kind)).map((kind) => html`<button type="button" class="chip" @click=${() => this.go({ page: "form", start: { kind } })}>${requestKindWord(kind)}</button>`)}</div>
            ${attendance.offered.includes("correction") ? html`<p class="quiet-text">${msg("To correct a punch, press its day in the calendar.", { id: "own.requests.correction" })}</p>` : nothing}`}
      <h2>${msg("What you asked for", { id: "own.requests.mine" })}</h2>
      ${requests.length === 0 ? html`<p class="quiet-text">${msg("Nothing yet.", { id: "own.requests.empty" })}</p>` : html`<ul>${requests.map((request) => this.#row(request))}</ul>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-requests": CfOwnRequests;
  }
}
