import type { Failure } from "../errors.ts";
import type { Result } from "../result.ts";
import { err, ok } from "../result.ts";
import { EMPLOYMENT_TYPES } from "./types.ts";
import type { EmployeeNumber, EmploymentType, Person } from "./types.ts";

export const NUMBER_MAX_LENGTH = 32;
/** In characters as people count them. */
export const NAME_MAX_LENGTH = 100;
export const DEPARTMENT_MAX_LENGTH = 100;

export interface RosterInput {
  readonly employeeNumber: string;
  readonly name: string;
  readonly department: string;
  readonly employmentType: EmploymentType;
}

export type RosterInputFailure = Failure<
  "person/number-empty" | "person/number-bad" | "person/name-empty" | "person/name-too-long" | "person/department-too-long" | "person/type-unknown"
> & { readonly field: keyof RosterInput };

export interface CheckedInput {
  readonly employeeNumber: EmployeeNumber;
  readonly name: string;
  readonly department: string;
  readonly employmentType: EmploymentType;
}

/** What two employee numbers are compared by: case and the width of letters and digits do not tell them apart. */
export function numberKey(employeeNumber: string): string {
  // Nearly every number is plain already, and a long roster asks often.
  if (/^[0-9A-Z\-_./]*$/.test(employeeNumber)) return employeeNumber;
  return employeeNumber.normalize("NFKC").trim().toUpperCase();
}

/** Trims, brings to one Unicode form, and checks what was entered or read from a file. */
export function checkRosterInput(input: RosterInput): Result<CheckedInput, RosterInputFailure> {
  const employeeNumber = input.employeeNumber.normalize("NFKC").trim();
  if (employeeNumber === "") return err({ kind: "person/number-empty", field: "employeeNumber" });
  if (employeeNumber.length > NUMBER_MAX_LENGTH || !/^[\p{L}\p{N}\-_./]+$/u.test(employeeNumber)) {
    return err({ kind: "person/number-bad", field: "employeeNumber" });
  }
  const name = tidy(input.name);
  if (name === "") return err({ kind: "person/name-empty", field: "name" });
  if (Array.from(name).length > NAME_MAX_LENGTH) return err({ kind: "person/name-too-long", field: "name" });
  const department = departmentName(input.department);
  if (Array.from(department).length > DEPARTMENT_MAX_LENGTH) return err({ kind: "person/department-too-long", field: "department" });
  if (!EMPLOYMENT_TYPES.includes(input.employmentType)) return err({ kind: "person/type-unknown", field: "employmentType" });
  return ok({ employeeNumber: employeeNumber as EmployeeNumber, name, department, employmentType: input.employmentType });
}

/** A department as it is kept and compared: in one Unicode form, with single blanks. */
export function departmentName(entered: string): string {
  return tidy(entered);
}

/** Whether a roster's line says nothing new about a person. */
export function saysTheSame(person: Person, input: CheckedInput): boolean {
  return (
    person.employeeNumber === input.employeeNumber &&
    person.name === input.name &&
    person.department === input.department &&
    person.employmentType === input.employmentType &&
    person.status === "active"
  );
}

/** What the roster is sorted by, compared as plain strings: digits by their value, then as written. */
export function numberOrder(employeeNumber: string): string {
  const padded = numberKey(employeeNumber).replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, "").padStart(NUMBER_MAX_LENGTH, "0"));
  return `${padded}\u0000${employeeNumber}`;
}

/** Compares two employee numbers by {@link numberOrder}. */
export function byEmployeeNumber(a: string, b: string): number {
  const [first, second] = [numberOrder(a), numberOrder(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Line breaks, tabs and other control characters have no place in a name; runs of blanks become one. */
function tidy(text: string): string {
  return text.normalize("NFC").replace(/[\p{Cc}\s]+/gu, " ").trim();
}
