import { describe, expect, test } from "vitest";
import type { EpochMs } from "../clock.ts";
import type { StoredPerson } from "../people/stored.ts";
import type { EmployeeNumber, PersonId } from "../people/types.ts";
import { commonLength, peopleDifference, standingOf } from "./difference.ts";
import { backupDue, backupOverdue, drillDue, keyRenewalDue } from "./due.ts";
import { backupFileName, parseBackupFileName } from "./file-name.ts";
import { outgrown } from "./keeping.ts";

const DEVICE = "0123456789abcdef0123";
const DAY_MS = 86_400_000;
const at = (ms: number): EpochMs => ms as EpochMs;

function person(id: string, number: string, name = "Ada", consents: StoredPerson["consents"] = []): StoredPerson {
  return { person: { id: id as PersonId, employeeNumber: number as EmployeeNumber, name, department: "", employmentType: "full-time", status: "active", addedAt: at(1) }, consents, pin: null };
}

const mapOf = (...people: readonly StoredPerson[]): ReadonlyMap<PersonId, StoredPerson> => new Map(people.map((one) => [one.person.id, one]));

describe("the name of a backup", () => {
  test.each([
    ["North gate", "daily", "clockface-North_gate-01234567-2026-11-22.age"],
    ["东门/1号", "daily", "clockface-东门_1号-01234567-2026-11-22.age"],
    ["../..", "device-move", "clockface-site-01234567-2026-11-22-move.age"],
  ] as const)("is safe and can be read again when the site is %s", (site, kind, name) => {
    expect(backupFileName(site, DEVICE, "2026-11-22", kind)).toBe(name);
    expect(parseBackupFileName(name)).toEqual({ name, device: "01234567", day: "2026-11-22", kind });
  });

  test("is nobody's when it is another file's", () => {
    for (const name of ["clockface.age", "notes.txt", "clockface-x-01234567-2026-11-22.age.part"]) expect(parseBackupFileName(name)).toBeNull();
  });
});

describe("keeping", () => {
  test("leaves the last thirty, the first of each month, and what is not this device's when a folder grows", () => {
    const days = Array.from({ length: 100 }, (_, index) => new Date(Date.UTC(2026, 0, 10) + index * DAY_MS).toISOString().slice(0, 10));
    const names = days.map((day) => backupFileName("Gate", DEVICE, day, "daily"));
    const others = [backupFileName("Gate", "ffffffffffffffffffff", "2025-01-01", "daily"), backupFileName("Gate", DEVICE, "2025-01-01", "device-move"), "notes.txt"];
    const gone = new Set(outgrown([...others, ...names].reverse(), DEVICE));
    const left = names.filter((name) => !gone.has(name)).map((name) => parseBackupFileName(name)?.day);
    expect(left.slice(-30)).toEqual(days.slice(-30));
    expect(left.slice(0, -30)).toEqual(["2026-01-10", "2026-02-01", "2026-03-01"]);
    expect(others.some((name) => gone.has(name))).toBe(false);
  });
});

describe("what is due", () => {
  test("is one backup a calendar day of the site, and none for a clock that went back", () => {
    const evening = at(Date.UTC(2026, 2, 2, 15, 59));
    expect(backupDue(evening, null, "Asia/Shanghai")).toBe(true);
    expect(backupDue(at(evening + 30_000), evening, "Asia/Shanghai")).toBe(false);
    expect(backupDue(at(evening + 60_000), evening, "Asia/Shanghai")).toBe(true);
    expect(backupDue(at(evening - 5 * DAY_MS), evening, "Asia/Shanghai")).toBe(false);
  });

  test.each([
    [2 * DAY_MS, false],
    [2 * DAY_MS + 1, true],
  ])("is overdue after two days when %i ms have passed", (passed, overdue) => {
    expect(backupOverdue(at(passed), at(0), at(0))).toBe(overdue);
    expect(backupOverdue(at(passed), null, at(0))).toBe(overdue);
  });

  test("is a new key each year and a drill each month, none before the first backup", () => {
    expect(keyRenewalDue(at(365 * DAY_MS), at(0))).toBe(false);
    expect(keyRenewalDue(at(365 * DAY_MS + 1), at(0))).toBe(true);
    expect(drillDue(at(400 * DAY_MS), null, null)).toBe(false);
    expect(drillDue(at(32 * DAY_MS), null, at(0))).toBe(true);
    expect(drillDue(at(32 * DAY_MS), at(20 * DAY_MS), at(0))).toBe(false);
  });
});

describe("the difference of people", () => {
  test("adds, keeps and leaves people when both sides know some", () => {
    const live = mapOf(person("a", "1"), person("b", "2", "Here"), person("c", "3"));
    const backup = [person("a", "1"), person("b", "2", "There"), person("d", "4")];
    const difference = peopleDifference(live, backup, [], false);
    expect(difference).toMatchObject({ kept: ["b"], changed: [], unchanged: 1, onlyHere: 1, erased: [], conflicts: [] });
    expect(difference.added.map((one) => one.person.id)).toEqual(["d"]);
    expect(peopleDifference(live, backup, [], true).changed.map((one) => one.person.name)).toEqual(["There"]);
  });

  test("brings back neither an erased record nor a consent that an erasure ended", () => {
    const consent = { personId: "d" as PersonId, noticeVersion: "1", locale: "en", givenAt: at(5) } as const;
    const tombstones = [
      { personId: "a" as PersonId, what: "record", at: at(9) },
      { personId: "d" as PersonId, what: "face", at: at(9) },
    ] as const;
    const difference = peopleDifference(mapOf(), [person("a", "1"), person("d", "4", "Dan", [consent])], tombstones, false);
    expect(difference.erased).toEqual(["a"]);
    expect(difference.added.map((one) => one.consents)).toEqual([[{ ...consent, withdrawnAt: 9 }]]);
  });

  test("keeps a withdrawal that either side knows when the backup's words are taken", () => {
    const given = { personId: "a" as PersonId, noticeVersion: "1", locale: "en", givenAt: at(5) } as const;
    const difference = peopleDifference(mapOf(person("a", "1", "Here", [{ ...given, withdrawnAt: at(7) }])), [person("a", "1", "There", [given])], [], true);
    expect(difference.changed[0]?.consents).toEqual([{ ...given, withdrawnAt: 7 }]);
  });

  test("tells of a number that two people claim, whatever its case", () => {
    expect(peopleDifference(mapOf(person("a", "x1")), [person("b", "X1")], [], false).conflicts).toEqual([{ employeeNumber: "X1", inBackup: "b", here: "a" }]);
  });
});

describe("the common part of two logs", () => {
  test.each([
    [0, 5, 0, "new"],
    [5, 5, 5, "behind"],
    [9, 5, 5, "behind"],
    [5, 9, 5, "ahead"],
    [9, 7, 3, "forked"],
    [1, 1, 0, "forked"],
  ] as const)("of %i and %i entries is %i: %s", async (ours, theirs, common, standing) => {
    expect(await commonLength(ours, theirs, (seq) => Promise.resolve(seq <= common))).toBe(common);
    expect(standingOf(ours, theirs, common)).toBe(standing);
  });
});
