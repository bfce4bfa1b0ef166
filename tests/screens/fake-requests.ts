import type { EntryRef } from "../../src/domain/attendance/engine/types.ts";
import type { ExceptionRequest, Feedback, RequestContent, RequestId, RequestState, RequestStep, ViolationNote } from "../../src/domain/exceptions/types.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import type { UserId } from "../../src/domain/people/access.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { when } from "./fake-days.ts";

const LIN = "00000000-0000-4000-8000-000000000001" as UserId;
const MAREN = "00000000-0000-4000-8000-000000000002" as UserId;
const ref = (seq: number): EntryRef => ({ device: "device-1", seq });

function request(index: number, who: number, content: RequestContent, reason: string, state: RequestState, at: EpochMs, part: Partial<ExceptionRequest> = {}): ExceptionRequest {
  const steps: RequestStep[] = [{ at, action: "submitted", by: "self", entry: ref(9_000 + index * 10) }];
  const step = (action: RequestStep["action"], by: RequestStep["by"], hours: number, more: Partial<RequestStep> = {}): void => {
    steps.push({ at: (at + hours * 3_600_000) as EpochMs, action, by, entry: ref(9_000 + index * 10 + steps.length), ...more });
  };
  if (state === "hr" || state === "approved") step("approved", MAREN, 3, { as: "supervisor" });
  if (state === "approved") step("approved", LIN, 6, { as: "hr" });
  if (state === "rejected") step("rejected", MAREN, 5, { as: "supervisor", comment: "The line was running; please ask again with the shift leader's note." });
  if (state === "late") step("refused-late", "rules", 0, { late: "window" });
  return {
    id: `r-${index}` as RequestId,
    personId: `p-${who}` as PersonId,
    content,
    reason,
    attachments: [],
    state,
    route: ["supervisor", "hr"],
    passed: state === "approved" ? 2 : state === "hr" ? 1 : 0,
    submittedAt: at,
    rulesVersion: 2,
    deadlineMs: state === "supervisor" || state === "hr" ? ((at + 48 * 3_600_000) as EpochMs) : null,
    steps,
    ...part,
  };
}

/** What people asked for in February and early March, decided and not. */
export const REQUESTS: readonly ExceptionRequest[] = [
  request(1, 0, { kind: "make-up", day: "2026-02-27", direction: "out", wallMs: when("2026-02-27", 1080), health: { condition: "well", temperature: 36.5 } }, "Went to the dentist straight from the line and forgot to punch.", "supervisor", when("2026-03-01", 620)),
  request(2, 5, { kind: "make-up", day: "2026-02-03", direction: "in", wallMs: when("2026-02-03", 540) }, "门口停电，没有打上卡。", "late", when("2026-02-11", 545)),
  request(3, 1, { kind: "leave", leaveKind: "annual", fromMs: when("2026-03-09", 540), toMs: when("2026-03-10", 1080), minutes: 960 }, "回老家办事。", "hr", when("2026-02-28", 700)),
  request(4, 4, { kind: "overtime", fromMs: when("2026-02-02", 1020), toMs: when("2026-02-02", 1110), minutes: 90, compensation: "pay" }, "Year-end stock count.", "supervisor", when("2026-02-02", 1130)),
  request(5, 2, { kind: "trip", fromMs: when("2026-02-24", 540), toMs: when("2026-02-25", 1080), place: "Suzhou" }, "Acceptance of the new press.", "approved", when("2026-02-20", 600)),
  request(6, 5, { kind: "outing", fromMs: when("2026-02-26", 840), toMs: when("2026-02-26", 960), place: "税务局" }, "办理发票。", "approved", when("2026-02-25", 900)),
  request(7, 6, { kind: "correction", cites: ref(4_120), day: "2026-02-10", change: { kind: "direction", direction: "in" } }, "I pressed the wrong direction.", "approved", when("2026-02-10", 1100)),
  request(8, 2, { kind: "appeal", about: { day: "2026-02-12" } }, "I was at the supplier's all day; the trip was not entered.", "hr", when("2026-02-28", 1000)),
  request(9, 8, { kind: "swap", day: "2026-03-05", withPersonId: "p-9" as PersonId, withDay: "2026-03-06" }, "Parents' evening at school.", "colleague", when("2026-03-01", 1000)),
  request(10, 7, { kind: "leave", leaveKind: "personal", fromMs: when("2026-02-20", 540), toMs: when("2026-02-20", 720), minutes: 180 }, "搬家。", "rejected", when("2026-02-13", 800)),
  request(11, 3, { kind: "make-up", day: "2026-02-22", direction: "out", wallMs: when("2026-02-22", 1800), outage: ref(3_811) }, "The camera was down when I left.", "supervisor", when("2026-02-23", 500)),
  request(12, 9, { kind: "make-up", day: "2026-02-24", direction: "out", wallMs: when("2026-02-24", 1085) }, "下班时手机导航，忘了打卡。", "supervisor", when("2026-02-25", 545), { onBehalf: { by: MAREN, reason: "Hand in plaster" } }),
];

export const NOTES: readonly ViolationNote[] = [
  { id: "n-1", personId: "p-2" as PersonId, day: "2026-02-12", kind: "note", text: "Not at work and not reachable by telephone; says the trip was not entered. To be cleared up with the appeal.", by: MAREN, at: when("2026-02-13", 600) },
  { id: "n-2", personId: "p-2" as PersonId, day: "2026-02-06", kind: "warning", text: "Third time late this quarter; spoken to on the same day.", by: LIN, at: when("2026-02-06", 1000), withdrawn: { by: LIN, at: when("2026-02-09", 560), reason: "The bus line was suspended: not the person's doing." } },
];

export const FEEDBACK: readonly Feedback[] = [
  { id: "f-1", personId: null, topic: "technical", text: "早上阳光直射的时候要等很久才能认出来。", at: when("2026-03-01", 540), state: "open" },
  { id: "f-2", personId: "p-4" as PersonId, topic: "management", text: "Could the flexible start be extended to half past ten on Mondays?", at: when("2026-02-27", 1020), state: "open" },
  { id: "f-3", personId: "p-1" as PersonId, topic: "technical", text: "声音有点大，夜班时很吵。", at: when("2026-02-20", 1330), state: "answered", answer: { by: LIN, at: when("2026-02-21", 600), text: "Quiet hours are set from 22:00 to 06:00 now. Thank you." } },
  { id: "f-4", personId: null, topic: "other", text: "谢谢，打卡比以前快多了。", at: when("2026-02-18", 545), state: "answered", answer: { by: LIN, at: when("2026-02-24", 600), text: "谢谢您的反馈！" } },
];
