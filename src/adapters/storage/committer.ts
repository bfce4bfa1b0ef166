import type { IndexableType } from "dexie";
import type { Change, PaperKind, PersonStanding, StoreFailure } from "../../app/ports/store.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import type { TimeState } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import type { PunchDatabase } from "./database.ts";
import type { EpochTurn } from "./epoch-turn.ts";
import { HeadMoved } from "./failures.ts";
import { grantKey, makeGrants, planGrants } from "./grants.ts";
import type { GrantMaker, GrantPlan, Transferable } from "./grants.ts";
import type { Held } from "./held.ts";
import type { CommitJournal, JournalFailure, WriteSet } from "./journal/journal.ts";
import { undoing } from "./journal/undoing.ts";
import { DEVICE_RECORDS } from "./key-ring.ts";
import type { KeyRing } from "./key-ring.ts";
import type { KeyKeeper } from "./key-logs.ts";
import { faceKeyOf } from "./key-store.ts";
import type { DeviceKeys } from "./key-store.ts";
import { headOf, headRow } from "./log-head.ts";
import type { Head } from "./log-head.ts";
import { paperChange, papersOf } from "./papers/writing.ts";
import type { SealedEntries, SealedPeople, Sealer } from "./sealer.ts";
import { BATCH, isEmpty, leaveBehind, takeBack, writeRows } from "./vault-writes.ts";
import type { VaultLeavings, VaultRows } from "./vault-writes.ts";
import { clearSnapshot } from "./roster-snapshot.ts";

export interface CommitterOptions {
  readonly database: PunchDatabase;
  readonly keys: () => DeviceKeys;
  readonly ring: KeyRing;
  readonly held: Held;
  readonly sealer: Sealer;
  readonly keeper: KeyKeeper;
  /** Null without a second copy. */
  readonly journal: CommitJournal | null;
}

/** A change, sealed: nothing of it is on disk yet. */
export interface Prepared {
  readonly was: Head;
  readonly head: Head;
  readonly entries: readonly Entry[];
  readonly standings: readonly PersonStanding[];
  /** New record keys, to be used once it is durable. */
  readonly keys: ReadonlyMap<string, NamedKey>;
  readonly set: WriteSet;
  readonly vault: VaultRows;
  readonly leavings: VaultLeavings;
  /** It writes to the keys' bucket: its epoch has to be the one in force. */
  readonly needsKeys: boolean;
  /** It changes people without an entry about each: a snapshot from before cannot be brought up to date by the log. */
  readonly outdates: boolean;
  /** Kinds of the papers that it changes. */
  readonly papers: readonly PaperKind[];
  /** Whose grants it changes; null for everybody's. */
  readonly regranted: readonly PersonId[] | null;
}

/** Where in the log and in time a change is written. */
export interface CommitPoint {
  readonly at: Moment;
  readonly was: Head;
  readonly trust: TimeState;
  /** The entry is about this turn: the rows of those whose keys it left behind go in the same step. */
  readonly without?: EpochTurn;
}

/**
 * Makes a change durable: first what lies in the keys' bucket, which counts for nothing yet; then the second copy; then the
 * first, in one strict transaction. The second copy is never behind: where they differ at a start, it is right.
 */
export class Committer {
  constructor(private readonly options: CommitterOptions) {}

