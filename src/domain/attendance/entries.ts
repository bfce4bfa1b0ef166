import * as v from "valibot";
import type { EpochMs, MonotonicMs, TimeState } from "../clock.ts";
import { ERASED_KINDS } from "../people/erasure.ts";
import type { EmployeeNumber, PersonId } from "../people/types.ts";
import type { Attempt, Punch, PunchId } from "./types.ts";

/** Version of the header's shape. */
export const HEADER_VERSION = 1;
/** Version of the bodies' shapes, bound into their envelopes. */
export const BODY_SCHEMA = 1;

/**
 * One entry's header. The device's log is a chain of them: each names the hash of the one before and commits to its
 * body, so that a body can be destroyed while the chain still verifies.
 */
export interface EntryHeader {
  readonly v: typeof HEADER_VERSION;
  readonly device: string;
  readonly bootId: string;
  /** 1, 2, 3, ... without gaps. */
  readonly seq: number;
  readonly type: EntryType;
  readonly wallMs: EpochMs;
  /** Whole milliseconds. */
  readonly monoMs: MonotonicMs;
  readonly timeState: TimeState;
  /** SHA-256 of salt and body. */
  readonly bodyCommit: Uint8Array;
  /** Leaf hash of the entry before; 32 zero bytes for the first. */
  readonly prev: Uint8Array;
}

const personId = v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId));
const employeeNumber = v.pipe(v.string(), v.transform((number) => number as EmployeeNumber));
const seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const direction = v.picklist(["in", "out"]);
const locale = v.picklist(["zh-Hans", "en"]);
/** Who did it: a user, `self`, or `nobody` where nobody was signed in. Entries of the first form have none. */
const by = v.exactOptional(v.string());
/** Somebody did it to the employee that they are, there being nobody else who could. */
const own = v.exactOptional(v.literal(true));
const personFacts = v.strictObject({
  by,
  personId,
  employeeNumber,
  name: v.string(),
  department: v.string(),
  employmentType: v.picklist(["full-time", "part-time", "intern", "dispatched"]),
});
const consentFacts = v.strictObject({ by, personId, noticeVersion: v.string(), locale });

