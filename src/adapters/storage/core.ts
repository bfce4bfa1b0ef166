/**
 * The core of the kiosk, put together: keys, encrypted store, ledger, people, sessions, records.
 *
 * ```ts
 * const core = await createCore({ clock, version, forgetFace: async (id) => void (await recogniser.remove(id)) });
 * if (!core.ok) show(core.error);           // store/insecure-context, store/keys-lost, store/unavailable
 * const { ledger, people, setup, sessions, records } = core.value;
 * await recogniser.open({ profile, ...core.value.gallery() });
 * core.value.galleryLoaded(loadReport);     // after every load: rows that could not be opened are put aside
 * ```
 *
 * Nobody has to be signed in: the epoch key is in its bucket, so that a tablet works again by itself after a power cut.
 */
import { DeviceHealth } from "../../app/device/device-health.ts";
import type { DeviceHealthDependencies } from "../../app/device/device-health.ts";
import { StoredLedger } from "../../app/ledger/ledger.ts";
import { RosterRows } from "../../app/people/roster-rows.ts";
import { Roster } from "../../app/people/roster.ts";
import { LogRecords } from "../../app/records/records.ts";
import type { DeviceSigner } from "../../app/rights/certificates.ts";
import { Erasures } from "../../app/rights/erasures.ts";
import { Freezes } from "../../app/rights/freezes.ts";
import { SessionAccess } from "../../app/access/session-access.ts";
import { GrantUpkeep } from "../../app/session/grant-upkeep.ts";
import { AdministratorSessions } from "../../app/session/sessions.ts";
import { StoredUsers } from "../../app/session/users.ts";
import { SiteSetup } from "../../app/setup/site-setup.ts";
import type { JournalPlace } from "../../contracts/journal.ts";
import type { LoadReport, SealedTemplate } from "../../contracts/matcher.ts";
import type { SecretsWorker } from "../../contracts/secrets.ts";
import type { Clock } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { deviceSigner } from "../crypto/device-keys.ts";
import { SecretsClient } from "../crypto/secrets-client.ts";
import { readSpreadsheet } from "../files/spreadsheet-client.ts";
import { BrowserPasskeys } from "../crypto/passkeys.ts";
import { StoredRoleKeys } from "../crypto/role-keys.ts";
import { Argon2Secrets } from "../crypto/secrets.ts";
import { StoredUserKeys } from "../crypto/users.ts";
import { Background } from "./background.ts";
import { bucketNames } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";
import { journalPlace, StoreCopies } from "./copies.ts";
import { isBroken, openFirstCopy } from "./first-copy.ts";
import { OpfsJournal } from "./journal/opfs-journal.ts";
import type { PunchDatabase } from "./database.ts";
import { EncryptedStore, keysLock } from "./encrypted-store.ts";
import type { EncryptedStoreOptions } from "./encrypted-store.ts";
import { noteInUse, wasInUse } from "./in-use.ts";
import { createDeviceKeys, faceKeyOf, loadDeviceKeys } from "./key-store.ts";
import type { DeviceKeys } from "./key-store.ts";
import { withLock } from "./locks.ts";
import { takeOverFirstStore } from "./migrations/0002-take-over.ts";
import { dropEarlierTransforms, keepTurned, siteTransforms } from "./site-transforms.ts";
import type { SiteTransformSet } from "./site-transforms.ts";

/** `keys-lost`: there is data, and the key that opens it is gone. `emptied`: the tablet was in use, and both copies of its data are gone. */
export type CoreFailure = Failure<"store/insecure-context" | "store/keys-lost" | "store/emptied" | "store/unavailable">;

export interface CoreDependencies {
  readonly clock: Clock;
  /** Of the app, for the entry that each start leaves in the log. */
  readonly version: string;
  /** Takes a person out of the matcher's memory. */
  readonly forgetFace: (personId: PersonId) => Promise<void>;
  /** Another set of stores, for tests. */
  readonly prefix?: string;
  /** Of the installation that is to be restored here: used where there are no keys yet. */
  readonly tenant?: string;
  /** In place of Argon2id, which takes its time, for tests. */
  readonly secretsWorker?: SecretsWorker;
  /** Upper limit of the punch bucket, for tests. */
  readonly quotaBytes?: number;
  /** Another size or limit of the second copy, for tests. */
  readonly journal?: Partial<JournalPlace>;
  /** Less is written to have the browser begin other log files, for tests. */
  readonly fillBytes?: number;
  /** What the start leaves to be done in the background waits for this: whoever stands at the door comes first. */
  readonly settled?: Promise<void>;
  /** Cuts a turn of the epoch, for tests. */
  readonly atStep?: EncryptedStoreOptions["atStep"];
}

