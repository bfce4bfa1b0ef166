import type * as Localize from "@lit/localize";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { DAY_MARKS, type Reason } from "../../domain/attendance/engine/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { duration, markText, reasonSentence, type ReasonWords } from "./reasons.ts";
import { templates } from "./zh-Hans/index.ts";

const { ids } = vi.hoisted(() => ({ ids: [] as string[] }));
vi.mock("@lit/localize", async (original) => {
  const real = await original<typeof Localize>();
  const msg = ((template, options) => {
    ids.push(options?.id ?? "");
    return real.msg(template, options);
  }) as typeof real.msg;
  return { ...real, msg };
});

const at = (time: string): EpochMs => Date.parse(`2026-11-23T${time}:00+08:00`) as EpochMs;
const words: ReasonWords = { zone: "Asia/Shanghai", shiftName: (id) => `shift ${id}`, leaveName: (id) => `leave ${id}`, deviceName: (id) => `tablet ${id}` };

/** One or more of each code: the compiler asks for every one of them. */
const EXAMPLES: { readonly [Code in Reason["code"]]: readonly (Reason & { readonly code: Code })[] } = {
  planned: (["pattern", "roster", "swap"] as const).map((source) => ({ code: "planned", shiftId: "day", source })),
  free: (["rest", "holiday", "not-yet-employed", "left", "exempt"] as const).flatMap((why) => [{ code: "free", why }, { code: "free", why, name: "National Day" }]),
  "called-in": [{ code: "called-in", name: "National Day" }],
  "on-time": [{ code: "on-time", inMs: at("08:55"), outMs: at("18:02") }],
  late: [false, true].flatMap((serious) => [0, 5].map((grace) => ({ code: "late", inMs: at("09:40"), startMs: at("09:00"), minutes: 40, grace, serious }))),
  "within-grace": [{ code: "within-grace", inMs: at("09:03"), grace: 5 }],
  "later-start": [{ code: "later-start", stayedMinutes: 130, laterMinutes: 60 }],
  early: [0, 5].map((grace) => ({ code: "early", outMs: at("17:30"), endMs: at("18:00"), minutes: 30, grace })),
  short: [{ code: "short", requiredMinutes: 240, workedMinutes: 200 }],
  absent: (["no-punch", "too-late", "too-early"] as const).map((why) => ({ code: "absent", why, minutes: 480 })),
  "half-absent": [{ code: "half-absent", minutes: 240 }],
  missing: [{ code: "missing", direction: "in" }, { code: "missing", direction: "out" }],
  "auto-out": [{ code: "auto-out", outMs: at("18:00") }],
  suppressed: [{ code: "suppressed", count: 1 }],
  undone: [{ code: "undone", count: 2 }],
  stray: [{ code: "stray", count: 1 }],
  "made-up": [{ code: "made-up", requestId: "r", wallMs: at("18:00"), direction: "out" }],
  corrected: [{ code: "corrected", requestId: "r" }],
  leave: [{ code: "leave", requestId: "r", minutes: 180 }, { code: "leave", requestId: "r", minutes: 180, leaveKind: "annual" }],
  trip: [{ code: "trip", requestId: "r", minutes: 480 }],
  outing: [{ code: "outing", requestId: "r", minutes: 60 }],
  cancelled: (["leave", "trip", "outing", "overtime", "swap"] as const).map((what) => ({ code: "cancelled", requestId: "r", what })),
  overtime: (["automatic", "request", "after"] as const).flatMap((approval) => (["workday", "rest", "holiday"] as const).map((kind) => ({ code: "overtime", kind, minutes: 120, approval, multiplier: 1.5 }))),
  "overtime-not-counted": (["not-approved", "below-minimum", "above-cap", "not-reckoned", "auto-out"] as const).map((why) => ({ code: "overtime-not-counted", minutes: 20, why })),
  waiting: [{ code: "waiting", why: "not-over" }, { code: "waiting", why: "device", device: "2" }, { code: "waiting", why: "device", device: "2", heardUntil: at("12:00") }],
  outage: [null, at("10:00")].map((toMs) => ({ code: "outage", device: "1", fromMs: at("08:30"), toMs, reason: "camera/unplugged" })),
  "clock-doubt": [{ code: "clock-doubt", count: 1 }],
  "long-day": [{ code: "long-day", hours: 15 }],
  locked: [{ code: "locked", at: at("12:00") }],
  "after-lock": [{ code: "after-lock", count: 1 }],
  "no-rules": [{ code: "no-rules" }],
};

beforeEach(() => {
  ids.length = 0;
});

describe("reasonSentence", () => {
  test.each(Object.entries(EXAMPLES))("reasonSentence is whole in both languages when the reason is %s", (_, reasons) => {
    for (const reason of reasons) {
      ids.length = 0;
      const sentence = reasonSentence(reason, words);
      expect(sentence).toMatch(/^[\p{Lu}\dst].*\.$/u);
      expect(sentence).not.toMatch(/undefined|NaN|null/);
      expect(ids.length).toBeGreaterThan(0);
      for (const id of ids) expect(templates[id], id).toBeDefined();
    }
  });

  test("reasonSentence tells times by the site's clock when it names them", () => {
    expect(reasonSentence(EXAMPLES.late[1]!, words)).toBe("Arrived at 09:40, 40 min after 09:00; up to 5 min are allowed.");
    expect(reasonSentence(EXAMPLES.waiting[2]!, words)).toBe("tablet 2 was last heard of on 23 Nov 2026, 12:00:00: it is judged once its later records are here.");
  });

  test("reasonSentence tells reasons of one code apart when they differ", () => {
    for (const reasons of Object.values(EXAMPLES)) {
      const sentences = reasons.map((reason) => reasonSentence(reason, words));
      const distinct = reasons[0]?.code === "late" || reasons[0]?.code === "free" || reasons[0]?.code === "overtime" ? 3 : reasons.length;
      expect(new Set(sentences).size, sentences[0]).toBeGreaterThanOrEqual(distinct);
    }
  });
});

test.each(DAY_MARKS)("markText has a word in both languages and an icon when the mark is %s", (mark) => {
  const { word, icon } = markText(mark);
  expect(word).not.toBe("");
  expect(icon).not.toBe("");
  expect(ids).toHaveLength(1);
  expect(templates[ids[0] ?? ""]).toMatch(/\p{Script=Han}/u);
});

test("markText has a word of its own for every mark", () => {
  expect(new Set(DAY_MARKS.map((mark) => markText(mark).word)).size).toBe(DAY_MARKS.length);
});

test.each([
  [5, "5 min"],
  [60, "1 h"],
  [125, "2 h 5 min"],
])("duration of %i minutes is %s", (minutes, text) => {
  expect(duration(minutes)).toBe(text);
});
