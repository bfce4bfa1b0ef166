import "@lit-labs/virtualizer";
import type { LitVirtualizer } from "@lit-labs/virtualizer";
import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { RequestFailure } from "../../../app/api/attendance.ts";
import { REQUEST_KINDS } from "../../../domain/exceptions/types.ts";
import type { ExceptionRequest, RequestId } from "../../../domain/exceptions/types.ts";
import type { Person, PersonId } from "../../../domain/people/types.ts";
import { COMMENT_MAX_LENGTH } from "../../../domain/exceptions/workflow.ts";
import { requestKindWord } from "../../i18n/requests.ts";
import { Allowed } from "../parts/allowed.ts";
import "../parts/cf-person-picker.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { ifThere, moveInRows, tableStyles } from "../parts/table.ts";
import { go, keepInAddress, paths } from "../route.ts";
import { isChosen, readChoice, readCorrection, SHOWN, writeChoice, type RequestChoice, type Shown } from "./choice.ts";
import "./cf-file-request.ts";
import { commonErrors } from "./help.ts";
import { stateMark } from "./state-mark.ts";
import { requestListStyles, textareaStyles } from "./styles.ts";
import { contentWord, minuteOf, requestFailureWord, type SiteWords } from "./words.ts";

interface Row {
  readonly request: ExceptionRequest;
  readonly person: Person;
  readonly mine: boolean;
}

/** What became of each of those that were decided together. */
interface Decided {
  readonly done: number;
  readonly refused: readonly { readonly id: RequestId; readonly name: string; readonly words: string }[];
}

/** What people ask for: what waits for whoever is signed in comes first, and can be decided together. */
@customElement("cf-requests")
export class RequestsElement extends AdminElement {
  static override styles = [base, tableStyles, textareaStyles, requestListStyles, css`
    .late-by {
      color: var(--cf-care);
    }
  `];

  @state() private choice: RequestChoice = readChoice(location.search);
  @state() private rows: readonly Row[] | null = null;
  @state() private failure: RequestFailure | null = null;
  @state() private picked: ReadonlySet<RequestId> = new Set();
  @state() private comment = "";
  @state() private working = false;
  @state() private decided: Decided | null = null;
  @state() private filing = false;
  /** Another page has sent whoever is here to correct a day. */
  @state() private correcting = readCorrection(location.search);
  @state() private helping = false;
  @state() private filtersOpen = false;
  @query("lit-virtualizer") private list?: LitVirtualizer | null;
  @query("#bulk-comment") private commentField?: HTMLTextAreaElement | null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly people = new Follow(this, () => this.administration.people.rows);
  readonly #allowed = new Allowed(this);
  #reads = 0;

  private readonly moved = (): void => {
    if (location.pathname !== paths.requests) return;
    this.choice = readChoice(location.search);
    void this.read();
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
    window.addEventListener("popstate", this.moved);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
  }

