import { msg } from "@lit/localize";

import type { DoorFigures, GroupFigures, PersonFigures, Proportion, RecognitionReport } from "../../../app/api/recognition.ts";
import type { PersonRow } from "../../../app/api/administration.ts";
import type { EmploymentType, PersonId } from "../../../domain/people/types.ts";
import { EMPLOYMENT_TYPES } from "../../../domain/people/types.ts";
import { toCsv } from "../parts/download.ts";
import { employmentType, fieldWord } from "../parts/words.ts";
import { foundOf } from "./numbers.ts";
import { figureWords } from "./words.ts";

/** Numbers as a spreadsheet takes them, whatever the language. */
const part = (value: number | null): string => (value === null ? "" : String(Number(value.toPrecision(6))));

const proportionCells = (proportion: Proportion): readonly string[] => [String(foundOf(proportion)), String(proportion.n), part(proportion.value), part(proportion.low), part(proportion.high)];

function proportionHeading(what: string): readonly string[] {
  const { of, rate, low, high } = figureWords();
  return [what, `${what}: ${of}`, `${what}: ${rate}`, `${what}: ${low}`, `${what}: ${high}`];
}

const doorHeading = (): readonly string[] => {
  const { recognised, challenged, secondFactor, rejected } = figureWords();
  return [recognised, challenged, secondFactor, ...proportionHeading(rejected)];
};

const doorCells = (figures: DoorFigures): readonly string[] => [String(figures.recognised), String(figures.challenged), String(figures.secondFactor), ...proportionCells(figures.rejectRate)];

export function overviewCsv(report: RecognitionReport): string {
  const { people, references, since, operating, attempts } = report;
  const { of, rate, low, high, found } = figureWords();
  const single = (name: string, value: string | number): readonly string[] => [name, String(value), "", "", "", ""];
  return toCsv(
    [msg("Figure", { id: "admin.recognition.figure" }), found, of, rate, low, high],
    [
      ["FNIR", ...proportionCells(report.fnir)],
      ["FPIR", ...proportionCells(report.fpir)],
      single(msg("People", { id: "admin.nav.people" }), people),
      single(msg("References", { id: "admin.recognition.references" }), references),
      single(msg("Since", { id: "admin.recognition.since" }), since),
      single(msg("Recogniser profile", { id: "admin.setup.profile.legend" }), report.profile),
      single("FPIR (target)", part(operating.fpirTarget)),
      single(msg("Threshold", { id: "admin.recognition.threshold" }), part(operating.threshold)),
      single(msg("Margin", { id: "admin.recognition.margin" }), part(operating.margin)),
      single(msg("Source", { id: "admin.recognition.source" }), `${operating.source}, ${operating.date}`),
      single("no-candidate", attempts.notRecognised),
      single("ambiguous", attempts.ambiguous),
      single("attack-suspected", attempts.attackSuspected),
      single("liveness-undecided", attempts.livenessUndecided),
    ],
  );
}

export function personsCsv(figures: readonly PersonFigures[], rows: ReadonlyMap<PersonId, PersonRow>): string {
  const { found } = figureWords();
  return toCsv(
    [fieldWord("employeeNumber"), fieldWord("name"), fieldWord("department"), ...doorHeading(), msg("References", { id: "admin.recognition.references" }), ...proportionHeading(found)],
    figures.map((of) => {
      const person = rows.get(of.personId)?.person;
      return [person?.employeeNumber ?? "", person?.name ?? "", person?.department ?? "", ...doorCells(of), String(of.references), ...proportionCells(of.found)];
    }),
  );
}

export function groupsCsv(groups: readonly GroupFigures[]): string {
  const { found } = figureWords();
  return toCsv(
    [msg("Group by", { id: "admin.recognition.by" }), msg("Group", { id: "admin.recognition.group" }), msg("People", { id: "admin.nav.people" }), ...doorHeading(), ...proportionHeading(found)],
    groups.map((of) => [fieldWord(of.by === "department" ? "department" : "employmentType"), groupName(of), String(of.people), ...doorCells(of), ...proportionCells(of.found)]),
  );
}

function isEmploymentType(name: string): name is EmploymentType {
  return EMPLOYMENT_TYPES.some((type) => type === name);
}

/** Employment types come by their key, departments as they were entered. */
export function groupName({ by, name }: Pick<GroupFigures, "by" | "name">): string {
  if (by === "employment-type" && isEmploymentType(name)) return employmentType(name);
  return name === "" ? msg("Without a department", { id: "admin.recognition.no-department" }) : name;
}
