import { STANDING_SCHEMA } from "../../domain/attendance/stored-standing.ts";
import { ERASURES_SCHEMA } from "../../domain/people/erasure.ts";
import { STORED_PERSON_SCHEMA } from "../../domain/people/stored.ts";
import { ROLE_SCHEMA, USER_SCHEMA } from "../../domain/people/users.ts";
import type { Place } from "../crypto/record-keys.ts";
import { SETTINGS_SCHEMA } from "./stored-settings.ts";

export type DocumentKey = "settings" | "administrator" | "erasures";
export const DOCUMENT_KEYS: readonly DocumentKey[] = ["settings", "administrator", "erasures"];

export const personPlace = (id: string): Place => ({ store: "people", recordId: id, schema: STORED_PERSON_SCHEMA });
export const standingPlace = (id: string): Place => ({ store: "standings", recordId: id, schema: STANDING_SCHEMA });
export const documentPlace = (key: DocumentKey): Place => ({ store: "meta", recordId: key, schema: key === "erasures" ? ERASURES_SCHEMA : SETTINGS_SCHEMA });
export const userPlace = (id: string): Place => ({ store: "users", recordId: id, schema: USER_SCHEMA });
/** @param tag keyed hash of the role's id */
export const rolePlace = (tag: string): Place => ({ store: "roles", recordId: tag, schema: ROLE_SCHEMA });
