import type { EpochMs } from "../../clock.ts";
import { groupedBy } from "../../grouped.ts";
import type { Direction } from "../types.ts";
import { minuteOf } from "./segments.ts";
import type { ApprovedCorrection, EnginePunch, PunchUse } from "./types.ts";

/** A punch as it counts, with its corrections. */
export interface Stamp {
  readonly punch: EnginePunch;
  readonly wallMs: EpochMs;
  readonly at: number;
  /** May be turned where nobody chose it. */
  direction: Direction;
  readonly correctedBy: string | null;
  readonly counts: boolean;
  use: PunchUse["use"];
}

/** In time's order whatever order they came in; what is there twice once. */
export function stampsOf(punches: readonly EnginePunch[], corrections: readonly ApprovedCorrection[]): Stamp[] {
  const corrected = corrections.length === 0 ? null : byPunch(corrections);
  const stamps: Stamp[] = [];
  for (const punch of punches) {
    const changes = corrected?.get(refOf(punch));
    const stamp = changes === undefined ? plain(punch) : changed(punch, changes);
    if (Number.isFinite(stamp.wallMs)) stamps.push(stamp);
  }
  return stamps.sort(inOrder).filter((stamp, i) => !isSame(stamp, stamps[i - 1]));
}

function plain(punch: EnginePunch): Stamp {
  const { wallMs, direction, status } = punch;
  return { punch, wallMs, at: minuteOf(wallMs), direction, correctedBy: null, counts: status === "accepted", use: status === "accepted" ? "stray" : status };
}

function changed(punch: EnginePunch, changes: readonly ApprovedCorrection[]): Stamp {
  let { wallMs, direction } = punch;
  // A correction speaks of the punch as it should be: what was suppressed or taken back counts again.
  let ignored = false;
  for (const { change } of changes) {
    ignored = change.kind === "ignore";
    if (change.kind === "direction") direction = change.direction;
    if (change.kind === "time") wallMs = change.wallMs;
  }
  return { punch, wallMs, at: minuteOf(wallMs), direction, correctedBy: changes.at(-1)?.requestId ?? null, counts: !ignored, use: ignored ? "ignored" : "stray" };
}

function byPunch(corrections: readonly ApprovedCorrection[]): ReadonlyMap<string, readonly ApprovedCorrection[]> {
  const inTurn = [...corrections].sort((one, other) => (one.at ?? 0) - (other.at ?? 0) || (one.requestId < other.requestId ? -1 : 1));
  return groupedBy(inTurn, ({ cites }) => refOf(cites));
}

const refOf = ({ device, seq }: { readonly device: string; readonly seq: number }): string => `${String(seq)} ${device}`;

function inOrder(one: Stamp, other: Stamp): number {
  if (one.wallMs !== other.wallMs) return one.wallMs - other.wallMs;
  if (one.punch.device !== other.punch.device) return one.punch.device < other.punch.device ? -1 : 1;
  return one.punch.seq - other.punch.seq;
}

function isSame(one: Stamp, other: Stamp | undefined): boolean {
  return other !== undefined && one.wallMs === other.wallMs && one.punch.seq === other.punch.seq && one.punch.device === other.punch.device;
}
