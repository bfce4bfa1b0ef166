import { DAY_MARKS } from "./types.ts";
import type { DayResult, LockedDay } from "./types.ts";

/**
 * A closed day as it was closed. What came in afterwards changes nothing and is told.
 *
 * @param now what the day would be if it were open
 */
export function lockedDay({ result, lockedAt }: LockedDay, now: DayResult): DayResult {
  const known = new Set(result.punches.map(({ device, seq }) => `${String(seq)} ${device}`));
  const agreed = new Set(result.requestIds);
  const punches = now.punches.filter(({ device, seq, requestId }) => !known.has(`${String(seq)} ${device}`) && (requestId === undefined || agreed.has(requestId))).length;
  const requests = now.requestIds.filter((id) => !agreed.has(id)).length;
  const count = punches + requests;
  const marks = new Set(result.marks);
  if (count > 0) marks.add("after-lock");
  return {
    ...result,
    state: "locked",
    marks: DAY_MARKS.filter((mark) => marks.has(mark)),
    reasons: [...result.reasons.filter(({ code }) => code !== "locked" && code !== "after-lock"), { code: "locked", at: lockedAt }, ...(count > 0 ? [{ code: "after-lock" as const, count }] : [])],
  };
}
