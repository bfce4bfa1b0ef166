import { numberKey } from "../people/roster.ts";
import type { StoredPerson } from "../people/stored.ts";
import type { Consent, PersonId } from "../people/types.ts";
import type { Tombstone } from "./frames.ts";

/**
 * How a log in the backup stands to the same log here. `new`: nothing of it is here. `behind`: all of it is here. `ahead`:
 * it goes on after what is here. `forked`: both went on after `common`, each in its own way.
 */
export type LogStanding = "new" | "behind" | "ahead" | "forked";

/** What a restore would do with the people. Nothing is taken away: who is on the tablet alone stays. */
export interface PeopleDifference {
  readonly added: readonly StoredPerson[];
  /** On both sides with different words, and the backup's are later. */
  readonly changed: readonly StoredPerson[];
  /** On both sides with different words, and the tablet's stand. */
  readonly kept: readonly PersonId[];
  readonly unchanged: number;
  /** On the tablet, not in the backup. */
  readonly onlyHere: number;
  /** In the backup, and their record was erased here since: they stay erased. */
  readonly erased: readonly PersonId[];
  /** Their number belongs to somebody else here: nothing is restored until one of the two has another. */
  readonly conflicts: readonly { readonly employeeNumber: string; readonly inBackup: PersonId; readonly here: PersonId }[];
}

/**
 * @param live who is on the tablet
 * @param later whether the backup is of this very tablet and of a later moment than what is on it
 */
export function peopleDifference(live: ReadonlyMap<PersonId, StoredPerson>, backup: readonly StoredPerson[], tombstones: readonly Tombstone[], later: boolean): PeopleDifference {
  const erasedRecords = new Set(tombstones.filter(({ what }) => what === "record").map(({ personId }) => personId));
  const numbers = new Map([...live.values()].map(({ person }) => [numberKey(person.employeeNumber), person.id]));
  const added: StoredPerson[] = [];
  const changed: StoredPerson[] = [];
  const kept: PersonId[] = [];
  const erased: PersonId[] = [];
  const conflicts: { employeeNumber: string; inBackup: PersonId; here: PersonId }[] = [];
  let unchanged = 0;
  for (const theirs of backup) {
    const { id, employeeNumber } = theirs.person;
    const ours = live.get(id);
    const holder = numbers.get(numberKey(employeeNumber));
    if (erasedRecords.has(id)) erased.push(id);
    else if (holder !== undefined && holder !== id && (!ours || later)) conflicts.push({ employeeNumber, inBackup: id, here: holder });
    else if (!ours) {
      numbers.set(numberKey(employeeNumber), id);
      added.push(withFaceErasures(theirs, tombstones));
    } else if (sameRecord(ours, theirs)) unchanged++;
    else if (later) changed.push({ ...withFaceErasures(theirs, tombstones), consents: mergedConsents(ours.consents, theirs.consents) });
    else kept.push(id);
  }
  const inBackup = new Set(backup.map(({ person }) => person.id));
  return { added, changed, kept, unchanged, onlyHere: [...live.keys()].filter((id) => !inBackup.has(id)).length, erased, conflicts };
}

/** A consent that was given before a face was erased is over: a restore does not bring it back. */
export function withFaceErasures(stored: StoredPerson, tombstones: readonly Tombstone[]): StoredPerson {
  const at = tombstones.filter(({ personId, what }) => personId === stored.person.id && what === "face").map((one) => one.at);
  if (at.length === 0) return stored;
  const last = at.reduce((latest, one) => (one > latest ? one : latest));
  return { ...stored, consents: stored.consents.map((consent) => (consent.withdrawnAt === undefined && consent.givenAt <= last ? { ...consent, withdrawnAt: last } : consent)) };
}

/** Every consent of both sides; one that either side knows as withdrawn is withdrawn. */
function mergedConsents(ours: readonly Consent[], theirs: readonly Consent[]): readonly Consent[] {
  const merged = new Map<string, Consent>();
  for (const consent of [...theirs, ...ours]) {
    const key = `${String(consent.givenAt)} ${consent.noticeVersion}`;
    const before = merged.get(key);
    const withdrawnAt = consent.withdrawnAt ?? before?.withdrawnAt;
    merged.set(key, withdrawnAt === undefined ? consent : { ...consent, withdrawnAt });
  }
  return [...merged.values()].sort((a, b) => a.givenAt - b.givenAt);
}

/** Whether two records say the same. */
export function sameRecord(one: StoredPerson | undefined, other: StoredPerson): boolean {
  return comparable(one) === comparable(other);
}

/** A text that two records share exactly when they say the same. */
function comparable(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes:${[...value].join(",")}`;
  if (Array.isArray(value)) return `[${value.map(comparable).join(";")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${name}=${comparable(part)}`)
      .join(";")}}`;
  }
  return JSON.stringify(value);
}

/**
 * How many entries two logs of one device share from the first on. Their hashes chain, so that equality at one place is
 * equality of all before it.
 *
 * @param sameAt whether the entries with this sequence number are the same on both sides
 */
export async function commonLength(ours: number, theirs: number, sameAt: (seq: number) => Promise<boolean>): Promise<number> {
  let low = 0;
  let high = Math.min(ours, theirs);
  if (high > 0 && (await sameAt(high))) return high;
  // Everything up to `low` is the same, and something up to `high` is not.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await sameAt(middle)) low = middle;
    else high = middle;
  }
  return low;
}

export function standingOf(ours: number, theirs: number, common: number): LogStanding {
  if (ours === 0 && theirs > 0) return "new";
  if (common === theirs) return "behind";
  return common === ours ? "ahead" : "forked";
}
