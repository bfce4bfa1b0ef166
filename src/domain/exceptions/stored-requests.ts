import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";
import type { PersonId } from "../people/types.ts";
import { ATTACHMENT_BYTES_AT_MOST, ATTACHMENTS_AT_MOST } from "./types.ts";
import type { BalanceEntry, ExceptionRequest, HealthDeclaration, RequestId } from "./types.ts";

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const personId = v.pipe(v.string(), v.nonEmpty(), v.transform((id) => id as PersonId));
const userId = v.pipe(v.string(), v.nonEmpty(), v.transform((id) => id as UserId));
const requestId = v.pipe(v.string(), v.nonEmpty(), v.transform((id) => id as RequestId));
const day = v.pipe(v.string(), v.isoDate());
const direction = v.picklist(["in", "out"]);
const minutes = v.pipe(v.number(), v.safeInteger());
const entry = v.strictObject({ device: v.string(), seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) });
const approvalStep = v.picklist(["supervisor", "hr"]);
const spell = { fromMs: time, toMs: time };

const health = v.strictObject({
  condition: v.exactOptional(v.picklist(["well", "unwell"])),
  temperature: v.exactOptional(v.pipe(v.number(), v.minValue(34), v.maxValue(43))),
  itinerary: v.exactOptional(v.pipe(v.string(), v.maxLength(500))),
});

const cancellable = [
  v.strictObject({ kind: v.literal("leave"), leaveKind: v.string(), ...spell, minutes }),
  v.strictObject({ kind: v.literal("overtime"), ...spell, minutes, compensation: v.picklist(["pay", "leave"]) }),
  v.strictObject({ kind: v.literal("trip"), ...spell, place: v.string() }),
  v.strictObject({ kind: v.literal("outing"), ...spell, place: v.string() }),
  v.strictObject({ kind: v.literal("swap"), day, withPersonId: personId, withDay: day }),
] as const;

const content = v.variant("kind", [
  v.strictObject({ kind: v.literal("make-up"), day, direction, wallMs: time, outage: v.exactOptional(entry), health: v.exactOptional(health) }),
  ...cancellable,
  v.strictObject({
    kind: v.literal("correction"),
    cites: entry,
    day,
    change: v.variant("kind", [v.strictObject({ kind: v.literal("ignore") }), v.strictObject({ kind: v.literal("direction"), direction }), v.strictObject({ kind: v.literal("time"), wallMs: time })]),
  }),
  v.strictObject({ kind: v.literal("appeal"), about: v.union([v.strictObject({ day }), v.strictObject({ requestId }), v.strictObject({ noteId: v.string() })]) }),
  v.strictObject({ kind: v.literal("cancel"), cancels: requestId, content: v.variant("kind", cancellable) }),
]);

const attachment = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty()),
  type: v.picklist(["image/jpeg", "image/png", "image/webp", "application/pdf"]),
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(ATTACHMENT_BYTES_AT_MOST)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

const requestStep = v.strictObject({
  at: time,
  action: v.picklist(["submitted", "agreed", "approved", "rejected", "withdrawn", "expired", "refused-late", "special-case", "commented", "delegated", "reminded", "passed-on", "noticed", "cancelled"]),
  by: v.pipe(v.string(), v.nonEmpty(), v.transform((id) => id as UserId)),
  as: v.exactOptional(approvalStep),
  comment: v.exactOptional(v.string()),
  late: v.exactOptional(v.picklist(["window", "cut-off", "quota", "locked"])),
  to: v.exactOptional(userId),
  cancelledBy: v.exactOptional(requestId),
  outcome: v.exactOptional(v.picklist(["corrected", "note-withdrawn", "reopened", "answered"])),
  made: v.exactOptional(requestId),
  entry,
});

const storedRequest = v.strictObject({
  id: requestId,
  personId,
  content,
  reason: v.string(),
  attachments: v.pipe(v.array(attachment), v.maxLength(ATTACHMENTS_AT_MOST)),
  state: v.picklist(["draft", "colleague", "supervisor", "hr", "approved", "rejected", "withdrawn", "expired", "late", "cancelled"]),
  route: v.array(approvalStep),
  passed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  submittedAt: v.exactOptional(time),
  onBehalf: v.exactOptional(v.strictObject({ by: userId, reason: v.string() })),
  rulesVersion: v.nullable(v.number()),
  deadlineMs: v.nullable(time),
  delegatedTo: v.exactOptional(userId),
  steps: v.array(requestStep),
  effect: v.exactOptional(entry),
  appeal: v.exactOptional(requestId),
  unseen: v.exactOptional(v.boolean()),
  apart: v.exactOptional(v.literal(true)),
  erased: v.exactOptional(v.strictObject({ health: v.exactOptional(time), attachment: v.exactOptional(time) })),
});

const balanceEntries = v.array(v.strictObject({ leaveKind: v.string(), minutes, reason: v.string(), by: userId, at: time, year: v.pipe(v.number(), v.safeInteger()) }));

/** Reads an opened value; null when its shape is another. */
export function parseRequest(value: unknown): ExceptionRequest | null {
  const parsed = v.safeParse(storedRequest, value);
  return parsed.success ? parsed.output : null;
}

/** Reads an opened value; null when its shape is another. */
export function parseHealth(value: unknown): HealthDeclaration | null {
  const parsed = v.safeParse(health, value);
  return parsed.success ? parsed.output : null;
}

/** Reads an opened value; null when its shape is another. */
export function parseBalanceEntries(value: unknown): readonly BalanceEntry[] | null {
  const parsed = v.safeParse(balanceEntries, value);
  return parsed.success ? parsed.output : null;
}
