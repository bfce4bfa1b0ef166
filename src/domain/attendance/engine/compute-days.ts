import { isTimeZone } from "../day.ts";
import { addDays, isDay } from "../rules/days.ts";
import { shiftPlanner } from "../rules/shift-on-day.ts";
import type { ShiftOnDay } from "../rules/shift-on-day.ts";
import type { RuleVersion } from "../rules/types.ts";
import { versionOn } from "../rules/version.ts";
import { attach } from "./attach.ts";
import type { OpenDay, Seat } from "./attach.ts";
import { dayResult } from "./day.ts";
import type { Heard } from "./day.ts";
import { lockedDay } from "./locked.ts";
import { minuteOf } from "./segments.ts";
import { seatResult } from "./seat-result.ts";
import type { SeatFacts } from "./seat-result.ts";
import { framesOf, slotsOf } from "./slots.ts";
import type { Frame } from "./slots.ts";
import { spellsOf } from "./spells.ts";
import { stampsOf } from "./stamps.ts";
import type { DayResult, EngineInput, EnginePerson, OutageSpell } from "./types.ts";

/** Days looked at before and after the range, so that night shifts and late departures find their day. */
export const MARGIN_DAYS = 2;

/**
 * Works out days: for each person in the order of the input those from `from` to `to`. A function of its arguments alone,
 * which has an answer to everything: from the same facts the same results, in whatever order they came in.
 *
 * @param onPerson called after each person with how many are done
 */
export function computeDays(input: EngineInput, onPerson?: (done: number) => void): readonly DayResult[] {
  const compute = dayEngine(input);
  const results: DayResult[] = [];
  for (const [index, person] of input.people.entries()) {
    compute(person, (day) => results.push(day));
    onPerson?.(index + 1);
  }
  return results;
}

/** Works out a person's days and hands them over one by one, in their order: a year of them need not be kept. */
export type DayEngine = (person: EnginePerson, take: (day: DayResult) => void) => void;

/** The same for one person at a time: what does not depend on who it is, is worked out once. */
export function dayEngine(site: Omit<EngineInput, "people">): DayEngine {
  const { book, from, to } = site;
  if (!isDay(from) || !isDay(to) || from > to) return () => undefined;
  const first = addDays(from, -MARGIN_DAYS);
  const last = addDays(to, MARGIN_DAYS);
  const frames = framesOf(book, site.zone !== undefined && isTimeZone(site.zone) ? site.zone : "UTC", first, last);
  const plan = shiftPlanner(book, first, last);
  const heard = heardOn(site, frames);
  const outages = outagesOn(site.outages, frames);
  const now = minuteOf(site.now);

  return (person, take) => {
    const planned = plan(person);
    const open = openDays(frames, planned);
    attach(open, stampsOf(person.punches, person.corrections));
    const spells = spellsOf(person.spells);
    const locked = person.locked.length === 0 ? null : new Map(person.locked.map((each) => [each.result.day, each]));
    for (let i = MARGIN_DAYS; i < frames.length - MARGIN_DAYS; i++) {
      const shiftOnDay = planned[i];
      const day = open[i];
      const heardThen = heard[i];
      if (shiftOnDay === undefined || day === undefined || heardThen === undefined) continue;
      const later = laterStart(shiftOnDay, open[i - 1], spells.off, heardThen.until);
      const result = dayResult({ personId: person.personId, planned: shiftOnDay, open: day, spells, heard: heardThen, now, later, outages: outages[i] ?? [] });
      const lock = locked?.get(result.day);
      take(lock === undefined ? tellingCancelled(result, person.cancelled) : lockedDay(lock, result));
    }
  };
}

/** What was cancelled changes nothing by itself; the day says why it is not there. */
function tellingCancelled(result: DayResult, cancelled: EnginePerson["cancelled"] = []): DayResult {
  const told = cancelled.filter(({ from, to }) => from <= result.day && result.day <= to);
  if (told.length === 0) return result;
  const inTurn = [...told].sort((one, other) => (one.requestId < other.requestId ? -1 : 1));
  return { ...result, reasons: [...result.reasons, ...inTurn.map(({ requestId, what }) => ({ code: "cancelled" as const, requestId, what }))] };
}

