import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Temporal } from "temporal-polyfill";

import type { ComplianceFailure } from "../../../app/api/compliance.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { clocksOf, factsOf, INCIDENT_DATA, isClosed, SEVERITIES, TEXT_MAX_LENGTH, type ClockName, type ClockState, type Incident, type IncidentData, type IncidentDraft, type Severity, type StepDraft } from "../../../domain/compliance/incident.ts";
import type { Result } from "../../../domain/result.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { aboutSite, handOut, type PaperDocument } from "./paper.ts";
import { CLOCK_WORDS, complianceFailure, DATA_WORDS, SEVERITY_WORDS, stepWord } from "./words.ts";

/** The facts as they are typed. */
interface Facts {
  readonly found: string;
  readonly severity: Severity;
  readonly people: string;
  readonly data: readonly IncidentData[];
}

type StepKind = StepDraft["kind"];
const STEP_KINDS: readonly Exclude<StepKind, "clock">[] = ["contained", "people-told", "note", "correction", "closed"];
/** The time left is told anew this often, milliseconds. */
const TICK_MS = 10_000;

/** `2026-11-22T08:05` in the zone, as the browser's field wants it. */
function fieldTime(at: EpochMs, zone: string): string {
  return dateTime(at, zone).slice(0, 16).replace(" ", "T");
}

/** Null when it is no time. */
function timeOf(typed: string, zone: string): EpochMs | null {
  try {
    return Temporal.PlainDateTime.from(typed).toZonedDateTime(zone).epochMilliseconds as EpochMs;
  } catch {
    return null;
  }
}

