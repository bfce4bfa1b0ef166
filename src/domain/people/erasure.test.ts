import { describe, expect, test } from "vitest";
import type { EpochMs } from "../clock.ts";
import { certificateNumber, DONE_KEPT, NO_ERASURES, parseErasures, withDone, withPending } from "./erasure.ts";
import type { DoneErasure, PendingErasure } from "./erasure.ts";
import type { PersonId } from "./types.ts";

const id = (n: number): PersonId => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}` as PersonId;
const asked = (n: number, what: "face" | "record" = "face"): PendingErasure => ({ certificate: `c${String(n)}${what}`, personId: id(n), what, reason: "asked", by: "self", askedAt: 1_000 as EpochMs });
const done = (n: number): DoneErasure => ({ ...asked(n), doneAt: 2_000 as EpochMs, epochs: [1, 2], bytes: "destroyed", seq: n });

describe("the book of erasures", () => {
  test("holds one person's face once, and the record beside it", () => {
    const book = withPending(withPending(NO_ERASURES, [asked(1), asked(1)]), [{ ...asked(1), certificate: "again" }, asked(1, "record")]);
    expect(book.pending.map(({ certificate }) => certificate)).toEqual(["c1face", "c1record"]);
  });

  test("moves what was carried out, and leaves the rest", () => {
    const book = withDone(withPending(NO_ERASURES, [asked(1), asked(2)]), [done(1)]);
    expect(book.pending).toEqual([asked(2)]);
    expect(book.done).toEqual([done(1)]);
  });

  test("lets the oldest go when there are very many", () => {
    const many = Array.from({ length: DONE_KEPT + 3 }, (_, index) => done(index + 1));
    const { done: kept } = withDone(NO_ERASURES, many);
    expect(kept).toHaveLength(DONE_KEPT);
    expect(kept[0]).toEqual(done(4));
  });

  test("is read back as it was written, and not with a field too many", () => {
    const book = withDone(withPending(NO_ERASURES, [asked(1), asked(2)]), [done(1)]);
    expect(parseErasures(book)).toEqual(book);
    expect(parseErasures({ ...book, name: "Li" })).toBeNull();
  });
});

test.each([
  ["2026-11-22", 0x7f3a9c21, "20261122-7F3A9C21"],
  ["2026-01-02", 1, "20260102-00000001"],
  ["2026-01-02", -1, "20260102-FFFFFFFF"],
])("certificateNumber of %s and %d is %s", (day, random, number) => {
  expect(certificateNumber(day, random)).toBe(number);
});
