import type { EnginePunch, OutageSpell } from "../../domain/attendance/engine/types.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { Direction } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { PersonId } from "../../domain/people/types.ts";

/** A tablet that wrote nothing for so long before it was started may have been off, milliseconds. */
const OFF_FROM_MS = 5 * 60_000;
/** It was more likely a night in which nobody came, milliseconds. */
const OFF_TO_MS = 16 * 3_600_000;
/** Reason of an outage that a start tells of. */
export const OFF_REASON = "device/off";

interface Turn {
  readonly device: string;
  readonly cites: number;
  readonly personId: PersonId;
  /** Null: it was taken back. */
  readonly direction: Direction | null;
}

interface OutageMark {
  readonly device: string;
  readonly seq: number;
  readonly wallMs: EpochMs;
  readonly siteId: string;
  readonly kind: "start" | "end" | "off";
  readonly reason: string;
  /** When the tablet last wrote something before it was started. */
  readonly sinceMs?: EpochMs;
}

/** What days are made of, out of the entries of one UTC day: nothing else of them is kept. */
export class Bucket {
  readonly punches: { readonly personId: PersonId; readonly punch: EnginePunch }[] = [];
  readonly turns: Turn[] = [];
  readonly outages: OutageMark[] = [];
  readonly #last = new Map<string, { readonly seq: number; readonly wallMs: EpochMs }>();

  /** @param only this person's; null for everybody's */
  constructor(private readonly only: PersonId | null) {}

  /** In the order of each device's log; what is there already is left out. @returns whose day it changes */
  add({ header, content }: Entry, siteId: string): PersonId | null {
    const { device, seq, wallMs, timeState } = header;
    const last = this.#last.get(device);
    if (last !== undefined && seq <= last.seq) return null;
    this.#last.set(device, { seq, wallMs });
    if (content?.type === "outage") {
      const { phase, reason } = content.body;
      this.outages.push({ device, seq, wallMs, siteId: content.body.siteId, kind: phase, reason });
      return null;
    }
    if (content?.type === "boot" && last !== undefined && wallMs - last.wallMs > OFF_FROM_MS && wallMs - last.wallMs < OFF_TO_MS) {
      this.outages.push({ device, seq, wallMs, siteId, kind: "off", reason: OFF_REASON, sinceMs: last.wallMs });
      return null;
    }
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
  const turns = new Map<string, Turn[]>();
  for (const bucket of buckets) {
    for (const turn of bucket.turns) {
      const key = keyOf(turn.device, turn.cites);
      turns.set(key, [...(turns.get(key) ?? []), turn]);
    }
  }
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

/** The stretches in which a tablet could not record faces, or was off: by their start. */
export function outageSpells(buckets: readonly Bucket[]): readonly OutageSpell[] {
  const marks = new Map<string, OutageMark>();
  for (const bucket of buckets) for (const mark of bucket.outages) marks.set(keyOf(mark.device, mark.seq), mark);
  const spells: OutageSpell[] = [];
  const open = new Map<string, OutageMark>();
  for (const mark of [...marks.values()].sort((one, other) => (one.device === other.device ? one.seq - other.seq : one.device < other.device ? -1 : 1))) {
    const { device, siteId, wallMs, reason, seq, sinceMs } = mark;
    if (mark.kind === "off") {
      spells.push({ device, siteId, fromMs: sinceMs ?? wallMs, toMs: wallMs, reason, entry: { device, seq } });
    } else if (mark.kind === "start") {
      if (!open.has(device)) open.set(device, mark);
    } else {
      const start = open.get(device);
      open.delete(device);
      // One that began before what was read: it lasted until here.
      if (start !== undefined) spells.push({ device, siteId, fromMs: start.wallMs, toMs: wallMs, reason: start.reason, entry: { device, seq: start.seq } });
    }
  }
  for (const { device, siteId, wallMs, reason, seq } of open.values()) spells.push({ device, siteId, fromMs: wallMs, toMs: null, reason, entry: { device, seq } });
  return spells.sort((one, other) => one.fromMs - other.fromMs);
}
