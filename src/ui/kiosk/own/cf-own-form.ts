import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RequestFailure } from "../../../app/api/attendance.ts";
import type { OwnAttendance } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import { addDays } from "../../../domain/attendance/rules/days.ts";
import type { Day, MinuteOfDay } from "../../../domain/attendance/rules/types.ts";
import type { ExceptionRequest, MakeUpAllowance } from "../../../domain/exceptions/types.ts";
import { iconBack, iconCheck, iconIn, iconOut } from "../../components/icons.ts";
import { directionText } from "../../i18n/direction.ts";
import { locale } from "../../i18n/localize.ts";
import { markText } from "../../i18n/reasons.ts";
import { allowanceWord, lateTodo, lateWord, leaveKindWord, minutesWord, requestKindMeaning, requestKindWord } from "../../i18n/requests.ts";
import { sentences } from "../../i18n/sentences.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import "./cf-attach.ts";
import type { Attached } from "./cf-attach.ts";
import "./cf-pick-day.ts";
import type { PickedEvent } from "./cf-pick-day.ts";
import "./cf-pick-time.ts";
import { clockText } from "./cf-pick-time.ts";
import { draftFrom, hasSpan, inputOf, momentOf, type FormDraft } from "./form-draft.ts";
import { healthFields } from "./form-health.ts";
import { reasonField } from "./form-reason.ts";
import { OwnElement } from "./own-element.ts";
import { contentWord, dayWord, ownFailureText } from "./own-words.ts";
import { pagesStyles } from "./pages-styles.ts";
import type { FormStart } from "./places.ts";
import { readyReasons } from "./ready-reasons.ts";

/** A draft is kept so long after the last touch, milliseconds. */
const KEEP_AFTER_MS = 800;

type Opened = "day" | "time" | "to-day" | "to-time" | null;

/** One request: its limits first, then what is asked, the reason last. What was begun is kept as a draft. */
@customElement("cf-own-form")
export class CfOwnForm extends OwnElement {
  static override readonly styles = [
    kioskStyles,
    pagesStyles,
    css`
      .field {
        display: grid;
        gap: 10px;
      }

      .field > .button {
        justify-content: space-between;
        inline-size: 100%;
      }

      .two {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr));
        align-items: start;
        gap: 12px 16px;
      }

      /* What is picked from needs the whole width, whatever stands beside it. */
      .field:has(> [aria-expanded="true"]) {
        grid-column: 1 / -1;
      }

      cf-pick-day,
      cf-pick-time {
        inline-size: min(100%, 680px);
      }
    `,
  ];

  @property({ attribute: false }) start: FormStart = { kind: "make-up" };

  @property() today: Day = "";

  /** The camera's picture, for photographs of papers; null where there is none. */
  @property({ attribute: false }) stream: MediaStream | null = null;

  @state() private draft: FormDraft | null = null;

  @state() private allowance: MakeUpAllowance | null = null;

  @state() private leaveMinutes: number | null = null;

  @state() private opened: Opened = null;

  @state() private found: ReturnType<OwnAttendance["colleagues"]> = [];

  @state() private working = false;

  @state() private trouble: RequestFailure | null = null;

