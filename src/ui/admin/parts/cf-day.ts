import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { LitElement } from "lit";
import { updateWhenLocaleChanges } from "@lit/localize";
import { customElement, property } from "lit/decorators.js";

import type { DayMark, DayResult, PunchUse } from "../../../domain/attendance/engine/types.ts";
import type { RuleBook } from "../../../domain/attendance/rules/types.ts";
import { shortTime } from "../../../domain/reports/punches.ts";
import { hoursText } from "../../../domain/reports/hours.ts";
import { wallClock, type WallClock } from "../../../domain/reports/wall-clock.ts";
import { reasonSentence, type ReasonWords } from "../../i18n/reasons.ts";
import { markWords } from "../../i18n/mark-words.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { base } from "./styles.ts";

const HOUR_MS = 3_600_000;
/** Marks that want to be looked at; others only tell. */
const CARE: ReadonlySet<DayMark> = new Set<DayMark>(["late", "serious-late", "early", "absent", "half-absent", "missing-in", "missing-out", "short", "clock-doubt", "after-lock", "stray"]);

/** The stretch of time that a picture of the day shows, whole hours, epoch milliseconds. */
export function stretchOf({ periods, punches }: Pick<DayResult, "periods" | "punches">): { readonly fromMs: number; readonly toMs: number } | null {
  const times = [...periods.flatMap(({ startMs, endMs, inMs, outMs }) => [startMs, endMs, inMs ?? startMs, outMs ?? endMs]), ...punches.map(({ wallMs }) => wallMs)].map(Number);
  if (times.length === 0) return null;
  return { fromMs: Math.floor(Math.min(...times) / HOUR_MS) * HOUR_MS - HOUR_MS, toMs: Math.ceil(Math.max(...times) / HOUR_MS) * HOUR_MS + HOUR_MS };
}

/** What shifts, kinds of leave and tablets are called. */
export type DayNames = Omit<ReasonWords, "zone">;

/** By their ids alone. */
export const PLAIN_NAMES: DayNames = { shiftName: (id) => id, leaveName: (id) => id, deviceName: (id) => id };

/** As the site's rules call them, whichever version. */
export function namesOf(book: RuleBook, locale: string): DayNames {
  const shifts = new Map(book.versions.flatMap(({ rules }) => rules.shifts.map(({ id, name }) => [id, name] as const)));
  const leave = new Map(book.versions.flatMap(({ rules }) => rules.leaveKinds.map(({ id, name, nameZh }) => [id, locale === "zh-Hans" ? (nameZh ?? name) : name] as const)));
  return { shiftName: (id) => shifts.get(id) ?? id, leaveName: (id) => leave.get(id) ?? id, deviceName: (id) => id };
}

