import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";

interface Source {
  subscribe(listener: () => void): () => void;
}

/** A value that is worked out anew whenever one of its sources changes, and told of only when it came out otherwise. */
export function derived<T>(sources: readonly Source[], compute: () => T, same: (one: T, other: T) => boolean): Observable<T> {
  const subject = new Subject(compute());
  const follow = (): void => {
    const next = compute();
    if (!same(subject.value, next)) subject.next(next);
  };
  for (const source of sources) source.subscribe(follow);
  return subject;
}

/** For small lists of plain values. */
export const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