/** What each type of entry says. Nothing in the log is ever changed: a correction is an entry that cites another. */
const bodies = {
  punch: v.strictObject({
    personId,
    employeeNumber,
    siteId: v.string(),
    zone: v.string(),
    direction,
    directionSource: v.picklist(["auto", "person", "device"]),
    method: v.picklist(["face", "pin", "badge", "attested"]),
    stepUps: v.exactOptional(v.array(v.picklist(["challenge", "second-factor"]))),
    status: v.picklist(["accepted", "suppressed"]),
    /** The punch that a suppressed one repeats. */
    repeats: v.exactOptional(seq),
  }),
  "punch-direction": v.strictObject({ cites: seq, personId, direction }),
  "punch-undone": v.strictObject({ cites: seq, personId }),
  attempt: v.strictObject({ siteId: v.string(), kind: v.picklist(["no-candidate", "ambiguous", "attack-suspected", "liveness-undecided", "pin-refused"]) }),
  outage: v.strictObject({ siteId: v.string(), phase: v.picklist(["start", "end"]), reason: v.string() }),
  "person-added": personFacts,
  "person-changed": personFacts,
  "person-left": v.strictObject({ personId }),
  "consent-given": consentFacts,
  "consent-withdrawn": consentFacts,
  enrolled: v.strictObject({ by, personId, profile: v.picklist(["accurate", "clear"]), modelSet: v.string(), references: count }),
  erased: v.strictObject({
    personId,
    reason: v.picklist(["consent-withdrawn", "person-left", "retention", "asked", "unused"]),
    what: v.exactOptional(v.picklist(ERASED_KINDS)),
    /** Of enclosures: the requests that they came with. */
    requests: v.exactOptional(v.array(v.string())),
    /** The certificate's number, the epochs before and after, and whether the bytes are gone. */
    certificate: v.exactOptional(v.string()),
    epochs: v.exactOptional(v.tuple([count, count])),
    bytes: v.exactOptional(v.picklist(["destroyed", "pending"])),
  }),
  "pin-issued": v.strictObject({ by, personId, own }),
  /** `user` is absent where nobody of that name is known. `purpose`: a session, a second factor given again, or the tablet's own unlocking. */
  "sign-in": v.strictObject({
    outcome: v.picklist(["accepted", "refused"]),
    user: v.exactOptional(v.string()),
    factor: v.exactOptional(v.picklist(["totp", "passkey", "recovery", "none"])),
    purpose: v.exactOptional(v.picklist(["session", "confirm", "unlock"])),
  }),
  "sign-out": v.strictObject({ user: v.string(), reason: v.picklist(["asked", "idle", "limit", "ended"]) }),
  /** Somebody's record was looked at. `by` is a user, or `self`. */
  viewed: v.strictObject({ personId, by: v.string(), role: v.string(), what: v.picklist(["person", "punches", "certificate", "own-record", "attendance", "request", "health", "attachment"]) }),
  /** A list was looked at; `department` null for everybody. */
  "viewed-list": v.strictObject({ by: v.string(), role: v.string(), what: v.picklist(["people", "punches", "attempts", "recognition", "log", "users", "attendance", "requests", "presence", "report", "plans", "feedback"]), department: v.nullable(v.string()), people: count }),
  /** `segments` of sealed records, which may hold anything about any of the `people`. */
  exported: v.strictObject({ by: v.string(), role: v.string(), what: v.string(), department: v.nullable(v.string()), people: count, segments: v.exactOptional(count), contentHash: v.string() }),
  "user-added": v.strictObject({ user: v.string(), name: v.string(), by: v.string() }),
  "user-changed": v.strictObject({ user: v.string(), changed: v.array(v.string()), by: v.string() }),
  "user-ended": v.strictObject({ user: v.string(), by: v.string() }),
  "role-granted": v.strictObject({ user: v.string(), role: v.string(), department: v.exactOptional(v.string()), expiresAt: v.nullable(v.number()), by: v.string() }),
  "role-ended": v.strictObject({ user: v.string(), role: v.string(), department: v.exactOptional(v.string()), reason: v.picklist(["revoked", "expired", "user-ended"]), by: v.string() }),
  /** `by`: a user, or `self` for the person's own report. */
  frozen: v.strictObject({ personId, by: v.string(), reason: v.string() }),
  "release-asked": v.strictObject({ personId, by: v.string() }),
  released: v.strictObject({ personId, by: v.tuple([v.string(), v.string()]) }),
  hold: v.strictObject({ personId, on: v.boolean(), by: v.string() }),
  /** An erasure was begun; `erased` follows only when the bytes are gone. */
  erasing: v.strictObject({ personId, what: v.picklist(ERASED_KINDS), reason: v.string(), by: v.string(), requests: v.exactOptional(v.array(v.string())) }),
  /** The keys of another epoch are in force. */
  epoch: v.strictObject({ from: count, to: count, reason: v.picklist(["erasure", "age", "restore", "upgrade", "policy"]), bytes: v.picklist(["destroyed", "pending"]) }),
  /** The wall clock and the monotonic one came apart, or the wall clock went back. */
  "time-jump": v.strictObject({ beforeMs: v.number(), afterMs: v.number(), driftMs: v.number() }),
  "time-anchored": v.strictObject({ trustedMs: v.number(), driftMs: v.number() }),
  /** Found at the start: what one copy had lost, and how much of it came back from the other. */
  "data-loss": v.strictObject({ copy: v.picklist(["A", "B", "keys"]), what: v.string(), found: count, rebuilt: count, lost: count, firstSeq: v.exactOptional(seq), lastSeq: v.exactOptional(seq) }),
  quarantined: v.strictObject({ store: v.string(), kind: v.string() }),
  /** A checkpoint was co-signed; `witness` is the first 20 digits of the SHA-256 of the witness's key. */
  witnessed: v.strictObject({ size: count, kind: v.picklist(["hub", "phone"]), witness: v.string() }),
  /** The log is not what was signed of it: by an earlier checkpoint, or by a witness. */
  "log-alarm": v.strictObject({ alarm: v.picklist(["not-extending", "rolled-back", "forked", "hub-refused", "hub-key-changed"]), size: count, witness: v.exactOptional(v.string()) }),
  backup: v.strictObject({ by: v.string(), kind: v.picklist(["daily", "device-move"]), upToSeq: count, people: count, contentHash: v.string() }),
  restored: v.strictObject({ by: v.string(), from: v.string(), upToSeq: count, people: count, contentHash: v.string() }),
  drill: v.strictObject({ by: v.string(), outcome: v.picklist(["passed", "failed"]), upToSeq: count, people: count }),
  "boot-policy": v.strictObject({ policy: v.picklist(["unattended", "attended"]), by: v.string() }),
  /** What became of a new version of the app; `version` is the one that runs. */
  update: v.strictObject({ phase: v.picklist(["activated", "refused", "rolled-back"]), version: v.string(), reason: v.exactOptional(v.string()) }),
  /** The page's policy stopped something: a directive, and how often since the start. */
  violation: v.strictObject({ directive: v.string(), count }),
  /** The store grows short, or is not promised to be kept. */
  "storage-warning": v.strictObject({ level: v.picklist(["low", "critical", "not-persistent"]), usedBytes: count, quotaBytes: count }),
  /** The device was retired: it records no attendance after this. */
  "device-end": v.strictObject({ by: v.string(), reason: v.string() }),
  setup: v.strictObject({ siteId: v.string(), siteName: v.string(), zone: v.string(), lawRegion: v.string(), profile: v.string() }),
  settings: v.strictObject({ by, changed: v.array(v.string()) }),
  /** The camera that was chosen and confirmed, or another one that was found in its place. */
  camera: v.strictObject({ phase: v.picklist(["pinned", "changed"]), label: v.string() }),
  /** A reference was refreshed from a sample at the door, under the site's policy. */
  refreshed: v.strictObject({ personId, references: count }),
  /** A new version of the rules; `contentHash` of its canonical form. */
  rules: v.strictObject({ by: v.string(), version: count, from: v.string(), changed: v.array(v.string()), note: v.string(), contentHash: v.string() }),
  /** What a person works was settled otherwise. */
  plan: v.strictObject({ by: v.string(), personId, cause: v.picklist(["assignment", "roster", "swap", "exempt", "duty"]), from: v.string(), to: v.string(), content: v.string(), own }),
  /** A request was handed in; `content` is its canonical JSON. */
  request: v.strictObject({ personId, request: v.string(), kind: v.string(), content: v.string(), reason: v.string(), attachments: v.array(v.string()), by: v.string(), onBehalf: v.exactOptional(v.string()), appeal: v.exactOptional(v.string()) }),
  /** What happened to a request after that. */
  "request-step": v.strictObject({
    personId,
    request: v.string(),
    action: v.picklist(["submitted", "agreed", "approved", "rejected", "withdrawn", "expired", "refused-late", "special-case", "commented", "delegated", "reminded", "passed-on", "noticed", "cancelled"]),
    state: v.string(),
    by: v.string(),
    as: v.exactOptional(v.picklist(["supervisor", "hr"])),
    comment: v.exactOptional(v.string()),
    late: v.exactOptional(v.picklist(["window", "cut-off", "quota", "locked"])),
    to: v.exactOptional(v.string()),
    /** The approved request that took this one back. */
    cancelledBy: v.exactOptional(v.string()),
    /** Of an approved appeal: what came of it, and the request that it made. */
    outcome: v.exactOptional(v.picklist(["corrected", "note-withdrawn", "reopened", "answered"])),
    made: v.exactOptional(v.string()),
  }),
  /** An approved make-up punch: counts like a punch, and cites the request. */
  "made-up": v.strictObject({ personId, request: v.string(), siteId: v.string(), zone: v.string(), direction, atMs: v.number() }),
  /** An approved correction of a punch, of this device or another. */
  corrected: v.strictObject({ personId, request: v.string(), device: v.string(), cites: seq, change: v.picklist(["ignore", "direction", "time"]), direction: v.exactOptional(direction), atMs: v.exactOptional(v.number()) }),
  /** The person agrees with the month as it was shown. */
  "month-confirmed": v.strictObject({ personId, month: v.string(), by: v.string(), contentHash: v.string() }),
  "month-reminded": v.strictObject({ personId, month: v.string(), by: v.string() }),
  /** The month of a person is closed; `days` are the packed results. */
  "month-locked": v.strictObject({ personId, month: v.string(), by: v.string(), contentHash: v.string(), days: v.string(), own }),
  /** HR closed a month for so many. */
  "month-closed": v.strictObject({ month: v.string(), by: v.string(), department: v.nullable(v.string()), people: count, unconfirmed: count, undecided: count, unsettled: count, reason: v.string() }),
  balance: v.strictObject({ personId, leaveKind: v.string(), minutes: v.number(), year: count, reason: v.string(), by: v.string(), own }),
  "violation-note": v.strictObject({ personId, note: v.string(), phase: v.picklist(["written", "withdrawn"]), kind: v.picklist(["note", "warning"]), day: v.string(), text: v.string(), by: v.string(), own }),
  /** Said at the kiosk or in the browser; the subject is null where nobody said who they are. */
  feedback: v.strictObject({ feedback: v.string(), topic: v.picklist(["technical", "management", "other"]), text: v.string() }),
  "feedback-answered": v.strictObject({ feedback: v.string(), by: v.string(), text: v.string() }),
  "badge-issued": v.strictObject({ personId, by: v.string() }),
  "badge-ended": v.strictObject({ personId, by: v.string() }),
  /** Follows the punches that a supervisor attested, in the same step. */
  attested: v.strictObject({ by: v.string(), reason: v.string(), people: count, firstSeq: seq, lastSeq: seq }),
  /** Somebody went through a tutorial or practised; `person` a user's or a person's id. */
  trained: v.strictObject({ who: v.string(), course: v.string(), version: count, errors: count, outcome: v.picklist(["completed", "left"]) }),
  /** A version of the site's impact assessment; `contentHash` of its canonical form. */
  assessment: v.strictObject({ by: v.string(), version: count, way: v.picklist(["here", "elsewhere"]), nextReview: v.string(), contentHash: v.string() }),
  /** Faces were switched off or on for the site. */
  "face-use": v.strictObject({ by: v.string(), on: v.boolean(), reason: v.string() }),
  /** A step of an incident; `content` is its canonical JSON. The first one opens it. */
  incident: v.strictObject({ by: v.string(), incident: v.string(), step: v.picklist(["opened", "clock", "people-told", "contained", "note", "correction", "closed"]), clock: v.exactOptional(v.picklist(["h1", "h4", "h72"])), text: v.string(), content: v.string() }),
  /** How many people's faces other systems of the company hold, as the operator says. */
  filing: v.strictObject({ by: v.string(), elsewhere: count }),
  boot: v.strictObject({ version: v.string(), previousSeq: count }),
  import: v.strictObject({ by, added: count, changed: count, unchanged: count, contentHash: v.string() }),
} as const;