  async prepare(change: Change, { at, was, trust, without }: CommitPoint, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<Prepared> {
    const { sealer, held } = this.options;
    if (change.storeTemplate && change.storeTemplate.epoch !== faceKeyOf(this.options.keys())?.epoch) throw new Error("a template of another epoch");
    const people = await sealer.people(change.people ?? [], onProgress, signal);
    const appended = await sealer.entries(change.entries, at, trust, was, people.keys);
    const standings = change.standings?.(appended.entries, at) ?? [];
    const standingRows = await Promise.all(standings.map((each) => sealer.standing(each, people.keys)));
    const plan = planGrants({ people: change.people ?? [], roles: change.roles ?? [] }, held.people, held.roles);
    const granted = await makeGrants(this.#maker(people.transferable), plan.wanted);
    const templates = change.storeTemplate ? [{ id: crypto.randomUUID(), template: change.storeTemplate }] : [];
    const papers = await sealer.papers(papersOf(change, appended.entries), people.keys);
    const vault: VaultRows = { recordKeys: people.keyRows, templates, ...granted, contentKeys: papers.contentKeys };
    const kept = await paperChange(this.options.database, papers.rows, [...(change.removePapers ?? []), ...(without?.withoutPapers ?? [])], without?.withoutRecords ?? []);
    const leavings = { ...(await this.#leavings(change, plan)), contentKeys: kept.contentKeys };
    const pointers = templates.map(({ id, template }) => ({ personId: template.personId, templateId: id }));
    const gone = change.removeTemplate !== undefined && pointers.every(({ personId }) => personId !== change.removeTemplate) ? [change.removeTemplate] : [];
    const set = writeSet(was, appended, [
      { table: "people", rows: people.rows },
      { table: "standings", rows: standingRows },
      { table: "templatePointers", rows: pointers },
      { table: "users", rows: await sealer.users(change) },
      { table: "roles", rows: await sealer.roles(change) },
      { table: "papers", rows: kept.rows },
      { table: "meta", rows: [...(await sealer.documents(change)), ...(without ? [{ key: "epoch", epoch: without.from + 1 }] : [])] },
    ], [
      { table: "templatePointers", keys: [...gone, ...(without?.withoutFaces ?? []), ...(without?.withoutRecords ?? [])] },
      { table: "people", keys: [...(without?.withoutRecords ?? [])] },
      { table: "standings", keys: [...(without?.withoutRecords ?? [])] },
      { table: "papers", keys: kept.gone },
    ]);
    const subjects = new Set<PersonId | null>(change.entries.map(({ subject }) => subject));
    const outdates = [...(change.people ?? []).map(({ person }) => person.id), ...standings.map(({ personId }) => personId)].some((id) => !subjects.has(id));
    return {
      was,
      head: appended.head,
      entries: appended.entries,
      standings,
      keys: people.keys,
      set,
      vault,
      leavings,
      papers: kept.kinds,
      outdates,
      needsKeys: outdates || !isEmpty(vault) || Object.values(leavings).some((list: readonly unknown[]) => list.length > 0),
      regranted: plan.replaced.length > 0 ? null : touchedBy(plan),
    };
  }

  /**
   * A second copy that cannot be written leaves the first as it was.
   *
   * @throws HeadMoved when another tab has written meanwhile
   */
  async write({ set, vault: rows, leavings, was, needsKeys, outdates }: Prepared): Promise<Result<void, StoreFailure>> {
    const { vault } = this.options.keys();
    if (outdates) {
      await this.options.keeper.note();
      await clearSnapshot(vault);
    }
    if (!isEmpty(rows)) {
      await this.options.keeper.write((keys) => writeRows(keys, rows));
    }
    const { journal, database } = this.options;
    const undo = async (): Promise<void> => {
      // A page that closes leaves it: the next start brings it into the first copy.
      if (!database.isOpen()) return;
      const retracted = (await journal?.retract(() => undoing(database, set))) ?? true;
      // As long as the second copy may have it, its keys stay.
      if (retracted && !isEmpty(rows)) await takeBack(vault, rows).catch(() => undefined);
    };
    const copied = (await journal?.append(set)) ?? ok();
    if (!copied.ok) {
      await undo();
      return answered(copied);
    }
    try {
      await applyTo(database, set, was);
    } catch (error) {
      await undo();
      throw error;
    }
    // What it leaves is out of use already; the next start sweeps it where this fails.
    if (!needsKeys) return ok();
    await this.options.keeper
      .note()
      .then(() => leaveBehind(vault, leavings))
      .catch(() => undefined);
    return ok();
  }

  /** A disk that has no room for the second copy refuses before the first one is written. */
  async reserve({ set }: Prepared): Promise<Result<void, StoreFailure>> {
    const { journal } = this.options;
    return journal?.supported === true ? answered(await journal.reserve(set)) : ok();
  }

  #maker(made: SealedPeople["transferable"]): GrantMaker {
    const { ring, keys, sealer } = this.options;
    const { vault, epochKey } = keys();
    return {
      tenant: ring.tenant,
      epoch: epochKey.epoch,
      tag: (role) => sealer.roleTag(role),
      transferable: async (person): Promise<Transferable | null> => {
        const fresh = made.get(person);
        if (fresh) return fresh;
        const row = await vault.recordKeys.get(person);
        const key = row ? await ring.transferable(row) : null;
        return row && key?.ok ? { key: key.value, born: row.born } : null;
      },
    };
  }

  async #leavings(change: Change, plan: GrantPlan): Promise<Omit<VaultLeavings, "contentKeys">> {
    const { sealer, held } = this.options;
    const changed = [change.storeTemplate?.personId, change.removeTemplate].flatMap((id) => id ?? []);
    return {
      templates: [...new Set(changed)].flatMap((id) => held.templateIds.get(id) ?? []),
      grants: await Promise.all(plan.withdrawn.map(async ({ role, person }) => grantKey({ role: await sealer.roleTag(role.id), version: role.version, person }))),
      replaced: await Promise.all(plan.replaced.map(async ({ id, version }) => ({ role: await sealer.roleTag(id), version }))),
    };
  }
}

function answered(copied: Result<void, JournalFailure>): Result<void, StoreFailure> {
  if (copied.ok) return ok();
  return err(copied.error.kind === "journal/full" ? failure("store/full", "second copy") : failure("store/write-failed", copied.error.detail ?? copied.error.kind));
}

function touchedBy(plan: GrantPlan): readonly PersonId[] {
  const wanted = [...plan.wanted.values()].flat().filter((id) => id !== DEVICE_RECORDS);
  return [...new Set([...(wanted as PersonId[]), ...plan.withdrawn.map(({ person }) => person)])];
}

function writeSet(was: Head, appended: SealedEntries, puts: WriteSet["puts"], deletes: WriteSet["deletes"]): WriteSet {
  const log = [
    { table: "log", rows: appended.rows },
    { table: "tiles", rows: appended.tiles },
    { table: "meta", rows: [headRow(appended.head)] },
  ];
  return { fromSeq: was.seq, toSeq: appended.head.seq, revision: appended.head.revision, puts: [...puts, ...log].filter(({ rows }) => rows.length > 0), deletes: deletes.filter(({ keys }) => keys.length > 0) };
}

/** One strict transaction: everything, or nothing. */
async function applyTo(database: PunchDatabase, { puts, deletes }: WriteSet, was: Head): Promise<void> {
  const tables = new Set(["meta", ...puts.map(({ table }) => table), ...deletes.map(({ table }) => table)]);
  await database.transaction("rw", [...tables], async () => {
    const stored = await database.meta.get("head");
    const head = stored?.key === "head" ? headOf(stored) : null;
    if ((head?.seq ?? 0) !== was.seq || (head?.revision ?? 0) !== was.revision) throw new HeadMoved();
    for (const { table, rows } of puts) {
      const target = database.table<unknown, unknown>(table);
      for (let start = 0; start < rows.length; start += BATCH) {
        const batch = rows.slice(start, start + BATCH);
        // An entry never takes another's place.
        await (table === "log" ? target.bulkAdd(batch) : target.bulkPut(batch));
      }
    }
    for (const { table, keys } of deletes) await database.table<unknown>(table).bulkDelete([...keys] as IndexableType[]);
  });
}