  private async read(): Promise<void> {
    const turn = ++this.#reads;
    const { from, to, person } = this.choice;
    const read = await this.administration.attendance.requests.list({ ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }), ...(person === "" ? {} : { personId: person as PersonId }) });
    if (turn !== this.#reads) return;
    this.failure = read.ok ? null : read.error;
    if (!read.ok) return;
    this.rows = [...read.value].sort((one, other) => Number(other.mine) - Number(one.mine));
    const there = new Set(read.value.filter(({ mine }) => mine).map(({ request }) => request.id));
    this.picked = new Set([...this.picked].filter((id) => there.has(id)));
  }

  private change(part: Partial<RequestChoice>): void {
    this.choice = { ...this.choice, ...part };
    keepInAddress(writeChoice(this.choice));
    if (!("shown" in part) && !("kind" in part)) void this.read();
  }

  private pick(id: RequestId): void {
    this.picked = this.picked.has(id) ? new Set([...this.picked].filter((one) => one !== id)) : new Set([...this.picked, id]);
    this.decided = null;
  }

  private async decide(kind: "approve" | "reject"): Promise<void> {
    if (this.picked.size === 0 || this.working) return;
    if (kind === "reject" && this.comment.trim() === "") {
      this.commentField?.focus();
      this.failure = { kind: "request/reason-missing" };
      return;
    }
    this.working = true;
    this.failure = null;
    const names = new Map(this.rows?.map(({ request, person }) => [request.id, person.name]));
    const results = await this.administration.attendance.requests.decide([...this.picked], { kind, comment: this.comment });
    this.working = false;
    const refused = results.flatMap(({ id, result }) => (result.ok ? [] : [{ id, name: names.get(id) ?? "", words: requestFailureWord(result.error) }]));
    this.decided = { done: results.length - refused.length, refused };
    this.picked = new Set(refused.map(({ id }) => id));
    if (refused.length === 0) this.comment = "";
  }

  /** j and k go down and up, x picks, a approves and r rejects what is picked, or the row where one stands. */
  private pressed(event: KeyboardEvent, shown: readonly Row[]): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.composedPath().find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset["index"] !== undefined);
    const at = row === undefined ? undefined : shown[Number(row.dataset["index"])];
    const key = event.key === "j" ? "ArrowDown" : event.key === "k" ? "ArrowUp" : event.key;
    if (event.key === "x" && at?.mine === true) this.pick(at.request.id);
    else if ((event.key === "a" || event.key === "r") && (this.picked.size > 0 || at?.mine === true)) {
      event.preventDefault();
      if (this.picked.size === 0 && at !== undefined) go(`${paths.request(at.request.id)}?decide=${event.key === "a" ? "approve" : "reject"}`);
      else void this.decide(event.key === "a" ? "approve" : "reject");
    } else if (this.list) {
      void moveInRows(event, this.list, shown.length, key);
    }
  }

  private get site(): SiteWords {
    const zone = this.settings.value?.zone ?? "UTC";
    const rules = this.administration.attendance.rules.book.value.versions.at(-1)?.rules;
    return { zone, kinds: rules?.leaveKinds ?? [], nameOf: (id) => this.people.value?.find(({ person }) => person.id === id)?.person.name ?? msg("Unknown", { id: "admin.punch.unknown" }) };
  }

  override render(): TemplateResult {
    const shown = (this.rows ?? []).filter((row) => isChosen(row, this.choice));
    return html`<div class="list-page">
      <div class="head">
        <h1 tabindex="-1">${msg("Requests", { id: "admin.nav.requests" })}</h1>
        <div class="row">
          <wa-button appearance="outlined" aria-expanded=${this.helping ? "true" : "false"} @click=${() => (this.helping = !this.helping)}><wa-icon slot="start" name="info"></wa-icon>${msg("Help", { id: "admin.request.help.open" })}</wa-button>
          ${this.#allowed.has("requests.file") ? html`<wa-button appearance="outlined" @click=${() => (this.filing = true)}><wa-icon slot="start" name="plus"></wa-icon>${msg("File for somebody", { id: "admin.request.file" })}</wa-button>` : nothing}
        </div>
      </div>
      ${this.helping ? commonErrors(this.settings.value?.helpContact ?? "") : nothing} ${this.filters()}
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${requestFailureWord(this.failure)}</wa-callout>`}
      ${this.outcome()} ${this.bulk(shown)} ${this.table(shown)}
      ${this.filing || (this.correcting !== null && this.#allowed.has("requests.file"))
        ? html`<cf-file-request .administration=${this.administration} .start=${this.correcting} @cf-close=${() => {
            this.filing = false;
            this.correcting = null;
            keepInAddress(writeChoice(this.choice));
          }}></cf-file-request>`
        : nothing}
    </div>`;
  }

  private filters(): TemplateResult {
    const { choice } = this;
    const words: Readonly<Record<Shown, string>> = {
      waiting: msg("Waiting", { id: "admin.request.shown.waiting" }),
      mine: msg("Needs my decision", { id: "admin.request.shown.mine" }),
      late: msg("Special cases", { id: "admin.request.shown.late" }),
      decided: msg("Decided", { id: "admin.request.shown.decided" }),
      all: msg("All", { id: "admin.all" }),
    };
    const select = (id: string, label: string, options: readonly (readonly [string, string])[], chosen: string, change: (value: string) => void): TemplateResult =>
      html`<div class=${id === "shown" ? "" : "extra"}>
        <label class="native-label small" for=${id}>${label}</label>
        <select id=${id} class="native" @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
          ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
        </select>
      </div>`;
    const date = (id: "from" | "to", label: string): TemplateResult =>
      html`<div class="extra date"><label class="native-label small" for=${id}>${label}</label><input id=${id} class="native" type="date" .value=${choice[id]} @change=${(event: Event) => this.change({ [id]: (event.target as HTMLInputElement).value })} /></div>`;
    return html`<div class="filters ${this.filtersOpen ? "open" : ""}" role="search">
      ${select("shown", msg("Show", { id: "admin.request.show" }), SHOWN.map((one) => [one, words[one]]), choice.shown, (value) => this.change({ shown: value as Shown }))}
      <wa-button class="toggle" size="s" appearance="outlined" aria-expanded=${this.filtersOpen ? "true" : "false"} @click=${() => (this.filtersOpen = !this.filtersOpen)}><wa-icon slot="start" name="sliders"></wa-icon>${msg("Filters", { id: "admin.filters" })}</wa-button>
      ${select("kind", msg("Kind", { id: "admin.request.kind" }), [["", msg("All", { id: "admin.all" })], ...REQUEST_KINDS.map((kind) => [kind, requestKindWord(kind)] as const)], choice.kind, (value) => this.change({ kind: value as RequestChoice["kind"] }))}
      <cf-person-picker class="extra" .administration=${this.administration} .picked=${choice.person === "" ? null : choice.person} @cf-pick=${(event: CustomEvent<{ readonly id: string | null }>) => this.change({ person: event.detail.id ?? "" })}></cf-person-picker>
      ${date("from", msg("From day", { id: "admin.punch.from" }))} ${date("to", msg("To day", { id: "admin.punch.to" }))}
    </div>`;
  }

  private outcome(): TemplateResult | typeof nothing {
    if (this.decided === null) return nothing;
    const { done, refused } = this.decided;
    return html`<wa-callout variant=${refused.length === 0 ? "success" : "warning"} role="status">
      <wa-icon slot="icon" name=${refused.length === 0 ? "circle-check" : "warning"}></wa-icon>
      ${msg(str`Decided: ${count(done)}. Not decided: ${count(refused.length)}.`, { id: "admin.request.bulk.done" })}
      ${refused.length === 0 ? nothing : html`<ul>${refused.map(({ id, name, words }) => html`<li><a href=${paths.request(id)}>${name}</a>: ${words}</li>`)}</ul>`}
    </wa-callout>`;
  }

  /** Each is decided by itself: one that cannot be does not hold up the others. */
  private bulk(shown: readonly Row[]): TemplateResult | typeof nothing {
    const mine = shown.filter((row) => row.mine && row.request.state !== "late");
    if (mine.length === 0 || !this.#allowed.has("requests.decide")) return nothing;
    const all = mine.every(({ request }) => this.picked.has(request.id));
    return html`<div class="bulk">
      <label class="pick"><input type="checkbox" .checked=${all} @change=${() => (this.picked = all ? new Set() : new Set(mine.map(({ request }) => request.id)))} />${msg(str`${count(this.picked.size)} of ${count(mine.length)} picked`, { id: "admin.request.bulk.picked" })}</label>
      ${this.picked.size === 0
        ? html`<span class="quiet small">${msg("Pick some to decide them together. Keys: j, k, x, a, r.", { id: "admin.request.bulk.hint" })}</span>`
        : html`<label class="visually-hidden" for="bulk-comment">${msg("Comment for all", { id: "admin.request.bulk.comment" })}</label>
            <textarea id="bulk-comment" class="native" rows="1" maxlength=${COMMENT_MAX_LENGTH} placeholder=${msg("Comment for all (needed to reject)", { id: "admin.request.bulk.placeholder" })} .value=${this.comment} @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}></textarea>
            <wa-button variant="brand" ?loading=${this.working} @click=${() => void this.decide("approve")}><wa-icon slot="start" name="check"></wa-icon>${msg("Approve", { id: "admin.request.approve" })}</wa-button>
            <wa-button appearance="outlined" ?disabled=${this.working} @click=${() => void this.decide("reject")}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Reject", { id: "admin.request.reject" })}</wa-button>`}
    </div>`;
  }

  private table(shown: readonly Row[]): TemplateResult {
    if (this.rows === null) return this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : html``;
    return html`<div class="table" role="table" aria-label=${msg("Requests", { id: "admin.nav.requests" })} aria-rowcount=${shown.length + 1}>
      <div role="rowgroup">
        <div class="heading" role="row" aria-rowindex="1">
          <span role="columnheader" class="box"><span class="visually-hidden">${msg("Pick", { id: "admin.request.pick" })}</span></span>
          <span role="columnheader">${msg("Person", { id: "admin.person" })}</span>
          <span role="columnheader">${msg("Kind", { id: "admin.request.kind" })}</span>
          <span role="columnheader">${msg("What is asked", { id: "admin.request.what" })}</span>
          <span role="columnheader" class="when">${msg("Handed in", { id: "request.action.submitted" })}</span>
          <span role="columnheader">${msg("State", { id: "admin.state" })}</span>
        </div>
      </div>
      ${shown.length === 0
        ? html`<div class="empty"><h2>${this.choice.shown === "waiting" || this.choice.shown === "mine" ? msg("Nothing waits", { id: "admin.request.empty" }) : msg("Nothing fits", { id: "admin.request.none" })}</h2>
            <p>${msg("People ask at the tablet, after their face or PIN. What they ask for appears here at once.", { id: "admin.request.empty.todo" })}</p>
            ${this.choice.shown === "all" ? nothing : html`<wa-button appearance="outlined" @click=${() => this.change({ shown: "all", kind: "", person: "", from: "", to: "" })}>${msg("Show all", { id: "admin.request.show-all" })}</wa-button>`}</div>`
        : html`<lit-virtualizer
            scroller
            role="rowgroup"
            .items=${shown.map((row) => ({ ...row, picked: this.picked.has(row.request.id) }))}
            .keyFunction=${ifThere<Row, string>((row) => row.request.id, String)}
            .renderItem=${ifThere(this.line, () => html``)}
            @keydown=${(event: KeyboardEvent) => this.pressed(event, shown)}
          ></lit-virtualizer>`}
    </div>`;
  }

  private readonly line = (row: Row & { readonly picked: boolean }, index: number): TemplateResult => {
    const { request, person, mine, picked } = row;
    const { site } = this;
    const overdue = mine && request.deadlineMs !== null && request.deadlineMs < Date.now();
    return html`<div class="line ${mine ? "mine" : ""}" role="row" aria-rowindex=${index + 2} data-index=${index}>
      <span role="cell" class="box">${mine && request.state !== "late" ? html`<input type="checkbox" aria-label=${msg(str`Pick the request of ${person.name}`, { id: "admin.request.pick.one" })} .checked=${picked} @change=${() => this.pick(request.id)} />` : nothing}</span>
      <span role="cell" class="name"><a href=${paths.request(request.id)}>${person.name}</a></span>
      <span role="cell" class="kind">${requestKindWord(request.content.kind)}</span>
      <span role="cell" class="what numbers" title=${contentWord(request.content, site)}>${contentWord(request.content, site)}</span>
      <span role="cell" class="when numbers quiet">${request.submittedAt === undefined ? "–" : minuteOf(request.submittedAt, site.zone)}</span>
      <span role="cell" class="state">${stateMark(request, true)}${overdue ? html` <wa-icon class="late-by" name="clock" label=${msg("Overdue", { id: "admin.request.overdue" })}></wa-icon>` : nothing}</span>
    </div>`;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-requests": RequestsElement;
  }
}