export type EntryType = keyof typeof bodies;
export type EntryBody<T extends EntryType = EntryType> = v.InferOutput<(typeof bodies)[T]>;

/** A body together with its type. */
export type TypedBody = { readonly [T in EntryType]: { readonly type: T; readonly body: EntryBody<T> } }[EntryType];

/** What is to be appended. `subject` says whose record key seals the body; null for the device's own. */
export type EntryDraft = TypedBody & { readonly subject: PersonId | null };

/** An entry as it is read back. */
export interface Entry {
  readonly header: EntryHeader;
  /** SHA-256 over a zero byte and the header's exact bytes (leaf hash of RFC 9162). */
  readonly leaf: Uint8Array;
  readonly receipt: string;
  readonly subject: PersonId | null;
  /** Null when it cannot be opened any more: its key was destroyed, or its bytes are damaged. */
  readonly content: TypedBody | null;
}

const header = v.strictObject({
  v: v.literal(HEADER_VERSION),
  device: v.pipe(v.string(), v.nonEmpty()),
  bootId: v.pipe(v.string(), v.nonEmpty()),
  seq,
  type: v.picklist(Object.keys(bodies) as EntryType[]),
  wallMs: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)),
  monoMs: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as MonotonicMs)),
  timeState: v.picklist(["T0", "T1", "T2", "T3"]),
  bodyCommit: v.pipe(v.instance(Uint8Array), v.length(32)),
  prev: v.pipe(v.instance(Uint8Array), v.length(32)),
});