export interface Core {
  readonly setup: SiteSetup;
  readonly sessions: AdministratorSessions;
  /** The rights of whoever is signed in. */
  readonly access: SessionAccess;
  readonly users: StoredUsers;
  readonly upkeep: GrantUpkeep;
  readonly people: Roster;
  readonly records: LogRecords;
  readonly ledger: StoredLedger;
  readonly erasures: Erasures;
  readonly freezes: Freezes;
  /** Signs as this device. */
  readonly signer: DeviceSigner;
  readonly store: EncryptedStore;
  readonly copies: StoreCopies;
  /** For the outbox: the database, the key that signs as the device, and the ring that opens entries. */
  readonly database: PunchDatabase;
  /** Of the epoch in force: another object after every turn. */
  readonly keys: DeviceKeys;
  /** X25519, 32 bytes; null before set-up. */
  administrationKey(): Uint8Array | null;
  /** What the matcher opens with: only the templates of people who are there and active. */
  gallery(): { readonly tenant: string; readonly epoch: number; readonly epochKey: CryptoKey; readonly templates: readonly SealedTemplate[] };
  /** The site's rotation of templates; made when there is none. Null while faces are locked. */
  transforms(): Promise<SiteTransformSet | null>;
  /** Puts aside the templates that the matcher could not open, marks those of other models, keeps those that it turned. */
  galleryLoaded(report: Pick<LoadReport, "refused" | "resealed">): Promise<void>;
  device(dependencies: Omit<DeviceHealthDependencies, "store" | "version">): DeviceHealth;
  /** Resolves when the log has the entry of this start, or could not take it. */
  readonly booted: Promise<void>;
  /** Nothing more is written from here on. */
  close(): void;
  /** Resolves when nothing that was under way when it was closed is any more: its buckets may be deleted. */
  closed(): Promise<void>;
}

export async function createCore(dependencies: CoreDependencies): Promise<Result<Core, CoreFailure>> {
  if (!globalThis.isSecureContext) return err(failure("store/insecure-context"));
  try {
    // A database that turns out broken while it is read is put aside by the browser: the second start finds it empty.
    return await open(dependencies).catch((error: unknown) => {
      if (isBroken(error)) return open(dependencies);
      throw error;
    });
  } catch (error) {
    return err(failure("store/unavailable", error instanceof Error || error instanceof DOMException ? `${error.name}: ${error.message}` : undefined));
  }
}

