import type { ClosePair } from "../../src/contracts/matcher.ts";
import type { ComparisonScore } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import type { Gallery } from "./gallery.ts";
import { MOST_PROBES, MOST_ROWS } from "./reference-block.ts";
import { Slices } from "./slices.ts";
import type { Pauses } from "./slices.ts";

/** Pairs that are kept before the least close ones are let go, where the limit is not higher. */
const MOST_PAIRS = 100_000;

/**
 * Pairs of people with a score of at least `minimum` between their means, closest first, at most `limit`. Whoever changes
 * meanwhile is compared anew.
 *
 * @param among only pairs that hold one of these people; null for all
 */
export async function findClosePairs(gallery: Gallery, minimum: number, limit: number, among: readonly PersonId[] | null, pauses: Pauses = new Slices()): Promise<readonly ClosePair[]> {
  const pairs = new Pairs(minimum, limit, among === null ? null : new Set(among));
  const touched = gallery.watch();
  try {
    if (among === null) await compareEverybody(gallery, pairs, pauses);
    else for (const personId of new Set(among)) await compareOne(gallery, personId, pairs, pauses);
    for (const personId of touched) {
      // Whoever is touched once more while being compared comes up once more.
      touched.delete(personId);
      pairs.forget(personId);
      await compareOne(gallery, personId, pairs, pauses);
    }
  } finally {
    gallery.unwatch(touched);
  }
  return pairs.closestFirst();
}

/** Each slot with those behind it, a few at a time. Whoever comes into a slot meanwhile is compared anew. */
async function compareEverybody(gallery: Gallery, pairs: Pairs, pauses: Pauses): Promise<void> {
  for (let first = 0; first < gallery.slots; first += MOST_PROBES) {
    for (let from = first; from < gallery.slots; from += MOST_ROWS) {
      compare(gallery, slotsFrom(first, gallery), from, pairs);
      await pauses.next();
    }
  }
}

async function compareOne(gallery: Gallery, personId: PersonId, pairs: Pairs, pauses: Pauses): Promise<void> {
  for (let from = 0; from < gallery.slots; from += MOST_ROWS) {
    const slot = gallery.slotOf(personId);
    if (slot === undefined) return;
    compare(gallery, [slot], from, pairs);
    await pauses.next();
  }
}

function slotsFrom(first: number, gallery: Gallery): readonly number[] {
  return Array.from({ length: Math.max(0, Math.min(MOST_PROBES, gallery.slots - first)) }, (_, index) => first + index);
}

function compare(gallery: Gallery, probes: readonly number[], from: number, pairs: Pairs): void {
  if (probes.length === 0) return;
  const scores = gallery.compareMeans(probes, from);
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? Number.NEGATIVE_INFINITY;
    if (score < pairs.minimum) continue;
    const one = gallery.personAt(probes[index % MOST_PROBES] ?? -1);
    const other = gallery.personAt(from + Math.floor(index / MOST_PROBES));
    if (one !== undefined && other !== undefined) pairs.add(one, other, score);
  }
}

/** The score of each pair. */
class Pairs {
  /** By the one person, then the other, where the one's identifier is the smaller. */
  readonly #best = new Map<PersonId, Map<PersonId, number>>();
  readonly #limit: number;
  readonly #among: ReadonlySet<PersonId> | null;
  #minimum: number;
  #count = 0;

  constructor(minimum: number, limit: number, among: ReadonlySet<PersonId> | null) {
    this.#minimum = minimum;
    this.#limit = Math.max(0, Math.floor(limit));
    this.#among = among;
  }

  /** A pair of less is of no use. */
  get minimum(): number {
    return this.#minimum;
  }

  add(a: PersonId, b: PersonId, score: number): void {
    if (a === b || (this.#among && !this.#among.has(a) && !this.#among.has(b))) return;
    const [one, other] = a < b ? [a, b] : [b, a];
    const others = this.#best.get(one) ?? new Map<PersonId, number>();
    this.#best.set(one, others);
    const before = others.get(other);
    if (before === undefined) this.#count++;
    if (before === undefined || score > before) others.set(other, score);
    if (this.#count > 2 * Math.max(MOST_PAIRS, this.#limit)) this.#letGo();
  }

  forget(personId: PersonId): void {
    this.#count -= this.#best.get(personId)?.size ?? 0;
    this.#best.delete(personId);
    for (const others of this.#best.values()) {
      if (others.delete(personId)) this.#count--;
    }
  }

  closestFirst(limit = this.#limit): readonly ClosePair[] {
    return [...this.#best]
      .flatMap(([one, others]) => Array.from(others, ([other, score]) => ({ one, other, score: score as ComparisonScore })))
      .sort((a, b) => b.score - a.score || (a.one < b.one || (a.one === b.one && a.other < b.other) ? -1 : 1))
      .slice(0, limit);
  }

  /** A minimum that lets nearly everybody in would fill the memory with pairs that nobody is told of. */
  #letGo(): void {
    const kept = this.closestFirst(Math.max(MOST_PAIRS, this.#limit));
    this.#minimum = kept.at(-1)?.score ?? this.#minimum;
    this.#best.clear();
    this.#count = 0;
    for (const { one, other, score } of kept) this.add(one, other, score);
  }
}
