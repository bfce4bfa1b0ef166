import { describe, expect, it } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import { attemptOf, foldPunches, parseBody, parseHeader, punchOf, receiptOf } from "./entries.ts";
import type { Entry, TypedBody } from "./entries.ts";

const PERSON = "5f4dcc3b-0000-4000-8000-000000000001";
const OTHER = "5f4dcc3b-0000-4000-8000-000000000002";

function entry(seq: number, type: TypedBody["type"], body: unknown): Entry {
  return {
    header: { v: 1, device: "d", bootId: "b", seq, type, wallMs: (seq * 1000) as EpochMs, monoMs: seq as MonotonicMs, timeState: "T0", bodyCommit: new Uint8Array(32), prev: new Uint8Array(32) },
    leaf: new Uint8Array(32),
    receipt: receiptOf(seq, new Uint8Array(32)),
    subject: null,
    content: parseBody(type, body),
  };
}
const punched = (seq: number, status = "accepted"): Entry =>
  entry(seq, "punch", { personId: PERSON, employeeNumber: "1", siteId: "s", zone: "UTC", direction: "in", directionSource: "auto", method: "face", status });

describe("entries", () => {
  it("are quoted by number and hash", () => {
    expect(receiptOf(123, Uint8Array.of(0x7f, 0x3a, 0x9c, 0x21, 0xff))).toBe("000123-7F3A9C21");
    expect(receiptOf(12_345_678, new Uint8Array(32))).toBe("12345678-00000000");
  });

  it("that cite a punch change how it reads, and never the others", () => {
    const folded = foldPunches([
      punched(1),
      punched(2, "suppressed"),
      punched(3),
      entry(4, "punch-direction", { cites: 2, personId: PERSON, direction: "out" }),
      entry(5, "punch-undone", { cites: 3, personId: PERSON }),
      entry(6, "punch-direction", { cites: 3, personId: PERSON, direction: "out" }),
      entry(7, "punch-undone", { cites: 1, personId: OTHER }),
      entry(8, "punch-undone", { cites: 99, personId: PERSON }),
    ]);
    expect(folded.map((punch) => [punch.seq, punch.direction, punch.status, punch.directionSource])).toEqual([
      [1, "in", "accepted", "auto"],
      [2, "out", "accepted", "person"],
      [3, "in", "undone", "auto"],
    ]);
  });

  it("are refused in another shape than their type's", () => {
    expect(parseBody("punch", { personId: PERSON })).toBeNull();
    expect(parseBody("attempt", { siteId: "s", kind: "no-candidate", picture: "x" })).toBeNull();
    expect(parseBody("erased", { personId: "not an id", reason: "person-left" })).toBeNull();
    expect(parseHeader({ ...punched(1).header })).not.toBeNull();
    expect(parseHeader({ ...punched(1).header, seq: 0 })).toBeNull();
    expect(parseHeader({ ...punched(1).header, prev: new Uint8Array(31) })).toBeNull();
    expect(parseHeader({ ...punched(1).header, type: "punch-deleted" })).toBeNull();
  });

  it("give a punch or an attempt only where they are one", () => {
    expect(punchOf(punched(1))?.id).toBe("d:1");
    expect(attemptOf(punched(1))).toBeNull();
    expect(attemptOf(entry(2, "attempt", { siteId: "s", kind: "ambiguous" }))?.kind).toBe("ambiguous");
    expect(punchOf({ ...punched(1), content: null })).toBeNull();
  });
});
