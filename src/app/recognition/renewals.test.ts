import { describe, expect, it } from "vitest";
import { OPERATING_POINTS } from "../../domain/biometrics/operating-points.ts";
import { RENEW_AFTER_MS } from "../../domain/biometrics/renewal.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { EmployeeNumber, PersonId } from "../../domain/people/types.ts";
import type { PersonRow } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import { Renewals } from "./renewals.ts";

const NOW = Date.UTC(2026, 10, 22) as EpochMs;
const LONG_AGO = (NOW - RENEW_AFTER_MS - 1) as EpochMs;

function row(name: string, face: PersonRow["face"], enrolledAt?: EpochMs, status: "active" | "left" = "active"): PersonRow {
  const person = { id: name as PersonId, employeeNumber: name as EmployeeNumber, name, department: "", employmentType: "full-time", status, addedAt: 0 as EpochMs } as const;
  return { person, face, hasPin: false, ...(enrolledAt === undefined ? {} : { enrolledAt }) };
}

function scene(...start: PersonRow[]) {
  const rows = new Subject<readonly PersonRow[]>(start);
  const due: (() => void)[] = [];
  const renewals = new Renewals({
    rows,
    trend: () => undefined,
    point: () => OPERATING_POINTS.accurate,
    clock: { wall: () => NOW },
    scheduler: { after: (_delayMs, run) => (due.push(run), () => undefined) },
  });
  const heard: unknown[] = [];
  renewals.offers.subscribe((offers) => heard.push(offers.map(({ personId, reason }) => `${personId} ${reason}`)));
  return { rows, due, renewals, heard };
}

describe("renewals", () => {
  it("are known from the start, for active people with a face alone", () => {
    const { renewals } = scene(row("a", "enrolled", LONG_AGO), row("b", "other-model", NOW), row("c", "none"), row("d", "enrolled", LONG_AGO, "left"), row("e", "enrolled", NOW));
    expect(renewals.offers.value.map(({ personId, reason }) => `${personId} ${reason}`)).toEqual(["b other-model", "a old"]);
  });

  it("follow the people, once for several changes", () => {
    const { rows, due, heard } = scene(row("a", "enrolled", LONG_AGO));
    rows.next([row("a", "enrolled", NOW)]);
    rows.next([row("a", "enrolled", NOW), row("b", "enrolled", LONG_AGO)]);
    expect(due).toHaveLength(1);
    due[0]?.();
    expect(heard).toEqual([["b old"]]);
    rows.next([]);
    expect(due).toHaveLength(2);
  });

  it("say nothing when a punch has changed nothing about them", () => {
    const { rows, due, heard } = scene(row("a", "enrolled", LONG_AGO));
    rows.next([row("a", "enrolled", LONG_AGO)]);
    due[0]?.();
    expect(heard).toEqual([]);
  });
});