async function open({ clock, version, forgetFace, prefix = "", tenant, quotaBytes, journal, atStep, secretsWorker, fillBytes, settled = Promise.resolve() }: CoreDependencies): Promise<Result<Core, CoreFailure>> {
  const names = bucketNames(prefix);
  const second = journalPlace(prefix, journal);
  const background = new Background();
  const files = new OpfsJournal(second);
  // Beside the first copy, which takes as long to open.
  background.start(() => files.tail());
  const database = await openFirstCopy({ bucket: names.punch, second, ...(quotaBytes === undefined ? {} : { quotaBytes }) }).catch((error: unknown) => {
    files.close();
    throw error;
  });
  await withLock(keysLock(prefix), () => takeOverFirstStore({ database, names, clock }));
  const copies = new StoreCopies({ database, clock, prefix, place: second, journal: files, background, settled, ...(fillBytes === undefined ? {} : { fillBytes }) });
  const entries = await copies.check();
  const keys = await withLock(keysLock(prefix), () => keysFor(names, database, clock, entries, tenant));
  if (keys && entries === 0 && (await wasInUse(names))) {
    copies.close();
    keys.vault.close();
    database.close();
    return err(failure("store/emptied"));
  }
  const opened = keys ? await EncryptedStore.open({ database, keys, names, clock, prefix, background, journal: copies.second, ...(atStep === undefined ? {} : { atStep }), ...(fillBytes === undefined ? {} : { fillBytes }) }) : err(failure("store/keys-lost"));
  if (!keys || !opened.ok) {
    copies.close();
    database.close();
    return opened.ok ? err(failure("store/keys-lost")) : opened;
  }
  const store = opened.value;
  const client = secretsWorker ?? new SecretsClient();
  const secrets = new Argon2Secrets(client, keys.tenant);
  const rows = new RosterRows(store);
  const identity = { store, secrets, userKeys: new StoredUserKeys(client, keys.tenant), roleKeys: new StoredRoleKeys(keys.tenant), passkeys: new BrowserPasskeys(), clock };
  await copies.opened(store);
  await markInUse(store, names, background);
  // Asked for first, and so before any other entry; whoever stands at the door does not wait for it.
  const booted = store.settings ? background.follow(store.exclusively(() => store.commit({ entries: [{ type: "boot", subject: null, body: { version, previousSeq: store.length } }] }))) : Promise.resolve();

  void settled.then(() => background.start(() => store.tidy()));

  const sessions = new AdministratorSessions(identity);
  const access = new SessionAccess(store, sessions, clock);
  const upkeep = new GrantUpkeep({ ...identity, sessions });
  upkeep.start();
  const erasures = new Erasures({ store, random: () => secrets.random(), forgetFace });

  return ok({
    setup: new SiteSetup(identity, sessions),
    sessions,
    access,
    users: new StoredUsers(identity, sessions, access),
    upkeep,
    people: new Roster({ store, secrets, rows, erasures, by: () => sessions.current.value?.userId ?? "nobody", readSpreadsheet }),
    erasures,
    freezes: new Freezes({ store, forgetFace }),
    signer: deviceSigner(keys.device),
    records: new LogRecords(store),
    ledger: new StoredLedger(store, secrets),
    store,
    copies,
    database,
    get keys() {
      return store.keys;
    },
    administrationKey: () => store.roles.get("hr")?.publicKey ?? store.administrator?.publicKey ?? null,
    gallery: () => ({
      tenant: store.tenant,
      ...faceKey(store.keys),
      templates: [...store.templates.values()].filter(({ personId }) => isCompared(store.people.get(personId))),
    }),
    transforms: () => siteTransforms(store.tenant, store.keys, (work) => store.writeKeys(work)),
    galleryLoaded: async ({ refused, resealed }) => {
      await keepTurned(store, resealed);
      if (refused.length === 0) await dropEarlierTransforms(store.keys.vault, store.templates.values());
      const otherModel = refused.filter((one) => one.failure.kind === "template/other-model");
      rows.setOtherModel(new Set(otherModel.map((one) => one.personId)));
      for (const { personId, failure: reason } of refused) {
        if (reason.kind === "template/decryption-failed") await store.quarantineTemplate(personId, reason.kind);
      }
    },
    booted: booted.then(
      () => undefined,
      () => undefined,
    ),
    device: (rest) => new DeviceHealth({ ...rest, store, version }),
    close: () => {
      upkeep.close();
      sessions.close();
      if (client instanceof SecretsClient) client.close();
      copies.close();
      store.close();
      void background.close();
    },
    closed: () => background.close(),
  });
}

/** While faces are locked the matcher is not opened: see {@link LiveGallery}. */
function faceKey(keys: DeviceKeys): { readonly epoch: number; readonly epochKey: CryptoKey } {
  const { epoch, key } = faceKeyOf(keys) ?? keys.epochKey;
  return { epoch, epochKey: key };
}

/** Whose face is looked for: a frozen one stays in the store, and out of matching. */
function isCompared(stored: StoredPerson | undefined): boolean {
  return stored?.person.status === "active" && stored.frozen === undefined;
}

/** From set-up on. A mark that could not be written is written at the next start. */
async function markInUse(store: EncryptedStore, names: BucketNames, background: Background): Promise<void> {
  if (store.settings) {
    await noteInUse(names);
    return;
  }
  const stop = store.subscribe(() => {
    if (!store.settings) return;
    stop();
    background.start(() => noteInUse(names));
  });
}

/** The keys that are there, or new ones for an empty store. Data without keys is never taken for an empty store. */
async function keysFor(names: BucketNames, database: PunchDatabase, clock: Clock, entries: number, tenant: string | undefined): Promise<DeviceKeys | null> {
  // Files that cannot be read are keys that are lost; they stay as they are.
  const keys = await loadDeviceKeys(names).catch((error: unknown) => {
    if (isBroken(error)) return null;
    throw error;
  });
  if (keys) return keys;
  const rows = (await database.recordKeys.count()) + (await database.meta.count()) + (await database.people.count());
  return rows + entries === 0 ? createDeviceKeys(names, clock.wall(), tenant) : null;
}
