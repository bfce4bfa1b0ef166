import { Temporal } from "temporal-polyfill";
import type { EpochMs, TimeState } from "../../../clock.ts";
import type { PersonId } from "../../../people/types.ts";
import { book, group, minute, plan, plannedPerson, shift, siteRules, weekly } from "../../rules/testing/rules.ts";
import type { CalendarDay, PersonPlan, RuleBook, RuleGroup, Shift, ShiftPattern, SiteRules } from "../../rules/types.ts";
import type { Direction, DirectionSource, PunchMethod } from "../../types.ts";
import type { ApprovedCorrection, ApprovedSpell, DayResult, EngineInput, EnginePunch, LockedDay, OutageSpell } from "../types.ts";

export const PERSON = "7b0f5f6e-8e1f-4a8f-9d3f-0f5f3a3e9b11" as PersonId;

/** A case as it is written down: times are the site's, `2026-11-23 08:55`. */
export interface Case {
  readonly about: string;
  readonly from: string;
  readonly to?: string;
  /** A week later when absent. */
  readonly now?: string;
  readonly versions?: readonly CaseRules[];
  /** Until when each tablet was heard of: the present when absent. */
  readonly heard?: Readonly<Record<string, string>>;
  /** `2026-11-23 08:55 in`, then any of: a tablet's name as `@yard`, `auto` (chosen by the person otherwise), `device`, `pin`, `suppressed`, `undone`, `T2`, `request=r1`. */
  readonly punches: readonly string[];
  /** Came in after the days were closed: they are closed as they were without these. */
  readonly afterLock?: readonly string[];
  /** `leave annual 2026-11-23 09:00 > 2026-11-23 12:00 r1`. */
  readonly spells?: readonly string[];
  /** `1 ignore r1`, `1 direction out r1`, `1 time 2026-11-23 18:00 r1`: by the punch's place in the list, 1 for the first. */
  readonly corrections?: readonly string[];
  /** `gate 2026-11-23 08:30 > 2026-11-23 09:35 camera/unplugged`. */
  readonly outages?: readonly string[];
  readonly plan?: Partial<PersonPlan>;
  readonly added?: string;
  readonly left?: string;
}

interface CaseRules {
  readonly from?: string;
  readonly zone?: string;
  /** Id, spells, and what else the shift has: `["day", ["9:00-18:00"], { "breaks": ["12:00-13:00"] }]`. */
  readonly shifts?: readonly (readonly [string, readonly string[], CaseShift?])[];
  readonly patterns?: readonly (readonly [string, string, Partial<ShiftPattern>?])[];
  readonly group?: Partial<RuleGroup> & { readonly overtimeRule?: Partial<RuleGroup["overtime"]> };
  readonly calendar?: readonly string[];
  readonly devices?: readonly string[];
}

type CaseShift = Omit<Partial<Shift>, "breaks" | "latestStart"> & { readonly breaks?: readonly string[]; readonly latestStart?: string };

export function rulesOf({ zone, shifts, patterns, group: own, calendar, devices }: CaseRules): SiteRules {
  const base = group("all", "week");
  const { overtimeRule, ...rest } = own ?? {};
  return siteRules({
    ...(zone === undefined ? {} : { zone }),
    ...(shifts === undefined ? {} : { shifts: shifts.map(([id, spells, more]) => shift(id, spells, shiftOf(more))) }),
    ...(patterns === undefined ? {} : { patterns: patterns.map(([id, days, more]) => weekly(id, days, more)) }),
    groups: [{ ...base, ...rest, overtime: { ...base.overtime, ...overtimeRule } }],
    ...(calendar === undefined ? {} : { calendar: calendar.map(calendarDayOf) }),
    ...(devices === undefined ? {} : { devices }),
  });
}

function shiftOf({ breaks, latestStart, ...more }: CaseShift = {}): Partial<Shift> {
  const spell = (text: string): { start: number; end: number; paid: boolean } => {
    const [start = "0:00", end = "0:00"] = text.split("-");
    return { start: minute(start), end: minute(end), paid: false };
  };
  return { ...more, ...(breaks === undefined ? {} : { breaks: breaks.map(spell) }), ...(latestStart === undefined ? {} : { latestStart: minute(latestStart) }) };
}

function calendarDayOf(text: string): CalendarDay {
  const [day = "", kind = "", ...name] = text.split(" ");
  return { day, kind: kind as CalendarDay["kind"], name: name.join(" "), source: "own" };
}

