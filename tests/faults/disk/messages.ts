import type { CutMode } from "./file-data.ts";
import type { Lost } from "./tree.ts";

/** What the disk's process is asked. */
export type DiskCommand =
  | { readonly kind: "mount"; readonly at: string }
  | { readonly kind: "unmount" }
  /** Everything becomes durable, as after half a minute's rest. */
  | { readonly kind: "settle" }
  | { readonly kind: "cut"; readonly mode: CutMode; readonly seed: number };

export type DiskAnswer = { readonly ok: true; readonly lost?: Lost; readonly counts?: DiskCounts } | { readonly ok: false; readonly reason: string };

/** Since the last mount. */
export interface DiskCounts {
  readonly requests: number;
  readonly writes: number;
  readonly syncs: number;
}