/** Incidents with their clocks, and what was done by whom. */
@customElement("cf-incidents")
export class IncidentsElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card > * + *,
      form > * + * {
        margin-block-start: var(--cf-space-3);
      }

      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }

      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }

      ol,
      ul {
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        gap: 4px;
        padding-block: 10px;
        border-block-end: 1px solid var(--cf-line);
      }

      li:last-child {
        border: 0;
      }

      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        margin-block-end: 0.5em;
        font-weight: 600;
      }
    `,
  ];

  /** Newest first; null until they were read. */
  @state() private list: readonly Incident[] | null = null;
  @state() private opening = false;
  @state() private shown: string | null = null;
  @state() private what = "";
  @state() private facts: Facts = { found: "", severity: "serious", people: "", data: [] };
  @state() private step: StepKind = "contained";
  @state() private clock: ClockName = "h1";
  @state() private outcome: "done" | "not-due" = "done";
  @state() private text = "";
  @state() private failure: ComplianceFailure | null = null;
  @state() private working = false;
  @state() private now = Date.now();

  readonly #allowed = new Allowed(this);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly users = new Follow(this, () => this.administration.users.list);
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => (this.now = Date.now()), TICK_MS);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private name(user: string): string {
    return this.users.value?.find(({ userId }) => userId === user)?.name ?? msg("a user", { id: "admin.audit.a-user" });
  }

  private async read(): Promise<void> {
    const read = await this.administration.compliance.incidents();
    if (read.ok) this.list = read.value;
    else this.failure = read.error;
  }

  private begin(): void {
    this.opening = true;
    this.failure = null;
    this.what = "";
    this.facts = { found: fieldTime(Date.now() as EpochMs, this.zone), severity: "serious", people: "", data: [] };
  }

  private show(id: string | null): void {
    this.shown = id;
    this.failure = null;
    this.text = "";
    this.step = "contained";
  }

  /** Null when a time or number is none. */
  private typedFacts(): Omit<IncidentDraft, "what"> | null {
    const { found, severity, people, data } = this.facts;
    const foundAt = timeOf(found, this.zone);
    const number = people.trim() === "" ? null : Number(people);
    if (foundAt === null || (number !== null && !Number.isSafeInteger(number))) return null;
    return { foundAt, severity, people: number, data: [...data] };
  }

  private async run(work: () => Promise<Result<Incident, ComplianceFailure>>): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const outcome = await work();
    this.working = false;
    if (!outcome.ok) {
      this.failure = outcome.error;
      return;
    }
    this.opening = false;
    this.show(outcome.value.id);
    await this.read();
  }

  private openIt(): void {
    const facts = this.typedFacts();
    if (facts === null) this.failure = { kind: "compliance/incident-bad" };
    else void this.run(() => this.administration.compliance.openIncident({ what: this.what, ...facts }));
  }

  private add(incident: Incident): void {
    const { step, text } = this;
    const facts = step === "correction" ? this.typedFacts() : null;
    const draft: StepDraft | null = step === "clock" ? { kind: step, clock: this.clock, outcome: this.outcome, text } : step !== "correction" ? { kind: step, text } : facts === null ? null : { kind: step, text, ...facts };
    if (draft === null) this.failure = { kind: "compliance/step-bad" };
    else void this.run(() => this.administration.compliance.addStep(incident.id, draft));
  }

  private async out(incident: Incident, way: "print" | "file"): Promise<void> {
    const settings = this.settings.value;
    if (settings === null || settings === undefined) return;
    const done = await handOut(this, "incident", `incident-${incident.id.slice(0, 8)}`, this.paper(incident, aboutSite(settings)), way);
    this.failure = done.ok ? null : done.error;
  }

  override render(): TemplateResult {
    const incident = this.list?.find(({ id }) => id === this.shown);
    return html`<div class="stack wide">
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${complianceFailure(this.failure)}</wa-callout>`}
      ${this.list === null ? (this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : nothing) : this.opening ? this.form() : incident === undefined ? this.all(this.list) : this.one(incident)}
    </div>`;
  }

  private all(list: readonly Incident[]): TemplateResult {
    return html`<section class="card" aria-labelledby="incidents">
      <div class="head">
        <h2 id="incidents">${msg("Incidents", { id: "compliance.incidents" })}</h2>
        ${this.#allowed.has("incidents.change") ? html`<wa-button variant="brand" @click=${() => this.begin()}>${msg("Report an incident", { id: "compliance.incident.open" })}</wa-button>` : nothing}
      </div>
      <p>${msg("A tablet stolen, data lost or seen by somebody who should not: report it here first. The clocks count from when it was found; every step is kept with its time and who took it.", { id: "compliance.incidents.what" })}</p>
      ${list.length === 0
        ? html`<p class="quiet">${msg("Nothing", { id: "admin.retention.nothing" })}</p>`
        : html`<ul>
            ${list.map(
              (incident) =>
                html`<li>
                  <div class="row"><span class="numbers">${dateTime(factsOf(incident).foundAt, this.zone).slice(0, 16)}</span>${isClosed(incident) ? html`<span class="chip">${msg("closed", { id: "admin.audit.value.closed" })}</span>` : this.clocks(incident)}</div>
                  <span class="text">${incident.draft.what}</span>
                  <div><wa-button size="s" appearance="outlined" @click=${() => this.show(incident.id)}>${msg("Show", { id: "compliance.show" })}</wa-button></div>
                </li>`,
            )}
          </ul>`}
    </section>`;
  }

  private clocks(incident: Incident): TemplateResult {
    return html`${clocksOf(incident).map((clock) => this.clockChip(clock))}`;
  }

  private clockChip({ clock, dueAt, answered }: ClockState): TemplateResult {
    const name = CLOCK_WORDS[clock]();
    if (answered !== null) return html`<span class="chip good"><wa-icon name="check"></wa-icon>${name}</span>`;
    if (dueAt <= this.now) return html`<span class="chip care"><wa-icon name="warning"></wa-icon>${msg(str`${name}: run out`, { id: "compliance.clock.out" })}</span>`;
    return html`<span class="chip"><wa-icon name="clock"></wa-icon>${msg(str`${name}: ${left(dueAt - this.now)} left`, { id: "compliance.clock.left" })}</span>`;
  }

  private form(): TemplateResult {
    return html`<form
      class="card"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        this.openIt();
      }}
    >
      <h2>${msg("Report an incident", { id: "compliance.incident.open" })}</h2>
      ${this.area("what", msg("What happened", { id: "compliance.incident.what" }), this.what, (value) => (this.what = value))} ${this.factFields()}
      <div class="row">
        <wa-button type="submit" variant="brand" ?loading=${this.working}>${msg("Open the incident", { id: "compliance.incident.open.do" })}</wa-button>
        <wa-button appearance="outlined" @click=${() => (this.opening = false)}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      </div>
    </form>`;
  }

  private area(name: string, label: string, value: string, onInput: (value: string) => void): TemplateResult {
    return html`<wa-textarea name=${name} label=${label} rows="3" resize="auto" maxlength=${TEXT_MAX_LENGTH} .value=${value} @input=${(event: Event) => onInput((event.target as HTMLTextAreaElement).value)}></wa-textarea>`;
  }

  private factFields(): TemplateResult {
    const { facts } = this;
    const change = (part: Partial<Facts>): void => {
      this.facts = { ...facts, ...part };
    };
    return html`<div class="fields">
        <div>
          <label class="native-label" for="found">${msg("When it was found", { id: "compliance.incident.found" })}</label>
          <input id="found" class="native" type="datetime-local" .value=${facts.found} @input=${(event: Event) => change({ found: (event.target as HTMLInputElement).value })} />
        </div>
        <div>
          <label class="native-label" for="severity">${msg("How serious", { id: "compliance.incident.severity" })}</label>
          <select id="severity" class="native" @change=${(event: Event) => change({ severity: (event.target as HTMLSelectElement).value as Severity })}>
            ${SEVERITIES.map((severity) => html`<option value=${severity} ?selected=${severity === facts.severity}>${SEVERITY_WORDS[severity]()}</option>`)}
          </select>
        </div>
        ${textField({ label: msg("People concerned, about", { id: "compliance.incident.people" }), name: "people", inputmode: "numeric", maxlength: 8, value: facts.people, hint: msg("Empty while nobody knows.", { id: "compliance.incident.people.hint" }), onInput: (people) => change({ people }) })}
      </div>
      <fieldset>
        <legend>${msg("Kinds of data", { id: "compliance.incident.data" })}</legend>
        <div class="row loose">
          ${INCIDENT_DATA.map(
            (kind) =>
              html`<wa-checkbox
                .checked=${facts.data.includes(kind)}
                @change=${(event: Event) => change({ data: (event.target as HTMLInputElement).checked ? [...facts.data, kind] : facts.data.filter((one) => one !== kind) })}
                >${DATA_WORDS[kind]()}</wa-checkbox
              >`,
          )}
        </div>
      </fieldset>`;
  }

  private one(incident: Incident): TemplateResult {
    const closed = isClosed(incident);
    return html`<div><wa-button size="s" appearance="outlined" @click=${() => this.show(null)}><wa-icon slot="start" name="chevron-left"></wa-icon>${msg("All incidents", { id: "compliance.incidents.all" })}</wa-button></div>
      <section class="card" aria-labelledby="incident">
        <div class="head">
          <h2 id="incident">${msg(str`Incident ${incident.id.slice(0, 8)}`, { id: "compliance.incident" })}</h2>
          ${this.#allowed.has("compliance.export")
            ? html`<div class="row">
                <wa-button size="s" appearance="outlined" @click=${() => void this.out(incident, "print")}><wa-icon slot="start" name="file"></wa-icon>${msg("Print", { id: "admin.certificate.print" })}</wa-button>
                <wa-button size="s" appearance="outlined" @click=${() => void this.out(incident, "file")}><wa-icon slot="start" name="download"></wa-icon>${msg("Download", { id: "admin.certificate.download" })}</wa-button>
              </div>`
            : nothing}
        </div>
        <p class="text">${incident.draft.what}</p>
        <dl class="facts">${this.factLines(incident).map(([name, text]) => html`<dt>${name}</dt><dd class="numbers">${text}</dd>`)}</dl>
        <h3>${msg("Clocks", { id: "compliance.clocks" })}</h3>
        <ul>
          ${clocksOf(incident).map(
            (clock) =>
              html`<li>
                <div class="row">${this.clockChip(clock)}<span class="small quiet numbers">${msg(str`due ${dateTime(clock.dueAt, this.zone).slice(0, 16)}`, { id: "compliance.clock.due" })}</span></div>
                <span class="small">${forWhom(clock.clock)}</span>
                ${clock.answered !== null || closed || !this.#allowed.has("incidents.change")
                  ? nothing
                  : html`<div class="row">
                      <wa-button size="s" appearance="outlined" @click=${() => this.answer(clock.clock, "done")}>${msg("It was reported", { id: "compliance.clock.done" })}</wa-button>
                      <wa-button size="s" appearance="outlined" @click=${() => this.answer(clock.clock, "not-due")}>${msg("Does not apply", { id: "compliance.clock.not-due" })}</wa-button>
                    </div>`}
              </li>`,
          )}
        </ul>
        <h3>${msg("What was done", { id: "compliance.steps" })}</h3>
        <ol>
          ${incident.steps.map(({ at, by, draft }) => html`<li><span class="small quiet numbers">${dateTime(at, this.zone).slice(0, 16)} · ${this.name(by)} · ${stepWord(draft)}</span><span class="text">${draft.text}</span></li>`)}
        </ol>
        ${this.#allowed.has("incidents.change") ? this.stepForm(incident, closed) : nothing}
      </section>`;
  }

  private answer(clock: ClockName, outcome: "done" | "not-due"): void {
    this.step = "clock";
    this.clock = clock;
    this.outcome = outcome;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('wa-textarea[name="step"]')?.focus());
  }

  private choose(step: Exclude<StepKind, "clock">, incident: Incident): void {
    this.step = step;
    if (step !== "correction") return;
    const { foundAt, severity, people, data } = factsOf(incident);
    this.facts = { found: fieldTime(foundAt, this.zone), severity, people: people === null ? "" : String(people), data };
  }

  private stepForm(incident: Incident, closed: boolean): TemplateResult {
    const kinds = closed ? (["correction"] as const) : STEP_KINDS;
    const answering = this.step === "clock" ? { kind: "clock" as const, clock: this.clock, outcome: this.outcome, text: "" } : null;
    return html`<form
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        this.add(incident);
      }}
    >
      <div>
        <label class="native-label" for="step">${msg("Next step", { id: "compliance.step" })}</label>
        <select id="step" class="native" @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value as Exclude<StepKind, "clock">, incident)}>
          ${answering === null ? nothing : html`<option value="clock" selected>${stepWord(answering)}</option>`}
          ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === this.step}>${stepWord({ kind })}</option>`)}
        </select>
      </div>
      ${this.area("step", msg("What was done, by whom, under which number", { id: "compliance.step.text" }), this.text, (value) => (this.text = value))}
      ${this.step === "correction" ? this.factFields() : nothing}
      <div><wa-button type="submit" variant="brand" ?loading=${this.working}>${msg("Write it down", { id: "notes.save" })}</wa-button></div>
      <p class="small quiet">${msg("What stands here is never changed: a mistake is set right by a correction. It is closed once every clock was answered.", { id: "compliance.step.what" })}</p>
    </form>`;
  }

  private factLines(incident: Incident): readonly (readonly [string, string])[] {
    const { foundAt, severity, people, data } = factsOf(incident);
    return [
      [msg("When it was found", { id: "compliance.incident.found" }), dateTime(foundAt, this.zone).slice(0, 16)],
      [msg("Opened", { id: "compliance.incident.opened" }), `${dateTime(incident.openedAt, this.zone).slice(0, 16)} · ${this.name(incident.openedBy)}`],
      [msg("How serious", { id: "compliance.incident.severity" }), SEVERITY_WORDS[severity]()],
      [msg("People concerned, about", { id: "compliance.incident.people" }), people === null ? "–" : count(people)],
      [msg("Kinds of data", { id: "compliance.incident.data" }), data.map((kind) => DATA_WORDS[kind]()).join(", ") || "–"],
    ];
  }

  private paper(incident: Incident, about: readonly string[]): PaperDocument {
    const at = (ms: EpochMs): string => dateTime(ms, this.zone);
    return {
      title: msg(str`Incident ${incident.id.slice(0, 8)}`, { id: "compliance.incident" }),
      about: [...about, incident.id],
      sections: [
        { heading: msg("What happened", { id: "compliance.incident.what" }), paragraphs: [incident.draft.what, ...this.factLines(incident).map(([name, text]) => `${name}: ${text}`)] },
        {
          heading: msg("Clocks", { id: "compliance.clocks" }),
          paragraphs: clocksOf(incident).map(({ clock, dueAt, answered }) => `${CLOCK_WORDS[clock]()} (${at(dueAt)}): ${answered === null ? "–" : `${stepWord(answered.draft)}, ${at(answered.at)}, ${this.name(answered.by)}`}`),
        },
        { heading: msg("What was done", { id: "compliance.steps" }), paragraphs: incident.steps.map(({ at: when, by, draft }) => `${at(when)} · ${this.name(by)} · ${stepWord(draft)}\n${draft.text}`) },
      ],
    };
  }
}

function left(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function forWhom(clock: ClockName): string {
  switch (clock) {
    case "h1":
      return msg("China: operators of critical information infrastructure, to the protection department and the police.", { id: "compliance.clock.h1.whom" });
    case "h4":
      return msg("China: other operators, to the provincial cyberspace administration, where the incident is a larger one or worse.", { id: "compliance.clock.h4.whom" });
    case "h72":
      return msg("European Union: to the supervisory authority, unless nobody's rights are likely at risk.", { id: "compliance.clock.h72.whom" });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-incidents": IncidentsElement;
  }
}
