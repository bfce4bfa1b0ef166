import { fc, test } from "@fast-check/vitest";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import type { PersonId } from "../people/types.ts";
import { attendanceDay, calendarDay, isTimeZone } from "./day.ts";
import type { Moment } from "./moment.ts";
import { changeable, decidePunch, NO_STANDING, turned, withPunch, withTurned, withUndone } from "./standing.ts";
import type { Standing, StandingPunch } from "./standing.ts";
import { timeState } from "./time-state.ts";
import type { Direction, Punch, PunchId } from "./types.ts";

const ZONE = "Asia/Shanghai";
const SECOND = 1_000;
const HOUR = 3_600_000;

const wall = (local: string, zone = ZONE): EpochMs => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds as EpochMs;
const moment = (wallMs: number, bootId = "a", monoMs = wallMs): Moment => ({ wallMs: wallMs as EpochMs, monoMs: monoMs as MonotonicMs, bootId });

let seq = 0;
function punch(at: Moment, direction: Direction, status: Punch["status"] = "accepted"): StandingPunch {
  seq++;
  return {
    at,
    punch: {
      id: `d:${seq}` as PunchId,
      personId: "p" as PersonId,
      deviceId: "d",
      siteId: "s",
      seq,
      wallMs: at.wallMs,
      timeState: "T0",
      zone: ZONE,
      direction,
      directionSource: "auto",
      method: "face",
      status,
      receipt: "",
    },
  };
}
const after = (...punches: StandingPunch[]): Standing => punches.reduce(withPunch, NO_STANDING);

describe("the automatic direction", () => {
  it.each<[string, string, Direction, string, string, Direction]>([
    ["a morning and an evening", "2026-03-02T08:00", "in", "2026-03-02T17:30", ZONE, "out"],
    ["back from lunch", "2026-03-02T12:00", "out", "2026-03-02T13:00", ZONE, "in"],
    ["a night shift over midnight", "2026-03-02T22:00", "in", "2026-03-03T06:05", ZONE, "out"],
    ["a night shift of twelve hours", "2026-03-02T19:00", "in", "2026-03-03T07:30", ZONE, "out"],
    ["a departure forgotten the day before", "2026-03-02T08:00", "in", "2026-03-03T07:55", ZONE, "in"],
    ["an evening whose departure was forgotten", "2026-03-02T17:00", "in", "2026-03-03T08:00", ZONE, "in"],
    ["a double shift within the day", "2026-03-02T05:00", "in", "2026-03-02T21:00", ZONE, "out"],
    ["more than a double shift", "2026-03-02T05:00", "in", "2026-03-02T21:01", ZONE, "in"],
    ["the night when the clock goes forward", "2026-03-28T22:00", "in", "2026-03-29T06:05", "Europe/Berlin", "out"],
    ["the night when the clock goes back", "2026-10-24T22:00", "in", "2026-10-25T06:05", "Europe/Berlin", "out"],
  ])("suits %s", (_case, first, direction, second, zone, expected) => {
    const standing = after(punch(moment(wall(first, zone)), direction));
    expect(decidePunch(standing, moment(wall(second, zone)), zone, null, null)).toMatchObject({ direction: expected, status: "accepted", directionSource: "auto" });
  });

  it("begins with an arrival", () => {
    expect(decidePunch(NO_STANDING, moment(0), ZONE, null, null)).toEqual({ direction: "in", directionSource: "auto", status: "accepted" });
  });

  it("yields to the device's, and that to the person's", () => {
    expect(decidePunch(NO_STANDING, moment(0), ZONE, null, "out")).toMatchObject({ direction: "out", directionSource: "device" });
    expect(decidePunch(NO_STANDING, moment(0), ZONE, "in", "out")).toMatchObject({ direction: "in", directionSource: "person" });
  });
});

