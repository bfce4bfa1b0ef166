import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RequestFailure } from "../../../app/api/attendance.ts";
import type { PunchUse } from "../../../domain/attendance/engine/types.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";
import type { HealthDeclaration, LateReason, RequestContent, RequestKind } from "../../../domain/exceptions/types.ts";
import { COMMENT_MAX_LENGTH } from "../../../domain/exceptions/workflow.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { directionText } from "../../i18n/direction.ts";
import { locale } from "../../i18n/localize.ts";
import { conditionWord, lateTodo, leaveKindWord, requestKindWord } from "../../i18n/requests.ts";
import "../parts/cf-person-picker.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { day } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { go, paths } from "../route.ts";
import { momentOf } from "./moment-of.ts";
import { textareaStyles } from "./styles.ts";
import { minuteOf, requestFailureWord } from "./words.ts";

/** What somebody can write down for another: what needs the other's own word is theirs alone. */
const KINDS = ["make-up", "correction", "leave", "overtime", "trip", "outing"] as const satisfies readonly RequestKind[];
type Kind = (typeof KINDS)[number];

/** A day of a person that is to be corrected. */
export interface FilingStart {
  readonly personId: PersonId;
  readonly day: Day;
}

/**
 * A request written down for somebody who cannot: with a reason, and they are told.
 *
 * @event cf-close - It is not wanted any more.
 */
@customElement("cf-file-request")
export class FileRequestElement extends AdminElement {
  static override styles = [
    base,
    textareaStyles,
    css`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(160px, 1fr));
        gap: var(--cf-space-3);
      }
    `,
  ];

