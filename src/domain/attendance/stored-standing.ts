import * as v from "valibot";
import { FIRST_WEEKS, LAST_WEEKS } from "../biometrics/score-trend.ts";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import type { PersonId } from "../people/types.ts";
import type { Standing } from "./standing.ts";
import type { PunchId } from "./types.ts";

/** Version of a sealed standing's shape, bound into its envelope. */
export const STANDING_SCHEMA = 1;

const whole = v.pipe(v.number(), v.safeInteger());
const time = v.pipe(whole, v.transform((ms) => ms as EpochMs));

const standingPunch = v.strictObject({
  punch: v.strictObject({
    id: v.pipe(v.string(), v.transform((id) => id as PunchId)),
    personId: v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId)),
    deviceId: v.string(),
    siteId: v.string(),
    seq: whole,
    wallMs: time,
    timeState: v.picklist(["T0", "T1", "T2", "T3"]),
    zone: v.string(),
    direction: v.picklist(["in", "out"]),
    directionSource: v.picklist(["auto", "person", "device"]),
    method: v.picklist(["face", "pin", "badge", "attested"]),
    stepUps: v.exactOptional(v.array(v.picklist(["challenge", "second-factor"]))),
    status: v.picklist(["accepted", "suppressed", "undone"]),
    receipt: v.string(),
  }),
  at: v.strictObject({
    wallMs: time,
    monoMs: v.pipe(whole, v.transform((ms) => ms as MonotonicMs)),
    bootId: v.string(),
  }),
});

const trend = v.strictObject({
  enrolledAt: time,
  weeks: v.pipe(v.array(v.strictObject({ week: whole, n: v.pipe(whole, v.minValue(1)), mean: v.pipe(v.number(), v.finite()) })), v.maxLength(FIRST_WEEKS + LAST_WEEKS)),
});

const standing = v.strictObject({
  accepted: v.pipe(v.array(standingPunch), v.maxLength(2)),
  latest: v.nullable(standingPunch),
  /** Standings that were stored before there were trends have none. */
  trend: v.exactOptional(trend),
});

/** Reads an opened value; null when its shape is another. */
export function parseStanding(value: unknown): Standing | null {
  const parsed = v.safeParse(standing, value);
  return parsed.success ? parsed.output : null;
}
