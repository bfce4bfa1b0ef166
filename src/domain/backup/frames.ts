import * as v from "valibot";
import type { RecogniserProfile } from "../biometrics/types.ts";
import type { EpochMs } from "../clock.ts";
import type { CoSignature, Checkpoint } from "../log/types.ts";
import type { PersonId } from "../people/types.ts";

/** Name of the format, first thing in the file. */
export const BACKUP_FORMAT = "clockface-backup";
/** Version of the frames below. A reader refuses what is newer. Version 1 had no papers. */
export const BACKUP_VERSION = 2;
/** How long a device-move backup is taken in after it was made, milliseconds. */
export const DEVICE_MOVE_VALID_MS = 7 * 86_400_000;
/** Entries in one frame at most. */
export const ENTRIES_PER_FRAME = 128;
/** People, users or roles in one frame at most. */
export const VALUES_PER_FRAME = 100;

export type BackupKind = "daily" | "device-move";

const bytes = v.instance(Uint8Array);
const bytes32 = v.pipe(bytes, v.length(32));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const personId = v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId));
const device = v.pipe(v.string(), v.regex(/^[0-9a-f]{20}$/));
const algorithm = v.picklist(["Ed25519", "ES256"]);

/** What a file says of itself before anything else. */
const head = v.strictObject({
  format: v.literal(BACKUP_FORMAT),
  v: v.picklist([1, BACKUP_VERSION]),
  kind: v.picklist(["daily", "device-move"]),
  /** Id of the installation: the users' and roles' keys are bound to it. */
  tenant: v.pipe(v.string(), v.uuid()),
  device,
  siteId: v.pipe(v.string(), v.nonEmpty(), v.maxLength(100)),
  siteName: v.pipe(v.string(), v.maxLength(200)),
  organisation: v.pipe(v.string(), v.maxLength(200)),
  createdAt: time,
  /** Length of the device's own log at that moment. */
  upToSeq: count,
  /** Null for a backup that does not expire. */
  validUntil: v.nullable(time),
});

/** One log: the device's own first, then those that it took in from earlier backups. Entries, checkpoints and co-signatures follow it. */
const log = v.strictObject({ device, algorithm, publicKey: bytes, upToSeq: count });

/** An entry's exact bytes; salt and body are null where the key of the body was destroyed. */
const entry = v.tuple([bytes, v.nullable(bytes), v.nullable(bytes), v.nullable(personId)]);

const tombstone = v.strictObject({ personId, what: v.picklist(["face", "record"]), at: time });

const checkpoint = v.strictObject({
  v: v.literal(1),
  device,
  size: count,
  root: bytes32,
  wallMs: time,
  reason: v.picklist(["count", "hour", "day-close", "boot", "asked"]),
  algorithm,
  signature: bytes,
});

const coSignature = v.strictObject({
  v: v.literal(1),
  kind: v.picklist(["hub", "phone"]),
  witness: v.string(),
  publicKey: bytes,
  algorithm,
  device,
  size: count,
  root: bytes32,
  previousSize: count,
  wallMs: time,
  signature: bytes,
});

/** What was kept beside the log. Whoever owns papers knows their kinds. */
const paper = v.strictObject({ id: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)), kind: v.string(), subject: v.nullable(personId), untilUtcDay: v.nullable(count), value: v.unknown() });

const counts = v.strictObject({ people: count, users: count, roles: count, entries: count, checkpoints: count, coSignatures: count, tombstones: count, templates: count, papers: v.optional(count, 0) });

/** What a frame holds, by its kind. A frame is the pair of both. */
const contents = {
  head,
  /** Shapes of settings, people, users, roles and erasures are checked by whoever owns them. `keeper`: what is kept of administration beside its users. */
  settings: v.unknown(),
  keeper: v.unknown(),
  people: v.array(v.unknown()),
  users: v.array(v.unknown()),
  roles: v.array(v.unknown()),
  erasures: v.unknown(),
  papers: v.array(paper),
  tombstones: v.array(tombstone),
  log,
  checkpoints: v.array(checkpoint),
  "co-signatures": v.array(coSignature),
  entries: v.array(entry),
  /** References, sealed to the same recipient once more by the matcher alone. */
  templates: v.strictObject({ profile: v.picklist(["accurate", "clear"]), modelSet: v.string(), people: count, sealed: bytes }),
  end: v.strictObject({ counts, hash: bytes32 }),
} as const;

export type BackupHead = v.InferOutput<typeof head>;
export type BackupLog = v.InferOutput<typeof log>;
/** Header, salt, body, and whose record key seals the body (null: the device's own). */
export type ExactEntry = readonly [Uint8Array, Uint8Array | null, Uint8Array | null, PersonId | null];
export type Tombstone = v.InferOutput<typeof tombstone>;
export type BackupPaper = v.InferOutput<typeof paper>;
export type BackupCounts = v.InferOutput<typeof counts>;
/** Faces of one profile and model set. */
export interface TemplateParcel {
  readonly profile: RecogniserProfile;
  readonly modelSet: string;
  readonly people: number;
  readonly sealed: Uint8Array;
}

export type BackupFrame =
  | readonly ["head", BackupHead]
  | readonly ["settings" | "keeper" | "erasures", unknown]
  | readonly ["people" | "users" | "roles", readonly unknown[]]
  | readonly ["papers", readonly BackupPaper[]]
  | readonly ["tombstones", readonly Tombstone[]]
  | readonly ["log", BackupLog]
  | readonly ["entries", readonly ExactEntry[]]
  | readonly ["checkpoints", readonly Checkpoint[]]
  | readonly ["co-signatures", readonly CoSignature[]]
  | readonly ["templates", TemplateParcel]
  | readonly ["end", { readonly counts: BackupCounts; readonly hash: Uint8Array }];

/** Reads a decoded frame; null when its shape is another. */
export function parseFrame(value: unknown): BackupFrame | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [kind, content] = value as readonly unknown[];
  if (typeof kind !== "string" || !Object.hasOwn(contents, kind)) return null;
  const parsed = v.safeParse(contents[kind as keyof typeof contents], content);
  return parsed.success ? ([kind, parsed.output] as unknown as BackupFrame) : null;
}

/** The version that a head of this format states, whatever else it holds; null for anything else. */
export function statedVersion(value: unknown): number | null {
  if (!Array.isArray(value) || value[0] !== "head") return null;
  const about = (value as readonly unknown[])[1];
  if (typeof about !== "object" || about === null || !("format" in about) || about.format !== BACKUP_FORMAT) return null;
  return "v" in about && typeof about.v === "number" ? about.v : null;
}

export const NO_COUNTS: BackupCounts = { people: 0, users: 0, roles: 0, entries: 0, checkpoints: 0, coSignatures: 0, tombstones: 0, templates: 0, papers: 0 };

/** Counts with what a frame adds to them. */
export function counted(before: BackupCounts, [kind, content]: BackupFrame): BackupCounts {
  switch (kind) {
    case "people":
    case "users":
    case "roles":
    case "papers":
    case "tombstones":
    case "entries":
    case "checkpoints":
      return { ...before, [kind]: before[kind] + content.length };
    case "co-signatures":
      return { ...before, coSignatures: before.coSignatures + content.length };
    case "templates":
      return { ...before, templates: before.templates + content.people };
    case "head":
    case "settings":
    case "keeper":
    case "erasures":
    case "log":
    case "end":
      return before;
  }
}

export function sameCounts(one: BackupCounts, other: BackupCounts): boolean {
  return (Object.keys(NO_COUNTS) as (keyof BackupCounts)[]).every((name) => one[name] === other[name]);
}