describe("a repeat", () => {
  const start = moment(wall("2026-03-02T08:00"));
  const first = punch(start, "in");
  const later = (ms: number): Moment => moment(start.wallMs + ms);

  it.each<[string, number, Direction | null, Direction | null, "accepted" | "suppressed"]>([
    ["a glance at once", 5 * SECOND, null, null, "suppressed"],
    ["a glance just inside the window", 60 * SECOND - 1, null, null, "suppressed"],
    ["the way out after the window", 60 * SECOND, null, null, "accepted"],
    ["the same direction chosen within five minutes", 299 * SECOND, "in", null, "suppressed"],
    ["the same direction chosen after five minutes", 300 * SECOND, "in", null, "accepted"],
    ["the other direction chosen at once", 2 * SECOND, "out", null, "accepted"],
    ["the same device within five minutes", 200 * SECOND, null, "in", "suppressed"],
    ["a device of the other direction at once", 2 * SECOND, null, "out", "suppressed"],
    ["a device of the other direction after a minute", 61 * SECOND, null, "out", "accepted"],
  ])("is told from a new punch: %s", (_case, ms, chosen, fixed, status) => {
    const decision = decidePunch(after(first), later(ms), ZONE, chosen, fixed);
    expect(decision.status).toBe(status);
    expect(decision.repeats?.id).toBe(status === "suppressed" ? first.punch.id : undefined);
  });

  it("is counted from the last accepted punch, so that it does not go on for ever", () => {
    let standing = after(first);
    for (const ms of [20, 40]) standing = withPunch(standing, punch(later(ms * SECOND), "in", "suppressed"));
    expect(decidePunch(standing, later(61 * SECOND), ZONE, null, null).status).toBe("accepted");
  });

  it("is measured by the monotonic clock within a page life", () => {
    const setForward = moment(start.wallMs + 8 * HOUR, "a", start.monoMs + 5 * SECOND);
    expect(decidePunch(after(first), setForward, ZONE, null, null).status).toBe("suppressed");
  });

  it("is not assumed when the clock was set back between two page lives", () => {
    expect(decidePunch(after(first), moment(start.wallMs - HOUR, "b", 0), ZONE, null, null).status).toBe("accepted");
  });
});

describe("changing a punch", () => {
  const start = moment(wall("2026-03-02T08:00"));

  it("turns it round, also a suppressed one", () => {
    const repeat = punch(moment(start.wallMs + 10 * SECOND), "in", "suppressed");
    const standing = withPunch(after(punch(start, "in")), repeat);
    const changed = { ...repeat, punch: turned(repeat.punch) };
    expect(changed.punch).toMatchObject({ direction: "out", status: "accepted", directionSource: "person" });
    expect(withTurned(standing, changed).accepted.map((one) => one.punch.direction)).toEqual(["out", "in"]);
  });

  it("brings back the punch before when the latest is taken back", () => {
    const [morning, evening] = [punch(start, "in"), punch(moment(start.wallMs + 9 * HOUR), "out")];
    const undone = withUndone(after(morning, evening), { ...evening, punch: { ...evening.punch, status: "undone" } });
    expect(decidePunch(undone, moment(start.wallMs + 9 * HOUR + 5 * SECOND), ZONE, null, null)).toMatchObject({ direction: "out", status: "accepted" });
  });

  it("is refused for another's punch, an older one, one taken back, and after a minute", () => {
    const [first, second] = [punch(start, "in"), punch(moment(start.wallMs + HOUR), "out")];
    const now = moment(start.wallMs + HOUR + 60 * SECOND);
    expect(changeable(after(first, second), second.punch, now)).toEqual({ found: second });
    expect(changeable(after(first, second), second.punch, moment(now.wallMs + 1))).toEqual({ refused: "too-late" });
    expect(changeable(after(first, second), first.punch, now)).toEqual({ refused: "too-late" });
    expect(changeable(after(first), second.punch, now)).toEqual({ refused: "no-such-punch" });
    const gone = { ...second, punch: { ...second.punch, status: "undone" as const } };
    expect(changeable(withUndone(after(first, second), gone), second.punch, now)).toEqual({ refused: "no-such-punch" });
  });
});