  /** What it begins with, where that is known: a day of a person, whose punch is to be put right. */
  @property({ attribute: false }) start: FilingStart | null = null;
  @state() private person: PersonId | null = null;
  @state() private kind: Kind = "make-up";
  /** Of the day of a correction; null as long as they are not read. */
  @state() private punches: readonly PunchUse[] | null = null;
  @state() private values: Readonly<Record<string, string>> = { direction: "in", compensation: "pay", punch: "0", change: "direction" };
  @state() private files: readonly File[] = [];
  @state() private failure: RequestFailure | null = null;
  @state() private late: LateReason | null = null;
  @state() private working = false;
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.start === null) return;
    this.person = this.start.personId;
    this.kind = "correction";
    this.values = { ...this.values, day: this.start.day, at: `${this.start.day}T09:00` };
    void this.readPunches();
  }

  /** A correction cites a punch: those of the day are offered. */
  private async readPunches(): Promise<void> {
    const { person } = this;
    const wanted = this.value("day");
    this.punches = null;
    if (this.kind !== "correction" || person === null || wanted === "") return;
    const read = await this.administration.attendance.days.results({ from: wanted, to: wanted, personId: person });
    if (this.person !== person || this.value("day") !== wanted) return;
    this.punches = read.ok ? (read.value.people[0]?.days[0]?.punches ?? []).filter(({ requestId }) => requestId === undefined) : [];
  }

  private value(name: string): string {
    return this.values[name] ?? "";
  }

  private set(name: string, value: string): void {
    this.values = { ...this.values, [name]: value };
    this.late = null;
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  /** Null while something is not filled in. */
  private content(): RequestContent | null {
    const { zone } = this;
    if (this.kind === "make-up") {
      const at = momentOf(this.value("at"), zone);
      if (at === null) return null;
      const condition = this.value("condition");
      const temperature = Number(this.value("temperature"));
      const health: HealthDeclaration = { ...(condition === "well" || condition === "unwell" ? { condition } : {}), ...(temperature > 0 ? { temperature } : {}), ...(this.value("itinerary") === "" ? {} : { itinerary: this.value("itinerary") }) };
      const shiftDay = this.value("day");
      return { kind: "make-up", day: shiftDay === "" ? this.value("at").slice(0, 10) : shiftDay, direction: this.value("direction") === "out" ? "out" : "in", wallMs: at, ...(Object.keys(health).length === 0 ? {} : { health }) };
    }
    if (this.kind === "correction") {
      const punch = this.punches?.[Number(this.value("punch"))];
      const at = momentOf(this.value("at"), zone);
      if (punch === undefined) return null;
      const { device, seq, direction } = punch;
      const asked = this.value("change");
      const change = asked === "ignore" ? ({ kind: "ignore" } as const) : asked === "time" ? (at === null ? null : ({ kind: "time", wallMs: at } as const)) : ({ kind: "direction", direction: direction === "in" ? "out" : "in" } as const);
      return change === null ? null : { kind: "correction", cites: { device, seq }, day: this.value("day"), change };
    }
    const [fromMs, toMs] = [momentOf(this.value("from"), zone), momentOf(this.value("to"), zone)];
    if (fromMs === null || toMs === null || toMs <= fromMs) return null;
    if (this.kind === "leave") return { kind: "leave", leaveKind: this.value("leaveKind") === "" ? (this.leaveKinds[0]?.id ?? "") : this.value("leaveKind"), fromMs, toMs, minutes: 0 };
    if (this.kind === "overtime") return { kind: "overtime", fromMs, toMs, minutes: 0, compensation: this.value("compensation") === "leave" ? "leave" : "pay" };
    return { kind: this.kind, fromMs, toMs, place: this.value("place") };
  }

  private get leaveKinds(): readonly { readonly id: string }[] {
    return this.rules?.leaveKinds ?? [];
  }

  private get rules(): ReturnType<AdminElement["administration"]["attendance"]["rules"]["inForce"]> {
    return this.administration.attendance.rules.book.value.versions.at(-1)?.rules ?? null;
  }

  private async file(specialCase: boolean): Promise<void> {
    const content = this.content();
    if (this.person === null || content === null || this.working) return;
    this.working = true;
    this.failure = null;
    const filed = await this.administration.attendance.requests.file(
      this.person,
      { content, reason: this.value("reason"), attachments: this.files.map((file) => ({ name: file.name, file })), ...(specialCase ? { specialCase } : {}) },
      this.value("behalf"),
    );
    this.working = false;
    if (filed.ok) {
      this.close();
      go(paths.request(filed.value.id));
      return;
    }
    this.failure = filed.error;
    this.late = filed.error.late ?? null;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  override render(): TemplateResult {
    const ready = this.person !== null && this.content() !== null && this.value("behalf").trim() !== "";
    return html`<wa-dialog open label=${msg("File for somebody", { id: "admin.request.file" })} @wa-after-hide=${(event: Event) => {
      if (event.target === event.currentTarget) this.close();
    }}>
      <div class="stack">
        <p class="quiet small">${msg("For somebody who cannot do it themselves. They are told, and somebody else decides it.", { id: "admin.request.file.what" })}</p>
        <cf-person-picker .administration=${this.administration} .picked=${this.person} empty=${msg("Name or number", { id: "admin.request.file.person" })} @cf-pick=${(event: CustomEvent<{ readonly id: PersonId | null }>) => {
          this.person = event.detail.id;
          void this.readPunches();
        }}></cf-person-picker>
        ${this.select("kind", msg("Kind", { id: "admin.request.kind" }), KINDS.map((kind) => [kind, requestKindWord(kind)]), this.kind, (value) => {
          this.kind = value as Kind;
          this.late = null;
          void this.readPunches();
        })}
        <div class="fields">${this.fields()}</div>
        ${this.area("reason", msg("Reason of the request", { id: "admin.request.file.reason" }))} ${this.area("behalf", msg("Why you write it down for them", { id: "admin.request.file.behalf" }))}
        <div><label class="native-label small" for="files">${msg("Files (photo or PDF, up to three)", { id: "admin.request.file.files" })}</label><input id="files" type="file" multiple accept="image/jpeg,image/png,image/webp,application/pdf" @change=${(event: Event) => (this.files = [...((event.target as HTMLInputElement).files ?? [])])} /></div>
        ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${requestFailureWord(this.failure)}${this.late === null ? nothing : html`<br />${lateTodo(this.late)}`}</wa-callout>`}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      ${this.late === null
        ? html`<wa-button slot="footer" variant="brand" ?disabled=${!ready} ?loading=${this.working} @click=${() => void this.file(false)}>${msg("Hand in", { id: "admin.request.file.do" })}</wa-button>`
        : html`<wa-button slot="footer" variant="brand" ?loading=${this.working} @click=${() => void this.file(true)}>${msg("Put before HR as a special case", { id: "admin.request.file.special" })}</wa-button>`}
    </wa-dialog>`;
  }

  private fields(): TemplateResult {
    const { zone, rules } = this;
    if (this.kind === "make-up") {
      const asked = new Set((rules?.groups ?? []).flatMap(({ makeUp }) => makeUp.health));
      return html`${this.select("direction", msg("Direction", { id: "admin.punch.direction" }), [["in", directionText("in")], ["out", directionText("out")]], this.value("direction"))}
      ${this.input("at", msg("Day and time", { id: "admin.request.file.at" }), "datetime-local", day(Date.now(), zone))} ${this.input("day", msg("Shift of (if another day)", { id: "admin.request.file.day" }), "date")}
      ${asked.has("condition") ? this.select("condition", msg("How they are", { id: "admin.request.file.condition" }), [["", "–"], ["well", conditionWord("well")], ["unwell", conditionWord("unwell")]], this.value("condition")) : nothing}
      ${asked.has("temperature") ? this.input("temperature", msg("Temperature (°C)", { id: "request.health.temperature" }), "number") : nothing}
      ${asked.has("itinerary") ? this.input("itinerary", msg("Where they have been", { id: "admin.request.file.itinerary" }), "text") : nothing}`;
    }
    if (this.kind === "correction") return this.correction();
    return html`${this.kind === "leave" ? this.select("leaveKind", msg("Kind of leave", { id: "admin.request.file.leave" }), (rules?.leaveKinds ?? []).map(({ id }) => [id, leaveKindWord(id, rules?.leaveKinds ?? [], locale.value)]), this.value("leaveKind")) : nothing}
    ${this.kind === "trip" || this.kind === "outing" ? this.input("place", msg("Place", { id: "admin.request.file.place" }), "text") : nothing}
    ${this.kind === "overtime" ? this.select("compensation", msg("Compensated", { id: "admin.request.file.compensation" }), [["pay", msg("paid", { id: "admin.request.overtime.pay" })], ["leave", msg("as leave", { id: "admin.request.overtime.leave" })]], this.value("compensation")) : nothing}
    ${this.input("from", msg("Start", { id: "admin.request.file.from" }), "datetime-local")} ${this.input("to", msg("End", { id: "admin.request.file.to" }), "datetime-local")}`;
  }

  private correction(): TemplateResult {
    const { punches, zone } = this;
    const nothingThere = punches !== null && punches.length === 0;
    return html`<div><label class="native-label small" for="day">${msg("Day", { id: "admin.request.file.of-day" })}</label><input id="day" class="native" type="date" max=${day(Date.now(), zone)} .value=${this.value("day")} @change=${(event: Event) => {
        this.set("day", (event.target as HTMLInputElement).value);
        this.set("punch", "0");
        void this.readPunches();
      }} /></div>
      ${nothingThere ? html`<p class="small">${msg("No punch of that day can be corrected. What is missing is made up.", { id: "admin.request.file.no-punch" })}</p>` : nothing}
      ${punches === null || nothingThere
        ? nothing
        : html`${this.select("punch", msg("Which punch", { id: "admin.request.outcome.punch" }), punches.map((punch, index) => [String(index), `${directionText(punch.direction)} ${minuteOf(punch.wallMs, zone)}`]), this.value("punch"))}
            ${this.select("change", msg("Correction", { id: "request.kind.correction" }), [["direction", msg("A punch was the other direction", { id: "admin.request.outcome.direction" })], ["time", msg("A punch was at another time", { id: "admin.request.outcome.time" })], ["ignore", msg("A punch does not count", { id: "admin.request.outcome.ignore" })]], this.value("change"))}
            ${this.value("change") === "time" ? this.input("at", msg("Day and time", { id: "admin.request.file.at" }), "datetime-local", day(Date.now(), zone)) : nothing}`}`;
  }

  private input(name: string, label: string, type: string, max?: string): TemplateResult {
    return html`<div><label class="native-label small" for=${name}>${label}</label><input id=${name} class="native" type=${type} max=${max === undefined ? nothing : `${max}T23:59`} .value=${this.value(name)} @input=${(event: Event) => this.set(name, (event.target as HTMLInputElement).value)} /></div>`;
  }

  private area(name: string, label: string): TemplateResult {
    return html`<div><label class="native-label small" for=${name}>${label}</label><textarea id=${name} class="native" rows="2" maxlength=${COMMENT_MAX_LENGTH} .value=${this.value(name)} @input=${(event: Event) => this.set(name, (event.target as HTMLTextAreaElement).value)}></textarea></div>`;
  }

  private select(name: string, label: string, options: readonly (readonly [string, string])[], chosen: string, change = (value: string): void => this.set(name, value)): TemplateResult {
    return html`<div><label class="native-label small" for=${name}>${label}</label><select id=${name} class="native" @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-file-request": FileRequestElement;
  }
}
