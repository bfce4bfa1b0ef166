import * as v from "valibot";
import type { SiteSettings } from "../../app/api/administration.ts";
import type { AdministratorRecord } from "../../app/ports/store.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { parseStanding } from "../../domain/attendance/stored-standing.ts";
import { decodeEnvelope } from "../../domain/envelope.ts";
import { failure } from "../../domain/errors.ts";
import { parseErasures } from "../../domain/people/erasure.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";
import { parseStoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { parseRole, parseUser } from "../../domain/people/users.ts";
import { err } from "../../domain/result.ts";
import { openRecord } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import type { PersonRecordRow, PunchDatabase, StandingRow, TemplatePointerRow } from "./database.ts";
import type { Held } from "./held.ts";
import type { KeyRing } from "./key-ring.ts";
import type { KeysDatabase, RecordKeyRow, TemplateRow } from "./keys-database.ts";
import { decodeOrUndefined } from "./log-codec.ts";
import { DOCUMENT_KEYS, documentPlace, personPlace, rolePlace, standingPlace, userPlace } from "./places.ts";
import type { Quarantine } from "./quarantine.ts";
import type { RosterSnapshot } from "./roster-snapshot.ts";
import { sideBySide } from "./side-by-side.ts";
import { parseAdministrator, parseSettings } from "./stored-settings.ts";

export interface LoaderOptions {
  readonly database: PunchDatabase;
  readonly vault: () => KeysDatabase;
  readonly ring: KeyRing;
  readonly deviceRecords: NamedKey;
  readonly quarantine: Quarantine;
  readonly held: Held;
}

/** Reads what lies on disk into memory. Rows that cannot be read are moved to the quarantine; the rest works. */
export class Loader {
  constructor(private readonly options: LoaderOptions) {}

  /** Settings, users and roles: a few rows. */
  async documents(): Promise<void> {
    const { database, held, quarantine } = this.options;
    for (const row of await database.meta.bulkGet([...DOCUMENT_KEYS])) {
      if (row?.key !== "settings" && row?.key !== "administrator" && row?.key !== "erasures") continue;
      const opened = await this.#opened(documentPlace(row.key), row.envelope);
      const parsed = row.key === "settings" ? parseSettings(opened.value) : row.key === "administrator" ? parseAdministrator(opened.value) : parseErasures(opened.value);
      if (!parsed) await quarantine.put("meta", row.key, opened.kind);
      else if (row.key === "settings") held.settings = parsed as SiteSettings;
      else if (row.key === "administrator") held.administrator = parsed as AdministratorRecord;
      else held.erasures = parsed as ErasureBook;
    }
    for (const row of await database.users.toArray()) {
      const opened = await this.#opened(userPlace(row.id), row.envelope);
      const user = parseUser(opened.value);
      if (user?.id === row.id) held.users.set(user.id, user);
      else await quarantine.put("users", row.id, opened.kind, [{ table: "users", id: row.id }]);
    }
    for (const row of await database.roles.toArray()) {
      const opened = await this.#opened(rolePlace(row.id), row.envelope);
      const role = parseRole(opened.value);
      if (role) held.roles.set(role.id, role);
      else await quarantine.put("roles", row.id, opened.kind, [{ table: "roles", id: row.id }]);
    }
  }

  /** @param only these people; null for everyone */
  async people(only: readonly PersonId[] | null): Promise<void> {
    const { database, held } = this.options;
    const { people, standings, templatePointers } = database;
    const [personRows, standingRows, pointerRows] = await database.transaction("r", [people, standings, templatePointers], () =>
      only
        ? Promise.all([people.bulkGet([...only]), standings.bulkGet([...only]), templatePointers.bulkGet([...only])])
        : Promise.all([people.toArray(), standings.toArray(), templatePointers.toArray()]),
    );
    const pointers = present(pointerRows);
    const [keyRows, templateRows] = await this.#keysOf(only, pointers);
    const keys = new Map(keyRows.map((row) => [row.id, row]));
    const standingOf = new Map(present(standingRows).map((row) => [row.personId as string, row]));
    if (only) for (const id of only) held.dropPerson(id);
    else held.clearPeople();
    await sideBySide(present(personRows), (row) => this.#person(row, keys.get(row.id), standingOf.get(row.id)));
    const templates = new Map(templateRows.map((row) => [row.id, row]));
    for (const pointer of pointers) await this.#template(pointer, templates.get(pointer.templateId));
  }

  /** People whose template is another than the one in memory. */
  async changedTemplates(): Promise<readonly PersonId[]> {
    const { database, held } = this.options;
    const pointers = new Map((await database.templatePointers.toArray()).map(({ personId, templateId }) => [personId, templateId]));
    const changed = [...pointers].flatMap(([personId, templateId]) => (held.templateIds.get(personId) === templateId || held.unreadableTemplates.has(personId) || !held.people.has(personId) ? [] : [personId]));
    return [...changed, ...[...held.templateIds.keys()].filter((personId) => !pointers.has(personId))];
  }

  /**
   * Everybody from a snapshot, and from the rows those who have changed since. Whoever has no row any more is not taken
   * from the snapshot, and a row that the snapshot does not know is read. The same holds for templates.
   *
   * @param gallery templates by the id of their row, as they lie together
   */
  async fromSnapshot(snapshot: RosterSnapshot, changed: readonly PersonId[], gallery: ReadonlyMap<string, SealedTemplate>): Promise<void> {
    const { database, held } = this.options;
    const { templates } = this.options.vault();
    const [ids, pointers, templateIds] = await Promise.all([database.people.toCollection().primaryKeys(), database.templatePointers.toArray(), templates.toCollection().primaryKeys()]);
    const known = new Set(ids as PersonId[]);
    const fresh = new Set(changed);
    held.clearPeople();
    for (const [stored, standing] of snapshot.people) {
      const { id } = stored.person;
      if (!known.delete(id) || fresh.has(id)) continue;
      held.keepPerson(stored);
      if (standing) held.standings.set(id, standing);
    }
    const there = new Set(templateIds);
    const single: TemplatePointerRow[] = [];
    for (const pointer of pointers) {
      const template = there.has(pointer.templateId) ? gallery.get(pointer.templateId) : undefined;
      if (template?.personId !== pointer.personId) single.push(pointer);
      else if (held.people.has(pointer.personId)) held.keepTemplate(template, pointer.templateId);
    }
    const rows = await templates.bulkGet(single.map(({ templateId }) => templateId));
    for (const [index, pointer] of single.entries()) await this.#template(pointer, rows[index]);
    const rest = [...new Set([...known, ...fresh])];
    if (rest.length > 0) await this.people(rest);
  }

  async #keysOf(only: readonly PersonId[] | null, pointers: readonly TemplatePointerRow[]): Promise<[readonly RecordKeyRow[], readonly TemplateRow[]]> {
    const { recordKeys, templates } = this.options.vault();
    if (!only) return Promise.all([recordKeys.toArray(), templates.toArray()]);
    const [keyRows, templateRows] = await Promise.all([recordKeys.bulkGet([...only]), templates.bulkGet(pointers.map(({ templateId }) => templateId))]);
    return [present(keyRows), present(templateRows)];
  }

  async #person(row: PersonRecordRow, keyRow: RecordKeyRow | undefined, standingRow: StandingRow | undefined): Promise<void> {
    const { ring, quarantine, held } = this.options;
    const key = keyRow ? await ring.open(keyRow) : err(failure("store/key-missing"));
    if (!key.ok) {
      await quarantine.put("people", row.id, key.error.kind, [{ table: "people", id: row.id }]);
      return;
    }
    const opened = await openRecord(ring.tenant, key.value, personPlace(row.id), row.envelope);
    const stored = opened.ok ? parseStoredPerson(decodeOrUndefined(opened.value)) : null;
    if (stored?.person.id !== row.id) {
      await quarantine.put("people", row.id, opened.ok ? "store/unknown-shape" : opened.error.kind, [{ table: "people", id: row.id }]);
      return;
    }
    held.keepPerson(stored);
    if (standingRow) await this.#standing(key.value, standingRow);
  }

  async #standing(key: NamedKey, row: StandingRow): Promise<void> {
    const { ring, quarantine, held } = this.options;
    const opened = await openRecord(ring.tenant, key, standingPlace(row.personId), row.envelope);
    const standing = opened.ok ? parseStanding(decodeOrUndefined(opened.value)) : null;
    if (standing) held.standings.set(row.personId, standing);
    else await quarantine.put("standings", row.personId, opened.ok ? "store/unknown-shape" : opened.error.kind, [{ table: "standings", id: row.personId }]);
  }

  /** Only the row's shape: what lies inside, the matcher alone can open. */
  async #template({ personId, templateId }: TemplatePointerRow, row: TemplateRow | undefined): Promise<void> {
    const { quarantine, held } = this.options;
    const sound = isSound(row?.template) && row.template.personId === personId;
    if (sound && held.people.has(personId)) held.keepTemplate(row.template, templateId);
    else if (!sound) {
      await quarantine.put("templates", personId, row ? "template/malformed" : "template/missing", [{ table: "templatePointers", id: personId }], row ?? null);
      if (row) await this.options.vault().templates.delete(templateId);
      held.unreadableTemplates.add(personId);
    }
  }

  async #opened(place: Place, envelope: Uint8Array): Promise<{ readonly value: unknown; readonly kind: string }> {
    const opened = await openRecord(this.options.ring.tenant, this.options.deviceRecords, place, envelope);
    return opened.ok ? { value: decodeOrUndefined(opened.value), kind: "store/unknown-shape" } : { value: undefined, kind: opened.error.kind };
  }
}

export function isSound(template: SealedTemplate | undefined): template is SealedTemplate {
  return v.is(templateShape, template) && decodeEnvelope((template as SealedTemplate).envelope).ok;
}

const templateShape = v.object({
  personId: v.string(),
  profile: v.picklist(["accurate", "clear"]),
  modelSet: v.string(),
  epoch: v.number(),
  createdAtMs: v.number(),
  references: v.number(),
  refreshedAtMs: v.optional(v.number()),
  transform: v.optional(v.string()),
  wrappedKey: v.instance(Uint8Array),
  envelope: v.instance(Uint8Array),
});

function present<T>(rows: readonly (T | undefined)[]): readonly T[] {
  return rows.filter((row) => row !== undefined);
}
