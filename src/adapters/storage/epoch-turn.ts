import type { EpochChange } from "../../app/ports/store.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleRecord } from "../../domain/people/users.ts";
import { createEpochKey, epochKeyId, rewrapKey, unwrapForTransfer, wrapRecordKey } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { createGuardKey, sealGuardKey } from "../crypto/guard-keys.ts";
import type { BucketNames } from "./bucket.ts";
import { deleteKeys } from "./bucket.ts";
import { makeGrants } from "./grants.ts";
import type { GrantMaker, MadeGrants, Transferable } from "./grants.ts";
import { DEVICE_RECORDS, INDEX } from "./key-ring.ts";
import { faceKeyOf } from "./key-store.ts";
import type { EpochKeys, FaceGuard } from "./key-store.ts";
import { openKeysDatabase } from "./keys-database.ts";
import type { ContentKeyRow, RecordKeyRow, SealedRow, TemplateRow } from "./keys-database.ts";
import { makeSecondKeys } from "./second-keys.ts";
import { sideBySide } from "./side-by-side.ts";
import { SITE_TRANSFORM } from "./site-transforms.ts";
import { writeRows } from "./vault-writes.ts";

/** How an epoch came about. Lies with its keys until the log says so too. */
export interface EpochTurn extends EpochChange {
  readonly from: number;
  readonly at: EpochMs;
}

/** Where a turn can be cut: before each of these, the old epoch or the new one is in force, and nothing in between. */
export type TurnStep = "built" | "moved" | "deleted" | "logged";

/** What the next epoch is made of. */
export interface EpochSource {
  readonly recordKeys: readonly RecordKeyRow[];
  readonly templates: readonly TemplateRow[];
  readonly sealed: readonly SealedRow[];
  readonly contentKeys: readonly ContentKeyRow[];
}

export interface BuildOptions {
  readonly names: BucketNames;
  readonly tenant: string;
  readonly device: DeviceKey;
  readonly from: NamedKey;
  readonly source: EpochSource;
  readonly turn: EpochTurn;
  /** Whom each role may read, by id; wrapped anew, so that nothing of an ended grant is taken along. */
  readonly readable: ReadonlyMap<RoleRecord, readonly string[]>;
  readonly tag: GrantMaker["tag"];
  /** What guards faces now; null where the epoch's own key does. */
  readonly guard: FaceGuard | null;
  /** The roles that unlock faces where they are guarded. */
  readonly guardians: readonly RoleRecord[];
}

export interface BuiltEpoch {
  readonly keys: EpochKeys;
  readonly templates: readonly TemplateRow[];
}

/**
 * Makes the keys of the next epoch, complete, on disk in both copies, and in force nowhere yet. No key is ever there as bytes: each is
 * unwrapped by the old epoch's key and wrapped by the new one's. What cannot be unwrapped any more stays behind.
 *
 * Where faces are guarded and stay so, their rows are taken along as they are: they need not be unlocked for it.
 *
 * @throws when the device's own record keys cannot be taken along, or faces are to be guarded otherwise while they are locked
 */
export async function buildEpoch(options: BuildOptions): Promise<BuiltEpoch> {
  const { names, turn } = options;
  const epoch = options.from.epoch + 1;
  // What an earlier try left.
  await deleteKeys(names, epoch);
  const to: NamedKey = { id: epochKeyId(epoch), epoch, key: await createEpochKey() };
  const { recordKeys, transferable } = await rewrapRecordKeys(options, to);
  const faces = await facesOf(options, to);
  const templates = await takeTemplates(options, faces);
  const sealed = await takeSealed(options, to, faces);
  const grants = await grantAnew(options, epoch, transferable);
  const vault = await openKeysDatabase(names, epoch);
  try {
    await writeRows(vault, { recordKeys, templates, ...grants, contentKeys: takeContentKeys(options) });
    await vault.sealed.bulkPut([...sealed]);
    await vault.keys.bulkPut([
      { id: "device", tenant: options.tenant, device: options.device },
      { id: "epoch-key", key: to.key },
      { id: "turn", turn },
      ...(faces.guard === null ? [] : [faces.guard.row]),
    ]);
    (await makeSecondKeys(names, epoch, vault))?.close();
    return { keys: { epochKey: to, since: turn.at, vault, guard: faces.guard }, templates };
  } catch (error) {
    vault.close();
    await deleteKeys(names, epoch).catch(() => undefined);
    throw error;
  }
}

