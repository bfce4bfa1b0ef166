import type { EpochMs } from "../clock.ts";
import type { ExceptionRequest, StepAction } from "./types.ts";
import { isOpen } from "./workflow.ts";

/** It is reminded of when a quarter of the time is left. */
const REMIND_BEFORE = 0.25;
/** After these somebody else is to act. */
const TURNS: ReadonlySet<StepAction> = new Set<StepAction>(["submitted", "refused-late", "agreed", "approved", "passed-on"]);

export interface DueContext {
  readonly now: EpochMs;
  /** How long each step has, milliseconds. */
  readonly withinMs: number;
  /** When the month of its last day was closed for this person; null while it is open. */
  readonly closedAt: EpochMs | null;
  /** The first day of a swap has begun. */
  readonly begun: boolean;
}

/**
 * What time alone does to a request, one step at a time. A supervisor's goes on to HR at its deadline; HR is reminded again
 * and again; a colleague's answer cannot be given by anybody else, so an unanswered swap ends when its day begins. What
 * was handed in before its month was closed ends with it.
 */
export function dueStep(request: ExceptionRequest, { now, withinMs, closedAt, begun }: DueContext): "expire" | "pass-on" | "remind" | null {
  if (!isOpen(request)) return null;
  if (closedAt !== null && request.submittedAt !== undefined && request.submittedAt < closedAt) return "expire";
  if (request.state === "colleague" && begun) return "expire";
  const { deadlineMs } = request;
  if (deadlineMs === null) return null;
  if (request.state === "supervisor" && now >= deadlineMs) return "pass-on";
  const turn = request.steps.findLastIndex(({ action }) => TURNS.has(action));
  const reminded = request.steps.slice(turn + 1).findLast(({ action, by }) => action === "reminded" && by === "rules");
  if (reminded === undefined) return now >= deadlineMs - withinMs * REMIND_BEFORE ? "remind" : null;
  return now >= deadlineMs && now >= reminded.at + withinMs ? "remind" : null;
}
