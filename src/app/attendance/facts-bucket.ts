import type { EnginePunch } from "../../domain/attendance/engine/types.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { Direction } from "../../domain/attendance/types.ts";
import { groupedBy } from "../../domain/grouped.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { OutageMarks } from "./outage-marks.ts";

interface Turn {
  readonly device: string;
  readonly cites: number;
  readonly personId: PersonId;
  /** Null: it was taken back. */
  readonly direction: Direction | null;
}

/** What days are made of, out of the entries of one UTC day: nothing else of them is kept. */
export class Bucket {
  readonly punches: { readonly personId: PersonId; readonly punch: EnginePunch }[] = [];
  readonly turns: Turn[] = [];
  readonly outages = new OutageMarks();
  readonly #last = new Map<string, number>();

  /** @param only this person's; null for everybody's */
  constructor(private readonly only: PersonId | null) {}

  /** In the order of each device's log; what is there already is left out. @returns whose day it changes */
  add(entry: Entry, siteId: string): PersonId | null {
    const { header, content } = entry;
    const { device, seq, wallMs, timeState } = header;
    if (seq <= (this.#last.get(device) ?? 0)) return null;
    this.#last.set(device, seq);
    this.outages.add(entry, siteId);
    if (content?.type !== "punch" && content?.type !== "punch-direction" && content?.type !== "punch-undone") return null;
    const { personId } = content.body;
    if (this.only !== null && this.only !== personId) return null;
    if (content.type === "punch") {
      const { direction, directionSource, method, status } = content.body;
      this.punches.push({ personId, punch: { device, seq, wallMs, direction, directionSource, method, status, timeState, siteId: content.body.siteId } });
    } else {
      this.turns.push({ device, cites: content.body.cites, personId, direction: content.type === "punch-direction" ? content.body.direction : null });
    }
    return personId;
  }
}

const keyOf = (device: string, seq: number): string => `${String(seq)} ${device}`;

/** Each person's punches out of some days, with every later entry that cites one, once each. */
export function punchesOf(buckets: readonly Bucket[]): ReadonlyMap<PersonId, readonly EnginePunch[]> {
  const turns = groupedBy(buckets.flatMap((bucket) => bucket.turns), ({ device, cites }) => keyOf(device, cites));
  const seen = new Set<string>();
  const byPerson = new Map<PersonId, EnginePunch[]>();
  for (const bucket of buckets) {
    for (const { personId, punch } of bucket.punches) {
      const key = keyOf(punch.device, punch.seq);
      if (seen.has(key)) continue;
      seen.add(key);
      const list = byPerson.get(personId);
      const counted = turned(punch, turns.get(key)?.filter((turn) => turn.personId === personId));
      if (list === undefined) byPerson.set(personId, [counted]);
      else list.push(counted);
    }
  }
  return byPerson;
}

function turned(punch: EnginePunch, turns: readonly Turn[] | undefined): EnginePunch {
  let now = punch;
  for (const { direction } of turns ?? []) {
    if (now.status === "undone") break;
    now = direction === null ? { ...now, status: "undone" } : { ...now, direction, directionSource: "person", status: "accepted" };
  }
  return now;
}
