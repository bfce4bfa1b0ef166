import { Temporal } from "temporal-polyfill";

import { computeDays } from "../../../src/domain/attendance/engine/compute-days.ts";
import type { ApprovedCorrection, ApprovedSpell, DayResult, EnginePunch } from "../../../src/domain/attendance/engine/types.ts";
import type { EpochMs } from "../../../src/domain/clock.ts";
import type { EmployeeNumber, PersonId } from "../../../src/domain/people/types.ts";
import type { ReportContext, ReportPerson } from "../../../src/domain/reports/context.ts";
import type { ReportKind } from "../../../src/domain/reports/kinds.ts";
import { startReport } from "../../../src/domain/reports/report.ts";
import type { ReportTable } from "../../../src/domain/reports/table.ts";
import type { SeedMonth, SeedPerson } from "./types.ts";

/** What was granted on top of the punches, as the test knows it: local times of the site, by employee number. */
export interface Granted {
  readonly madeUp?: readonly { readonly number: string; readonly at: string; readonly direction: "in" | "out" }[];
  readonly spells?: readonly { readonly number: string; readonly kind: ApprovedSpell["kind"]; readonly from: string; readonly to: string; readonly leaveKind?: string }[];
  /** The punch at that minute was another direction. */
  readonly directions?: readonly { readonly number: string; readonly at: string; readonly direction: "in" | "out" }[];
}

/**
 * The month worked out in this process, from the seed and what was granted alone: no log, no store, no worker and no screen
 * is between. Directions are the ones that a tablet has to find.
 */
export function reckoned({ zone, people, rules, rulesFrom, punches }: SeedMonth, granted: Granted, at: { readonly from: string; readonly to: string; readonly now: string }): readonly ReportPerson[] {
  const ms = (local: string): EpochMs => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds as EpochMs;
  const book = { siteId: "site", versions: [{ version: 1, from: rulesFrom, rules, by: "", at: 0, note: "" }] };
  const of = ({ number }: SeedPerson): readonly EnginePunch[] => {
    let inside = false;
    let before = Number.NEGATIVE_INFINITY;
    const own = punches.flatMap((punch, seq): EnginePunch[] => {
      if (punch.number !== number) return [];
      const wallMs = ms(punch.at);
      const repeated = wallMs - before < 60_000;
      const direction = punch.direction ?? (repeated ? (inside ? "in" : "out") : inside && wallMs - before < 13 * 3_600_000 ? "out" : "in");
      if (!repeated) [inside, before] = [direction === "in", wallMs];
      return [{ device: "d", seq, wallMs, direction, directionSource: punch.direction === undefined ? "auto" : "person", method: punch.method ?? "face", status: repeated ? "suppressed" : "accepted", timeState: "T0", siteId: "site" }];
    });
    const added = (granted.madeUp ?? []).flatMap((one, index): EnginePunch[] =>
      one.number === number ? [{ device: "r", seq: index, wallMs: ms(one.at), direction: one.direction, directionSource: "person", method: "attested", status: "accepted", timeState: "T0", siteId: "site", requestId: `made-up-${index}` }] : [],
    );
    return [...own, ...added];
  };
  const results = computeDays({
    book,
    zone,
    from: at.from,
    to: at.to,
    now: ms(at.now),
    watermarks: [{ device: "d", untilMs: ms(at.now) }],
    outages: [],
    people: people.map((person) => {
      const own = of(person);
      const personId = person.number as PersonId;
      return {
        personId,
        department: person.department,
        employmentType: person.employmentType,
        addedAt: ms("2026-09-28T08:00"),
        plan: person.plan === undefined ? null : { ...person.plan, personId },
        punches: own,
        spells: (granted.spells ?? []).flatMap((spell, index): ApprovedSpell[] =>
          spell.number === person.number
            ? [{ requestId: `spell-${index}`, kind: spell.kind, fromMs: ms(spell.from), toMs: ms(spell.to), ...(spell.leaveKind === undefined ? {} : { leaveKind: spell.leaveKind, paid: true }), ...(spell.kind === "overtime" ? { compensation: "pay" as const } : {}) }]
            : [],
        ),
        corrections: (granted.directions ?? []).flatMap((correction, index): ApprovedCorrection[] => {
          const cited = correction.number === person.number ? own.find(({ wallMs }) => wallMs === ms(correction.at)) : undefined;
          return cited === undefined ? [] : [{ requestId: `correction-${index}`, cites: { device: cited.device, seq: cited.seq }, change: { kind: "direction", direction: correction.direction } }];
        }),
        locked: [],
      };
    }),
  });
  const byPerson = new Map<string, DayResult[]>();
  for (const result of results) byPerson.set(result.personId, [...(byPerson.get(result.personId) ?? []), result]);
  return people.map(({ number, name, department }) => ({ person: { id: number as PersonId, employeeNumber: number as EmployeeNumber, name, department }, days: byPerson.get(number) ?? [] }));
}

export function reportOf(kind: ReportKind, people: readonly ReportPerson[], { zone, rules }: SeedMonth, at: { readonly from: string; readonly to: string }): ReportTable {
  const context: ReportContext = {
    zone,
    from: at.from,
    to: at.to,
    shiftNames: Object.fromEntries(rules.shifts.map(({ id, name }) => [id, name])),
    leaveKinds: rules.leaveKinds.map(({ id, name, nameZh }) => ({ id, name, ...(nameZh === undefined ? {} : { nameZh }) })),
  };
  const builder = startReport(kind, context);
  for (const person of people) builder.add(person);
  return builder.finish();
}
