import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";

export type CameraFailure = Failure<"camera/none-found" | "camera/refused" | "camera/in-use" | "camera/unplugged" | "camera/frozen" | "camera/insecure" | "camera/failed" | "camera/changed">;

export type CameraStatus =
  | { readonly kind: "off" }
  | { readonly kind: "opening" }
  | { readonly kind: "live"; readonly label: string; readonly deviceId: string; readonly width: number; readonly height: number; readonly frameRate: number; readonly practice: boolean }
  | { readonly kind: "fault"; readonly failure: CameraFailure };

/** The camera, or the moving practice picture in its place. Recovers by itself: a fault is followed by `opening` and `live` when the device comes back. */
export interface Camera {
  readonly status: Observable<CameraStatus>;
  /** Set while live. For the preview and for tracking; the camera keeps ownership. */
  readonly stream: Observable<MediaStream | null>;
  open(source: "device" | "practice"): Promise<Result<void, CameraFailure>>;
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
