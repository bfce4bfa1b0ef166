import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { Moment } from "../attendance/moment.ts";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import { lockAfter, lockState, LONGEST_LOCK_MS, oneMore } from "./back-off.ts";
import type { Failures } from "./back-off.ts";
import { drawPin, isTrivialPin } from "./pin.ts";
import { isFormula, readEmploymentType, readHeading, readRow } from "./roster-file.ts";
import { byEmployeeNumber, checkRosterInput, numberKey } from "./roster.ts";
import { sameBytes } from "./secret-hash.ts";
import type { EmploymentType } from "./types.ts";

const moment = (wallMs: number, monoMs = wallMs, bootId = "a"): Moment => ({ wallMs: wallMs as EpochMs, monoMs: monoMs as MonotonicMs, bootId });
const failed = (times: number, at: Moment): Failures | null => Array.from({ length: times }).reduce<Failures | null>((failures) => oneMore(failures, at), null);

describe("the back-off", () => {
  it.each([[1, 0], [4, 0], [5, 30_000], [6, 60_000], [7, 120_000], [9, 480_000], [10, 900_000], [50, 900_000], [5_000, 900_000]])("after %d failures locks for %d ms", (count, ms) => {
    expect(lockAfter(count)).toBe(ms);
  });

  it("ends when its time has passed, and not before", () => {
    const failures = failed(5, moment(1_000));
    expect(lockState(failures, moment(30_999))).toMatchObject({ locked: true, until: 31_000 });
    expect(lockState(failures, moment(31_000))).toEqual({ locked: false });
    expect(lockState(failed(4, moment(1_000)), moment(1_000))).toEqual({ locked: false });
    expect(lockState(null, moment(0))).toEqual({ locked: false });
  });

  it("is not shortened by a wall clock set forward while the page lives", () => {
    expect(lockState(failed(5, moment(1_000, 1_000)), moment(99_000_000, 2_000)).locked).toBe(true);
  });

  test.prop([fc.integer({ min: 5, max: 30 }), fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 1e6 })])(
    "after a clock was set back in a new page life lasts exactly its own length again",
    (count, shift, wait) => {
      const start = 2e12;
      const failures = failed(count, moment(start));
      const now = moment(start + Math.min(shift, -1), 5, "b");
      const state = lockState(failures, now);
      expect(state.locked).toBe(true);
      if (!state.locked) return;
      expect(state.until - now.wallMs).toBe(lockAfter(count));
      expect(state.until - now.wallMs).toBeLessThanOrEqual(LONGEST_LOCK_MS);
      expect(lockState(state.failures, moment(now.wallMs + wait, 5 + wait, "b")).locked).toBe(wait < lockAfter(count));
    },
  );
});

describe("a PIN", () => {
  it.each(["000000", "111111", "123456", "654321", "234567", "987654", "121212", "123123", "112233", "445566", "998877"])("%s is trivial", (pin) => {
    expect(isTrivialPin(pin)).toBe(true);
  });
  it.each(["739146", "804159", "135790", "120934", "110011"])("%s is not", (pin) => {
    expect(isTrivialPin(pin)).toBe(false);
  });

  test.prop([fc.infiniteStream(fc.integer({ min: 0, max: 0xffffffff }))])("is always six digits that nobody would try first", (words) => {
    const pin = drawPin(() => (words.next() as IteratorYieldResult<number>).value);
    expect(pin).toMatch(/^\d{6}$/);
    expect(isTrivialPin(pin)).toBe(false);
  });

  it("is drawn evenly: numbers past the last whole million are drawn again", () => {
    const words = [0xffffffff, 4_294_000_000, 739_146];
    expect(drawPin(() => words.shift() ?? 0)).toBe("739146");
  });
});

