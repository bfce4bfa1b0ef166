import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { ErasureRow, RetentionOverview, RightsFailure } from "../../../app/api/rights.ts";
import type { DoneErasure, PendingErasure } from "../../../domain/people/erasure.ts";
import type { Result } from "../../../domain/result.ts";
import { SHOWN_AHEAD_DAYS } from "../../../domain/retention/due.ts";
import type { DueErasure } from "../../../domain/retention/due.ts";
import { RETENTION_BOUNDS } from "../../../domain/retention/schedule.ts";
import type { RetentionSchedule } from "../../../domain/retention/schedule.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { textField } from "../parts/fields.ts";
import { count, dateTime, dayInWords } from "../parts/format.ts";
import { base, lineList } from "../parts/styles.ts";
import { paths } from "../route.ts";
import { showCertificate } from "./certificate.ts";
import { doubtWord, erasedWord, numberAndName, reasonWord, rightsFailure } from "./words.ts";

type Field = keyof RetentionSchedule;

/** How many finished erasures are listed before more are asked for. */
const DONE_SHOWN = 20;
/** Everybody is gone through for the list, so it is not made anew with every punch. */
const REFRESH_EVERY_MS = 10_000;

/** How long data is kept, what ends next, and freezing a face by its number. */
@customElement("cf-rights")
export class RightsElement extends AdminElement {
  static override styles = [
    base,
    lineList,
    css`
      .card > * + * {
        margin-block-start: var(--cf-space-3);
      }

      .page > * + * {
        margin-block-start: var(--cf-space-4);
      }

      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }
    `,
  ];

  @state() private overview: RetentionOverview | null = null;

  @state() private draft: Partial<Record<Field, string>> = {};

  @state() private failure: RightsFailure["kind"] | null = null;

  @state() private said: string | null = null;

  @state() private working = false;

  @state() private more = false;

  @state() private number = "";

  @state() private reason = "";