/** Reads a decoded header; null when its shape is another. */
export function parseHeader(value: unknown): EntryHeader | null {
  const parsed = v.safeParse(header, value);
  return parsed.success ? parsed.output : null;
}

/** Reads a decoded body; null when its shape is not its type's. */
export function parseBody(type: EntryType, value: unknown): TypedBody | null {
  const parsed = v.safeParse(bodies[type], value);
  return parsed.success ? ({ type, body: parsed.output } as TypedBody) : null;
}

/** What a person can quote: `000123-7F3A9C21`, the sequence number and the first eight digits of the leaf hash. */
export function receiptOf(seqNumber: number, leaf: Uint8Array): string {
  const digits = [...leaf.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${String(seqNumber).padStart(6, "0")}-${digits.toUpperCase()}`;
}

export function punchIdOf(device: string, seqNumber: number): PunchId {
  return `${device}:${String(seqNumber)}` as PunchId;
}

/** The punch that an entry records, before any later entry that cites it; null for an entry of another type. */
export function punchOf(entry: Entry): Punch | null {
  if (entry.content?.type !== "punch") return null;
  const { header: head, receipt } = entry;
  const { body } = entry.content;
  return {
    id: punchIdOf(head.device, head.seq),
    personId: body.personId,
    deviceId: head.device,
    siteId: body.siteId,
    seq: head.seq,
    wallMs: head.wallMs,
    timeState: head.timeState,
    zone: body.zone,
    direction: body.direction,
    directionSource: body.directionSource,
    method: body.method,
    ...(body.stepUps === undefined ? {} : { stepUps: body.stepUps }),
    status: body.status,
    receipt,
  };
}

/** The punches of a run of entries in their order, with every later entry that cites one taken into account. */
export function foldPunches(entries: readonly Entry[]): readonly Punch[] {
  const punches = new Map<number, Punch>();
  for (const entry of entries) {
    const punch = punchOf(entry);
    if (punch) punches.set(punch.seq, punch);
    if (entry.content?.type !== "punch-direction" && entry.content?.type !== "punch-undone") continue;
    const cited = punches.get(entry.content.body.cites);
    if (cited?.personId !== entry.content.body.personId || cited.status === "undone") continue;
    punches.set(
      cited.seq,
      entry.content.type === "punch-undone"
        ? { ...cited, status: "undone" }
        : { ...cited, direction: entry.content.body.direction, directionSource: "person", status: "accepted" },
    );
  }
  return [...punches.values()];
}

export function attemptOf(entry: Entry): Attempt | null {
  if (entry.content?.type !== "attempt") return null;
  const { header: head } = entry;
  const { body } = entry.content;
  return { seq: head.seq, deviceId: head.device, siteId: body.siteId, wallMs: head.wallMs, timeState: head.timeState, kind: body.kind };
}
