import type { OutageSpell } from "../../domain/attendance/engine/types.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";

/** A tablet that wrote nothing for so long before it was started may have been off, milliseconds. */
const OFF_FROM_MS = 5 * 60_000;
/** It was more likely a night in which nobody came, milliseconds. */
const OFF_TO_MS = 16 * 3_600_000;
/** Reason of an outage that a start tells of. */
const OFF_REASON = "device/off";

interface Mark {
  readonly device: string;
  readonly seq: number;
  readonly wallMs: EpochMs;
  readonly siteId: string;
  /** `entry`: any other; it says that the tablet was on. */
  readonly kind: "start" | "end" | "boot" | "entry";
  readonly reason: string;
}

/** What a stretch of logs tells of outages, and nothing else of them. */
export class OutageMarks {
  readonly #told: Mark[] = [];
  readonly #last = new Map<string, Mark>();

  /** In the order of each device's log. */
  add({ header: { device, seq, wallMs }, content }: Entry, siteId: string): void {
    const base = { device, seq, wallMs };
    const mark: Mark = content?.type === "outage"
      ? { ...base, siteId: content.body.siteId, kind: content.body.phase, reason: content.body.reason }
      : { ...base, siteId, kind: content?.type === "boot" ? "boot" : "entry", reason: OFF_REASON };
    const before = this.#last.get(device);
    this.#last.set(device, mark);
    if (mark.kind === "entry") return;
    if (mark.kind === "boot" && before !== undefined) this.#told.push(before);
    this.#told.push(mark);
  }

  /** With the last entry of each device: a start that comes after it can tell that the tablet was off. */
  get marks(): readonly Mark[] {
    return [...this.#told, ...this.#last.values()];
  }
}

/** The marks of one log. */
export function outageMarksOf(entries: readonly Entry[], siteId: string): OutageMarks {
  const marks = new OutageMarks();
  for (const entry of entries) marks.add(entry, siteId);
  return marks;
}

/**
 * The stretches in which a tablet could not record faces, or was off: by their start. An outage lasts from its first start
 * until its end; an end alone is of one that began before what was read, and is left out.
 *
 * @param stretches one after the other or overlapping, without gaps between those of a device
 */
export function outageSpells(stretches: readonly OutageMarks[]): readonly OutageSpell[] {
  const marks = new Map<string, Mark>();
  for (const stretch of stretches) for (const mark of stretch.marks) marks.set(`${String(mark.seq)} ${mark.device}`, mark);
  const inTurn = [...marks.values()].sort((one, other) => (one.device === other.device ? one.seq - other.seq : one.device < other.device ? -1 : 1));
  const spells: OutageSpell[] = [];
  const open = new Map<string, Mark>();
  for (const [index, mark] of inTurn.entries()) {
    const { device, siteId, seq, wallMs, kind, reason } = mark;
    if (kind === "boot") {
      const before = inTurn[index - 1];
      const silentMs = before?.device === device ? wallMs - before.wallMs : 0;
      if (before !== undefined && silentMs > OFF_FROM_MS && silentMs < OFF_TO_MS) spells.push({ device, siteId, fromMs: before.wallMs, toMs: wallMs, reason, entry: { device, seq } });
    } else if (kind === "start") {
      if (!open.has(device)) open.set(device, mark);
    } else if (kind === "end") {
      const start = open.get(device);
      open.delete(device);
      if (start !== undefined) spells.push({ device, siteId, fromMs: start.wallMs, toMs: wallMs, reason: start.reason, entry: { device, seq: start.seq } });
    }
  }
  for (const { device, siteId, wallMs, reason, seq } of open.values()) spells.push({ device, siteId, fromMs: wallMs, toMs: null, reason, entry: { device, seq } });
  return spells.sort((one, other) => one.fromMs - other.fromMs);
}
