import type { DayResult, EngineInput } from "../../domain/attendance/engine/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RecordRing } from "../ports/store.ts";
import type { Facts } from "./facts.ts";

/** Ranges that are kept: a month, the one before, today and a week. */
const RANGES_KEPT = 4;

interface Range {
  readonly ring: RecordRing;
  /** What is the same for everybody, but the time. */
  readonly same: string;
  readonly people: ReadonlyMap<PersonId, { readonly version: number; readonly days: readonly DayResult[] }>;
}

/** Results that cannot have become others since they were worked out. */
export class Reckoned {
  #ranges: readonly Range[] = [];

  /** Of the people of the input those whose days are as they were: nothing was added about them, and no day waits. */
  known(ring: RecordRing, input: EngineInput, versions: readonly number[]): ReadonlyMap<PersonId, readonly DayResult[]> {
    const same = sameOf(input);
    const range = this.#ranges.find((each) => each.ring === ring && each.same === same);
    const found = new Map<PersonId, readonly DayResult[]>();
    if (range === undefined) return found;
    for (const [index, { personId }] of input.people.entries()) {
      const there = range.people.get(personId);
      if (there !== undefined && there.version === versions[index] && there.days.every(isOver)) found.set(personId, there.days);
    }
    return found;
  }

  keep(ring: RecordRing, input: EngineInput, versions: readonly number[], days: ReadonlyMap<PersonId, readonly DayResult[]>): void {
    const same = sameOf(input);
    const before = this.#ranges.find((each) => each.ring === ring && each.same === same);
    const people = new Map(before?.people);
    for (const [index, { personId }] of input.people.entries()) people.set(personId, { version: versions[index] ?? 0, days: days.get(personId) ?? [] });
    this.#ranges = [{ ring, same, people }, ...this.#ranges.filter((each) => each !== before)].slice(0, RANGES_KEPT);
  }
}

const isOver = ({ state }: DayResult): boolean => state === "settled" || state === "locked";

/** Rules and papers have their own way of telling: with them everything here goes. */
function sameOf({ from, to, watermarks, outages }: EngineInput): string {
  // The first is the own device's: the time of asking.
  return JSON.stringify([from, to, watermarks.slice(1), outages]);
}

/** What the engine is given of the facts. */
export function computableOf({ from, to, people, watermarks, outages, now, zone }: Facts): Omit<EngineInput, "book"> {
  return { from, to, people, watermarks, outages, now, ...(zone === undefined ? {} : { zone }) };
}