  #keeping: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is kept of a form that nobody has touched. */
  #touched = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#keeping);
    this.draft = null;
    this.found = [];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has("start") && !changed.has("attendance")) return;
    this.draft = this.#begun();
    this.#touched = false;
    this.trouble = null;
    void this.#limits();
  }

  protected override followed({ balances }: OwnAttendance): readonly Observable<unknown>[] {
    return [balances];
  }

  /** Where there is one kind of leave alone, it is the one that is meant. */
  #begun(): FormDraft {
    const draft = draftFrom(this.start, this.today, this.zone);
    const [only, another] = this.attendance?.leaveKinds ?? [];
    return draft.kind === "leave" && draft.leaveKind === "" && only !== undefined && another === undefined ? { ...draft, leaveKind: only.id } : draft;
  }

  #change(part: Partial<FormDraft>): void {
    if (this.draft === null) return;
    const before = this.draft;
    this.draft = { ...before, ...part };
    this.trouble = null;
    this.#touched = true;
    if (part.day !== undefined && this.draft.toDay < part.day) this.draft = { ...this.draft, toDay: part.day };
    if (part.day !== undefined || part.toDay !== undefined || part.minute !== undefined || part.toMinute !== undefined || part.leaveKind !== undefined) void this.#limits();
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => void this.#keep(), KEEP_AFTER_MS);
  }

  /** What can be said before anything is filled in: how many are left and until when, and what a leave takes. */
  async #limits(): Promise<void> {
    const { attendance, draft } = this;
    if (attendance === null || draft === null) return;
    if (draft.kind === "make-up") {
      const allowance = await attendance.allowance(draft.day);
      if (this.draft?.day !== draft.day) return;
      if (allowance.ok) this.allowance = allowance.value;
      else this.trouble = allowance.error;
    } else if (draft.kind === "leave") {
      const minutes = await attendance.leaveMinutes(momentOf(draft.day, draft.minute, this.zone), momentOf(draft.toDay, draft.toMinute, this.zone), ...(draft.leaveKind === "" ? [] : [draft.leaveKind]));
      if (this.draft === null) return;
      this.leaveMinutes = minutes.ok ? minutes.value : null;
      if (!minutes.ok) this.trouble = minutes.error;
    }
  }

  async #keep(): Promise<void> {
    const { attendance, draft } = this;
    const input = draft === null ? null : inputOf(draft, this.zone, this.leaveMinutes ?? 0);
    if (attendance === null || input === null || !this.#touched || this.working) return;
    const kept = await attendance.keepDraft(input);
    // Once it is kept, what is kept next takes its place.
    if (kept.ok && this.draft !== null && this.isConnected) this.draft = { ...this.draft, draftOf: kept.value.id };
  }

  async #submit(specialCase: boolean): Promise<void> {
    const { attendance, draft } = this;
    const input = draft === null ? null : inputOf(draft, this.zone, this.leaveMinutes);
    if (attendance === null || input === null || this.working) return;
    clearTimeout(this.#keeping);
    this.working = true;
    const submitted = await attendance.submit({ ...input, ...(specialCase ? { specialCase } : {}) });
    this.working = false;
    if (!this.isConnected) return;
    if (submitted.ok) this.#done(submitted.value);
    else this.trouble = submitted.error;
  }

  #done({ id }: ExceptionRequest): void {
    this.#touched = false;
    this.go({ page: "request", id });
  }

  #open(which: Opened): void {
    this.opened = this.opened === which ? null : which;
  }

  #dayField(name: string, which: "day" | "to-day", value: Day, min: Day, max: Day): TemplateResult {
    return html`<div class="field">
      <button type="button" class="button" aria-expanded=${this.opened === which} @click=${() => this.#open(which)}><span class="label">${name}</span><span>${dayWord(value, this.zone)}</span></button>
      ${this.opened === which
        ? html`<cf-pick-day
            .value=${value}
            .today=${this.today}
            .min=${min}
            .max=${max}
            .zone=${this.zone}
            @cf-picked=${({ detail }: PickedEvent<Day>) => {
              this.opened = null;
              this.#change(which === "day" ? { day: detail } : { toDay: detail });
            }}
          ></cf-pick-day>`
        : nothing}
    </div>`;
  }

  #timeField(name: string, which: "time" | "to-time", value: MinuteOfDay, likely: readonly MinuteOfDay[]): TemplateResult {
    return html`<div class="field">
      <button type="button" class="button" aria-expanded=${this.opened === which} @click=${() => this.#open(which)}><span class="label">${name}</span><span class="numbers">${clockText(value)}</span></button>
      ${this.opened === which
        ? html`<cf-pick-time .value=${value} .label=${name} .likely=${likely} @cf-picked=${({ detail }: PickedEvent<MinuteOfDay>) => this.#change(which === "time" ? { minute: detail } : { toMinute: detail })}></cf-pick-time>`
        : nothing}
    </div>`;
  }

  #choice<T extends string>(name: string, chosen: T, of: readonly (readonly [T, TemplateResult | string])[], pick: (value: T) => void): TemplateResult {
    return html`<div class="field" role="group" aria-label=${name}>
      <span class="label">${name}</span>
      <div class="chips">${of.map(([value, words]) => html`<button type="button" class="chip" aria-pressed=${value === chosen} @click=${() => pick(value)}>${words}</button>`)}</div>
    </div>`;
  }

  #limitsShown(draft: FormDraft): TemplateResult | typeof nothing {
    if (draft.kind === "make-up" && this.allowance !== null) {
      const { late } = this.allowance;
      return late === null
        ? html`<p class="card">${allowanceWord(this.allowance)}</p>`
        : html`<p class="card care" role="alert"><strong>${lateWord(late)}</strong> ${lateTodo(late)}</p>`;
    }
    if (draft.kind !== "leave") return nothing;
    const balance = this.attendance?.balances.value.find(({ leaveKind }) => leaveKind === draft.leaveKind);
    if (balance === undefined && this.leaveMinutes === null) return nothing;
    return html`<p class="card numbers">
      ${balance === undefined ? nothing : html`<span>${msg(str`Left: ${minutesWord(balance.remaining)}`, { id: "own.leave.left" })}</span>`}
      ${this.leaveMinutes === null ? nothing : html`<span>${msg(str`This takes ${minutesWord(this.leaveMinutes)}`, { id: "own.leave.takes" })}</span>`}
    </p>`;
  }

  #what(draft: FormDraft): TemplateResult {
    const { kind } = draft;
    const likely = this.#likely(draft.day);
    const directions = [["in", html`${iconIn()}${directionText("in")}`], ["out", html`${iconOut()}${directionText("out")}`]] as const;
    const back = addDays(this.today, -92);
    const ahead = addDays(this.today, 366);
    if (kind === "make-up") {
      return html`<div class="two">
          ${this.#dayField(msg("Day", { id: "own.form.day" }), "day", draft.day, back, this.today)} ${this.#timeField(msg("Time", { id: "own.form.time" }), "time", draft.minute, likely)}
        </div>
        ${this.#choice(msg("Direction", { id: "own.form.direction" }), draft.direction, directions, (direction) => this.#change({ direction }))}
        ${draft.outage === null ? nothing : html`<p class="quiet-text">${msg("The outage of that time is cited with it.", { id: "own.form.outage" })}</p>`}`;
    }
    if (hasSpan(kind)) {
      return html`${kind === "leave" ? this.#choice(msg("Kind of leave", { id: "own.form.leave-kind" }), draft.leaveKind, (this.attendance?.leaveKinds ?? []).map(({ id }) => [id, leaveKindWord(id, this.attendance?.leaveKinds ?? [], locale.value)] as const), (leaveKind) => this.#change({ leaveKind })) : nothing}
        <div class="two">
          ${this.#dayField(msg("From", { id: "own.form.from" }), "day", draft.day, back, ahead)} ${this.#timeField(msg("Time", { id: "own.form.time" }), "time", draft.minute, likely)}
          ${this.#dayField(msg("Until", { id: "own.form.to" }), "to-day", draft.toDay, draft.day, ahead)} ${this.#timeField(msg("Time", { id: "own.form.time" }), "to-time", draft.toMinute, likely)}
        </div>
        ${kind === "overtime" ? this.#choice(msg("In return", { id: "own.form.compensation" }), draft.compensation, [["pay", msg("Pay", { id: "own.form.pay" })], ["leave", markText("leave").word]], (compensation) => this.#change({ compensation })) : nothing}
        ${kind === "trip" || kind === "outing" ? html`<label class="field"><span class="label">${msg("Where", { id: "own.form.place" })}</span><input type="text" maxlength="100" autocomplete="off" .value=${draft.place} @input=${(event: Event) => this.#change({ place: (event.target as HTMLInputElement).value })} /></label>` : nothing}`;
    }
    if (kind === "swap") return this.#swap(draft, ahead);
    if (kind === "cancel") return html`${draft.cancels === null ? nothing : html`<p class="card">${contentWord(draft.cancels, this.zone, this.attendance?.leaveKinds ?? [])}</p>`}`;
    if (kind === "correction") {
      return html`<p>${dayWord(draft.day, this.zone)}</p>
        ${this.#choice(msg("What is wrong", { id: "own.form.wrong" }), draft.change, [["direction", msg("The direction", { id: "own.form.wrong.direction" })], ["time", msg("The time", { id: "own.form.wrong.time" })], ["ignore", msg("It should not count", { id: "own.form.wrong.ignore" })]], (change) => this.#change({ change }))}
        ${draft.change === "direction" ? this.#choice(msg("It should be", { id: "own.form.right" }), draft.direction, directions, (direction) => this.#change({ direction })) : nothing}
        ${draft.change === "time" ? this.#timeField(msg("Time", { id: "own.form.time" }), "time", draft.minute, likely) : nothing}`;
    }
    return html`${draft.about !== null && "day" in draft.about ? html`<p>${dayWord(draft.about.day, this.zone)}</p>` : nothing}
      ${draft.about === null ? html`${this.#dayField(msg("Day", { id: "own.form.day" }), "day", draft.day, back, this.today)}<button type="button" class="chip" @click=${() => this.#change({ about: { day: draft.day } })}>${msg("This day", { id: "own.form.this-day" })}</button>` : nothing}`;
  }

  #swap(draft: FormDraft, ahead: Day): TemplateResult {
    return html`<div class="two">
        ${this.#dayField(msg("My day", { id: "own.form.my-day" }), "day", draft.day, this.today, ahead)} ${this.#dayField(msg("The colleague's day", { id: "own.form.their-day" }), "to-day", draft.toDay, this.today, ahead)}
      </div>
      <label class="field">
        <span class="label">${msg("Colleague: name or employee number", { id: "own.form.colleague" })}</span>
        <input type="text" autocomplete="off" @input=${(event: Event) => (this.found = this.attendance?.colleagues((event.target as HTMLInputElement).value) ?? [])} />
      </label>
      <div class="chips" aria-live="polite">
        ${draft.colleague === null ? nothing : html`<span class="chip chosen">${draft.colleague.name}</span>`}
        ${this.found.map(({ personId, name, employeeNumber }) => html`<button type="button" class="chip" @click=${() => { this.found = []; this.#change({ colleague: { personId, name } }); }}>${name} · ${employeeNumber}</button>`)}
      </div>`;
  }

  /** Start and end of the day's shift, where it is known. */
  #likely(day: Day): readonly MinuteOfDay[] {
    const { today, missing } = { today: this.attendance?.today.value ?? null, missing: this.start.missing };
    const shifts = today?.shift?.shifts.map(({ shift }) => shift) ?? [];
    const minutes = shifts.flatMap(({ periods }) => periods.flatMap(({ start, end }) => [start, end % 1440]));
    return [...new Set([...(missing?.day === day && this.draft !== null ? [draftFrom(this.start, this.today, this.zone).minute % 1440] : []), ...minutes])].slice(0, 5);
  }

  /** What the button waits for, by the names that stand over the fields. */
  #missing(draft: FormDraft): readonly string[] {
    const { kind } = draft;
    return [
      ...(kind === "leave" && draft.leaveKind === "" ? [msg("Kind of leave", { id: "own.form.leave-kind" })] : []),
      ...((kind === "trip" || kind === "outing") && draft.place.trim() === "" ? [msg("Where", { id: "own.form.place" })] : []),
      ...(kind === "swap" && draft.colleague === null ? [msg("Colleague: name or employee number", { id: "own.form.colleague" })] : []),
      ...(kind === "appeal" && draft.about === null ? [msg("This day", { id: "own.form.this-day" })] : []),
      ...(draft.reason.trim() === "" ? [msg("Reason", { id: "own.form.reason" })] : []),
    ];
  }

  override render(): TemplateResult | typeof nothing {
    const { draft, allowance, attendance, trouble } = this;
    if (draft === null || attendance === null) return nothing;
    const late = draft.kind === "make-up" ? (allowance?.late ?? null) : (trouble?.late ?? null);
    const listed = locale.value === "zh-Hans" ? "、" : ", ";
    const needsFile = draft.kind === "leave" && attendance.leaveKinds.some(({ id, needsAttachment }) => id === draft.leaveKind && needsAttachment);
    const missing = this.#missing(draft);
    const complete = inputOf(draft, this.zone, this.leaveMinutes) !== null && draft.reason.trim() !== "";
    return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${requestKindWord(draft.kind)}>
      <p class="quiet-text">${requestKindMeaning(draft.kind)}</p>
      ${this.#limitsShown(draft)} ${this.#what(draft)}
      ${draft.kind === "make-up" && allowance !== null && allowance.health.length > 0 ? healthFields(draft.health, allowance, (health) => this.#change({ health })) : nothing}
      ${reasonField(draft.reason, readyReasons(draft.kind), (reason) => this.#change({ reason }))}
      <div class="field">
        <span class="label">${needsFile || allowance?.healthRequired.includes("attachment") === true ? msg("Papers (needed)", { id: "own.form.papers.needed" }) : msg("Papers, if there are any", { id: "own.form.papers" })}</span>
        <cf-attach .attached=${draft.attached} .stream=${this.stream} @cf-picked=${({ detail }: PickedEvent<readonly Attached[]>) => this.#change({ attached: detail })}></cf-attach>
      </div>
      ${trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(ownFailureText(trouble).happened, ownFailureText(trouble).todo)}</p>`}
      ${missing.length === 0 ? nothing : html`<p class="quiet-text">${msg(str`Still needed: ${missing.join(listed)}`, { id: "own.form.still" })}</p>`}
      <div class="row">
        <button type="button" class="button" @click=${() => this.go({ page: "requests" })}>${iconBack()}${msg("Later", { id: "own.form.later" })}</button>
        <button type="button" class="button primary" ?disabled=${!complete || this.working} @click=${() => void this.#submit(late !== null)}>${iconCheck()}${late === null ? msg("Hand it in", { id: "own.form.submit" }) : msg("Put it before HR as a special case", { id: "own.form.special" })}</button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-form": CfOwnForm;
  }
}
