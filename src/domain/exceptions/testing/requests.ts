import type { EpochMs } from "../../clock.ts";
import type { PersonId } from "../../people/types.ts";
import type { ExceptionRequest, RequestContent, RequestId } from "../types.ts";

export const ZONE = "Asia/Shanghai";
export const PERSON = "5a0f8e0e-55a5-4f4f-9a52-2a6f3c6b7d10" as PersonId;

/** A moment by the clock in Shanghai. */
export const at = (local: string): EpochMs => Date.parse(`${local}:00+08:00`) as EpochMs;

export const MAKE_UP: RequestContent = { kind: "make-up", day: "2026-03-02", direction: "in", wallMs: at("2026-03-02T09:00") };

let count = 0;

/** A draft, unless said otherwise. */
export function request(part: Partial<ExceptionRequest> = {}): ExceptionRequest {
  count += 1;
  return {
    id: `request-${String(count)}` as RequestId,
    personId: PERSON,
    content: MAKE_UP,
    reason: "the reader was dark",
    attachments: [],
    state: "draft",
    route: ["supervisor", "hr"],
    passed: 0,
    rulesVersion: 1,
    deadlineMs: null,
    steps: [],
    ...part,
  };
}