async function rewrapRecordKeys({ tenant, from, source, turn }: BuildOptions, to: NamedKey): Promise<{ readonly recordKeys: readonly RecordKeyRow[]; readonly transferable: ReadonlyMap<string, Transferable> }> {
  const without = new Set<string>(turn.withoutRecords);
  const recordKeys: RecordKeyRow[] = [];
  const transferable = new Map<string, Transferable>();
  await sideBySide(source.recordKeys, async ({ id, born, envelope }) => {
    if (without.has(id)) return;
    const key = await unwrapForTransfer(tenant, from, id, envelope);
    if (!key.ok) {
      if (id === DEVICE_RECORDS || id === INDEX) throw new Error("the device's record keys do not open");
      return;
    }
    recordKeys.push({ id, born, envelope: await wrapRecordKey(tenant, to, id, key.value) });
    transferable.set(id, { key: key.value, born });
  });
  return { recordKeys, transferable };
}

/** How faces go along. `by` is null where their rows stay as they are. */
interface Faces {
  readonly guard: FaceGuard | null;
  readonly by: { readonly from: NamedKey; readonly to: NamedKey } | null;
}

async function facesOf({ tenant, from, guard, guardians, turn }: BuildOptions, to: NamedKey): Promise<Faces> {
  const policy = turn.faces ?? (guard === null ? "unattended" : "attended");
  if (policy === "attended" && guard !== null) return { guard, by: null };
  const old = faceKeyOf({ guard, epochKey: from });
  if (old === null) throw new Error("faces are locked");
  if (policy === "unattended") return { guard: null, by: { from: old, to } };
  if (guardians.length === 0) throw new Error("nobody could unlock faces");
  const key = await createGuardKey(to.epoch);
  return { guard: { row: { id: "face-guard", born: to.epoch, holders: await sealGuardKey(tenant, key, guardians) }, key }, by: { from: old, to: key } };
}

async function takeTemplates({ tenant, source, turn }: BuildOptions, { by }: Faces): Promise<readonly TemplateRow[]> {
  const without = new Set<PersonId>([...turn.withoutFaces, ...turn.withoutRecords]);
  const wanted = source.templates.filter(({ template }) => !without.has(template.personId));
  if (by === null) return wanted;
  const templates: TemplateRow[] = [];
  await sideBySide(wanted, async ({ id, template }) => {
    const wrapped = await rewrapKey(tenant, by.from, by.to, faceKeyPlace(template.personId), template.wrappedKey);
    if (wrapped.ok) templates.push({ id, template: { ...template, epoch: by.to.epoch, wrappedKey: wrapped.value } });
  });
  return templates;
}

async function takeSealed({ tenant, from, source }: BuildOptions, to: NamedKey, { by }: Faces): Promise<readonly SealedRow[]> {
  const rows: SealedRow[] = [];
  for (const row of source.sealed) {
    const keys = row.store === SITE_TRANSFORM ? by : { from, to };
    if (keys === null) {
      rows.push(row);
      continue;
    }
    const envelope = await rewrapKey(tenant, keys.from, keys.to, { store: row.store, recordId: row.id, schema: row.schema }, row.envelope);
    if (!envelope.ok) throw new Error("something sealed by the epoch does not open");
    rows.push({ ...row, envelope: envelope.value });
  }
  return rows;
}

/** Record keys stay what they are, and so does what they wrap. */
function takeContentKeys({ source, turn }: BuildOptions): readonly ContentKeyRow[] {
  const [papers, people] = [new Set(turn.withoutPapers), new Set<string>(turn.withoutRecords)];
  return source.contentKeys.filter(({ paper, person }) => !papers.has(paper) && !people.has(person));
}

function grantAnew({ tenant, readable, tag }: BuildOptions, epoch: number, transferable: ReadonlyMap<string, Transferable>): Promise<MadeGrants> {
  return makeGrants({ tenant, epoch, tag, transferable: (person) => Promise.resolve(transferable.get(person) ?? null) }, readable);
}

/** Where the matcher's worker wraps face keys. */
const faceKeyPlace = (personId: PersonId): Place => ({ store: "face-keys", recordId: personId, schema: 1 });