describe("any run of punches", () => {
  const steps = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 20 * HOUR }), chosen: fc.constantFrom<(Direction | null)[]>(null, null, "in", "out") }), { maxLength: 40 });

  test.prop([steps])("never has two accepted punches of one direction within five minutes, nor any two unchosen within one", (run) => {
    let at = wall("2026-03-02T08:00") as number;
    let standing = NO_STANDING;
    let last: { at: number; direction: Direction } | null = null;
    for (const { afterMs, chosen } of run) {
      at += afterMs;
      const decision = decidePunch(standing, moment(at), ZONE, chosen, null);
      standing = withPunch(standing, punch(moment(at), decision.direction, decision.status));
      if (decision.status === "suppressed") continue;
      if (last && last.direction === decision.direction) expect(at - last.at).toBeGreaterThanOrEqual(300 * SECOND);
      if (last && chosen === null) expect(at - last.at).toBeGreaterThanOrEqual(60 * SECOND);
      last = { at, direction: decision.direction };
    }
  });

  test.prop([steps])("leaves at most two accepted punches to remember, newest first", (run) => {
    let at = 0;
    let standing = NO_STANDING;
    for (const { afterMs, chosen } of run) {
      at += afterMs;
      const { direction, status } = decidePunch(standing, moment(at), ZONE, chosen, null);
      standing = withPunch(standing, punch(moment(at), direction, status));
    }
    const [newest, before] = standing.accepted;
    expect(standing.accepted.length).toBeLessThanOrEqual(2);
    if (newest && before) expect(newest.at.wallMs).toBeGreaterThanOrEqual(before.at.wallMs);
  });
});

describe("the attendance day", () => {
  it.each([
    ["2026-03-02T04:00", ZONE, "2026-03-02"],
    ["2026-03-02T03:59", ZONE, "2026-03-01"],
    ["2026-03-01T00:30", ZONE, "2026-02-28"],
    ["2026-03-29T03:30", "Europe/Berlin", "2026-03-28"],
    ["2026-10-25T04:00", "Europe/Berlin", "2026-10-25"],
  ])("of %s in %s is %s", (local, zone, day) => {
    expect(attendanceDay(wall(local, zone), zone)).toBe(day);
  });

  test.prop([fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Apia")])(
    "is the calendar day or the one before",
    (ms, zone) => {
      const days = Temporal.PlainDate.from(attendanceDay(ms as EpochMs, zone)).until(calendarDay(ms as EpochMs, zone)).days;
      expect([0, 1]).toContain(days);
    },
  );

  it.each([["Asia/Shanghai", true], ["UTC", true], ["Asia/Atlantis", false], ["+08:00", false], ["", false], ["../etc", false]])("knows the zone %s: %s", (zone, known) => {
    expect(isTimeZone(zone)).toBe(known);
  });
});

describe("the time state", () => {
  const base = { baseWallMs: 1_000_000 as EpochMs, baseMonoMs: 0 as MonotonicMs, latestWallMs: 1_000_000 as EpochMs };
  it.each([
    ["never", 1_010_000, 10_000, "T3"],
    ["earlier", 1_010_000, 10_000, "T1"],
    ["this-session", 1_010_000, 10_000, "T0"],
    ["this-session", 1_070_000, 10_000, "T0"],
    ["this-session", 1_070_001, 10_000, "T2"],
    ["this-session", 1_000_000, 60_001, "T2"],
    ["earlier", 998_000, 0, "T1"],
    ["earlier", 997_999, 0, "T2"],
    ["never", 997_999, 0, "T2"],
  ] as const)("anchored %s at wall %d and monotonic %d is %s", (anchored, wallMs, monoMs, expected) => {
    expect(timeState(wallMs as EpochMs, monoMs as MonotonicMs, { ...base, anchored })).toBe(expected);
  });

  it("does not ask an empty log for the time", () => {
    expect(timeState(0 as EpochMs, 0 as MonotonicMs, { anchored: "earlier", baseWallMs: 0 as EpochMs, baseMonoMs: 0 as MonotonicMs, latestWallMs: null })).toBe("T1");
  });
});
