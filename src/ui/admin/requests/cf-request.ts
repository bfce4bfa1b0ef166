import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Decision, RequestFacts, RequestFailure } from "../../../app/api/attendance.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { cancellable } from "../../../domain/exceptions/content-days.ts";
import type { Attachment, CancellableContent, HealthDeclaration, LeaveBalance, RequestId } from "../../../domain/exceptions/types.ts";
import { COMMENT_MAX_LENGTH, isOpen } from "../../../domain/exceptions/workflow.ts";
import type { UserId } from "../../../domain/people/access.ts";
import type { Result } from "../../../domain/result.ts";
import { locale } from "../../i18n/localize.ts";
import { reasonSentence, type ReasonWords } from "../../i18n/reasons.ts";
import { allowanceWord, conditionWord, lateWord, leaveKindWord, minutesWord, outcomeWord, requestKindWord, routeWord, stepIcon, stepWord } from "../../i18n/requests.ts";
import { Allowed } from "../parts/allowed.ts";
import "../parts/cf-day.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { bytes as bytesWord, dateTime, dayInWords } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { giveFile } from "../backup/give-file.ts";
import { paths } from "../route.ts";
import { OutcomeChoice } from "./outcome-choice.ts";
import { stateMark } from "./state-mark.ts";
import { requestStyles, textareaStyles } from "./styles.ts";
import { actorWord, contentWord, minuteOf, requestFailureWord, spanWord, type SiteWords } from "./words.ts";

/** One request with everything that is to be known for deciding it. */
@customElement("cf-request")
export class RequestElement extends AdminElement {
  static override styles = [base, textareaStyles, requestStyles];

  @property({ attribute: false }) requestId!: RequestId;
  @state() private facts: RequestFacts | null = null;
  @state() private failure: RequestFailure | null = null;
  @state() private comment = "";
  @state() private cancelReason = "";
  @state() private missing = false;
  @state() private working = false;
  @state() private done: string | null = null;
  @state() private health: HealthDeclaration | null = null;
  /** Opened in place, by their ids; null while they are read. */
  @state() private pictures: ReadonlyMap<string, ImageBitmap | null> = new Map();
  @query("#comment") private field?: HTMLTextAreaElement | null;
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly people = new Follow(this, () => this.administration.people.rows);
  readonly #allowed = new Allowed(this);
  private readonly outcome = new OutcomeChoice(this, () => this.site.zone);
  #reads = 0;