function openDays(frames: readonly Frame[], planned: readonly ShiftOnDay[]): readonly OpenDay[] {
  const places = placesOf(planned);
  return frames.map((frame, i) => ({ frame, seats: (places[i] ?? []).map(({ slot, nextStart }): Seat => ({ slot, nextStart, stamps: [] })), extra: [], idle: [] }));
}

type Place = Omit<Seat, "stamps">;

/** People who work the same share one list. */
const known = new WeakMap<readonly ShiftOnDay[], readonly (readonly Place[])[]>();

/** For each day its slots in their order, each with where the next begins. */
function placesOf(planned: readonly ShiftOnDay[]): readonly (readonly Place[])[] {
  const there = known.get(planned);
  if (there !== undefined) return there;
  const places: (readonly Place[])[] = [];
  let nextStart = Number.POSITIVE_INFINITY;
  for (const [i, shifts] of [...planned.entries()].reverse()) {
    places[i] = slotsOf(shifts).toReversed().map((slot) => {
      const place = { slot, nextStart };
      nextStart = slot.start;
      return place;
    }).reverse();
  }
  known.set(planned, places);
  return places;
}

/** Who stayed long enough after the end of yesterday's last shift may come later: of all that fit the most. */
function laterStart({ group }: ShiftOnDay, yesterday: OpenDay | undefined, off: SeatFacts["off"], heard: number): SeatFacts["later"] {
  const rules = group?.lateFinish;
  const seat = yesterday?.seats.at(-1);
  if (rules === undefined || rules.length === 0 || yesterday === undefined || seat === undefined || seat.stamps.length === 0) return null;
  const { leftAt } = seatResult({ seat, off, heard, later: null, hourOffset: yesterday.frame.hourOffset });
  if (leftAt === null) return null;
  const stayedMinutes = leftAt - seat.slot.end;
  let laterMinutes = 0;
  for (const rule of rules) if (stayedMinutes >= rule.stayedMinutes) laterMinutes = Math.max(laterMinutes, rule.laterMinutes);
  return laterMinutes > 0 ? { stayedMinutes, laterMinutes } : null;
}

/** Which tablets are waited for: those that the rules of the day name, or all that were ever heard of. */
function heardOn({ book, watermarks, now }: Omit<EngineInput, "people">, frames: readonly Frame[]): readonly Heard[] {
  const byDevice = new Map<string, number>();
  for (const { device, untilMs } of watermarks) byDevice.set(device, Math.max(untilMs, byDevice.get(device) ?? Number.NEGATIVE_INFINITY));
  const known = new Map<RuleVersion | null, Heard>();
  return frames.map(({ day }) => {
    const version = versionOn(book, day);
    const there = known.get(version);
    if (there !== undefined) return there;
    const named = version?.rules.devices ?? [];
    let least: { readonly device: string; readonly untilMs: number | null } | null = null;
    for (const device of named.length > 0 ? named : byDevice.keys()) {
      const untilMs = byDevice.get(device) ?? null;
      if (least === null || (untilMs ?? Number.NEGATIVE_INFINITY) < (least.untilMs ?? Number.NEGATIVE_INFINITY)) least = { device, untilMs };
    }
    const until = least === null ? now : Math.min(now, least.untilMs ?? Number.NEGATIVE_INFINITY);
    const made = { until: minuteOf(until), device: least?.device ?? null, deviceUntilMs: least?.untilMs ?? null };
    known.set(version, made);
    return made;
  });
}

/** Those that touch a day and the one after, so that few are looked at for each person. */
function outagesOn(outages: readonly OutageSpell[], frames: readonly Frame[]): readonly (readonly OutageSpell[])[] {
  const inTurn = [...outages].sort((one, other) => one.fromMs - other.fromMs || (one.device < other.device ? -1 : one.device > other.device ? 1 : 0));
  return frames.map(({ from, to }) => inTurn.filter(({ fromMs, toMs }) => minuteOf(fromMs) <= to + 1440 && (toMs === null || minuteOf(toMs) >= from - 1440)));
}
