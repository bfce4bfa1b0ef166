import * as v from "valibot";
import type { SiteSettings } from "../../app/api/administration.ts";
import type { AdministratorRecord, Change, CountBefore, LockScope, QuarantinedRow, Store, StoreChange, StoreFailure } from "../../app/ports/store.ts";
import { Pauses } from "../../app/pauses.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Entry, EntryHeader } from "../../domain/attendance/entries.ts";
import { HEADER_VERSION } from "../../domain/attendance/entries.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import { NO_STANDING } from "../../domain/attendance/standing.ts";
import type { Standing } from "../../domain/attendance/standing.ts";
import { parseStanding, STANDING_SCHEMA } from "../../domain/attendance/stored-standing.ts";
import { CLOCK_DISAGREEMENT_MS, timeState } from "../../domain/attendance/time-state.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../domain/clock.ts";
import { decodeEnvelope } from "../../domain/envelope.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { lockState, oneLess, oneMore } from "../../domain/people/back-off.ts";
import { numberKey } from "../../domain/people/roster.ts";
import { ERASURES_SCHEMA, NO_ERASURES, parseErasures } from "../../domain/people/erasure.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";
import { parseStoredPerson, STORED_PERSON_SCHEMA } from "../../domain/people/stored.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { canonicalBytes } from "../crypto/digest.ts";
import { blindTag, openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import type { LockoutRow, LogRow, PersonRecordRow, PunchDatabase, RecordKeyRow, StandingRow } from "./database.ts";
import { HeadMoved, mentions, storeFailure } from "./failures.ts";
import type { DeviceKeys } from "./key-store.ts";
import { DEVICE_RECORDS, KeyRing } from "./key-ring.ts";
import { decodeOrUndefined, openEntry, sealEntry } from "./log-codec.ts";
import { sideBySide } from "./side-by-side.ts";
import { parseAdministrator, parseSettings, SETTINGS_SCHEMA } from "./stored-settings.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Rows handed to the database at a time: a longer list holds the page up while it is copied. */
const BATCH = 50;
/** Opened entries kept in memory, about 3 KiB each: a busy day of a large site. What is older is opened again when it is read. */
const ENTRY_CACHE = 2_000;
/** How often a commit is tried again after another writer came first. Only browsers without Web Locks ever need it. */
const ATTEMPTS = 40;
/** Longest wait before such a try, milliseconds; a random part of it, so that two writers do not keep step. */
const RETRY_WITHIN_MS = 40;
/** People between two words on progress. */
const PROGRESS_STEP = 200;
const NO_LEAF = new Uint8Array(32);

type SettingsKey = "settings" | "administrator" | "erasures";

interface Head {
  readonly seq: number;
  readonly leaf: Bytes;
  readonly wallMs: number;
}

interface MovedRow {
  readonly table: "people" | "standings" | "templates";
  readonly id: string;
}

export interface EncryptedStoreOptions {
  readonly database: PunchDatabase;
  readonly keys: DeviceKeys;
  readonly clock: Clock;
  /** Sets the lock and the channel of another set of stores apart, for tests. */
  readonly prefix?: string;
}

/** {@link Store} on the encrypted database. */
export class EncryptedStore implements Store {
  readonly tenant: string;
  readonly deviceId: string;
  readonly bootId = crypto.randomUUID();
  readonly ring: KeyRing;
  readonly people = new Map<PersonId, StoredPerson>();
  readonly templates = new Map<PersonId, SealedTemplate>();
  readonly unreadableTemplates = new Set<PersonId>();

  readonly #database: PunchDatabase;
  readonly #clock: Clock;
  readonly #lockName: string;
  readonly #channel: BroadcastChannel;
  readonly #standings = new Map<PersonId, Standing>();
  readonly #numbers = new Map<string, PersonId>();
  readonly #entries = new Map<number, Entry>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  #settings: SiteSettings | null = null;
  #administrator: AdministratorRecord | null = null;
  #erasures: ErasureBook = NO_ERASURES;
  #head: Head = { seq: 0, leaf: NO_LEAF, wallMs: Number.NEGATIVE_INFINITY };
  #indexKey: CryptoKey;
  #deviceRecords: NamedKey;
  #anchored: "never" | "earlier" | "this-session" = "never";
  #base: { readonly wallMs: EpochMs; readonly monoMs: MonotonicMs };
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(options: EncryptedStoreOptions, ring: KeyRing, deviceRecords: NamedKey, indexKey: CryptoKey) {
    const prefix = options.prefix ?? "";
    this.#database = options.database;
    this.#clock = options.clock;
    this.#lockName = `clockface-${prefix}log`;
    this.#channel = new BroadcastChannel(this.#lockName);
    // Whatever goes wrong here, the next commit catches up before it writes.
    this.#channel.onmessage = () => void this.#locked(() => this.#catchUp()).catch(() => undefined);
    this.#deviceRecords = deviceRecords;
    this.#indexKey = indexKey;
    this.#base = { wallMs: options.clock.wall(), monoMs: options.clock.monotonic() };
    this.tenant = options.keys.tenant;
    this.deviceId = options.keys.device.deviceId;
    this.ring = ring;
  }

  /** Reads and decrypts everything but the log. Rows that cannot be read are moved to the quarantine; the rest works. */
  static async open(options: EncryptedStoreOptions): Promise<Result<EncryptedStore, Failure<"store/keys-lost">>> {
    const ring = new KeyRing(options.database, options.keys.tenant, options.keys.epochKey);
    await ring.prepare();
    const deviceRecords = await ring.find(DEVICE_RECORDS);
    const indexKey = await ring.indexKey();
    if (!deviceRecords.ok || !deviceRecords.value || !indexKey) return err(failure("store/keys-lost", "record keys"));
    const store = new EncryptedStore(options, ring, deviceRecords.value, indexKey);
    await store.#load();
    return ok(store);
  }

  get settings(): SiteSettings | null {
    return this.#settings;
  }

  get administrator(): AdministratorRecord | null {
    return this.#administrator;
  }

  get erasures(): ErasureBook {
    return this.#erasures;
  }

  get length(): number {
    return this.#head.seq;
  }

  now(): Moment {
    return { wallMs: Math.round(this.#clock.wall()) as EpochMs, monoMs: Math.round(this.#clock.monotonic()) as MonotonicMs, bootId: this.bootId };
  }

  findByNumber(employeeNumber: string): StoredPerson | undefined {
    const id = this.#numbers.get(numberKey(employeeNumber));
    return id === undefined ? undefined : this.people.get(id);
  }

  standing(personId: PersonId): Standing {
    return this.#standings.get(personId) ?? NO_STANDING;
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
    try {
      return await this.#commit(change, onProgress, signal);
    } catch (error) {
      if (error instanceof HeadMoved) throw error;
      if (mentions(error, "HeadMoved")) throw new HeadMoved();
      return err(storeFailure(error));
    }
  }

  async entries(fromUtcDay: number, toUtcDay: number): Promise<readonly Entry[]> {
    const rows = await this.#database.log.where("utcDay").between(fromUtcDay, toUtcDay, true, true).toArray();
    const entries: Entry[] = [];
    await sideBySide(rows, async (row) => {
      const entry = await this.#entry(row);
      if (entry) entries.push(entry);
    });
    return entries.sort((a, b) => a.header.seq - b.header.seq);
  }

  async latest(limit: number, before = Number.MAX_SAFE_INTEGER): Promise<readonly Entry[]> {
    const rows = await this.#database.log.where("seq").below(before).reverse().limit(limit).toArray();
    const entries: Entry[] = [];
    await sideBySide(rows, async (row) => {
      const entry = await this.#entry(row);
      if (entry) entries.push(entry);
    });
    return entries.sort((a, b) => b.header.seq - a.header.seq);
  }

  async quarantined(): Promise<readonly QuarantinedRow[]> {
    const rows = await this.#database.quarantine.toArray();
    return rows.map(({ store, id, kind, atMs }) => ({ store, id, kind, at: atMs as EpochMs }));
  }

  async quarantineTemplate(personId: PersonId, kind: string): Promise<void> {
    await this.#quarantine("templates", personId, kind, [{ table: "templates", id: personId }]);
    this.templates.delete(personId);
    this.unreadableTemplates.add(personId);
    this.#emit({ all: false, people: [personId] });
  }

  async beginTry(scopes: readonly LockScope[]): Promise<Result<readonly CountBefore[], StoreFailure | (Failure<"store/locked"> & { readonly until: EpochMs })>> {
    const names = await Promise.all(scopes.map((scope) => this.#scopeName(scope)));
    const now = this.now();
    const { lockouts } = this.#database;
    try {
      const { until, before } = await this.#database.transaction("rw", lockouts, async () => {
        const rows = await lockouts.bulkGet(names);
        const states = rows.map((row) => lockState(row?.failures ?? null, now));
        const locks = states.flatMap((state, index) => (state.locked ? [{ until: state.until, row: { scope: names[index] ?? "", failures: state.failures } }] : []));
        await lockouts.bulkPut(locks.length > 0 ? locks.map((lock) => lock.row) : names.map((scope, index): LockoutRow => ({ scope, failures: oneMore(rows[index]?.failures ?? null, now) })));
        return {
          until: locks.length > 0 ? Math.max(...locks.map((lock) => lock.until)) : null,
          before: scopes.map((scope, index): CountBefore => ({ scope, failures: rows[index]?.failures ?? null })),
        };
      });
      return until === null ? ok(before) : err({ kind: "store/locked", until: until as EpochMs });
    } catch (error) {
      return err(storeFailure(error));
    }
  }

  async endTry(scopes: readonly LockScope[], others: readonly CountBefore[] = []): Promise<Result<void, StoreFailure>> {
    const names = await Promise.all(scopes.map((scope) => this.#scopeName(scope)));
    const otherNames = await Promise.all(others.map(({ scope }) => this.#scopeName(scope)));
    const { lockouts } = this.#database;
    try {
      await this.#database.transaction("rw", lockouts, async () => {
        await lockouts.bulkDelete(names);
        const rows = await lockouts.bulkGet(otherNames);
        for (const [index, scope] of otherNames.entries()) {
          const failures = oneLess(rows[index]?.failures ?? null, others[index]?.failures ?? null);
          await (failures === null ? lockouts.delete(scope) : lockouts.put({ scope, failures }));
        }
      });
      return ok();
    } catch (error) {
      return err(storeFailure(error));
    }
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
   * the device's own time is recorded unchanged either way.
   */
  async anchorTime(trustedMs: EpochMs): Promise<void> {
    const now = this.now();
    if (Math.abs(trustedMs - now.wallMs) > CLOCK_DISAGREEMENT_MS) return;
    this.#base = { wallMs: now.wallMs, monoMs: now.monoMs };
    this.#anchored = "this-session";
    await this.#database.meta.put({ key: "anchor", wallMs: now.wallMs });
  }

  close(): void {
    this.#channel.close();
    this.#listeners.clear();
    this.#database.close();
  }

  // ---- reading

  async #load(): Promise<void> {
    if (await this.#database.meta.get("anchor")) this.#anchored = "earlier";
    await this.#loadHead();
    await this.#loadSettings();
    await this.#loadPeople(null);
  }

  /** Where the head was lost, the last entry says what it was. */
  async #loadHead(): Promise<void> {
    const row = await this.#database.meta.get("head");
    if (row?.key === "head") {
      this.#head = { seq: row.seq, leaf: row.leaf, wallMs: row.wallMs };
      return;
    }
    const last = await this.#database.log.orderBy("seq").last();
    const opened = last ? await openEntry(this.ring, last) : null;
    if (!opened?.ok) return;
    const { header, leaf } = opened.value.entry;
    this.#head = { seq: header.seq, leaf: new Uint8Array(leaf), wallMs: header.wallMs };
    await this.#database.meta.put({ key: "head", seq: header.seq, leaf: this.#head.leaf, wallMs: header.wallMs });
  }

  async #loadSettings(): Promise<void> {
    for (const row of await this.#database.meta.bulkGet(["settings", "administrator", "erasures"])) {
      if (row?.key !== "settings" && row?.key !== "administrator" && row?.key !== "erasures") continue;
      const opened = await openRecord(this.tenant, this.#deviceRecords, settingsPlace(row.key), row.envelope);
      const value = opened.ok ? decodeOrUndefined(opened.value) : undefined;
      const parsed = row.key === "settings" ? parseSettings(value) : row.key === "administrator" ? parseAdministrator(value) : parseErasures(value);
      if (!parsed) {
        await this.#quarantine("meta", row.key, opened.ok ? "store/unknown-shape" : opened.error.kind, []);
      } else if (row.key === "settings") this.#settings = parsed as SiteSettings;
      else if (row.key === "administrator") this.#administrator = parsed as AdministratorRecord;
      else this.#erasures = parsed as ErasureBook;
    }
  }

  /** @param only these people; null for everyone */
  async #loadPeople(only: readonly PersonId[] | null): Promise<void> {
    const { recordKeys, people, standings, templates } = this.#database;
    const [keyRows, personRows, standingRows, templateRows] = await this.#database.transaction("r", [recordKeys, people, standings, templates], () =>
      only
        ? Promise.all([recordKeys.bulkGet([...only]), people.bulkGet([...only]), standings.bulkGet([...only]), templates.bulkGet([...only])])
        : Promise.all([recordKeys.toArray(), people.toArray(), standings.toArray(), templates.toArray()]),
    );
    const keys = new Map(present(keyRows).map((row) => [row.id, row]));
    const standingOf = new Map(present(standingRows).map((row) => [row.personId as string, row]));
    if (!only) {
      this.people.clear();
      this.#standings.clear();
      this.#numbers.clear();
      this.templates.clear();
    } else {
      for (const id of only) this.#drop(id);
    }
    await sideBySide(present(personRows), (row) => this.#loadPerson(row, keys.get(row.id), standingOf.get(row.id)));
    for (const row of present(templateRows)) await this.#loadTemplate(row);
  }

  async #loadPerson(row: PersonRecordRow, keyRow: RecordKeyRow | undefined, standingRow: StandingRow | undefined): Promise<void> {
    const key = keyRow ? await this.ring.open(keyRow) : err(failure("store/key-missing"));
    if (!key.ok) {
      await this.#quarantine("people", row.id, key.error.kind, [{ table: "people", id: row.id }]);
      return;
    }
    const opened = await openRecord(this.tenant, key.value, personPlace(row.id), row.envelope);
    const stored = opened.ok ? parseStoredPerson(decodeOrUndefined(opened.value)) : null;
    if (stored?.person.id !== row.id) {
      await this.#quarantine("people", row.id, opened.ok ? "store/unknown-shape" : opened.error.kind, [{ table: "people", id: row.id }]);
      return;
    }
    this.#keepPerson(stored);
    if (standingRow) await this.#loadStanding(key.value, standingRow);
  }

  async #loadStanding(key: NamedKey, row: StandingRow): Promise<void> {
    const opened = await openRecord(this.tenant, key, standingPlace(row.personId), row.envelope);
    const standing = opened.ok ? parseStanding(decodeOrUndefined(opened.value)) : null;
    if (standing) this.#standings.set(row.personId, standing);
    else await this.#quarantine("standings", row.personId, opened.ok ? "store/unknown-shape" : opened.error.kind, [{ table: "standings", id: row.personId }]);
  }

  /** Only the row's shape: what lies inside, the matcher alone can open. */
  async #loadTemplate(row: SealedTemplate): Promise<void> {
    const { personId } = row;
    const sound = v.is(templateShape, row) && decodeEnvelope(row.envelope).ok;
    if (sound && this.people.has(personId)) this.templates.set(personId, row);
    else if (!sound) {
      await this.#quarantine("templates", personId, "template/malformed", [{ table: "templates", id: personId }]);
      this.unreadableTemplates.add(personId);
    }
  }

  /** Opens an entry, or tells of it in the quarantine. It stays in the log: a chain is not repaired by a hole. */
  async #entry(row: LogRow): Promise<Entry | null> {
    const cached = this.#entries.get(row.seq);
    if (cached) return cached;
    const opened = await openEntry(this.ring, row);
    if (!opened.ok || opened.value.bodyFailure) {
      await this.#quarantine("log", String(row.seq), opened.ok ? (opened.value.bodyFailure?.kind ?? "") : opened.error.kind, []);
    }
    if (!opened.ok) return null;
    this.#remember(opened.value.entry);
    return opened.value.entry;
  }

  /** Takes in what other tabs wrote. */
  async #catchUp(): Promise<void> {
    if (!this.#database.isOpen()) return;
    const head = await this.#database.meta.get("head");
    if (head?.key !== "head" || head.seq === this.#head.seq) return;
    const rows = await this.#database.log.where("seq").above(this.#head.seq).toArray();
    this.#head = { seq: head.seq, leaf: head.leaf, wallMs: head.wallMs };
    const subjects = new Set<PersonId>();
    let all = false;
    for (const row of rows) {
      const entry = await this.#entry(row);
      if (entry?.header.type === "erasing" || entry?.header.type === "erased") await this.#loadSettings();
      if (!entry) all = true;
      else if (entry.subject) subjects.add(entry.subject);
      else if (entry.header.type === "import") all = true;
      else if (entry.header.type === "setup" || entry.header.type === "settings") await this.#loadSettings();
    }
    await this.#loadPeople(all ? null : [...subjects]);
    this.#emit({ all, people: [...subjects] });
  }

  // ---- writing

  async #commit(change: Change, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<Result<readonly Entry[], StoreFailure>> {
    const at = this.now();
    const was = this.#head;
    const made = await this.#sealPeople(change.people ?? [], onProgress, signal);
    const appended = await this.#sealEntries(change, at, was, made.keys);
    const standing = change.standing?.(appended.entries, at);
    const standingRow = standing ? await this.#sealStanding(standing, made.keys) : null;
    const settingsRows = await this.#sealSettings(change);
    const head: Head = { seq: was.seq + appended.entries.length, leaf: appended.leaf, wallMs: Math.max(was.wallMs, at.wallMs) };
    signal?.throwIfAborted();

    const { meta, recordKeys, people, standings, templates, log } = this.#database;
    await this.#database.transaction("rw", [meta, recordKeys, people, standings, templates, log], async () => {
      const stored = await meta.get("head");
      if ((stored?.key === "head" ? stored.seq : 0) !== was.seq) throw new HeadMoved();
      for (let start = 0; start < made.keyRows.length; start += BATCH) await recordKeys.bulkAdd(made.keyRows.slice(start, start + BATCH));
      for (let start = 0; start < made.rows.length; start += BATCH) await people.bulkPut(made.rows.slice(start, start + BATCH));
      if (standingRow) await standings.put(standingRow);
      if (change.storeTemplate) await templates.put(change.storeTemplate);
      if (change.removeTemplate) await templates.delete(change.removeTemplate);
      if (settingsRows.length > 0) await meta.bulkPut(settingsRows);
      await log.bulkAdd([...appended.rows]);
      await meta.put({ key: "head", seq: head.seq, leaf: head.leaf, wallMs: head.wallMs });
    });

    this.#head = head;
    for (const key of made.keys.values()) this.ring.keep(key);
    const pauses = new Pauses();
    for (const one of change.people ?? []) {
      this.#keepPerson(one);
      await pauses.ifDue();
    }
    if (standing) this.#standings.set(standing.personId, standing.standing);
    if (change.storeTemplate) {
      this.templates.set(change.storeTemplate.personId, change.storeTemplate);
      this.unreadableTemplates.delete(change.storeTemplate.personId);
    }
    if (change.removeTemplate) {
      this.templates.delete(change.removeTemplate);
      this.unreadableTemplates.delete(change.removeTemplate);
    }
    if (change.settings) this.#settings = change.settings;
    if (change.administrator) this.#administrator = change.administrator;
    if (change.erasures) this.#erasures = change.erasures;
    for (const entry of appended.entries) this.#remember(entry);
    const touched = new Set(appended.entries.flatMap((entry) => (entry.subject ? [entry.subject] : [])));
    this.#emit({ all: (change.people?.length ?? 0) > touched.size, people: [...touched] });
    this.#channel.postMessage(head.seq);
    return ok(appended.entries);
  }

  async #sealPeople(
    people: readonly StoredPerson[],
    onProgress?: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly rows: PersonRecordRow[]; readonly keyRows: RecordKeyRow[]; readonly keys: ReadonlyMap<string, NamedKey> }> {
    const rows: PersonRecordRow[] = [];
    const keyRows: RecordKeyRow[] = [];
    const keys = new Map<string, NamedKey>();
    await sideBySide(people, async (stored) => {
      signal?.throwIfAborted();
      const { id, employeeNumber } = stored.person;
      const found = this.people.has(id) ? await this.#keyOf(id) : null;
      const made = found ? null : await this.ring.make(id);
      const key = found ?? made?.key;
      if (!key) throw new Error("record key missing");
      if (made) {
        keyRows.push(made.row);
        keys.set(id, made.key);
      }
      const [envelope, numberTag] = await Promise.all([
        sealRecord(this.tenant, key, personPlace(id), canonicalBytes(stored)),
        blindTag(this.#indexKey, numberKey(employeeNumber)),
      ]);
      rows.push({ id, numberTag, envelope });
      if (rows.length % PROGRESS_STEP === 0 || rows.length === people.length) onProgress?.(rows.length);
    });
    return { rows, keyRows, keys };
  }

  async #sealEntries(
    change: Change,
    at: Moment,
    was: Head,
    made: ReadonlyMap<string, NamedKey>,
  ): Promise<{ readonly rows: readonly LogRow[]; readonly entries: readonly Entry[]; readonly leaf: Bytes }> {
    const rows: LogRow[] = [];
    const entries: Entry[] = [];
    let { leaf, seq } = was;
    const history = { anchored: this.#anchored, baseWallMs: this.#base.wallMs, baseMonoMs: this.#base.monoMs, latestWallMs: Number.isFinite(was.wallMs) ? (was.wallMs as EpochMs) : null };
    const trust = timeState(at.wallMs, at.monoMs, history);
    for (const draft of change.entries) {
      seq++;
      const subject = draft.subject === null ? this.#deviceRecords : (made.get(draft.subject) ?? (await this.#keyOf(draft.subject)));
      if (!subject) throw new Error("record key missing");
      const start: Omit<EntryHeader, "type" | "bodyCommit"> = { v: HEADER_VERSION, device: this.deviceId, bootId: at.bootId, seq, wallMs: at.wallMs, monoMs: at.monoMs, timeState: trust, prev: leaf };
      const sealed = await sealEntry(this.ring, { device: this.#deviceRecords, subject }, draft, start);
      rows.push(sealed.row);
      entries.push(sealed.entry);
      leaf = sealed.leaf;
    }
    return { rows, entries, leaf };
  }

  async #sealStanding(of: { readonly personId: PersonId; readonly standing: Standing }, made: ReadonlyMap<string, NamedKey>): Promise<StandingRow> {
    const key = made.get(of.personId) ?? (await this.#keyOf(of.personId));
    if (!key) throw new Error("record key missing");
    return { personId: of.personId, envelope: await sealRecord(this.tenant, key, standingPlace(of.personId), canonicalBytes(of.standing)) };
  }

  async #sealSettings(change: Change): Promise<{ readonly key: SettingsKey; readonly envelope: Bytes }[]> {
    const rows: { readonly key: SettingsKey; readonly envelope: Bytes }[] = [];
    for (const key of ["settings", "administrator", "erasures"] as const) {
      const value = change[key];
      if (value) rows.push({ key, envelope: await sealRecord(this.tenant, this.#deviceRecords, settingsPlace(key), canonicalBytes(value)) });
    }
    return rows;
  }

  // ---- small things

  async #keyOf(id: string): Promise<NamedKey | null> {
    const key = await this.ring.find(id);
    return key.ok ? key.value : null;
  }

  #keepPerson(stored: StoredPerson): void {
    const { id, employeeNumber } = stored.person;
    const before = this.people.get(id);
    if (before) this.#numbers.delete(numberKey(before.person.employeeNumber));
    this.people.set(id, stored);
    this.#numbers.set(numberKey(employeeNumber), id);
  }

  #drop(id: PersonId): void {
    const before = this.people.get(id);
    if (before) this.#numbers.delete(numberKey(before.person.employeeNumber));
    this.people.delete(id);
    this.#standings.delete(id);
    this.templates.delete(id);
  }

  #remember(entry: Entry): void {
    this.#entries.set(entry.header.seq, entry);
    if (this.#entries.size <= ENTRY_CACHE) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  /**
   * Moves rows out of the way with everything they held, or only notes them when `moved` is empty. Told once. A disk too
   * full for that leaves the row where it is, out of use: it is met again at the next start.
   */
  async #quarantine(store: string, id: string, kind: string, moved: readonly MovedRow[]): Promise<void> {
    const { quarantine, people, standings, templates } = this.#database;
    const atMs = this.now().wallMs;
    try {
      await this.#database.transaction("rw", [quarantine, people, standings, templates], async () => {
        const known = await quarantine.where("store").equals(store).filter((row) => row.id === id).count();
        if (known > 0 && moved.length === 0) return;
        const rows: unknown[] = [];
        for (const one of moved) {
          rows.push(await this.#database.table(one.table).get(one.id));
          await this.#database.table(one.table).delete(one.id);
        }
        await quarantine.add({ store, id, kind, atMs, row: rows[0] ?? null });
      });
    } catch (error) {
      if (storeFailure(error).kind !== "store/full") throw error;
    }
  }

  async #scopeName(scope: LockScope): Promise<string> {
    return typeof scope === "string" ? scope : `number:${await blindTag(this.#indexKey, numberKey(scope.employeeNumber))}`;
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
    const { locks } = navigator as { readonly locks?: LockManager };
    if (locks) return locks.request(this.#lockName, work);
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

const templateShape = v.object({
  personId: v.string(),
  profile: v.picklist(["accurate", "clear"]),
  modelSet: v.string(),
  epoch: v.number(),
  createdAtMs: v.number(),
  references: v.number(),
  refreshedAtMs: v.optional(v.number()),
  wrappedKey: v.instance(Uint8Array),
  envelope: v.instance(Uint8Array),
});

const personPlace = (id: string): Place => ({ store: "people", recordId: id, schema: STORED_PERSON_SCHEMA });
const standingPlace = (id: string): Place => ({ store: "standings", recordId: id, schema: STANDING_SCHEMA });
const settingsPlace = (key: SettingsKey): Place => ({ store: "meta", recordId: key, schema: key === "erasures" ? ERASURES_SCHEMA : SETTINGS_SCHEMA });

function present<T>(rows: readonly (T | undefined)[]): readonly T[] {
  return rows.filter((row) => row !== undefined);
}
