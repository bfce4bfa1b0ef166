import type { LeftOut } from "../../src/contracts/matcher.ts";
import type { ComparisonScore } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import type { Gallery } from "./gallery.ts";
import { MOST_ROWS } from "./reference-block.ts";
import { Slices } from "./slices.ts";
import type { Pauses } from "./slices.ts";

interface Kept {
  readonly own: number | null;
  other: number;
  /** Whose mean `other` is. */
  nearest: PersonId | undefined;
}

/**
 * Everybody's references, each left out once and compared as the kiosk compares: with the mean of the person's others, and
 * with the means of everybody else. Whoever changes meanwhile is taken again, and all whom that concerns.
 */
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
      const isChanged = changed.delete(personId);
      const references = await leaveOut(gallery, personId, pauses);
      if (references.length > 0 && gallery.has(personId)) kept.set(personId, references);
      if (isChanged) for (const other of await whoIsNearer(gallery, personId, kept, pauses)) waiting.add(other);
    }
  } finally {
    gallery.unwatch(touched);
  }
  return Array.from(kept, ([personId, references]) => ({
    personId,
    references: references.map(({ own, other }) => ({ own: own as ComparisonScore | null, other: other === Number.NEGATIVE_INFINITY ? null : (other as ComparisonScore) })),
  }));
}

/** Compares each of a person's references with the mean of the others, and with everybody else's. */
async function leaveOut(gallery: Gallery, personId: PersonId, pauses: Pauses): Promise<readonly Kept[]> {
  const references: Kept[] = [];
  for (let index = 0; ; index++) {
    const rows = gallery.rowsOf(personId);
    const row = rows[index];
    if (row === undefined) return references;
    const kept: Kept = { own: gallery.scoreWithout(row, rows.toSpliced(index, 1)), other: Number.NEGATIVE_INFINITY, nearest: undefined };
    references.push(kept);
    // A row that moves during a pause belongs to somebody who is taken again.
    for (let from = 0; from < gallery.slots && row < gallery.references; from += MOST_ROWS) {
      takeNearest(gallery, personId, gallery.compareWithMeans(row, from), from, kept);
      await pauses.next();
    }
  }
}

function takeNearest(gallery: Gallery, personId: PersonId, scores: Float32Array, from: number, kept: Kept): void {
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? Number.NEGATIVE_INFINITY;
    if (score <= kept.other) continue;
    const other = gallery.personAt(from + index);
    if (other === undefined || other === personId) continue;
    kept.other = score;
    kept.nearest = other;
  }
}

/** Those for whom the person's new mean is nearer than whoever was. */
async function whoIsNearer(gallery: Gallery, personId: PersonId, kept: ReadonlyMap<PersonId, readonly Kept[]>, pauses: Pauses): Promise<ReadonlySet<PersonId>> {
  const nearer = new Set<PersonId>();
  for (let from = 0; from < gallery.references; from += MOST_ROWS) {
    const slot = gallery.slotOf(personId);
    if (slot === undefined) break;
    const scores = gallery.compareMeanWithRows(slot, from);
    for (let index = 0; index < scores.length; index++) {
      const owner = gallery.ownerOf(from + index);
      if (owner === undefined || owner === personId || nearer.has(owner)) continue;
      const score = scores[index] ?? Number.NEGATIVE_INFINITY;
      if (kept.get(owner)?.some(({ other }) => score > other)) nearer.add(owner);
    }
    await pauses.next();
  }
  return nearer;
}