describe("a person's facts", () => {
  const facts = (over: Partial<Record<"employeeNumber" | "name" | "department", string>> & { employmentType?: EmploymentType } = {}) =>
    checkRosterInput({ employeeNumber: "A-1", name: "Ada", department: "", employmentType: "full-time", ...over });

  it.each([
    [{ employeeNumber: "" }, "person/number-empty"],
    [{ employeeNumber: "a b" }, "person/number-bad"],
    [{ employeeNumber: "x".repeat(33) }, "person/number-bad"],
    [{ employeeNumber: "=1" }, "person/number-bad"],
    [{ name: " \t " }, "person/name-empty"],
    [{ name: "字".repeat(101) }, "person/name-too-long"],
    [{ department: "字".repeat(101) }, "person/department-too-long"],
    [{ employmentType: "guest" as EmploymentType }, "person/type-unknown"],
  ])("%j are refused: %s", (over, kind) => {
    expect(facts(over)).toMatchObject({ ok: false, error: { kind } });
  });

  it("are tidied: width, blanks, line breaks", () => {
    expect(facts({ employeeNumber: " Ａ－１２ ", name: "Ada\n  Miller\u00a0", department: "甲\u3000乙" })).toMatchObject({ ok: true, value: { employeeNumber: "A-12", name: "Ada Miller", department: "甲 乙" } });
    expect(facts({ name: "𠮷野" })).toMatchObject({ ok: true, value: { name: "𠮷野" } });
  });

  it("have one number whatever its case or width", () => {
    expect(new Set(["ab-1", "AB-1", " aB-1 ", "ＡＢ－１"].map(numberKey)).size).toBe(1);
    expect(numberKey("AB-1")).not.toBe(numberKey("AB-01"));
  });

  it("sort by number", () => {
    expect(["10", "9", "A2", "a10", "1", "0009"].sort(byEmployeeNumber)).toEqual(["1", "0009", "9", "10", "A2", "a10"]);
  });

  test.prop([fc.array(fc.stringMatching(/^[A-Za-z0-9._/-]{1,32}$/), { maxLength: 20 })])("sort in one order wherever they began", (numbers) => {
    expect([...numbers].sort(byEmployeeNumber)).toEqual([...numbers].reverse().sort(byEmployeeNumber));
  });
});

describe("a roster's line", () => {
  it.each(["=1+1", "+CMD", "-x", "@SUM(A1)", "\t=1", " =1", "＝1", "+1-2", "-1+cmd"])("with %j would run as a formula", (cell) => {
    expect(isFormula(cell)).toBe(true);
  });
  it.each(["", "Ada", "1=2", "-12", "+86", "-1.5", "A-1", "张三"])("with %j is plain", (cell) => {
    expect(isFormula(cell)).toBe(false);
  });

  it.each<[string, EmploymentType | null]>([["全职", "full-time"], ["Part Time", "part-time"], ["实习生", "intern"], ["劳务派遣", "dispatched"], ["", "full-time"], ["合伙人", null]])("names the employment type %j: %s", (cell, type) => {
    expect(readEmploymentType(cell)).toBe(type);
  });

  it("has its columns found in any order, and two of them are needed", () => {
    expect(readHeading(["部门", "\uFEFF工号：", "姓名*"])?.positions).toEqual({ employeeNumber: 1, name: 2, department: 0, employmentType: -1 });
    expect(readHeading(["Name", "Department"])).toBeNull();
    expect(readHeading(["1", "Ada"])).toBeNull();
  });

  test.prop([fc.array(fc.string(), { maxLength: 8 })])("of whatever text is either a person or an error", (cells) => {
    const heading = readHeading(["number", "name", "department", "type"]);
    if (!heading) throw new Error("heading");
    const read = readRow(heading, cells);
    expect(read.ok ? read.input.name.length > 0 : read.errors.length > 0).toBe(true);
  });
});

describe("comparing bytes", () => {
  test.prop([fc.uint8Array(), fc.uint8Array()])("says what their content says", (a, b) => {
    expect(sameBytes(a, b)).toBe(a.join() === b.join());
    expect(sameBytes(a, Uint8Array.from(a))).toBe(true);
  });
});