/** The engine's input. @param locked days that were closed before */
export function inputOf(given: Case, locked: readonly LockedDay[] = [], withLate = false): EngineInput {
  const versions = given.versions ?? [{}];
  const rules: RuleBook = book(...versions.map((each) => [each.from ?? "2026-01-01", rulesOf(each)] as const));
  const zone = rules.versions[0]?.rules.zone ?? "UTC";
  const at = (text: string): EpochMs => timeAt(text, zone);
  const to = given.to ?? given.from;
  const now = given.now === undefined ? ((at(`${to} 00:00`) + 7 * 86_400_000) as EpochMs) : at(given.now);
  const punches = [...given.punches, ...(withLate ? (given.afterLock ?? []) : [])].map((text, index) => punchOf(text, index + 1, zone));
  const person = plannedPerson({ ...(given.added === undefined ? {} : { addedAt: at(given.added) }), ...(given.left === undefined ? {} : { leftAt: at(given.left) }), plan: given.plan === undefined ? null : plan(given.plan) });
  return {
    book: rules,
    zone,
    from: given.from,
    to,
    now,
    people: [{ ...person, personId: PERSON, punches, spells: (given.spells ?? []).map((text) => spellOf(text, zone)), corrections: (given.corrections ?? []).map((text) => correctionOf(text, punches, zone)), locked }],
    watermarks: Object.entries(given.heard ?? { gate: null }).map(([device, until]) => ({ device, untilMs: until === null ? now : at(until) })),
    outages: (given.outages ?? []).map((text, index) => outageOf(text, index, zone)),
  };
}

export function timeAt(text: string, zone: string): EpochMs {
  const [day = "", time = "00:00"] = text.split(" ");
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds as EpochMs;
}

const STATES: readonly string[] = ["T0", "T1", "T2", "T3"];

function punchOf(text: string, seq: number, zone: string): EnginePunch {
  const [day = "", time = "", direction = "in", ...words] = text.split(" ");
  const request = words.find((word) => word.startsWith("request="))?.slice(8);
  const word = <T extends string>(known: readonly T[], usual: T): T => known.find((each) => words.includes(each)) ?? usual;
  return {
    device: words.find((each) => each.startsWith("@"))?.slice(1) ?? "gate",
    seq,
    wallMs: timeAt(`${day} ${time}`, zone),
    direction: direction as Direction,
    directionSource: word<DirectionSource>(["auto", "device"], "person"),
    method: word<PunchMethod>(["pin", "badge", "attested"], "face"),
    status: word<EnginePunch["status"]>(["suppressed", "undone"], "accepted"),
    timeState: word(STATES, "T0") as TimeState,
    siteId: "site",
    ...(request === undefined ? {} : { requestId: request }),
  };
}

function spellOf(text: string, zone: string): ApprovedSpell {
  const words = text.split(" ");
  const kind = words.shift() as ApprovedSpell["kind"];
  const leaveKind = kind === "leave" ? words.shift() : undefined;
  const [fromDay = "", from = "", , toDay = "", to = "", requestId = "r"] = words;
  return { requestId, kind, fromMs: timeAt(`${fromDay} ${from}`, zone), toMs: timeAt(`${toDay} ${to}`, zone), ...(leaveKind === undefined ? {} : { leaveKind, paid: true }) };
}

function correctionOf(text: string, punches: readonly EnginePunch[], zone: string): ApprovedCorrection {
  const [place = "1", kind, ...rest] = text.split(" ");
  const cited = punches[Number(place) - 1];
  const cites = { device: cited?.device ?? "", seq: cited?.seq ?? 0 };
  const requestId = rest.at(-1) ?? "";
  if (kind === "direction") return { requestId, cites, change: { kind, direction: rest[0] as Direction } };
  return kind === "time" ? { requestId, cites, change: { kind, wallMs: timeAt(`${rest[0] ?? ""} ${rest[1] ?? ""}`, zone) } } : { requestId, cites, change: { kind: "ignore" } };
}

function outageOf(text: string, index: number, zone: string): OutageSpell {
  const [device = "", fromDay = "", from = "", , toDay = "", to = "", reason = ""] = text.split(" ");
  return { device, siteId: "site", fromMs: timeAt(`${fromDay} ${from}`, zone), toMs: toDay === "" ? null : timeAt(`${toDay} ${to}`, zone), reason, entry: { device, seq: index + 1 } };
}

/** A result as it is written down. */
export interface Told {
  readonly state: string;
  readonly marks: readonly string[];
  /** Those that are not 0: `planned 480, attended 460, late 20, worked 460`. */
  readonly minutes: string;
  /** `day 09:00-18:00 in 08:55 out 18:02`. */
  readonly periods: readonly string[];
  /** `08:55 in`: what each punch was used as. */
  readonly uses: readonly string[];
  readonly reasons: readonly string[];
}

export function told(result: DayResult, zone: string): Told {
  const clock = (ms: number | null): string => (ms === null ? "-" : Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5));
  const { overtime, overtimePending, ...minutes } = result.minutes;
  const all: Readonly<Record<string, number>> = { ...minutes, "overtime-workday": overtime.workday, "overtime-rest": overtime.rest, "overtime-holiday": overtime.holiday, pending: overtimePending };
  return {
    state: result.state,
    marks: result.marks,
    minutes: Object.entries(all).filter(([, value]) => value !== 0).map(([name, value]) => `${name} ${value}`).join(", "),
    periods: result.periods.map(({ shiftId, startMs, endMs, inMs, outMs }) => `${shiftId} ${clock(startMs)}-${clock(endMs)} in ${clock(inMs)} out ${clock(outMs)}`),
    uses: result.punches.map(({ wallMs, use }) => `${clock(wallMs)} ${use}`),
    reasons: result.reasons.map(({ code }) => code),
  };
}
