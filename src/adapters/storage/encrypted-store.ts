import { PAPER_KINDS } from "../../app/ports/store.ts";
import type { Change, CountBefore, EpochChange, EpochTurned, LockScope, OpenedRoleKey, Paper, PaperKind, PaperQuery, QuarantinedRow, RecordRing, Store, StoreChange, StoreFailure } from "../../app/ports/store.ts";
import { Pauses } from "../../app/pauses.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { OF_ATTENDANCE } from "../../domain/log/after-end.ts";
import type { RoleKeyId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleRecord } from "../../domain/people/users.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { BootPolicy } from "../../app/api/boot.ts";
import { openGuardKey, sealGuardKey } from "../crypto/guard-keys.ts";
import { blindTag } from "../crypto/record-keys.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import type { Background } from "./background.ts";
import { deleteKeys } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";
import { Committer } from "./committer.ts";
import type { PunchDatabase } from "./database.ts";
import { EntryReader } from "./entry-reader.ts";
import { buildEpoch } from "./epoch-turn.ts";
import type { EpochTurn, TurnStep } from "./epoch-turn.ts";
import { readableBy } from "./grants.ts";
import { HeadMoved, mentions, storeFailure } from "./failures.ts";
import type { CommitJournal } from "./journal/journal.ts";
import { DEVICE_RECORDS, KeyRing } from "./key-ring.ts";
import { KeyKeeper } from "./key-logs.ts";
import { epochInForce, faceKeyOf, loadDeviceKeys, moveEpochPointer } from "./key-store.ts";
import type { DeviceKeys } from "./key-store.ts";
import type { FaceGuardRow, KeysDatabase } from "./keys-database.ts";
import { sourceOf } from "./epoch-source.ts";
import { Loader } from "./loader.ts";
import { LockOuts } from "./lock-outs.ts";
import { EMPTY_HEAD, headOf } from "./log-head.ts";
import type { Head } from "./log-head.ts";
import { readHead } from "./log-frontier.ts";
import { PaperReader } from "./papers/reader.ts";
import { Quarantine } from "./quarantine.ts";
import { RoleRing } from "./role-ring.ts";
import { RosterKeeper } from "./roster-keeper.ts";
import { StoreView } from "./store-view.ts";
import { Sealer } from "./sealer.ts";
import { TimeBase } from "./time-base.ts";
import { tidyVault } from "./vault-tidy.ts";
import { hasLocks, withLock } from "./locks.ts";

/** How often a commit is tried again after another writer came first. Only browsers without Web Locks ever need it. */
const ATTEMPTS = 40;
/** Longest wait before such a try, milliseconds; a random part of it, so that two writers do not keep step. */
const RETRY_WITHIN_MS = 40;

export interface EncryptedStoreOptions {
  readonly database: PunchDatabase;
  readonly keys: DeviceKeys;
  readonly names: BucketNames;
  readonly clock: Clock;
  readonly background: Background;
  /** Second copy: a commit is answered when it is in both. */
  readonly journal?: CommitJournal;
  /** Sets the locks and the channel of another set of stores apart, for tests. */
  readonly prefix?: string;
  /** Cuts a turn of the epoch where it throws, for tests. */
  readonly atStep?: (step: TurnStep) => void;
  /** How much is written to have the browser begin other log files; less in tests. */
  readonly fillBytes?: number;
}

/** Held while the keys are made, moved or swept. */
export const keysLock = (prefix = ""): string => `clockface-${prefix}keys`;

/** What tabs tell each other. */
type Message = { readonly kind: "log"; readonly papers?: readonly PaperKind[] } | { readonly kind: "faces-asked" } | { readonly kind: "epoch"; readonly epoch: number } | { readonly kind: "faces"; readonly key: NamedKey };

/** Whoever holds one of these roles unlocks faces. */
const GUARDIANS: readonly RoleKeyId[] = ["system-administrator", "hr"];

/** {@link Store} on the encrypted database. */
export class EncryptedStore extends StoreView implements Store {
  readonly tenant: string;
  readonly deviceId: string;
  readonly bootId = crypto.randomUUID();
  readonly ring: KeyRing;

