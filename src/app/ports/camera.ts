import type { CameraDifference, CameraIdentity } from "../../domain/device/camera-identity.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";

export type CameraFailure = Failure<"camera/none-found" | "camera/refused" | "camera/in-use" | "camera/unplugged" | "camera/frozen" | "camera/insecure" | "camera/failed" | "camera/changed">;

export type CameraStatus =
  | { readonly kind: "off" }
  | { readonly kind: "opening" }
  | { readonly kind: "live"; readonly label: string; readonly deviceId: string; readonly width: number; readonly height: number; readonly frameRate: number; readonly practice: boolean }
  | { readonly kind: "fault"; readonly failure: CameraFailure };

/** `device`: the expected camera. `any-device`: whichever is there, so that an administrator can look through it. `practice`: the moving picture. */
export type CameraSource = "device" | "any-device" | "practice";

/** A camera that was opened, whether it was let in or not. */
export interface FoundCamera {
  readonly identity: CameraIdentity;
  /** From the expected one; empty when it is the expected one or none is expected. */
  readonly differences: readonly CameraDifference[];
}

/** The camera, or the moving practice picture in its place. Recovers by itself: a fault is followed by `opening` and `live` when the device comes back. */
export interface Camera {
  readonly status: Observable<CameraStatus>;
  /** Set while live. For the preview and for tracking; the camera keeps ownership. */
  readonly stream: Observable<MediaStream | null>;
  /** The real camera that was opened last; null before the first. */
  readonly found: Observable<FoundCamera | null>;
  /** Which camera `device` means from now on; null for any. One that is open and is another becomes a fault. */
  expect(pinned: CameraIdentity | null): void;
  /** Another camera than the expected one is `camera/changed`, and given up. */
  open(source: CameraSource): Promise<Result<void, CameraFailure>>;
  close(): void;
  /** Cameras that can be chosen. Labels are empty before permission was given. */
  devices(): Promise<readonly { readonly deviceId: string; readonly label: string }[]>;
  /** Remembers which camera to use from now on; empty for the browser's choice. */
  choose(deviceId: string): Promise<void>;
  /** Asks the practice picture to do something; no effect on a real camera. */
  perform(action: "turn-left" | "turn-right" | "nod" | "blink-twice" | "rest"): void;
  /** Tells the camera that a frame has come through, so that a frozen picture is noticed. */
  frameSeen(capturedAtMs: number): void;
}
