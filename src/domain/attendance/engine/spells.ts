import { lengthWithin, minuteOf, without } from "./segments.ts";
import type { Segments } from "./segments.ts";
import type { ApprovedSpell } from "./types.ts";

/** An approved stretch of time, in minutes. */
export interface Spell {
  readonly approved: ApprovedSpell;
  readonly from: number;
  readonly to: number;
}

export interface PersonSpells {
  /** Leave first, then trips and outings: time that two of them cover is leave. */
  readonly off: readonly Spell[];
  readonly overtime: readonly Spell[];
}

const NO_SPELLS: PersonSpells = { off: [], overtime: [] };

export function spellsOf(approved: readonly ApprovedSpell[]): PersonSpells {
  if (approved.length === 0) return NO_SPELLS;
  const spells = approved
    .map((each) => ({ approved: each, from: minuteOf(each.fromMs), to: minuteOf(each.toMs) }))
    .filter(({ from, to }) => to > from)
    .sort((one, other) => rank(one) - rank(other) || one.from - other.from || (one.approved.requestId < other.approved.requestId ? -1 : 1));
  return { off: spells.filter(({ approved: { kind } }) => kind !== "overtime"), overtime: spells.filter(({ approved: { kind } }) => kind === "overtime") };
}

const rank = ({ approved: { kind } }: Spell): number => (kind === "leave" ? 0 : 1);

/** What a spell takes off some time. */
export interface Taken {
  readonly spell: Spell;
  readonly minutes: number;
}

/** Takes spells off some time, each minute once. */
export function takeOff(time: Segments, spells: readonly Spell[]): { readonly rest: Segments; readonly taken: readonly Taken[] } {
  let rest = time;
  const taken: Taken[] = [];
  for (const spell of spells) {
    const minutes = lengthWithin(rest, spell.from, spell.to);
    if (minutes === 0) continue;
    taken.push({ spell, minutes });
    rest = without(rest, spell.from, spell.to);
  }
  return { rest, taken };
}

export const minutesOf = (taken: readonly Taken[]): number => taken.reduce((sum, { minutes }) => sum + minutes, 0);