  readonly #options: EncryptedStoreOptions;
  readonly #database: PunchDatabase;
  readonly #lockName: string;
  readonly #channel: BroadcastChannel;
  readonly #time: TimeBase;
  readonly #quarantine: Quarantine;
  readonly #loader: Loader;
  readonly #reader: EntryReader;
  readonly #papers: PaperReader;
  readonly #committer: Committer;
  readonly #keeper: KeyKeeper;
  readonly #lockOuts: LockOuts;
  readonly #sealer: Sealer;
  readonly #roster: RosterKeeper;
  readonly #rings = new Set<RoleRing>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #keys: DeviceKeys;
  /** Another tab has turned the epoch. */
  #keysStale = false;
  #head: Head = EMPTY_HEAD;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(options: EncryptedStoreOptions, ring: KeyRing, deviceRecords: NamedKey, indexKey: CryptoKey) {
    super();
    const { database, keys, clock, prefix = "" } = options;
    this.#options = options;
    this.#database = database;
    this.#keys = keys;
    this.ring = ring;
    this.tenant = keys.tenant;
    this.deviceId = keys.device.deviceId;
    this.#time = new TimeBase(clock);
    this.#lockName = `clockface-${prefix}log`;
    this.#channel = new BroadcastChannel(this.#lockName);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#heard(data);
    const tag = (value: string): Promise<string> => blindTag(indexKey, value);
    const { held } = this;
    this.#quarantine = new Quarantine(database, () => this.now().wallMs);
    this.#loader = new Loader({ database, vault: () => this.#keys.vault, ring, deviceRecords, quarantine: this.#quarantine, held });
    this.#roster = new RosterKeeper({ database, keys: () => this.#keys, deviceRecords, loader: this.#loader, held });
    this.#reader = new EntryReader(database, ring, this.#quarantine);
    this.#papers = new PaperReader(database, ring, this.#quarantine, () => this.#keys.vault);
    this.#sealer = new Sealer({ ring, held, deviceId: this.deviceId, deviceRecords, tag });
    this.#keeper = new KeyKeeper({ database, names: options.names, keys: () => this.#keys, lock: `clockface-${prefix}key-writers`, ...(options.fillBytes === undefined ? {} : { fillBytes: options.fillBytes }) });
    this.#committer = new Committer({ database, keys: () => this.#keys, ring, held, sealer: this.#sealer, keeper: this.#keeper, journal: options.journal ?? null });
    this.#lockOuts = new LockOuts({ database, now: () => this.now(), tag });
  }

  /** Reads and decrypts everything but the log. Rows that cannot be read are moved to the quarantine; the rest works. */
  static async open(options: EncryptedStoreOptions): Promise<Result<EncryptedStore, Failure<"store/keys-lost">>> {
    const ring = new KeyRing(options.keys.tenant, options.keys);
    const deviceRecords = await ring.find(DEVICE_RECORDS);
    const indexKey = await ring.indexKey();
    if (!deviceRecords.ok || !deviceRecords.value || !indexKey.ok) return err(failure("store/keys-lost", "record keys"));
    const store = new EncryptedStore(options, ring, deviceRecords.value, indexKey.value);
    await store.#load();
    if (store.facesLocked) store.#tell({ kind: "faces-asked" });
    return ok(store);
  }

  get epoch(): { readonly number: number; readonly since: EpochMs } {
    return { number: this.#keys.epochKey.epoch, since: this.#keys.since };
  }

  /** The keys of the epoch in force. */
  get keys(): DeviceKeys {
    return this.#keys;
  }

  get length(): number {
    return this.#head.seq;
  }

  /** Writes into both copies of what the epoch's key wraps. */
  writeKeys(work: (vault: KeysDatabase) => Promise<unknown>): Promise<void> {
    return this.#keeper.write(work);
  }

  get endedAt(): number | null {
    return this.#head.endedAt;
  }

  now(): Moment {
    const { clock } = this.#options;
    return { wallMs: Math.round(clock.wall()) as EpochMs, monoMs: Math.round(clock.monotonic()) as MonotonicMs, bootId: this.bootId };
  }

  subscribe(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#locked(async () => {
      for (let attempt = 1; ; attempt++) {
        await this.#catchUp();
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof HeadMoved) || attempt === ATTEMPTS) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * RETRY_WITHIN_MS));
        }
      }
    });
  }

  async commit(change: Change, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<Result<readonly Entry[], StoreFailure>> {
    if (this.endedAt !== null && change.entries.some(({ type }) => OF_ATTENDANCE.has(type))) return err(failure("store/retired"));
    try {
      return await this.#commit(change, onProgress, signal);
    } catch (error) {
      if (error instanceof HeadMoved) throw error;
      if (mentions(error, "HeadMoved")) throw new HeadMoved();
      return err(storeFailure(error));
    }
  }

  entries(fromUtcDay: number, toUtcDay: number, ring?: RecordRing, about?: PersonId): Promise<readonly Entry[]> {
    return this.#reader.ofDays(fromUtcDay, toUtcDay, ring, about);
  }

  latest(limit: number, before = Number.MAX_SAFE_INTEGER, ring?: RecordRing): Promise<readonly Entry[]> {
    return this.#reader.latest(limit, before, ring);
  }

  papers(query: PaperQuery, ring?: RecordRing): Promise<readonly Paper[]> {
    return this.#papers.find(query, ring);
  }

  paper(id: string, ring?: RecordRing): Promise<Paper | null> {
    return this.#papers.one(id, ring);
  }

  /** Every paper that there is at this moment, for a backup. */
  everyPaper(): Promise<AsyncIterable<Paper>> {
    return this.#papers.all();
  }

  /** Opens every paper; those that cannot be read come into the quarantine. */
  readPapersThrough(signal: AbortSignal): Promise<void> {
    return this.#papers.readThrough(signal);
  }

  async openRing(keys: readonly OpenedRoleKey[]): Promise<RecordRing> {
    const tagged = await Promise.all(keys.map(async ({ id, version, privateKey }) => ({ tag: await this.#sealer.roleTag(id), version, privateKey })));
    const ring = new RoleRing(this.tenant, tagged, (closed) => this.#rings.delete(closed));
    this.#rings.add(ring);
    await ring.read(this.#keys.vault, null);
    return ring;
  }

  async turnEpoch(change: EpochChange): Promise<Result<EpochTurned, StoreFailure>> {
    try {
      return await this.exclusively(() => withLock(keysLock(this.#options.prefix), () => this.#turn(change)));
    } catch (error) {
      return err(storeFailure(error));
    }
  }

  get bootPolicy(): BootPolicy {
    return this.#keys.guard === null ? "unattended" : "attended";
  }

  get facesLocked(): boolean {
    return faceKeyOf(this.#keys) === null;
  }

  async unlockFaces(held: readonly OpenedRoleKey[]): Promise<"open" | "unlocked" | "locked"> {
    const { guard } = this.#keys;
    const wasLocked = guard !== null && guard.key === null;
    if (guard === null) return "open";
    const key = guard.key ?? (await openGuardKey(this.tenant, guard.row.born, guard.row.holders, held));
    if (key === null) return "locked";
    await this.#keepGuard({ row: guard.row, key });
    if (!wasLocked) return "open";
    this.#tell({ kind: "faces", key });
    this.#emit({ all: true, people: [] });
    return "unlocked";
  }

  quarantined(): Promise<readonly QuarantinedRow[]> {
    return this.#quarantine.rows();
  }

  async quarantineTemplate(personId: PersonId, kind: string): Promise<void> {
    const id = this.held.templateIds.get(personId);
    const row = id === undefined ? undefined : await this.#keys.vault.templates.get(id);
    await this.#quarantine.put("templates", personId, kind, [{ table: "templatePointers", id: personId }], row ?? null);
    // No pointer names it any more: where this fails it is swept at a quiet moment.
    if (row)
      await this.#keeper
        .note()
        .then(() => this.#keys.vault.templates.delete(row.id))
        .catch(() => undefined);
    this.held.dropTemplate(personId);
    this.held.unreadableTemplates.add(personId);
    this.#emit({ all: false, people: [personId] });
  }

  beginTry(scopes: readonly LockScope[]): ReturnType<Store["beginTry"]> {
    return this.#lockOuts.begin(scopes);
  }

  endTry(right: readonly CountBefore[], others: readonly CountBefore[] = []): Promise<Result<void, StoreFailure>> {
    return this.#lockOuts.end(right, others);
  }

  async usage(): Promise<{ readonly usedBytes: number; readonly quotaBytes: number; readonly persistent: boolean; readonly bucket: boolean }> {
    const { home } = this.#database;
    const [estimate, persistent] = await Promise.all([home.estimate(), home.persisted()]);
    return { usedBytes: estimate.usage ?? 0, quotaBytes: estimate.quota ?? 0, persistent, bucket: home.bucket };
  }

  persist(): Promise<boolean> {
    return this.#database.home.persist();
  }

  /**
   * Takes in the time of a trusted clock. When it agrees with the device's within a minute, entries from now on say so;
   * the device's own time is recorded unchanged either way. The log tells of the first answer of a page life, and of one
   * that says otherwise than the one before.
   */
  async anchorTime(trustedMs: EpochMs): Promise<void> {
    const now = this.now();
    const { agrees, news } = this.#time.anchor(now, trustedMs);
    if (agrees) await this.#database.meta.put({ key: "anchor", wallMs: now.wallMs });
    if (!news || !this.settings) return;
    await this.exclusively(() => this.commit({ entries: [{ type: "time-anchored", subject: null, body: { trustedMs, driftMs: trustedMs - now.wallMs } }] }));
  }

  close(): void {
    this.#channel.close();
    this.#listeners.clear();
    for (const ring of [...this.#rings]) ring.close();
    this.#keeper.close();
    this.#options.journal?.close();
    this.#keys.vault.close();
    this.#database.close();
  }

  // ---- reading

  /**
   * Takes away what cuts left in the keys' bucket, and keeps a snapshot of the roster for the next start. Nothing depends on
   * it: after the start and at quiet moments, not in it.
   */
  async tidy(): Promise<void> {
    if (!hasLocks()) return;
    await this.#keeper.ready();
    await this.exclusively(async () => {
      await this.#forgetTurn();
      await tidyVault({ database: this.#database, vault: this.#keys.vault, held: this.held, tag: (role) => this.#sealer.roleTag(role) });
      await this.#roster.keep(this.#head);
    });
  }

  /** Reads everything again, after rows were put back. */
  async reload(): Promise<void> {
    await this.#locked(async () => {
      await this.#keeper.note();
      await this.#keys.vault.roster.clear();
      this.#roster.forget();
      await this.#loader.documents();
      await this.#loader.people(null);
    });
    this.#reader.forget();
    this.#emit({ all: true, people: [], papers: PAPER_KINDS });
  }

  async #load(): Promise<void> {
    if (await this.#database.meta.get("anchor")) this.#time.anchoredBefore();
    this.#head = await readHead(this.#database, this.ring);
    await this.#loader.documents();
    await this.#locked(async () => {
      await this.#catchUp();
      await this.#finishTurn(this.#database.home.bucket);
    });
    await this.#roster.load(this.#head);
  }

  /** Takes in what other tabs wrote. */
  async #catchUp(): Promise<void> {
    if (!this.#database.isOpen()) return;
    if (this.#keysStale || !this.#keys.vault.isOpen()) await this.#takeKeys();
    const stored = await this.#database.meta.get("head");
    if (stored?.key !== "head") return;
    const head = headOf(stored);
    if (head.seq === this.#head.seq && head.revision === this.#head.revision) return;
    const rows = await this.#database.log.where("seq").above(this.#head.seq).toArray();
    this.#head = head;
    const faces = await this.#loader.changedTemplates();
    const subjects = new Set(faces);
    let all = false;
    for (const row of rows) {
      const entry = await this.#reader.one(row);
      if (!entry || entry.header.type === "import") all = true;
      else if (entry.subject) subjects.add(entry.subject);
    }
    await this.#loader.documents();
    await this.#loader.people(all ? null : [...subjects]);
    await this.#readRings(all ? null : [...subjects]);
    this.#emit({ all, people: [...subjects] });
  }

  async #takeKeys(): Promise<void> {
    const keys = await loadDeviceKeys(this.#options.names);
    if (!keys) throw new Error("no keys");
    this.#keysStale = false;
    if (!this.#database.isOpen()) {
      keys.vault.close();
      return;
    }
    if (keys.epochKey.epoch === this.#keys.epochKey.epoch && this.#keys.vault.isOpen()) {
      keys.vault.close();
      return;
    }
    await this.#use(keys);
    await this.#loader.people(null);
    this.#emit({ all: true, people: [], papers: PAPER_KINDS });
  }

  async #use(next: DeviceKeys): Promise<void> {
    const before = this.#keys;
    // Read from the disk a guard is locked; one that is open here stays so.
    const guard = next.guard?.key === null && before.guard?.row.born === next.guard.row.born ? { ...next.guard, key: before.guard.key } : next.guard;
    const keys = { ...next, guard };
    this.#keys = keys;
    this.ring.take(keys);
    before.vault.close();
    this.#keeper.forget();
    this.#reader.forget();
    this.#roster.forget();
    await this.#readRings(null);
  }

  // ---- epochs

  async #turn(change: EpochChange): Promise<Result<EpochTurned, StoreFailure>> {
    const { names, atStep } = this.#options;
    // Noted first: what is written from here on may be torn.
    await this.#keeper.note();
    const before = this.#keys;
    const turn: EpochTurn = { ...change, from: before.epochKey.epoch, at: this.now().wallMs };
    const built = await buildEpoch({ names, tenant: this.tenant, device: before.device, from: before.epochKey, turn, source: await sourceOf(before.vault, this.#database, this.held), readable: this.#readable(change), tag: (role) => this.#sealer.roleTag(role), guard: before.guard, guardians: this.#guardians() });
    atStep?.("built");
    await moveEpochPointer(names, built.keys.epochKey.epoch, turn.at);
    await this.#use({ ...before, ...built.keys });
    for (const id of change.withoutRecords) this.held.dropPerson(id);
    for (const id of change.withoutFaces) this.held.dropTemplate(id);
    for (const { id, template } of built.templates) this.held.keepTemplate(template, id);
    this.#tell({ kind: "epoch", epoch: built.keys.epochKey.epoch });
    atStep?.("moved");
    const destroyed = await deleteKeys(names, turn.from);
    atStep?.("deleted");
    const finished = await this.#finishTurn(destroyed);
    await this.#forgetTurn();
    this.#emit({ all: true, people: [], papers: PAPER_KINDS });
    return finished.ok ? ok({ from: turn.from, to: built.keys.epochKey.epoch, bytes: destroyed ? "destroyed" : "pending" }) : finished;
  }

  /** The rows of those who were left behind go, and the log says that another epoch is in force. An interrupted turn is finished by the next start. */
  async #finishTurn(destroyed: boolean): Promise<Result<void, StoreFailure>> {
    const { vault, epochKey } = this.#keys;
    const row = await vault.keys.get("turn");
    if (row?.id !== "turn") return ok();
    const { turn } = row;
    const body = { from: turn.from, to: epochKey.epoch, reason: turn.reason, bytes: destroyed ? ("destroyed" as const) : ("pending" as const) };
    const noted = await this.#database.meta.get("epoch");
    if (noted?.key !== "epoch" || noted.epoch < epochKey.epoch) {
      const written = await this.#commit({ entries: [{ type: "epoch", subject: null, body }] }, undefined, undefined, turn);
      if (!written.ok) return written;
    }
    this.#options.atStep?.("logged");
    return ok();
  }

  /** The log says how the epoch came about: the row beside its keys need not any more. */
  async #forgetTurn(): Promise<void> {
    const { vault, epochKey } = this.#keys;
    const noted = await this.#database.meta.get("epoch");
    if (noted?.key === "epoch" && noted.epoch >= epochKey.epoch && (await vault.keys.get("turn"))) await vault.keys.delete("turn");
  }

  /** The roles that unlock faces where they are guarded. */
  #guardians(): readonly RoleRecord[] {
    return GUARDIANS.flatMap((id) => this.held.roles.get(id) ?? []);
  }

  /** Seals the open guard key anew where a role has had another version since. */
  async #keepGuard({ row, key }: { readonly row: FaceGuardRow; readonly key: NamedKey }): Promise<void> {
    const roles = this.#guardians();
    const current = roles.every(({ id, version }) => row.holders.some((holder) => holder.role === id && holder.version === version));
    const kept = current ? row : { ...row, holders: await sealGuardKey(this.tenant, key, roles) };
    if (!current) await this.#keeper.write((vault) => vault.keys.put(kept));
    this.#keys = { ...this.#keys, guard: { row: kept, key } };
  }

  #readable({ withoutRecords }: EpochChange): ReadonlyMap<RoleRecord, readonly string[]> {
    const without = new Set(withoutRecords);
    const departments = new Map([...this.held.people.values()].flatMap(({ person }) => (without.has(person.id) ? [] : [[person.id, person.department] as const])));
    return new Map([...this.held.roles.values()].map((role) => [role, readableBy(role.id, departments)]));
  }

  /** @param only what they have of these people; null for everybody */
  async #readRings(only: readonly PersonId[] | null): Promise<void> {
    for (const ring of this.#rings) await ring.read(this.#keys.vault, only);
  }

  #heard(message: Message): void {
    if (message.kind === "faces-asked") {
      const key = this.#keys.guard?.key;
      if (key) this.#tell({ kind: "faces", key });
      return;
    }
    if (message.kind === "faces") {
      const { guard } = this.#keys;
      if (guard?.key !== null || guard.row.born !== message.key.epoch) return;
      this.#keys = { ...this.#keys, guard: { ...guard, key: message.key } };
      this.#emit({ all: true, people: [] });
      return;
    }
    if (message.kind === "epoch" && message.epoch !== this.#keys.epochKey.epoch) this.#keysStale = true;
    // Whatever goes wrong here, the next commit catches up before it writes.
    void this.#locked(() => this.#catchUp()).then(() => this.#emitPapers(message)).catch(() => undefined);
  }

  // ---- writing

  async #commit(asked: Change, onProgress?: (done: number) => void, signal?: AbortSignal, without?: EpochTurn): Promise<Result<readonly Entry[], StoreFailure>> {
    const at = this.now();
    const was = this.#head;
    const jump = this.#time.jumpAt(at, was.wallMs);
    // Last: whoever asked for entries finds their own first.
    const change: Change = jump === null ? asked : { ...asked, entries: [...asked.entries, { type: "time-jump", subject: null, body: jump }] };
    const prepared = await this.#committer.prepare(change, { at, was, trust: this.#time.stateAt(at, was.wallMs), ...(without === undefined ? {} : { without }) }, onProgress, signal);
    if (prepared.needsKeys && (await epochInForce(this.#options.names)) !== this.#keys.epochKey.epoch) {
      this.#keysStale = true;
      throw new HeadMoved();
    }
    signal?.throwIfAborted();
    const room = await this.#committer.reserve(prepared);
    if (!room.ok) return room;
    const written = await this.#committer.write(prepared);
    if (!written.ok) return written;
    if (prepared.outdates) this.#roster.forget();

    this.#time.logged(at, was.wallMs);
    this.#head = prepared.head;
    for (const key of prepared.keys.values()) this.ring.keep(key);
    const pauses = new Pauses();
    for (const one of change.people ?? []) {
      this.held.keepPerson(one);
      await pauses.ifDue();
    }
    for (const { personId, standing } of prepared.standings) this.held.standings.set(personId, standing);
    if (change.removeTemplate) this.held.dropTemplate(change.removeTemplate);
    for (const { id, template } of prepared.vault.templates) this.held.keepTemplate(template, id);
    this.held.keepRest(change);
    for (const entry of prepared.entries) this.#reader.remember(entry);
    await this.#readRings(prepared.regranted);
    const touched = new Set(prepared.entries.flatMap((entry) => (entry.subject ? [entry.subject] : [])));
    const papers = prepared.papers.length === 0 ? {} : { papers: prepared.papers };
    this.#emit({ all: (change.people?.length ?? 0) > touched.size, people: [...touched], ...papers });
    this.#tell({ kind: "log", ...papers });
    return ok(prepared.entries);
  }

  // ---- small things

  #tell(message: Message): void {
    this.#channel.postMessage(message);
  }

  /** What another tab did to papers: nothing of them is in memory, so that the log's end does not tell. */
  #emitPapers(message: Message): void {
    if (message.kind === "log" && message.papers) this.#emit({ all: false, people: [], papers: message.papers });
  }

  /** What is durable stays so, whatever those who hear of it make of it. */
  #emit(change: StoreChange): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (error) {
        reportError(error);
      }
    }
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return this.#options.background.follow(this.#alone(work));
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    if (hasLocks()) return withLock(this.#lockName, work);
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
