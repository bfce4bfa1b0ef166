import { checkRosterInput } from "./roster.ts";
import type { CheckedInput, RosterInput, RosterInputFailure } from "./roster.ts";
import type { EmploymentType } from "./types.ts";

export type RosterColumn = keyof RosterInput;

/** People in one file at most. */
export const ROSTER_MAX_ROWS = 50_000;
/** 50,000 lines of 600 bytes. */
export const ROSTER_MAX_BYTES = 30 * 1024 * 1024;

/** Headings as they come out of the systems that such files are exported from. */
const HEADINGS: Readonly<Record<RosterColumn, readonly string[]>> = {
  employeeNumber: ["工号", "员工编号", "员工号", "职工编号", "人员编号", "employee number", "employee no", "employee id", "staff number", "number", "no", "id"],
  name: ["姓名", "员工姓名", "名字", "name", "full name", "employee name"],
  department: ["部门", "所属部门", "部门名称", "department", "dept"],
  employmentType: ["用工类型", "用工形式", "员工类型", "聘用形式", "employment type", "type of employment", "contract type", "type"],
};

const TYPE_WORDS: Readonly<Record<EmploymentType, readonly string[]>> = {
  "full-time": ["全职", "正式", "正式员工", "全日制", "full-time", "full time", "fulltime", "permanent"],
  "part-time": ["兼职", "非全日制", "小时工", "part-time", "part time", "parttime"],
  intern: ["实习", "实习生", "intern", "internship", "trainee"],
  dispatched: ["派遣", "劳务派遣", "外派", "dispatched", "agency", "temporary agency"],
};

export interface RosterHeading {
  /** Position of each column in a row; -1 for one that the file does not have. */
  readonly positions: Readonly<Record<RosterColumn, number>>;
  /** The headings as written. */
  readonly titles: Readonly<Record<RosterColumn, string>>;
  readonly width: number;
}

export interface RowError {
  readonly column: string;
  readonly kind: RosterInputFailure["kind"] | "roster/formula" | "roster/missing-column" | "roster/too-many-columns";
  readonly value: string;
}

/** Finds the columns. Number and name are needed; department and employment type may be absent. Null when it is not a heading. */
export function readHeading(cells: readonly string[]): RosterHeading | null {
  const words = cells.map(word);
  const find = (column: RosterColumn): number => words.findIndex((cell) => HEADINGS[column].includes(cell));
  const positions = { employeeNumber: find("employeeNumber"), name: find("name"), department: find("department"), employmentType: find("employmentType") };
  if (positions.employeeNumber < 0 || positions.name < 0) return null;
  const title = (column: RosterColumn): string => cells[positions[column]]?.trim() ?? column;
  return {
    positions,
    titles: { employeeNumber: title("employeeNumber"), name: title("name"), department: title("department"), employmentType: title("employmentType") },
    width: cells.length,
  };
}

/**
 * Checks one line. Every fault of the line is told, not only the first.
 * A cell that a spreadsheet would run as a formula is refused, never repaired; a signed plain number is none.
 */
export function readRow(heading: RosterHeading, cells: readonly string[]): { readonly ok: true; readonly input: CheckedInput } | { readonly ok: false; readonly errors: readonly RowError[] } {
  const { positions, titles } = heading;
  const errors: RowError[] = [];
  if (cells.length > heading.width && cells.slice(heading.width).some((cell) => cell.trim() !== "")) {
    errors.push({ column: "", kind: "roster/too-many-columns", value: shown(cells[heading.width] ?? "") });
  }
  const cell = (column: RosterColumn): string => cells[positions[column]] ?? "";
  for (const column of ["employeeNumber", "name", "department", "employmentType"] as const) {
    if (positions[column] >= cells.length) errors.push({ column: titles[column], kind: "roster/missing-column", value: "" });
    else if (isFormula(cell(column))) errors.push({ column: titles[column], kind: "roster/formula", value: shown(cell(column)) });
  }
  if (errors.length > 0) return { ok: false, errors };

  const employmentType = readEmploymentType(cell("employmentType"));
  if (employmentType === null) errors.push({ column: titles.employmentType, kind: "person/type-unknown", value: shown(cell("employmentType")) });
  const checked = checkRosterInput({
    employeeNumber: cell("employeeNumber"),
    name: cell("name"),
    department: cell("department"),
    employmentType: employmentType ?? "full-time",
  });
  if (!checked.ok) errors.push({ column: titles[checked.error.field], kind: checked.error.kind, value: shown(cell(checked.error.field)) });
  if (!checked.ok || employmentType === null) return { ok: false, errors };
  return { ok: true, input: checked.value };
}

/** Whether a spreadsheet would take the cell for a formula: it begins with = + - @, a tab or a return, and is not a number. */
export function isFormula(cell: string): boolean {
  if (/^[\t\r]/.test(cell)) return true;
  const text = cell.trim().normalize("NFKC");
  if (!/^[=+\-@]/.test(text)) return false;
  return !/^[+-]\d+(?:\.\d+)?$/.test(text);
}

/** The employment type that a cell names; an empty cell means full-time. Null for a word that is not known. */
export function readEmploymentType(cell: string): EmploymentType | null {
  const text = word(cell);
  if (text === "") return "full-time";
  for (const type of ["full-time", "part-time", "intern", "dispatched"] as const) {
    if (TYPE_WORDS[type].includes(text)) return type;
  }
  return null;
}

function word(cell: string): string {
  return cell.normalize("NFKC").replace(/^\uFEFF/, "").replace(/[\s_]+/g, " ").replace(/[.:*]+$/, "").trim().toLowerCase();
}

/** As much of a cell as a list of errors shows. */
function shown(cell: string): string {
  const characters = Array.from(cell.trim());
  return characters.length > 40 ? `${characters.slice(0, 40).join("")}…` : characters.join("");
}
