import { describe, expect, test } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { UserId } from "../../domain/people/access.ts";
import { lastPeriod } from "../../domain/reports/period.ts";
import { err, ok } from "../../domain/result.ts";
import type { AdministratorSession } from "../api/access.ts";
import type { Report, ReportPlan } from "../api/reports.ts";
import { Subject } from "../observable.ts";
import type { ReportPage } from "./ports.ts";
import { ScheduledReports, type ScheduleParts } from "./schedule.ts";

const PLAN: ReportPlan = { every: "month", kinds: ["summary", "raw"], format: "csv", style: "h:mm" };
const SESSION = { userId: "u-1" as UserId, since: 1 as EpochMs, owed: [] } as unknown as AdministratorSession;

function scene(part: { readonly state?: "ready" | "asks-again" | "gone"; readonly refused?: "access/confirm-needed" | "access/not-allowed"; readonly page?: ReportPage } = {}) {
  let page: ReportPage = part.page ?? { plan: PLAN, last: null };
  const files = new Map<string, string>();
  const session = new Subject<AdministratorSession | null>(null);
  const asked: string[] = [];
  const parts: ScheduleParts = {
    access: { check: () => (part.refused === undefined ? ok({ userId: "u-1" as UserId, name: "Lin", grants: [] }) : err(failure(part.refused))) },
    session,
    reports: {
      make: ({ kind, from, to }) => {
        asked.push(`${kind} ${from} ${to}`);
        return Promise.resolve(ok({ query: { kind, from, to } } as Report));
      },
      export: ({ query: { kind } }, format) => Promise.resolve(ok({ name: `${kind}.${format}`, file: new Blob([kind]) })),
    },
    folder: {
      supported: true,
      choose: () => Promise.resolve(ok()),
      current: () => Promise.resolve({ name: "Payroll", state: part.state ?? "ready" }),
      allow: () => Promise.resolve(ok()),
      forget: () => Promise.resolve(),
      write: async (name, file) => {
        files.set(name, await file.text());
        return ok();
      },
    },
    diary: {
      read: () => Promise.resolve(page),
      write: (next) => {
        page = next;
        return Promise.resolve();
      },
    },
    today: () => "2026-03-02",
    now: () => 5 as EpochMs,
  };
  const schedule = new ScheduledReports(parts);
  schedule.start();
  const signIn = async (since = 1): Promise<void> => {
    session.next({ ...SESSION, since: since as EpochMs });
    await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 40; turn++) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { schedule, files, asked, signIn, page: () => page };
}

test.each([
  { every: "day", today: "2026-03-01", from: "2026-02-28", to: "2026-02-28" },
  { every: "week", today: "2026-03-02", from: "2026-02-23", to: "2026-03-01" },
  { every: "week", today: "2026-03-01", from: "2026-02-16", to: "2026-02-22" },
  { every: "month", today: "2026-03-31", from: "2026-02-01", to: "2026-02-28" },
  { every: "month", today: "2024-03-01", from: "2024-02-01", to: "2024-02-29" },
  { every: "month", today: "2026-01-15", from: "2025-12-01", to: "2025-12-31" },
] as const)("lastPeriod is $from to $to when it is written every $every and today is $today", ({ every, today, from, to }) => {
  expect(lastPeriod(every, today)).toEqual({ from, to });
});

describe("ScheduledReports", () => {
  test("writes what is due into the folder when somebody signs in, once", async () => {
    const { schedule, files, asked, signIn, page } = scene();
    await signIn();
    expect(asked).toEqual(["summary 2026-02-01 2026-02-28", "raw 2026-02-01 2026-02-28"]);
    expect([...files.keys()]).toEqual(["summary.csv", "raw.csv"]);
    expect(page().last).toEqual({ through: "2026-02-28", at: 5, files: ["summary.csv", "raw.csv"] });
    expect(schedule.state.value).toMatchObject({ due: false, failed: null, working: false });
    await signIn(2);
    expect(asked).toHaveLength(2);
  });

  test.each([
    { why: "the browser asks again for the folder", part: { state: "asks-again" } },
    { why: "the folder is gone", part: { state: "gone" } },
    { why: "the second factor is not fresh", part: { refused: "access/confirm-needed" } },
    { why: "the role does not allow it", part: { refused: "access/not-allowed" } },
    { why: "nothing was planned", part: { page: { plan: null, last: null } } },
    { why: "it was written already", part: { page: { plan: PLAN, last: { through: "2026-02-28", at: 1 as EpochMs, files: [] } } } },
  ] as const)("writes nothing by itself when $why", async ({ part }) => {
    const { files, signIn } = scene(part);
    await signIn();
    expect(files.size).toBe(0);
  });

  test("says what is in the way when it is asked to write now", async () => {
    const { schedule } = scene({ state: "asks-again" });
    expect(await schedule.writeNow()).toMatchObject({ ok: false, error: { kind: "backup/folder-refused" } });
    expect(schedule.state.value.failed).toMatchObject({ kind: "backup/folder-refused" });
  });
});
