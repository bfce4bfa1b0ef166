import type { DayResult } from "../attendance/engine/types.ts";
import type { Day } from "../attendance/rules/types.ts";
import type { Punch } from "../attendance/types.ts";
import type { Person } from "../people/types.ts";
import type { Cell, ReportColumn, ReportTable } from "./table.ts";

/** What a report is made of, apart from people. */
export interface ReportContext {
  /** IANA name. */
  readonly zone: string;
  /** Both included. */
  readonly from: Day;
  readonly to: Day;
  readonly shiftNames: Readonly<Record<string, string>>;
  readonly leaveKinds: readonly { readonly id: string; readonly name: string; readonly nameZh?: string }[];
}

export interface ReportPerson {
  readonly person: Pick<Person, "id" | "employeeNumber" | "name" | "department">;
  readonly days: readonly DayResult[];
  /** As they were recorded; of the raw records alone. */
  readonly punches?: readonly Punch[];
}

/** Takes people one after another, so that whoever makes a large report can pause in between. */
export interface ReportBuilder {
  add(person: ReportPerson): void;
  finish(): ReportTable;
}

export const PERSON_COLUMNS: readonly ReportColumn[] = [
  { id: "number", kind: "text" },
  { id: "name", kind: "text" },
  { id: "department", kind: "text" },
];

export function personCells({ person }: ReportPerson): readonly Cell[] {
  return [person.employeeNumber, person.name, person.department];
}