  readonly #allowed = new Allowed(this);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Follow(
      this,
      () => this.administration.personRights.revision,
      () => this.later(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  private read(): void {
    this.overview = this.administration.personRights.overview();
  }

  private later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.read();
    }, REFRESH_EVERY_MS);
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private async run<T>(work: () => Promise<Result<T, RightsFailure>>, said: (value: T) => string): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    this.said = null;
    const outcome = await confirmed(this, work);
    this.working = false;
    if (outcome.ok) this.said = said(outcome.value);
    else this.failure = outcome.error.kind;
    this.read();
  }

  private save(schedule: RetentionSchedule): void {
    const value = (field: Field): number => Number((this.draft[field] ?? String(schedule[field])).trim() || Number.NaN);
    const chosen: RetentionSchedule = { unusedFaceMonths: value("unusedFaceMonths"), recordMonths: value("recordMonths"), attemptMonths: value("attemptMonths"), healthMonths: value("healthMonths"), attachmentMonths: value("attachmentMonths") };
    void this.run(
      () => this.administration.personRights.changeSchedule(chosen),
      () => {
        this.draft = {};
        return msg("Saved. It holds from now on.", { id: "admin.retention.saved" });
      },
    );
  }

  private runNow(clockConfirmed: boolean): void {
    void this.run(
      () => this.administration.personRights.runSchedule(clockConfirmed),
      ({ erased }) => msg(str`Done. Erased: ${count(erased)}.`, { id: "admin.retention.ran" }),
    );
  }

  override render(): TemplateResult {
    const { overview } = this;
    return html`<div class="page">
      <h1 tabindex="-1">${msg("Data rights", { id: "admin.nav.rights" })}</h1>
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${rightsFailure(this.failure)}</wa-callout>`}
      ${this.said === null ? nothing : html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${this.said}</wa-callout>`}
      ${this.#allowed.has("face.freeze") ? this.freezing() : nothing}
      ${overview === null ? nothing : html`${this.doubt(overview)} ${this.schedule(overview)} ${this.coming(overview)} ${this.done(overview)}`}
    </div>`;
  }

  private freezing(): TemplateResult {
    const whom = { employeeNumber: this.number };
    const { personRights } = this.administration;
    const empty = this.number.trim() === "";
    const done = (text: string) => (): string => {
      this.number = "";
      this.reason = "";
      return text;
    };
    return html`<section class="card" aria-labelledby="freeze">
      <h2 id="freeze">${msg("Freeze a face", { id: "admin.rights.by-number" })}</h2>
      <p>${msg("When somebody reports that their face is misused: the kiosk stops comparing with it within a second, and the PIN goes on working. Two people release it: one asks, another confirms.", { id: "admin.rights.by-number.what" })}</p>
      <div class="fields">
        ${textField({ label: msg("Employee number", { id: "admin.field.number" }), name: "number", value: this.number, maxlength: 32, onInput: (number) => (this.number = number) })}
        ${textField({ label: msg("Why", { id: "admin.certificate.why" }), name: "reason", value: this.reason, maxlength: 200, onInput: (reason) => (this.reason = reason) })}
      </div>
      <div class="row">
        <wa-button variant="danger" ?disabled=${empty || this.working} @click=${() => void this.run(() => personRights.freeze(whom, this.reason), done(msg("The face is frozen.", { id: "admin.rights.frozen.done" })))}
          >${msg("Freeze", { id: "admin.rights.freeze.do" })}</wa-button
        >
        ${this.#allowed.has("face.release")
          ? html`<wa-button appearance="outlined" ?disabled=${empty || this.working} @click=${() => void this.run(() => personRights.askRelease(whom), done(msg("Asked for. Somebody else confirms it now.", { id: "admin.rights.release.asked" })))}
                >${msg("Ask for the release", { id: "admin.rights.release.ask" })}</wa-button
              >
              <wa-button appearance="outlined" ?disabled=${empty || this.working} @click=${() => void this.run(() => personRights.release(whom), done(msg("Released: the kiosk recognises them again.", { id: "admin.rights.released" })))}
                >${msg("Confirm the release", { id: "admin.rights.release" })}</wa-button
              >`
          : nothing}
      </div>
    </section>`;
  }

  private doubt({ doubt }: RetentionOverview): TemplateResult | typeof nothing {
    if (doubt === null) return nothing;
    return html`<wa-callout variant="warning"
      ><wa-icon slot="icon" name="warning"></wa-icon>${doubtWord(doubt)} ${msg(str`It shows ${dateTime(Date.now(), this.zone)} now.`, { id: "admin.retention.clock" })}
      ${this.#allowed.has("people.erase")
        ? html`<div class="row"><wa-button size="s" appearance="outlined" @click=${() => this.runNow(true)}>${msg("The time is right: run it", { id: "admin.retention.clock.right" })}</wa-button></div>`
        : nothing}</wa-callout
    >`;
  }

  private schedule({ schedule, lastRunAt }: RetentionOverview): TemplateResult {
    const change = this.#allowed.has("people.erase");
    const field = (name: Field, label: string, hint: string): TemplateResult => {
      const [least, most] = RETENTION_BOUNDS[name];
      return textField({
        label,
        name,
        value: this.draft[name] ?? String(schedule[name]),
        inputmode: "numeric",
        maxlength: 3,
        disabled: !change,
        hint: `${hint} ${msg(str`${least} to ${most} months.`, { id: "admin.retention.bounds" })}`,
        onInput: (value) => (this.draft = { ...this.draft, [name]: value }),
      });
    };
    return html`<section class="card" aria-labelledby="schedule">
      <h2 id="schedule">${msg("How long data is kept", { id: "admin.retention" })}</h2>
      <p>${msg("The tablet goes through this every night by itself. People read the same at the kiosk under “My records”. The proposal follows the law region; it is no legal advice.", { id: "admin.retention.what" })}</p>
      <div class="fields">
        ${field("unusedFaceMonths", msg("Face that is not used, months", { id: "admin.retention.unused" }), msg("Erased when it recognised nobody for this long.", { id: "admin.retention.unused.hint" }))}
        ${field("recordMonths", msg("Record after leaving, months", { id: "admin.retention.record" }), msg("Details, consents, punches and who looked at them.", { id: "admin.retention.record.hint" }))}
        ${field("attemptMonths", msg("Failed attempts, months", { id: "admin.retention.attempts" }), msg("They name nobody; older ones are no longer shown.", { id: "admin.retention.attempts.hint" }))}
        ${field("healthMonths", msg("Health declaration after the decision, months", { id: "admin.retention.health" }), msg("The request and its decision stay.", { id: "admin.retention.health.hint" }))}
        ${field("attachmentMonths", msg("Files of a request after the decision, months", { id: "admin.retention.attachment" }), msg("Law may ask for sick notes to be kept longer.", { id: "admin.retention.attachment.hint" }))}
      </div>
      <p class="small quiet">
        ${msg("The face of whoever leaves is erased at once. Health declarations and files have keys of their own and end by themselves, not under a hold. What cannot be done: single punches of somebody who is still here are not deleted before the whole record ends, because one key opens all of a person's entries.", { id: "admin.retention.limit" })}
      </p>
      <div class="row">
        ${change
          ? html`<wa-button variant="brand" ?disabled=${this.working} @click=${() => this.save(schedule)}>${msg("Save", { id: "admin.retention.save" })}</wa-button>
              <wa-button appearance="outlined" ?disabled=${this.working} @click=${() => this.runNow(false)}>${msg("Run now", { id: "admin.retention.run" })}</wa-button>`
          : nothing}
        <span class="quiet">${lastRunAt === null ? msg("Not run yet", { id: "admin.retention.never" }) : msg(str`Last run ${dateTime(lastRunAt, this.zone)}`, { id: "admin.retention.last" })}</span>
      </div>
    </section>`;
  }

  private coming({ coming }: RetentionOverview): TemplateResult {
    return html`<section class="card" aria-labelledby="coming">
      <h2 id="coming">${msg(str`Ends within ${SHOWN_AHEAD_DAYS} days`, { id: "admin.retention.coming" })}</h2>
      ${coming.length === 0
        ? html`<p class="quiet">${msg("Nothing", { id: "admin.retention.nothing" })}</p>`
        : html`<ul>
            ${coming.map((row) => this.due(row))}
          </ul>`}
    </section>`;
  }

  private due({ erasure, employeeNumber, name }: ErasureRow<DueErasure>): TemplateResult {
    return html`<li>
      <a href=${paths.person(erasure.personId)}>${numberAndName(employeeNumber, name)}</a>
      <span>${erasedWord(erasure.what)} · ${reasonWord(erasure.reason)}</span>
      <span class="quiet numbers">${erasure.held ? msg("kept by the hold", { id: "admin.rights.ends.held" }) : dayInWords(erasure.dueAt, this.zone)}</span>
    </li>`;
  }

  private done({ pending, done }: RetentionOverview): TemplateResult {
    const shown = this.more ? done : done.slice(0, DONE_SHOWN);
    return html`<section class="card" aria-labelledby="done">
      <h2 id="done">${msg("Erased, with certificates", { id: "admin.retention.done" })}</h2>
      ${pending.length + done.length === 0
        ? html`<p class="quiet">${msg("Nothing", { id: "admin.retention.nothing" })}</p>`
        : html`<ul>
            ${pending.map((row) => this.finished(row, null))} ${shown.map((row) => this.finished(row, row.erasure))}
          </ul>`}
      ${shown.length < done.length ? html`<wa-button appearance="outlined" @click=${() => (this.more = true)}>${msg("Show all", { id: "admin.retention.more" })}</wa-button>` : nothing}
    </section>`;
  }

  private finished({ erasure, employeeNumber, name }: ErasureRow<PendingErasure>, done: DoneErasure | null): TemplateResult {
    return html`<li>
      <span>${numberAndName(employeeNumber, name)}</span>
      <span>${erasedWord(erasure.what)} · ${reasonWord(erasure.reason)} · <span class="numbers">${dayInWords(erasure.askedAt, this.zone)}</span></span>
      ${done === null
        ? html`<span class="mark care"><wa-icon name="clock"></wa-icon>${msg("Out of use, bytes being destroyed", { id: "admin.rights.pending" })}</span>`
        : html`<wa-button size="s" appearance="outlined" @click=${() => void this.certificate(done.certificate)}
            ><wa-icon slot="start" name="file"></wa-icon>${msg("Certificate", { id: "admin.rights.certificate" })}</wa-button
          >`}
    </li>`;
  }

  private async certificate(number: string): Promise<void> {
    const made = await confirmed(this, () => this.administration.personRights.certificate(number));
    if (made.ok) showCertificate(made.value, this.zone);
    else this.failure = made.error.kind;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rights": RightsElement;
  }
}
