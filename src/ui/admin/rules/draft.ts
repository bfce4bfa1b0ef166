import { parseSiteRules } from "../../../domain/attendance/rules/stored.ts";
import type { Day, SiteRules } from "../../../domain/attendance/rules/types.ts";

/** What is being changed and not saved yet. */
export interface RulesDraft {
  readonly rules: SiteRules;
  /** Version that it was made from; 0 for the first. */
  readonly base: number;
  readonly from: Day;
  readonly note: string;
}

const KEY = "clockface.rules-draft";

/** Also holds what cannot be written down, as a number that is only half typed. */
let current: { readonly owner: string; readonly draft: RulesDraft } | null = null;

/** The draft of whoever is signed in; nobody meets another's. */
export function loadDraft(owner: string): RulesDraft | null {
  if (current?.owner === owner) return current.draft;
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as { readonly owner?: unknown; readonly draft?: Partial<Record<keyof RulesDraft, unknown>> } | null;
    const rules = parseSiteRules(kept?.draft?.rules);
    const { base, from, note } = kept?.draft ?? {};
    if (kept?.owner !== owner || rules === null || typeof base !== "number" || typeof from !== "string" || typeof note !== "string") return null;
    current = { owner, draft: { rules, base, from, note } };
    return current.draft;
  } catch {
    return null;
  }
}

export function keepDraft(owner: string, draft: RulesDraft | null): void {
  current = draft === null ? null : { owner, draft };
  if (draft === null) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(current));
}

/** An id that no other of the list has: `shift-3`. */
export function freshId(kind: string, taken: readonly { readonly id: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ id }) => id === `${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}

/** A list with one of its things in place of what stood there. */
export function replaced<T>(list: readonly T[], index: number, thing: T): readonly T[] {
  return list.map((each, at) => (at === index ? thing : each));
}

export function without<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, at) => at !== index);
}

/** A list with one of its things a place further up or down. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [one, other] = [list[index], list[index + by]];
  if (one === undefined || other === undefined) return list;
  return replaced(replaced(list, index, other), index + by, one);
}
