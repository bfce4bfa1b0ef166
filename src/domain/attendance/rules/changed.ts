import type { SiteRules } from "./types.ts";

export type RulePart = keyof SiteRules;

export const RULE_PARTS: readonly RulePart[] = ["zone", "dayChange", "shifts", "patterns", "groups", "calendar", "leaveKinds", "devices"];

/** One thing that is otherwise; `name` as it is called after, or was before where it is gone. */
export interface RuleChange {
  readonly part: RulePart;
  readonly how: "added" | "changed" | "removed" | "order";
  /** Of shifts, patterns, groups, kinds of leave; of the calendar the day. */
  readonly name?: string;
}

/** What is otherwise between two sets of rules, in the order of the parts; everything is added where there were none. */
export function changesBetween(before: SiteRules | null, after: SiteRules): readonly RuleChange[] {
  if (before === null) return RULE_PARTS.map((part) => ({ part, how: "added" as const }));
  return [
    ...single("zone", before, after),
    ...single("dayChange", before, after),
    ...listed("shifts", before.shifts, after.shifts, ({ id }) => id, ({ name }) => name),
    ...listed("patterns", before.patterns, after.patterns, ({ id }) => id, ({ name }) => name),
    ...listed("groups", before.groups, after.groups, ({ id }) => id, ({ name }) => name),
    ...listed("calendar", before.calendar, after.calendar, ({ day }) => day, ({ day }) => day),
    ...listed("leaveKinds", before.leaveKinds, after.leaveKinds, ({ id }) => id, ({ name }) => name),
    ...single("devices", before, after),
  ];
}

/** The parts that are otherwise, without what in them. */
export function changedParts(before: SiteRules | null, after: SiteRules): readonly RulePart[] {
  return [...new Set(changesBetween(before, after).map(({ part }) => part))];
}

/** Whether two values say the same; the order of keys does not matter, that of lists does. */
export function sameContent(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one as Record<string, unknown>), other as Record<string, unknown>];
  return left.length === Object.keys(right).length && left.every(([key, value]) => key in right && sameContent(value, right[key]));
}

function single(part: "zone" | "dayChange" | "devices", before: SiteRules, after: SiteRules): readonly RuleChange[] {
  return sameContent(before[part], after[part]) ? [] : [{ part, how: "changed" }];
}

function listed<T>(part: RulePart, before: readonly T[], after: readonly T[], idOf: (thing: T) => string, nameOf: (thing: T) => string): readonly RuleChange[] {
  const earlier = new Map(before.map((thing) => [idOf(thing), thing]));
  const later = new Set(after.map(idOf));
  const changes: RuleChange[] = [];
  for (const thing of after) {
    const was = earlier.get(idOf(thing));
    if (was === undefined) changes.push({ part, how: "added", name: nameOf(thing) });
    else if (!sameContent(was, thing)) changes.push({ part, how: "changed", name: nameOf(thing) });
  }
  for (const thing of before) if (!later.has(idOf(thing))) changes.push({ part, how: "removed", name: nameOf(thing) });
  const kept = (things: readonly T[]): string => JSON.stringify(things.map(idOf).filter((id) => earlier.has(id) && later.has(id)));
  // Which group fits first is by their order; of the calendar it says nothing.
  if (part !== "calendar" && kept(before) !== kept(after)) changes.push({ part, how: "order" });
  return changes;
}
