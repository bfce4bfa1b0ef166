import * as v from "valibot";
import type { EpochMs } from "../clock.ts";

/** What a browser tells of a camera, as far as it stays the same from one opening to the next. */
export interface CameraIdentity {
  readonly label: string;
  /** The browser's id of the device for this site; empty where it gives none. Cleared site data brings a new one. */
  readonly deviceId: string;
  /** `user`, `environment`, …, in alphabetical order; empty where the device does not say. */
  readonly facingMode: readonly string[];
  /** The largest picture and the highest rate that the device can give, in pixels and frames a second; null where the browser does not say. */
  readonly mostWidth: number | null;
  readonly mostHeight: number | null;
  readonly mostFrameRate: number | null;
  /** What can be set on the device (`exposureMode`, `zoom`, …), in alphabetical order. A camera made of software rarely has any. */
  readonly controls: readonly string[];
}

/** In what another camera differs. `device`: the expected one is there as well, and this is not it. */
export type CameraDifference = "label" | "device" | "facing" | "resolution" | "frame-rate" | "controls";

/** A camera that was found in place of the expected one. */
export interface OtherCamera {
  readonly label: string;
  readonly differences: readonly CameraDifference[];
  /** When it was found first. */
  readonly at: EpochMs;
}

/** The camera that an administrator has confirmed for this tablet. */
export interface PinnedCamera {
  readonly identity: CameraIdentity;
  readonly at: EpochMs;
  /** Found since then, until an administrator confirms a camera again; null when there was none. */
  readonly other: OtherCamera | null;
}

/** Rates are told with and without their fraction (29.97, 30). */
const FRAME_RATE_TOLERANCE = 1;

/**
 * How the camera that was opened differs from the confirmed one; nothing when it is taken for the same.
 *
 * The label and what the device can do decide. A new id alone says nothing, because site data may have been cleared;
 * unless the confirmed id is still given to another device, for instance to one of two cameras of the same make.
 * What only one of the two tells is not held against either. A control that is new may come with a newer browser; one
 * that is gone may not.
 *
 * @param present ids of all cameras of the tablet
 */
export function compareCameras(pinned: CameraIdentity, live: CameraIdentity, present: readonly string[]): readonly CameraDifference[] {
  const differences: CameraDifference[] = [];
  if (pinned.label !== live.label) differences.push("label");
  if (pinned.deviceId !== "" && live.deviceId !== pinned.deviceId && present.includes(pinned.deviceId)) differences.push("device");
  if (pinned.facingMode.length > 0 && live.facingMode.length > 0 && pinned.facingMode.join() !== live.facingMode.join()) differences.push("facing");
  if (differ(pinned.mostWidth, live.mostWidth, 0) || differ(pinned.mostHeight, live.mostHeight, 0)) differences.push("resolution");
  if (differ(pinned.mostFrameRate, live.mostFrameRate, FRAME_RATE_TOLERANCE)) differences.push("frame-rate");
  if (pinned.controls.some((control) => !live.controls.includes(control))) differences.push("controls");
  return differences;
}

function differ(one: number | null, other: number | null, tolerance: number): boolean {
  return one !== null && other !== null && Math.abs(one - other) > tolerance;
}

/**
 * Parts of the names that programs give to the cameras they make up: OBS, ManyCam, XSplit, Snap, v4l2loopback, CamTwist,
 * e2eSoft, SplitCam, YouCam, mmhmm, NVIDIA Broadcast, and telephones as cameras. Names are easily changed, so this is a
 * word of caution to an administrator and never a decision.
 */
const VIRTUAL_NAMES = /virtual|\bobs\b|manycam|xsplit|vcam|snap camera|dummy video|v4l2 ?loopback|camtwist|e2esoft|splitcam|youcam|mmhmm|nvidia broadcast|droidcam|ivcam|epoccam|iriun|fake_device/i;

/** True when the label is one that programs use for a camera made of software. */
export function looksVirtual(label: string): boolean {
  return VIRTUAL_NAMES.test(label);
}

const epochMs = v.pipe(
  v.number(),
  v.safeInteger(),
  v.transform((ms) => ms as EpochMs),
);
const most = v.nullable(v.number());
const names = v.array(v.string());

/** Reads a pin from the store. */
export const pinnedCameraSchema = v.strictObject({
  identity: v.strictObject({ label: v.string(), deviceId: v.string(), facingMode: names, mostWidth: most, mostHeight: most, mostFrameRate: most, controls: names }),
  at: epochMs,
  other: v.nullable(
    v.strictObject({ label: v.string(), differences: v.array(v.picklist(["label", "device", "facing", "resolution", "frame-rate", "controls"])), at: epochMs }),
  ),
});
