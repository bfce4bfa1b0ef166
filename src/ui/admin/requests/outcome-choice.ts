import { msg } from "@lit/localize";
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";

import type { RequestFacts } from "../../../app/api/attendance.ts";
import type { PunchUse } from "../../../domain/attendance/engine/types.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";
import type { Direction } from "../../../domain/attendance/types.ts";
import type { AppealOutcome } from "../../../domain/exceptions/types.ts";
import { directionText } from "../../i18n/direction.ts";
import { outcomeWord } from "../../i18n/requests.ts";
import { momentOf } from "./moment-of.ts";
import { minuteOf } from "./words.ts";

type Change = "ignore" | "direction" | "time" | "add";

/** The part of an appeal's decision in which is said what comes of it, with the facts of the day as they stand. */
export class OutcomeChoice {
  #kind: AppealOutcome["kind"] | "" = "";
  #change: Change = "add";
  #punch: PunchUse | null = null;
  #direction: Direction = "in";
  #at = "";
  #day: Day = "";

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly zone: () => string,
  ) {}

  clear(): void {
    this.#kind = "";
    this.#change = "add";
    this.#punch = null;
    this.#at = "";
  }

  /** Null as long as something of it is not chosen. */
  get value(): AppealOutcome | null {
    if (this.#kind === "") return null;
    if (this.#kind !== "corrected") return { kind: this.#kind };
    const wallMs = momentOf(this.#at, this.zone());
    if (this.#change === "add") return wallMs === null ? null : { kind: "corrected", content: { kind: "make-up", day: this.#day, direction: this.#direction, wallMs } };
    const punch = this.#punch;
    if (punch === null) return null;
    const cites = { device: punch.device, seq: punch.seq };
    if (this.#change === "ignore") return { kind: "corrected", content: { kind: "correction", cites, day: this.#day, change: { kind: "ignore" } } };
    if (this.#change === "direction") return { kind: "corrected", content: { kind: "correction", cites, day: this.#day, change: { kind: "direction", direction: punch.direction === "in" ? "out" : "in" } } };
    return wallMs === null ? null : { kind: "corrected", content: { kind: "correction", cites, day: this.#day, change: { kind: "time", wallMs } } };
  }

  shown({ outcomes, request, days }: RequestFacts): TemplateResult | typeof nothing {
    const { content } = request;
    if (outcomes.length === 0 || content.kind !== "appeal") return nothing;
    this.#day = "day" in content.about ? content.about.day : "";
    const punches = (days.find(({ now }) => now.day === this.#day)?.now.punches ?? []).filter(({ requestId }) => requestId === undefined);
    return html`<div>
        <label class="native-label" for="outcome">${msg("What comes of it", { id: "admin.request.outcome" })}</label>
        <select id="outcome" class="native" @change=${(event: Event) => this.#set(() => (this.#kind = (event.target as HTMLSelectElement).value as AppealOutcome["kind"] | ""))}>
          <option value="" ?selected=${this.#kind === ""}>${msg("Choose", { id: "admin.request.outcome.choose" })}</option>
          ${outcomes.map((outcome) => html`<option value=${outcome} ?selected=${outcome === this.#kind}>${outcomeWord(outcome)}</option>`)}
        </select>
      </div>
      ${this.#kind === "corrected" ? this.#correction(punches) : nothing}`;
  }

  #correction(punches: readonly PunchUse[]): TemplateResult {
    const changes: readonly (readonly [Change, string])[] = [
      ["add", msg("A punch that is missing is added", { id: "admin.request.outcome.add" })],
      ...(punches.length === 0
        ? []
        : ([
            ["direction", msg("A punch was the other direction", { id: "admin.request.outcome.direction" })],
            ["time", msg("A punch was at another time", { id: "admin.request.outcome.time" })],
            ["ignore", msg("A punch does not count", { id: "admin.request.outcome.ignore" })],
          ] as const)),
    ];
    const pick = (change: Change): void => {
      this.#change = change;
      this.#punch ??= punches[0] ?? null;
    };
    return html`<div><label class="native-label small" for="change">${msg("Correction", { id: "request.kind.correction" })}</label><select id="change" class="native" @change=${(event: Event) => this.#set(() => pick((event.target as HTMLSelectElement).value as Change))}>${changes.map(([value, words]) => html`<option value=${value} ?selected=${value === this.#change}>${words}</option>`)}</select></div>
      ${this.#change === "add"
        ? html`<div><label class="native-label small" for="way">${msg("Direction", { id: "admin.punch.direction" })}</label><select id="way" class="native" @change=${(event: Event) => this.#set(() => (this.#direction = (event.target as HTMLSelectElement).value === "out" ? "out" : "in"))}>${(["in", "out"] as const).map((direction) => html`<option value=${direction} ?selected=${direction === this.#direction}>${directionText(direction)}</option>`)}</select></div>`
        : html`<div><label class="native-label small" for="punch">${msg("Which punch", { id: "admin.request.outcome.punch" })}</label><select id="punch" class="native" @change=${(event: Event) => this.#set(() => (this.#punch = punches[(event.target as HTMLSelectElement).selectedIndex] ?? null))}>${punches.map((punch) => html`<option ?selected=${punch === this.#punch}>${directionText(punch.direction)} ${minuteOf(punch.wallMs, this.zone())}</option>`)}</select></div>`}
      ${this.#change === "add" || this.#change === "time" ? html`<div><label class="native-label small" for="when">${msg("Day and time", { id: "admin.request.file.at" })}</label><input id="when" class="native" type="datetime-local" .value=${this.#at === "" ? `${this.#day}T09:00` : this.#at} @input=${(event: Event) => this.#set(() => (this.#at = (event.target as HTMLInputElement).value))} /></div>` : nothing}`;
  }

  #set(change: () => void): void {
    change();
    if (this.#at === "" && this.#day !== "") this.#at = `${this.#day}T09:00`;
    this.host.requestUpdate();
  }
}
