import type { LeftOut } from "../../src/contracts/matcher.ts";
import type { ComparisonScore } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import type { Gallery } from "./gallery.ts";
import { MOST_PROBES, MOST_ROWS } from "./reference-block.ts";
import { Slices } from "./slices.ts";
import type { Pauses } from "./slices.ts";

interface Kept {
  own: number;
  other: number;
  /** Whose reference `other` is. */
  nearest: PersonId | undefined;
}

/** Everybody's references, each left out once. Whoever changes meanwhile is taken again, and all whom that concerns. */
export async function leaveEachOut(gallery: Gallery, pauses: Pauses = new Slices()): Promise<readonly LeftOut[]> {
  const touched = gallery.watch();
  const waiting = new Set(gallery.personIds);
  const changed = new Set<PersonId>();
  const kept = new Map<PersonId, readonly Kept[]>();
  try {
    for (;;) {
      for (const personId of touched) {
        touched.delete(personId);
        changed.add(personId);
        waiting.add(personId);
        for (const [other, references] of kept) if (references.some(({ nearest }) => nearest === personId)) waiting.add(other);
      }
      const [personId] = waiting;
      if (personId === undefined) break;
      waiting.delete(personId);
      kept.delete(personId);
      const scores = changed.delete(personId) ? new Map<PersonId, number>() : undefined;
      const references = await leaveOut(gallery, personId, scores, pauses);
      if (references.length > 0 && gallery.has(personId)) kept.set(personId, references);
      if (scores) for (const other of whoIsNearer(kept, scores)) waiting.add(other);
    }
  } finally {
    gallery.unwatch(touched);
  }
  return Array.from(kept, ([personId, references]) => ({
    personId,
    references: references.map(({ own, other }) => ({ own: orNull(own), other: orNull(other) })),
  }));
}

/** Those for whom a person with these scores may be nearer than whoever was. */
function whoIsNearer(kept: ReadonlyMap<PersonId, readonly Kept[]>, scores: ReadonlyMap<PersonId, number>): readonly PersonId[] {
  return Array.from(scores)
    .filter(([other, score]) => kept.get(other)?.some((reference) => score > reference.other))
    .map(([other]) => other);
}

/** Compares a person's references with all: the best scores of each, and into `scores`, where it is given, the best with every other person. */
async function leaveOut(gallery: Gallery, personId: PersonId, scores: Map<PersonId, number> | undefined, pauses: Pauses): Promise<readonly Kept[]> {
  const references: Kept[] = [];
  for (let first = 0; first < gallery.rowsOf(personId).length; first += MOST_PROBES) {
    const some: Kept[] = [];
    for (let from = 0; from < gallery.references; from += MOST_ROWS) {
      compare(gallery, personId, gallery.rowsOf(personId).slice(first, first + MOST_PROBES), from, some, scores);
      await pauses.next();
    }
    references.push(...some);
  }
  return references;
}

function compare(gallery: Gallery, personId: PersonId, probeRows: readonly number[], from: number, some: Kept[], scores: Map<PersonId, number> | undefined): void {
  if (probeRows.length === 0) return;
  const found = gallery.compareRows(probeRows, from);
  for (let index = 0; index < found.length; index++) {
    const probe = index % MOST_PROBES;
    if (probe >= probeRows.length) continue;
    const kept = (some[probe] ??= { own: Number.NEGATIVE_INFINITY, other: Number.NEGATIVE_INFINITY, nearest: undefined });
    const score = found[index] ?? Number.NEGATIVE_INFINITY;
    if (!scores && score <= kept.own && score <= kept.other) continue;
    const row = from + Math.floor(index / MOST_PROBES);
    const owner = gallery.ownerOf(row);
    if (owner === personId) {
      if (row !== probeRows[probe] && score > kept.own) kept.own = score;
    } else if (owner !== undefined) {
      if (scores && score > (scores.get(owner) ?? Number.NEGATIVE_INFINITY)) scores.set(owner, score);
      if (score > kept.other) {
        kept.other = score;
        kept.nearest = owner;
      }
    }
  }
}

function orNull(score: number): ComparisonScore | null {
  return score === Number.NEGATIVE_INFINITY ? null : (score as ComparisonScore);
}