/** One day of one person: the shift as a band, what was worked on it, every punch, the marks, and why it is so. */
@customElement("cf-day")
export class DayElement extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--cf-space-3);
      }

      .picture {
        position: relative;
        block-size: 88px;
        border-radius: var(--cf-radius-small);
        background: var(--cf-sunken);
        overflow: hidden;
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }

      .picture > * {
        position: absolute;
        inset-inline-start: var(--at);
        inline-size: var(--wide, auto);
      }

      .hour {
        inset-block: 0;
        border-inline-start: 1px solid var(--cf-line);
        padding-inline-start: 4px;
        color: var(--cf-ink-quiet);
      }

      .shift {
        inset-block: 28px 20px;
        border: 2px solid var(--cf-edge);
        border-radius: 6px;
      }

      .worked {
        inset-block: 34px 26px;
        border-radius: 4px;
        background: var(--cf-accent);
        opacity: 0.35;
      }

      .punch {
        inset-block: 22px 14px;
        inline-size: 3px;
        margin-inline-start: -1px;
        background: var(--cf-accent);
      }

      .punch.not {
        background: repeating-linear-gradient(var(--cf-ink-quiet) 0 4px, transparent 4px 8px);
      }

      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }

      ul.punches {
        display: grid;
        gap: 4px;
        padding: 0;
        list-style: none;
        font-variant-numeric: tabular-nums;
      }

      ul.reasons {
        display: grid;
        gap: 4px;
        padding-inline-start: 1.2em;
        color: var(--cf-ink-quiet);
      }

      ul.punches li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }

      .numbers-of {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--cf-space-3);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) result: DayResult | null = null;
  @property() zone = "UTC";
  @property({ attribute: false }) names: DayNames = PLAIN_NAMES;
  #wall: WallClock = wallClock("UTC");

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("zone")) this.#wall = wallClock(this.zone);
  }

  protected override updated(): void {
    // Not as attributes: the page's policy has no room for styles in the document.
    for (const element of this.shadowRoot?.querySelectorAll<HTMLElement>("[data-at]") ?? []) {
      element.style.setProperty("--at", `${element.dataset["at"] ?? "0"}%`);
      if (element.dataset["wide"] !== undefined) element.style.setProperty("--wide", `${element.dataset["wide"]}%`);
    }
  }

  private time(ms: number): string {
    return shortTime(this.#wall(ms), this.result?.day ?? "");
  }

  override render(): TemplateResult | typeof nothing {
    const { result } = this;
    if (result === null) return nothing;
    const words = reportWords();
    const marks = markWords();
    return html`${this.picture(result)}
      <div class="chips">
        <span class="chip">${words.codes["day-kind"][result.dayKind]}${result.calendar === null ? "" : ` · ${result.calendar.name}`}</span>
        <span class="chip">${words.codes.state[result.state]}</span>
        ${result.marks.filter((mark) => mark !== result.state).map((mark) => html`<span class="chip ${CARE.has(mark) ? "care" : ""}">${CARE.has(mark) ? html`<wa-icon name="warning"></wa-icon>` : nothing}${marks[mark]}</span>`)}
      </div>
      ${this.minutes(result)}
      ${result.punches.length === 0
        ? html`<p class="quiet">${msg("No punch on this day.", { id: "day.no-punch" })}</p>`
        : html`<ul class="punches">
            ${result.punches.map((punch) => html`<li><wa-icon name=${punch.direction}></wa-icon><span>${this.time(punch.wallMs)}</span><span>${words.codes.direction[punch.direction]}</span><span class="quiet">${this.meaning(punch, words.codes.use, words.codes.method)}</span></li>`)}
          </ul>`}
      ${result.reasons.length === 0 ? nothing : html`<ul class="reasons">${result.reasons.map((reason) => html`<li>${reasonSentence(reason, { ...this.names, zone: this.zone })}</li>`)}</ul>`}`;
  }

  private meaning({ use, method, requestId }: PunchUse, uses: Readonly<Record<string, string>>, methods: Readonly<Record<string, string>>): string {
    return [requestId === undefined ? methods[method] : msg("made up", { id: "report.mark.made-up" }), uses[use]].join(" · ");
  }

  private minutes({ minutes }: DayResult): TemplateResult {
    const { columns } = reportWords();
    const { overtime } = minutes;
    const shown: readonly (readonly [string, number])[] = [
      ["planned", minutes.planned],
      ["attended", minutes.attended],
      ["late", minutes.late],
      ["early", minutes.early],
      ["absent", minutes.absent],
      ["leave", minutes.leave],
      ["away", minutes.away],
      ["overtime", overtime.workday + overtime.rest + overtime.holiday],
      ["overtime-pending", minutes.overtimePending],
    ];
    return html`<p class="numbers-of">${shown.filter(([id, value]) => value > 0 || id === "planned").map(([id, value]) => html`<span><span class="quiet">${columns[id]}</span> ${hoursText(value, "h:mm")}</span>`)}</p>`;
  }

  private picture(result: DayResult): TemplateResult | typeof nothing {
    const stretch = stretchOf(result);
    if (stretch === null) return nothing;
    const { fromMs, toMs } = stretch;
    const at = (ms: number): string => (((ms - fromMs) / (toMs - fromMs)) * 100).toFixed(2);
    const wide = (from: number, to: number): string => (((to - from) / (toMs - fromMs)) * 100).toFixed(2);
    const hours = Math.round((toMs - fromMs) / HOUR_MS);
    const step = hours > 14 ? 4 : 2;
    const label = result.periods.map(({ startMs, endMs }) => msg(str`Shift from ${this.time(startMs)} to ${this.time(endMs)}`, { id: "day.shift" })).join(", ");
    return html`<div class="picture" role="img" aria-label=${label === "" ? msg("No shift on this day", { id: "day.no-shift" }) : label}>
      ${Array.from({ length: Math.ceil(hours / step) }, (_, index) => fromMs + index * step * HOUR_MS).map((ms) => html`<span class="hour" data-at=${at(ms)}>${this.time(ms).slice(0, 2)}</span>`)}
      ${result.periods.map(({ startMs, endMs }) => html`<span class="shift" data-at=${at(startMs)} data-wide=${wide(startMs, endMs)}></span>`)}
      ${result.periods.map(({ inMs, outMs }) => (inMs === null || outMs === null || outMs <= inMs ? nothing : html`<span class="worked" data-at=${at(inMs)} data-wide=${wide(inMs, outMs)}></span>`))}
      ${result.punches.map(({ wallMs, use }) => html`<span class="punch ${use === "suppressed" || use === "undone" || use === "ignored" ? "not" : ""}" data-at=${at(wallMs)}></span>`)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-day": DayElement;
  }
}