  private readonly pressed = (event: KeyboardEvent): void => {
    const typing = event.composedPath().some((node) => node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement || node instanceof HTMLSelectElement);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || this.facts?.mine !== true) return;
    if (event.key === "a") void this.decide(this.facts.request.state === "late" ? "special-case" : "approve");
    else if (event.key === "r") void this.decide("reject");
    else return;
    event.preventDefault();
  };

  constructor() {
    super();
    new Follow(
      this,
      () => this.administration.attendance.requests.revision,
      () => void this.read(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.pressed);
    this.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("requestId")) return;
    this.close();
    this.facts = null;
    this.comment = "";
    this.cancelReason = "";
    this.outcome.clear();
    this.done = null;
    void this.read();
  }

  protected override updated(): void {
    for (const canvas of this.shadowRoot?.querySelectorAll<HTMLCanvasElement>("canvas[data-id]") ?? []) {
      const picture = this.pictures.get(canvas.dataset["id"] ?? "");
      if (!picture || canvas.dataset["drawn"] === "true") continue;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("2d")?.drawImage(picture, 0, 0);
      canvas.dataset["drawn"] = "true";
    }
  }

  /** What was opened is let go of with the page. */
  private close(): void {
    for (const picture of this.pictures.values()) picture?.close();
    this.pictures = new Map();
    this.health = null;
  }

  private async read(): Promise<void> {
    const turn = ++this.#reads;
    const read = await this.administration.attendance.requests.facts(this.requestId);
    if (turn !== this.#reads) return;
    this.failure = read.ok ? null : read.error;
    if (read.ok) this.facts = read.value;
    const wanted = new URLSearchParams(location.search).get("decide");
    if (read.ok && wanted !== null) void this.updateComplete.then(() => this.field?.focus());
  }

  private async decide(kind: Decision["kind"]): Promise<void> {
    const { facts } = this;
    if (facts === null || this.working) return;
    const needed = kind !== "approve" || facts.request.content.kind === "appeal";
    if (needed && this.comment.trim() === "") {
      this.missing = true;
      this.field?.focus();
      return;
    }
    const outcome = kind === "approve" && facts.outcomes.length > 0 ? this.outcome.value : null;
    if (kind === "approve" && facts.outcomes.length > 0 && outcome === null) {
      this.failure = { kind: "request/outcome-missing" };
      return;
    }
    await this.doing(async () => (await this.administration.attendance.requests.decide([this.requestId], { kind, comment: this.comment, ...(outcome === null ? {} : { outcome }) }))[0]?.result ?? null);
  }

  private async doing(work: () => Promise<Result<unknown, RequestFailure> | null>): Promise<void> {
    this.working = true;
    this.failure = null;
    this.done = null;
    const outcome = await work();
    this.working = false;
    if (outcome?.ok === true) {
      this.comment = "";
      this.missing = false;
      this.done = msg("Done and written down.", { id: "admin.request.done" });
      await this.read();
    } else if (outcome !== null) {
      this.failure = outcome.error;
      this.missing = outcome.error.kind === "request/reason-missing";
      if (this.missing) this.field?.focus();
    }
  }

  private async open(attachment: Attachment): Promise<void> {
    this.pictures = new Map([...this.pictures, [attachment.id, null]]);
    const read = await this.administration.attendance.requests.attachment(this.requestId, attachment.id);
    const close = (): void => void (this.pictures = new Map([...this.pictures].filter(([id]) => id !== attachment.id)));
    if (!read.ok) {
      this.failure = read.error;
      close();
    } else if (attachment.type === "application/pdf") {
      close();
      giveFile(`${attachment.id.slice(0, 8)}.pdf`, read.value);
    } else {
      const picture = await createImageBitmap(read.value).catch(() => null);
      if (picture === null) {
        close();
        this.failure = { kind: "attachment/unreadable" };
      } else this.pictures = new Map([...this.pictures, [attachment.id, picture]]);
    }
  }

  private async openHealth(): Promise<void> {
    const read = await this.administration.attendance.requests.health(this.requestId);
    if (read.ok) this.health = read.value;
    else this.failure = read.error;
  }

  private get site(): SiteWords {
    const rules = this.administration.attendance.rules.book.value.versions.at(-1)?.rules;
    return { zone: this.settings.value?.zone ?? "UTC", kinds: rules?.leaveKinds ?? [], nameOf: (id) => this.people.value?.find(({ person }) => person.id === id)?.person.name ?? msg("Unknown", { id: "admin.punch.unknown" }) };
  }

  private get reasons(): ReasonWords {
    const { site } = this;
    const shifts = this.administration.attendance.rules.book.value.versions.flatMap(({ rules }) => rules.shifts);
    return { zone: site.zone, shiftName: (id) => shifts.find((shift) => shift.id === id)?.name ?? id, leaveName: (id) => leaveKindWord(id, site.kinds, locale.value), deviceName: (device) => device };
  }

  private userName(id: string): string {
    return this.facts?.names[id] ?? msg("Another user", { id: "admin.request.by.user" });
  }

  override render(): TemplateResult {
    const back = html`<a class="back" href=${paths.requests}><wa-icon name="chevron-left"></wa-icon>${msg("Requests", { id: "admin.nav.requests" })}</a>`;
    const trouble = this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${requestFailureWord(this.failure)}</wa-callout>`;
    const { facts } = this;
    if (facts === null) return html`<div class="page">${back}<h1 tabindex="-1">${msg("Request", { id: "admin.request" })}</h1>${this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : trouble}</div>`;
    const { request, person } = facts;
    return html`<div class="page">
      ${back}
      <div class="head">
        <div>
          <h1 tabindex="-1">${requestKindWord(request.content.kind)} · ${person.name}</h1>
          <p class="quiet"><a href=${paths.person(person.id)}>${person.employeeNumber}</a>${person.department === "" ? nothing : html` · ${person.department}`}</p>
        </div>
        ${stateMark(request)}
      </div>
      ${trouble}${this.done === null ? nothing : html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${this.done}</wa-callout>`}
      <div class="columns">
        <div>${this.asked(facts)} ${this.days(facts)}</div>
        <div>${this.decision(facts)} ${this.cancelling(facts)} ${this.rules(facts)} ${this.away(facts)} ${this.history(facts)}</div>
      </div>
    </div>`;
  }

  private asked({ request }: RequestFacts): TemplateResult {
    const { site } = this;
    const { content, onBehalf, attachments } = request;
    return html`<section class="card stack asked" aria-labelledby="asked">
      <h2 id="asked">${msg("What is asked", { id: "admin.request.what" })}</h2>
      <p class="numbers"><strong>${contentWord(content, site)}</strong></p>
      ${request.reason === "" ? nothing : html`<p class="pre">${request.reason}</p>`}
      <dl class="facts">
        ${request.submittedAt === undefined ? nothing : html`<dt>${msg("Handed in", { id: "request.action.submitted" })}</dt><dd class="numbers">${dateTime(request.submittedAt, site.zone)}</dd>`}
        ${onBehalf === undefined ? nothing : html`<dt>${msg("Written down by", { id: "admin.request.on-behalf" })}</dt><dd>${this.userName(onBehalf.by)}: ${onBehalf.reason}</dd>`}
        ${content.kind === "make-up" && content.outage !== undefined ? html`<dt>${msg("Outage", { id: "admin.request.outage" })}</dt><dd class="numbers">${this.outageWord(content.outage)}</dd>` : nothing}
        ${content.kind === "appeal" && "requestId" in content.about ? html`<dt>${msg("About", { id: "admin.request.about" })}</dt><dd><a href=${paths.request(content.about.requestId)}>${msg("The decision", { id: "admin.request.about.decision" })}</a></dd>` : nothing}
        ${content.kind === "appeal" && "noteId" in content.about ? html`<dt>${msg("About", { id: "admin.request.about" })}</dt><dd><a href=${paths.person(request.personId)}>${msg("A note; it stands on the person's page", { id: "admin.request.about.note" })}</a></dd>` : nothing}
        ${request.appeal === undefined ? nothing : html`<dt>${msg("Came of", { id: "admin.request.came-of" })}</dt><dd><a href=${paths.request(request.appeal)}>${requestKindWord("appeal")}</a></dd>`}
        ${content.kind === "cancel" ? html`<dt>${msg("About", { id: "admin.request.about" })}</dt><dd><a href=${paths.request(content.cancels)}>${msg("What was approved", { id: "admin.request.about.approved" })}</a></dd>` : nothing}
        ${content.kind === "make-up" && content.health !== undefined ? html`<dt>${msg("Health declaration", { id: "admin.request.health" })}</dt><dd>${request.erased?.health === undefined ? this.healthView() : this.ended(request.erased.health)}</dd>` : nothing}
        ${attachments.length === 0 ? nothing : html`<dt>${msg("Files", { id: "admin.request.files" })}</dt><dd class="stack">${attachments.map((one, index) => this.file(one, index, request.erased?.attachment))}</dd>`}
      </dl>
    </section>`;
  }

  private outageWord({ device, seq }: { readonly device: string; readonly seq: number }): string {
    return msg(str`Entry ${seq} of the log of ${device}`, { id: "admin.request.outage.entry" });
  }

  private ended(at: EpochMs): TemplateResult {
    return html`<span class="quiet">${msg(str`Erased on ${dayInWords(at, this.site.zone)}, at the end of its time`, { id: "admin.request.ended" })}</span>`;
  }

  private healthView(): TemplateResult {
    if (!this.#allowed.has("requests.decide")) return html`<span class="quiet">${msg("For whoever decides alone", { id: "admin.request.private" })}</span>`;
    const { health } = this;
    if (health === null) return html`<wa-button size="s" appearance="outlined" @click=${() => void this.openHealth()}><wa-icon slot="start" name="eye"></wa-icon>${msg("Show (is written into the log)", { id: "admin.request.health.show" })}</wa-button>`;
    return html`<ul>
      ${health.condition === undefined ? nothing : html`<li>${conditionWord(health.condition)}</li>`}
      ${health.temperature === undefined ? nothing : html`<li class="numbers">${health.temperature.toFixed(1)} °C</li>`}
      ${health.itinerary === undefined ? nothing : html`<li class="pre">${health.itinerary}</li>`}
    </ul>`;
  }

  /** @param erased since when its bytes are no longer kept */
  private file(attachment: Attachment, index: number, erased: EpochMs | undefined): TemplateResult {
    const pdf = attachment.type === "application/pdf";
    const name = `${pdf ? "PDF" : msg("Picture", { id: "admin.request.picture" })} ${index + 1} · ${bytesWord(attachment.bytes)}`;
    if (erased !== undefined) return html`<span>${name} · ${this.ended(erased)}</span>`;
    if (!this.#allowed.has("requests.decide")) return html`<span class="quiet">${name} · ${msg("For whoever decides alone", { id: "admin.request.private" })}</span>`;
    const picture = this.pictures.get(attachment.id);
    if (picture) return html`<canvas data-id=${attachment.id} role="img" aria-label=${name}></canvas>`;
    return html`<wa-button size="s" appearance="outlined" ?loading=${picture === null} @click=${() => void this.open(attachment)}><wa-icon slot="start" name=${pdf ? "download" : "eye"}></wa-icon>${name} · ${pdf ? msg("save (is written into the log)", { id: "admin.request.file.save" }) : msg("show (is written into the log)", { id: "admin.request.file.show" })}</wa-button>`;
  }

  /** The day as it is, and as it would be. */
  private days({ days, request }: RequestFacts): TemplateResult | typeof nothing {
    if (days.length === 0) return nothing;
    const { zone } = this.site;
    return html`<section class="card stack" aria-labelledby="days">
      <h2 id="days">${isOpen(request) ? msg("The day, now and after approval", { id: "admin.request.days" }) : msg("The day as it is", { id: "admin.request.days.now" })}</h2>
      ${days.map(
        ({ now, then }) =>
          html`<div class="stack">
            <h3 class="numbers">${now.day}</h3>
            <div class="two">
              <div>
                ${then === null ? nothing : html`<p class="quiet small">${msg("Now", { id: "admin.request.days.before" })}</p>`}
                <cf-day .result=${now} zone=${zone}><ul slot="reasons">${now.reasons.map((reason) => html`<li>${reasonSentence(reason, this.reasons)}</li>`)}</ul></cf-day>
              </div>
              ${then === null
                ? nothing
                : html`<div>
                    <p class="quiet small">${msg("If approved", { id: "admin.request.days.after" })}</p>
                    <cf-day .result=${then} zone=${zone}><ul slot="reasons">${then.reasons.map((reason) => html`<li>${reasonSentence(reason, this.reasons)}</li>`)}</ul></cf-day>
                  </div>`}
            </div>
          </div>`,
      )}
    </section>`;
  }

  private decision(facts: RequestFacts): TemplateResult | typeof nothing {
    const { request, mine, waitsFor, person } = facts;
    if (!isOpen(request)) return nothing;
    const { requests } = this.administration.attendance;
    const late = request.state === "late";
    const mayAct = this.#allowed.has("requests.decide");
    const delegates = mine && request.state === "supervisor" ? requests.delegates(request.id) : [];
    const deadline = request.deadlineMs === null ? nothing : html`<p class="small quiet numbers">${msg(str`To be decided until ${minuteOf(request.deadlineMs, this.site.zone)}.`, { id: "admin.request.deadline" })}</p>`;
    return html`<section class="card stack decide" aria-labelledby="decide">
      <h2 id="decide">${mine ? msg("Your decision", { id: "admin.request.decide" }) : msg("Waits for somebody else", { id: "admin.request.waits" })}</h2>
      ${deadline}
      ${mine && waitsFor === "supervisor" && this.#allowed.has("requests.special") ? html`<p class="small">${msg("It is the supervisor's turn. Deciding as HR in the supervisor's place needs a comment.", { id: "admin.request.in-place" })}</p>` : nothing}
      ${late ? html`<p class="small">${msg("The rules refuse it. It counts only if you grant it as a special case, with a reason that stays on record.", { id: "admin.request.late" })}</p>` : nothing}
      ${!mayAct
        ? html`<p class="quiet">${msg("You may read this and not decide it.", { id: "admin.request.read-only" })}</p>`
        : html`<label class="native-label" for="comment">${late || request.content.kind === "appeal" ? msg("Reason", { id: "admin.request.comment.needed" }) : msg("Comment (needed to reject)", { id: "admin.request.comment" })}</label>
            <textarea id="comment" class="native" rows="3" maxlength=${COMMENT_MAX_LENGTH} aria-invalid=${this.missing ? "true" : "false"} aria-describedby=${this.missing ? "missing" : nothing} .value=${this.comment} @input=${(event: Event) => {
              this.comment = (event.target as HTMLTextAreaElement).value;
              this.missing = false;
            }}></textarea>
            ${this.missing ? html`<span id="missing" class="field-error" role="alert"><wa-icon name="warning"></wa-icon><span>${msg("Write the reason first: it is told to the person.", { id: "admin.request.comment.missing" })}</span></span>` : nothing}
            ${this.outcome.shown(facts)}
            <div class="row">
              ${mine
                ? html`<wa-button variant="brand" ?loading=${this.working} @click=${() => void this.decide(late ? "special-case" : "approve")}><wa-icon slot="start" name="check"></wa-icon>${late ? msg("Grant as a special case", { id: "admin.request.special" }) : msg("Approve", { id: "admin.request.approve" })}</wa-button>
                    <wa-button appearance="outlined" ?disabled=${this.working} @click=${() => void this.decide("reject")}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Reject", { id: "admin.request.reject" })}</wa-button>`
                : html`<wa-button appearance="outlined" ?disabled=${this.working} @click=${() => void this.doing(() => requests.remind(request.id))}><wa-icon slot="start" name="clock"></wa-icon>${msg("Remind", { id: "admin.request.remind" })}</wa-button>`}
              <wa-button appearance="plain" ?disabled=${this.working || this.comment.trim() === ""} @click=${() => void this.doing(() => requests.comment(request.id, this.comment))}>${msg("Comment only", { id: "admin.request.comment.only" })}</wa-button>
            </div>
            ${delegates.length === 0
              ? nothing
              : html`<label class="native-label small" for="delegate">${msg("Hand to somebody who decides in your place", { id: "admin.request.delegate" })}</label>
                  <select id="delegate" class="native" @change=${(event: Event) => {
                    const to = (event.target as HTMLSelectElement).value;
                    if (to !== "") void this.doing(() => requests.delegate(request.id, to as UserId));
                  }}>
                    <option value="">${msg("Nobody", { id: "admin.person.nobody" })}</option>
                    ${delegates.map(({ userId, name }) => html`<option value=${userId} ?selected=${userId === request.delegatedTo}>${name}</option>`)}
                  </select>`}`}
      ${mine ? html`<p class="small quiet">${msg(str`Keys: a approves, r rejects. ${person.name} sees the decision and the comment.`, { id: "admin.request.keys" })}</p>` : nothing}
    </section>`;
  }

  private rules({ request, allowance, balance, earlier }: RequestFacts): TemplateResult {
    const { site } = this;
    return html`<section class="card stack" aria-labelledby="rules">
      <h2 id="rules">${msg("What the rules say", { id: "admin.request.rules" })}</h2>
      <dl class="facts">
        <dt>${msg("Decided by", { id: "admin.request.route" })}</dt>
        <dd>${routeWord(request.route)}</dd>
        ${request.steps.map(({ late }) => (late === undefined ? nothing : html`<dt>${msg("Refused", { id: "admin.request.refused" })}</dt><dd><span class="mark care"><wa-icon name="warning"></wa-icon>${lateWord(late)}</span></dd>`))}
        ${allowance === null ? nothing : html`<dt>${msg("Make-up punches", { id: "admin.request.quota" })}</dt><dd class="numbers">${allowanceWord(allowance)}</dd>`}
        ${balance === null ? nothing : html`<dt>${leaveKindWord(balance.leaveKind, site.kinds, locale.value)}</dt><dd class="numbers">${balanceWord(balance)}</dd>`}
        <dt>${msg("Earlier", { id: "admin.request.earlier" })}</dt>
        <dd class="numbers">${msg(str`${earlier} of this kind in the 90 days before`, { id: "admin.request.earlier.count" })}</dd>
        ${request.rulesVersion === null ? nothing : html`<dt>${msg("Rules", { id: "admin.request.rules.version" })}</dt><dd class="numbers">${msg(str`Version ${request.rulesVersion}`, { id: "admin.request.rules.of" })}</dd>`}
      </dl>
    </section>`;
  }

  private away({ alsoAway, request }: RequestFacts): TemplateResult | typeof nothing {
    const { kind } = request.content;
    if (kind !== "leave" && kind !== "trip" && kind !== "outing") return nothing;
    return html`<section class="card stack" aria-labelledby="away">
      <h2 id="away">${msg("Who else is away", { id: "admin.request.away" })}</h2>
      ${alsoAway.length === 0
        ? html`<p class="quiet">${msg("Nobody else of the department.", { id: "admin.request.away.nobody" })}</p>`
        : html`<ul>${alsoAway.map(({ person, request: other }) => html`<li><strong>${person.name}</strong> · ${requestKindWord(other.content.kind)}${"fromMs" in other.content ? html` · <span class="numbers">${spanWord(other.content.fromMs, other.content.toMs, this.site.zone)}</span>` : nothing}${other.state === "approved" ? nothing : html` · <span class="quiet">${msg("not decided", { id: "admin.request.away.open" })}</span>`}</li>`)}</ul>`}
    </section>`;
  }

  /** What was approved is taken back by a request of its own: the person asks for it, or somebody here does in their place. */
  private cancelling({ request, cancelling, person }: RequestFacts): TemplateResult | typeof nothing {
    const content = cancellable(request.content);
    if (content === null || (request.state !== "approved" && cancelling === null)) return nothing;
    if (cancelling !== null) {
      const words = request.state === "cancelled" ? msg("It was cancelled by this request", { id: "admin.request.cancelled.by" }) : msg("Somebody has asked to cancel it", { id: "admin.request.cancel.asked" });
      return html`<section class="card stack" aria-labelledby="cancelling"><h2 id="cancelling">${requestKindWord("cancel")}</h2><p><a href=${paths.request(cancelling)}>${words}</a></p></section>`;
    }
    if (!this.#allowed.has("requests.file")) return nothing;
    return html`<section class="card stack" aria-labelledby="cancelling">
      <h2 id="cancelling">${msg("Cancel it for them", { id: "admin.request.cancel" })}</h2>
      <p class="small">${msg(str`As a whole, as long as the month is open. It is decided like the first one, by somebody else than you, and ${person.name} is told.`, { id: "admin.request.cancel.how" })}</p>
      <label class="native-label" for="cancel-reason">${msg("Reason", { id: "admin.request.comment.needed" })}</label>
      <textarea id="cancel-reason" class="native" rows="2" maxlength=${COMMENT_MAX_LENGTH} .value=${this.cancelReason} @input=${(event: Event) => (this.cancelReason = (event.target as HTMLTextAreaElement).value)}></textarea>
      <div class="row"><wa-button appearance="outlined" ?disabled=${this.working || this.cancelReason.trim() === ""} @click=${() => void this.cancel(content)}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Ask for the cancellation", { id: "admin.request.cancel.do" })}</wa-button></div>
    </section>`;
  }

  private async cancel(content: CancellableContent): Promise<void> {
    const { facts, cancelReason } = this;
    if (facts === null || this.working) return;
    const input = { content: { kind: "cancel", cancels: this.requestId, content }, reason: cancelReason, attachments: [] } as const;
    await this.doing(() => this.administration.attendance.requests.file(facts.person.id, input, cancelReason));
    if (this.failure === null) this.cancelReason = "";
  }

  private history({ request }: RequestFacts): TemplateResult {
    const { zone } = this.site;
    return html`<section class="card stack" aria-labelledby="history">
      <h2 id="history">${msg("What happened", { id: "admin.request.history" })}</h2>
      <ol class="steps">
        ${request.steps.map(
          (step) =>
            html`<li>
              <wa-icon name=${stepIcon[step.action]}></wa-icon>
              <span><strong>${stepWord(step)}</strong>${step.to === undefined ? nothing : html` ${this.userName(step.to)}`} · ${actorWord(step.by, (id) => this.userName(id))} <span class="quiet small numbers">${dateTime(step.at, zone)} · ${msg(str`entry ${step.entry.seq}`, { id: "admin.request.entry" })}</span></span>
              ${step.outcome === undefined ? nothing : html`<span class="said">${outcomeWord(step.outcome)}${step.made === undefined ? nothing : html` · <a href=${paths.request(step.made)}>${step.outcome === "reopened" ? msg("The new request", { id: "request.made.reopened" }) : requestKindWord("correction")}</a>`}</span>`}
              ${step.cancelledBy === undefined ? nothing : html`<a href=${paths.request(step.cancelledBy)}>${requestKindWord("cancel")}</a>`}
              ${step.comment === undefined ? nothing : html`<span class="said">${step.comment}</span>`}
            </li>`,
        )}
      </ol>
    </section>`;
  }
}

function balanceWord({ granted, used, pending, remaining }: LeaveBalance): string {
  return msg(str`${minutesWord(remaining)} left: ${minutesWord(granted)} granted, ${minutesWord(used)} used, ${minutesWord(pending)} asked for`, { id: "admin.balance.line" });
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-request": RequestElement;
  }
}
