import type { Change, Paper } from "../../app/ports/store.ts";
import type { Entry, EntryDraft, EntryHeader } from "../../domain/attendance/entries.ts";
import { HEADER_VERSION } from "../../domain/attendance/entries.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import type { Standing } from "../../domain/attendance/standing.ts";
import type { TimeState } from "../../domain/clock.ts";
import { appendLeaves } from "../../domain/log/merkle.ts";
import type { Tile } from "../../domain/log/types.ts";
import type { RoleKeyId } from "../../domain/people/access.ts";
import { numberKey } from "../../domain/people/roster.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { canonicalBytes } from "../crypto/digest.ts";
import { createContentKey, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import type { LogRow, MetaRow, PersonRecordRow, RoleRow, StandingRow, UserRow } from "./database.ts";
import type { Transferable } from "./grants.ts";
import type { Held } from "./held.ts";
import type { KeyRing } from "./key-ring.ts";
import type { ContentKeyRow, RecordKeyRow } from "./keys-database.ts";
import { sealEntry } from "./log-codec.ts";
import type { Head } from "./log-head.ts";
import { DOCUMENT_KEYS, documentPlace, personPlace, rolePlace, standingPlace, userPlace } from "./places.ts";
import { KEYED_APART, sealPaper } from "./papers/codec.ts";
import type { PaperRow } from "./papers/codec.ts";
import { sideBySide } from "./side-by-side.ts";

/** People between two words on progress. */
const PROGRESS_STEP = 200;

export interface SealedPeople {
  readonly rows: readonly PersonRecordRow[];
  /** Of those who were not there before. */
  readonly keyRows: readonly RecordKeyRow[];
  readonly keys: ReadonlyMap<string, NamedKey>;
  readonly transferable: ReadonlyMap<string, Transferable>;
}

export interface SealedEntries {
  readonly rows: readonly LogRow[];
  readonly entries: readonly Entry[];
  readonly tiles: readonly Tile[];
  readonly head: Head;
}

export interface SealedPapers {
  readonly rows: readonly PaperRow[];
  /** Of those that are keyed apart: each sealing has a key of its own. */
  readonly contentKeys: readonly ContentKeyRow[];
}

export interface SealerOptions {
  readonly ring: KeyRing;
  readonly held: Held;
  readonly deviceId: string;
  readonly deviceRecords: NamedKey;
  /** Keyed hash of an employee number or a role's id. */
  readonly tag: (value: string) => Promise<string>;
}

/** Makes the rows of a change: everything that it says of people lies in envelopes. */
export class Sealer {
  constructor(private readonly options: SealerOptions) {}

  async people(people: readonly StoredPerson[], onProgress?: (done: number) => void, signal?: AbortSignal): Promise<SealedPeople> {
    const { ring, held, tag } = this.options;
    const rows: PersonRecordRow[] = [];
    const keyRows: RecordKeyRow[] = [];
    const keys = new Map<string, NamedKey>();
    const transferable = new Map<string, Transferable>();
    await sideBySide(people, async (stored) => {
      signal?.throwIfAborted();
      const { id, employeeNumber } = stored.person;
      const found = held.people.has(id) ? await this.#keyOf(id) : null;
      const made = found ? null : await ring.make(id);
      const key = found ?? made?.key;
      if (!key) throw new Error("record key missing");
      if (made) {
        keyRows.push(made.row);
        keys.set(id, made.key);
        transferable.set(id, { key: made.transferable, born: made.row.born });
      }
      const [envelope, numberTag] = await Promise.all([sealRecord(ring.tenant, key, personPlace(id), canonicalBytes(stored)), tag(numberKey(employeeNumber))]);
      rows.push({ id, numberTag, envelope });
      if (rows.length % PROGRESS_STEP === 0 || rows.length === people.length) onProgress?.(rows.length);
    });
    return { rows, keyRows, keys, transferable };
  }

  /** @param made record keys of people who are added in the same step */
  async entries(drafts: readonly EntryDraft[], at: Moment, trust: TimeState, was: Head, made: ReadonlyMap<string, NamedKey>): Promise<SealedEntries> {
    const { ring, deviceId, deviceRecords } = this.options;
    const rows: LogRow[] = [];
    const entries: Entry[] = [];
    const leaves: Uint8Array[] = [];
    let { leaf, seq, endedAt } = was;
    for (const draft of drafts) {
      seq++;
      const subject = draft.subject === null ? deviceRecords : (made.get(draft.subject) ?? (await this.#keyOf(draft.subject)));
      if (!subject) throw new Error("record key missing");
      const start: Omit<EntryHeader, "type" | "bodyCommit"> = { v: HEADER_VERSION, device: deviceId, bootId: at.bootId, seq, wallMs: at.wallMs, monoMs: at.monoMs, timeState: trust, prev: leaf };
      const sealed = await sealEntry(ring, { device: deviceRecords, subject }, draft, start);
      rows.push(sealed.row);
      entries.push(sealed.entry);
      leaf = sealed.leaf;
      if (draft.type === "device-end") endedAt ??= seq;
      leaves.push(leaf);
    }
    const { frontier, tiles } = appendLeaves(was.frontier, leaves);
    return { rows, entries, tiles, head: { seq, leaf, wallMs: Math.max(was.wallMs, at.wallMs), revision: was.revision + 1, frontier, endedAt } };
  }

  async standing({ personId, standing }: { readonly personId: PersonId; readonly standing: Standing }, made: ReadonlyMap<string, NamedKey>): Promise<StandingRow> {
    const key = made.get(personId) ?? (await this.#keyOf(personId));
    if (!key) throw new Error("record key missing");
    return { personId, envelope: await sealRecord(this.options.ring.tenant, key, standingPlace(personId), canonicalBytes(standing)) };
  }

  async documents(change: Change): Promise<readonly MetaRow[]> {
    const { ring, deviceRecords } = this.options;
    const rows: MetaRow[] = [];
    for (const key of DOCUMENT_KEYS) {
      const value = change[key];
      if (value) rows.push({ key, envelope: await sealRecord(ring.tenant, deviceRecords, documentPlace(key), canonicalBytes(value)) });
    }
    return rows;
  }

  /** @param made record keys of people who are added in the same step */
  async papers(papers: readonly Paper[], made: ReadonlyMap<string, NamedKey>): Promise<SealedPapers> {
    const { ring, deviceRecords } = this.options;
    const rows: PaperRow[] = [];
    const contentKeys: ContentKeyRow[] = [];
    await sideBySide(papers, async (paper) => {
      const key = paper.subject === null ? deviceRecords : (made.get(paper.subject) ?? (await this.#keyOf(paper.subject)));
      if (!key) throw new Error("record key missing");
      if (paper.subject === null || !KEYED_APART.has(paper.kind)) {
        rows.push(...(await sealPaper(ring.tenant, key, paper)));
        return;
      }
      const content = await createContentKey(ring.tenant, key);
      contentKeys.push({ id: content.key.id, paper: paper.id, person: paper.subject, envelope: content.wrapped });
      rows.push(...(await sealPaper(ring.tenant, content.key, paper)));
    });
    return { rows, contentKeys };
  }

  users(change: Change): Promise<UserRow[]> {
    const { ring, deviceRecords } = this.options;
    return Promise.all((change.users ?? []).map(async (user) => ({ id: user.id, envelope: await sealRecord(ring.tenant, deviceRecords, userPlace(user.id), canonicalBytes(user)) })));
  }

  roles(change: Change): Promise<RoleRow[]> {
    const { ring, deviceRecords } = this.options;
    return Promise.all(
      (change.roles ?? []).map(async (role) => {
        const id = await this.roleTag(role.id);
        return { id, envelope: await sealRecord(ring.tenant, deviceRecords, rolePlace(id), canonicalBytes(role)) };
      }),
    );
  }

  /** A supervisor's role names a department: what lies on disk does not. */
  roleTag(role: RoleKeyId): Promise<string> {
    return this.options.tag(`role:${role}`);
  }

  async #keyOf(id: string): Promise<NamedKey | null> {
    const key = await this.options.ring.find(id);
    return key.ok ? key.value : null;
  }
}
