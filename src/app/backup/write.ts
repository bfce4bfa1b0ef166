import { BACKUP_FORMAT, BACKUP_VERSION, DEVICE_MOVE_VALID_MS, VALUES_PER_FRAME } from "../../domain/backup/frames.ts";
import type { BackupFrame, BackupKind, BackupPaper, Tombstone } from "../../domain/backup/frames.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { consentInForce } from "../../domain/people/stored.ts";
import type { Paper, Store } from "../ports/store.ts";
import type { LogSource, TemplateCarrier } from "./ports.ts";
import { tombstonesOf } from "./tombstones.ts";

export interface BackupSource {
  readonly store: Store;
  readonly carrier: TemplateCarrier;
  papers(): Promise<AsyncIterable<Paper>>;
  logs(): Promise<readonly LogSource[]>;
}

/** A plan or a month can take tens of kilobytes. */
const PAPERS_PER_FRAME = 20;

/** A part of what was to go in could not be read. */
export class BackupBroken extends Error {}

/**
 * Everything that a backup holds, in the order of the file. People and settings are those of the moment when it is first
 * asked; the log ends at that moment.
 *
 * @param onProgress entries so far
 * @throws {@link BackupBroken} when something cannot be read: half a backup is none
 */
export async function* backupFrames(source: BackupSource, kind: BackupKind, recipient: string, onProgress: (done: number, total: number) => void): AsyncGenerator<BackupFrame, void, undefined> {
  const { store } = source;
  const { settings, administrator, erasures } = store;
  if (!settings) throw new BackupBroken("no settings");
  // Taken before anything is waited for: the people of one moment.
  const people = [...store.people.values()];
  const [users, roles, templates] = [[...store.users.values()], [...store.roles.values()], [...store.templates.values()]];
  const createdAt = store.now().wallMs;
  const [logs, papers] = await Promise.all([source.logs(), source.papers()]);
  const own = logs[0];
  if (!own) throw new BackupBroken("no log");
  const total = logs.reduce((sum, { log }) => sum + log.upToSeq, 0);

  const { siteId, siteName, organisation } = settings;
  const validUntil = kind === "device-move" ? ((createdAt + DEVICE_MOVE_VALID_MS) as EpochMs) : null;
  yield ["head", { format: BACKUP_FORMAT, v: BACKUP_VERSION, kind, tenant: store.tenant, device: store.deviceId, siteId, siteName, organisation, createdAt, upToSeq: own.log.upToSeq, validUntil }];
  yield ["settings", settings];
  if (administrator) yield ["keeper", administrator];
  yield ["erasures", erasures];
  for (const part of parts(people)) yield ["people", part];
  for (const part of parts(users)) yield ["users", part];
  for (const part of parts(roles)) yield ["roles", part];
  const ids = new Set(people.map(({ person }) => person.id));
  yield* paperFrames(papers, ({ subject }) => subject === null || ids.has(subject));

  const tombstones = new Map<string, Tombstone>();
  const bury = (found: readonly Tombstone[]): void => {
    for (const one of found) tombstones.set(`${one.what} ${one.personId} ${String(one.at)}`, one);
  };
  bury(tombstonesOf(erasures));
  let done = 0;
  for (const one of logs) {
    yield ["log", one.log];
    const checkpoints = (await one.checkpoints()).filter(({ size }) => size <= one.log.upToSeq);
    for (const part of parts(checkpoints)) yield ["checkpoints", part];
    const coSignatures = (await one.coSignatures()).filter(({ size }) => size <= one.log.upToSeq);
    for (const part of parts(coSignatures)) yield ["co-signatures", part];
    for await (const entries of one.entries()) {
      yield ["entries", entries];
      bury(tombstonesOf(entries));
      done += entries.length;
      onProgress(done, total);
    }
  }
  for (const part of parts([...tombstones.values()])) yield ["tombstones", part];

  if (kind === "daily") return;
  const consenting = new Set(people.filter((stored) => stored.person.status === "active" && consentInForce(stored)).map(({ person }) => person.id));
  for await (const parcel of source.carrier.pack(templates.filter(({ personId }) => consenting.has(personId)), recipient)) {
    if (!parcel.ok) throw new BackupBroken(parcel.error.kind);
    yield ["templates", parcel.value];
  }
}

function* parts<T>(values: readonly T[]): Generator<readonly T[], void, undefined> {
  for (let start = 0; start < values.length; start += VALUES_PER_FRAME) yield values.slice(start, start + VALUES_PER_FRAME);
}

/** One that holds a file goes by itself: a frame has a largest length. */
async function* paperFrames(papers: AsyncIterable<Paper>, goes: (paper: Paper) => boolean): AsyncGenerator<BackupFrame, void, undefined> {
  let part: BackupPaper[] = [];
  for await (const paper of papers) {
    if (!goes(paper)) continue;
    if (paper.value instanceof Uint8Array) {
      yield ["papers", [paper]];
      continue;
    }
    part.push(paper);
    if (part.length < PAPERS_PER_FRAME) continue;
    yield ["papers", part];
    part = [];
  }
  if (part.length > 0) yield ["papers", part];
}
