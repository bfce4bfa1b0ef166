import { describe, expect, it } from "vitest";
import type { Entry, TypedBody } from "../../domain/attendance/entries.ts";
import { outageMarksOf, outageSpells } from "./outage-marks.ts";
import { Bucket } from "./facts-bucket.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** `07:50 start camera/gone`, `12:00 boot`, `+1 00:10 punch`: times in UTC, days from the first. */
function logOf(lines: readonly string[], device = "gate"): readonly Entry[] {
  return lines.map((line, index) => {
    const words = line.split(" ");
    const day = words[0]?.startsWith("+") === true ? Number(words.shift()) : 0;
    const [time = "", kind = "", reason = ""] = words;
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    const content = kind === "boot" ? { type: "boot", body: {} } : kind === "punch" ? null : { type: "outage", body: { siteId: "site", phase: kind, reason } };
    const header = { device, seq: index + 1, wallMs: day * DAY_MS + (hours * 60 + minutes) * MINUTE_MS, type: content?.type ?? "punch" };
    return { header, subject: null, content: content as TypedBody | null } as unknown as Entry;
  });
}

const clock = (ms: number | null): string => (ms === null ? "-" : `${ms >= DAY_MS ? `+${String(Math.floor(ms / DAY_MS))} ` : ""}${new Date(ms).toISOString().slice(11, 16)}`);
const told = (...logs: readonly (readonly Entry[])[]): readonly string[] =>
  outageSpells(logs.map((log) => outageMarksOf(log, "site"))).map(({ device, fromMs, toMs, reason, entry }) => `${device} ${clock(fromMs)} > ${clock(toMs)} ${reason} ${String(entry?.seq)}`);

describe("outageSpells", () => {
  it.each([
    { when: "it has ended", log: ["08:00 start camera/gone", "08:10 end camera/gone"], is: ["gate 08:00 > 08:10 camera/gone 1"] },
    { when: "it lasts", log: ["08:00 start camera/gone", "08:10 punch"], is: ["gate 08:00 > - camera/gone 1"] },
    { when: "it was told of twice", log: ["08:00 start camera/gone", "08:05 start camera/frozen", "08:10 end camera/gone"], is: ["gate 08:00 > 08:10 camera/gone 1"] },
    { when: "only its end is there", log: ["08:10 end camera/gone"], is: [] },
    { when: "the tablet was off", log: ["08:00 punch", "09:00 boot", "09:01 punch"], is: ["gate 08:00 > 09:00 device/off 2"] },
    { when: "the tablet was started again at once", log: ["08:00 punch", "08:05 boot"], is: [] },
    { when: "nobody came in a night", log: ["08:00 punch", "+1 00:00 boot"], is: [] },
    { when: "there is nothing before a start", log: ["09:00 boot"], is: [] },
    { when: "the tablet was off during another", log: ["08:00 start camera/gone", "08:01 punch", "09:00 boot", "09:10 end camera/gone"], is: ["gate 08:00 > 09:10 camera/gone 1", "gate 08:01 > 09:00 device/off 3"] },
  ])("outageSpells tells of an outage when $when", ({ log, is }) => {
    expect(told(logOf(log))).toEqual(is);
  });

  it("outageSpells keeps devices apart when their times overlap", () => {
    expect(told(logOf(["08:00 punch", "08:30 start camera/gone"], "yard"), logOf(["08:10 boot", "08:20 end camera/gone"]))).toEqual(["yard 08:30 > - camera/gone 2"]);
  });

  it("outageSpells tells the same when a log is read whole, day by day, by one person's view, or twice over", () => {
    const log = logOf(["23:00 start camera/gone", "23:50 punch", "+1 00:20 boot", "+1 00:30 end camera/gone", "+1 12:00 punch", "+1 13:00 boot"]);
    const whole = outageSpells([outageMarksOf(log, "site")]);
    expect(whole.map(({ reason }) => reason)).toEqual(["camera/gone", "device/off", "device/off"]);
    const bucketOf = (entries: readonly Entry[]): Bucket => {
      const bucket = new Bucket(null);
      for (const entry of entries) bucket.add(entry, "site");
      return bucket;
    };
    const days = [0, 1].map((day) => bucketOf(log.filter(({ header }) => Math.floor(header.wallMs / DAY_MS) === day)));
    expect(outageSpells(days.map(({ outages }) => outages))).toEqual(whole);
    expect(outageSpells([...days.map(({ outages }) => outages), outageMarksOf(log, "site")])).toEqual(whole);
  });
});
