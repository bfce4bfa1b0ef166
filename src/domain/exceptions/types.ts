import type { ApprovalStep, Day, HealthField, Month } from "../attendance/rules/types.ts";
import type { EntryRef } from "../attendance/engine/types.ts";
import type { Direction } from "../attendance/types.ts";
import type { Brand } from "../brand.ts";
import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";
import type { PersonId } from "../people/types.ts";

/** A random UUID. */
export type RequestId = Brand<string, "RequestId">;

export const REQUEST_KINDS = ["make-up", "leave", "overtime", "trip", "outing", "swap", "correction", "appeal", "cancel"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Asked for when the site's rules say so: health is the most private of data, and is read by whoever decides alone. */
export interface HealthDeclaration {
  readonly condition?: "well" | "unwell";
  /** Degrees Celsius, 34.0 to 43.0, one decimal. */
  readonly temperature?: number;
  /** Up to 500 characters. */
  readonly itinerary?: string;
}

/** A file that was given with a request: its bytes lie sealed beside it, under a key of their own. */
export interface Attachment {
  readonly id: string;
  readonly type: "image/jpeg" | "image/png" | "image/webp" | "application/pdf";
  /** At most {@link ATTACHMENT_BYTES_AT_MOST}. */
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

export const ATTACHMENT_BYTES_AT_MOST = 5 * 1024 * 1024;
export const ATTACHMENTS_AT_MOST = 3;

/** What can be cancelled once it was approved: what only adds to what is planned or counted. A punch is put right by a correction. */
export type CancellableContent =
  | { readonly kind: "leave"; readonly leaveKind: string; readonly fromMs: EpochMs; readonly toMs: EpochMs; readonly minutes: number }
  | { readonly kind: "overtime"; readonly fromMs: EpochMs; readonly toMs: EpochMs; readonly minutes: number; readonly compensation: "pay" | "leave" }
  | { readonly kind: "trip" | "outing"; readonly fromMs: EpochMs; readonly toMs: EpochMs; readonly place: string }
  | { readonly kind: "swap"; readonly day: Day; readonly withPersonId: PersonId; readonly withDay: Day };

/** What is asked for. Times are epoch milliseconds; days are in the site's zone. */
export type RequestContent =
  | { readonly kind: "make-up"; readonly day: Day; readonly direction: Direction; readonly wallMs: EpochMs; readonly outage?: EntryRef; readonly health?: HealthDeclaration }
  | CancellableContent
  | { readonly kind: "correction"; readonly cites: EntryRef; readonly day: Day; readonly change: { readonly kind: "ignore" } | { readonly kind: "direction"; readonly direction: Direction } | { readonly kind: "time"; readonly wallMs: EpochMs } }
  | { readonly kind: "appeal"; readonly about: { readonly day: Day } | { readonly requestId: RequestId } | { readonly noteId: string } }
  /** Of an approved request, all of it; `content` is what was approved. */
  | { readonly kind: "cancel"; readonly cancels: RequestId; readonly content: CancellableContent };

/**
 * What comes of an appeal that is approved; whoever approves it last says so. `corrected`: of one about a day, a correction or
 * a punch made up, which is asked for and approved with it. `note-withdrawn`: of one about a note. `reopened`: of one about a
 * decision, what was refused is put before HR anew as a request of its own. `answered`: words alone, where nothing in the record
 * is wrong or where what is wrong is put right elsewhere.
 */
export type AppealOutcome = { readonly kind: "corrected"; readonly content: Extract<RequestContent, { readonly kind: "correction" | "make-up" }> } | { readonly kind: "note-withdrawn" } | { readonly kind: "reopened" } | { readonly kind: "answered" };

/**
 * `colleague`: a swap waits for the other person. `late`: after the window or the cut-off (超时), or over the quota: it was
 * refused, and HR can grant it as a special case. `expired`: withdrawn by time, since nobody decided before the month was closed.
 * `cancelled`: it was approved, and a later request that was approved too took it back.
 */
export type RequestState = "draft" | "colleague" | "supervisor" | "hr" | "approved" | "rejected" | "withdrawn" | "expired" | "late" | "cancelled";

export type StepAction = "submitted" | "agreed" | "approved" | "rejected" | "withdrawn" | "expired" | "refused-late" | "special-case" | "commented" | "delegated" | "reminded" | "passed-on" | "noticed" | "cancelled";

/** Why something was refused before anybody looked at it. */
export type LateReason = "window" | "cut-off" | "quota" | "locked";

/** One thing that happened to a request; nothing is taken out again. */
export interface RequestStep {
  readonly at: EpochMs;
  readonly action: StepAction;
  /** A user's id, `self` for the person, `colleague`, or `rules` for what came by time. */
  readonly by: UserId | "self" | "colleague" | "rules";
  /** In which role. */
  readonly as?: ApprovalStep;
  readonly comment?: string;
  readonly late?: LateReason;
  readonly to?: UserId;
  /** The approved request that took this one back. */
  readonly cancelledBy?: RequestId;
  /** Of an appeal: what came of it, and the request that it made. */
  readonly outcome?: AppealOutcome["kind"];
  readonly made?: RequestId;
  /** The entry of the log that holds it. */
  readonly entry: EntryRef;
}

/** A request with everything that happened to it. Sealed under the person's record key. */
export interface ExceptionRequest {
  readonly id: RequestId;
  readonly personId: PersonId;
  readonly content: RequestContent;
  /** Up to 500 characters. */
  readonly reason: string;
  /** What was given with it, also when its bytes have ended. */
  readonly attachments: readonly Attachment[];
  readonly state: RequestState;
  /** The steps that this one has to pass, and how many it has. */
  readonly route: readonly ApprovalStep[];
  readonly passed: number;
  /** Absent for a draft. */
  readonly submittedAt?: EpochMs;
  /** A user who wrote it down for the person, and why; the person is told. */
  readonly onBehalf?: { readonly by: UserId; readonly reason: string };
  /** Version of the rules that window and quota were taken from. */
  readonly rulesVersion: number | null;
  /** Until when the step that it waits for is to be decided. */
  readonly deadlineMs: EpochMs | null;
  /** Decides in place of the supervisor. */
  readonly delegatedTo?: UserId;
  readonly steps: readonly RequestStep[];
  /** The entry that an approved make-up punch added. */
  readonly effect?: EntryRef;
  /** The appeal whose approval made it. */
  readonly appeal?: RequestId;
  /** The person has not seen the last step yet. */
  readonly unseen?: boolean;
  /** Its declaration and its files have keys of their own; those of a request from before lay under the record key. */
  readonly apart?: true;
  /** What came with it is no longer kept, since when. */
  readonly erased?: { readonly health?: EpochMs; readonly attachment?: EpochMs };
}

/** What a form is to say before it is filled in. */
export interface MakeUpAllowance {
  /** -1 without a limit. */
  readonly quota: number;
  readonly used: number;
  /** Including those that wait for a decision. */
  readonly remaining: number;
  /** The quota begins anew. */
  readonly renewsOn: Day;
  /** Last day on which the punch of that day can be made up. */
  readonly lastDay: Day;
  readonly late: LateReason | null;
  readonly health: readonly HealthField[];
  readonly healthRequired: readonly HealthField[];
}

/** The kind of leave that overtime compensated in leave earns; it needs no entry among the site's kinds. */
export const COMPENSATORY = "compensatory";

/** A person's account of one kind of leave, or of compensatory leave ({@link COMPENSATORY}), minutes. */
export interface LeaveBalance {
  readonly leaveKind: string;
  readonly granted: number;
  readonly used: number;
  /** Asked for and not decided. */
  readonly pending: number;
  readonly remaining: number;
}

/** Something put on or taken off a balance by hand, with its reason. */
export interface BalanceEntry {
  readonly leaveKind: string;
  readonly minutes: number;
  readonly reason: string;
  readonly by: UserId;
  readonly at: EpochMs;
  readonly year: number;
}

/** Month of a person: confirmed by the person, closed by HR. Sealed under the person's record key. */
export interface PersonMonth {
  readonly personId: PersonId;
  readonly month: Month;
  readonly confirmed?: { readonly at: EpochMs; readonly by: "self" | UserId; readonly contentHash: string; readonly entry: EntryRef };
  readonly remindedAt?: EpochMs;
  /** The results as they were closed, packed: see domain/attendance/engine/packed.ts. */
  readonly locked?: { readonly at: EpochMs; readonly by: UserId; readonly contentHash: string; readonly days: unknown; readonly entry: EntryRef };
}

/**
 * Written by people about what happened, and never worked out: nothing follows from it by machine. The person can read
 * and appeal it.
 */
export interface ViolationNote {
  readonly id: string;
  readonly personId: PersonId;
  readonly day: Day;
  readonly kind: "note" | "warning";
  readonly text: string;
  readonly by: UserId;
  readonly at: EpochMs;
  /** Who took it back, and why. */
  readonly withdrawn?: { readonly by: UserId; readonly at: EpochMs; readonly reason: string };
}

/** What somebody told us at the kiosk or in the browser. `personId` null: they did not say who they are. */
export interface Feedback {
  readonly id: string;
  readonly personId: PersonId | null;
  readonly topic: "technical" | "management" | "other";
  readonly text: string;
  readonly at: EpochMs;
  readonly state: "open" | "answered";
  readonly answer?: { readonly by: UserId; readonly at: EpochMs; readonly text: string };
}

/** A badge: its code lies hashed; whoever shows it punches. */
export interface Badge {
  readonly personId: PersonId;
  /** SHA-256 of the code's 16 bytes, hex. */
  readonly hash: string;
  readonly issuedAt: EpochMs;
  readonly by: UserId;
}
