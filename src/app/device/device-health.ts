import type { CameraCheck, Device, DeviceReport } from "../api/administration.ts";
import type { Observable } from "../observable.ts";
import type { Camera, CameraStatus } from "../ports/camera.ts";
import type { Recogniser, RecogniserStatus } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";

export interface DeviceHealthDependencies {
  readonly store: Store;
  readonly camera: Pick<Camera, "status" | "devices" | "choose">;
  readonly recogniser: Pick<Recogniser, "status">;
  readonly check: CameraCheck;
  readonly version: string;
}

/** What the device page shows. */
export class DeviceHealth implements Device {
  readonly check: CameraCheck;
  readonly camera: Observable<CameraStatus>;
  readonly recogniser: Observable<RecogniserStatus>;

  constructor(private readonly dependencies: DeviceHealthDependencies) {
    this.check = dependencies.check;
    this.camera = dependencies.camera.status;
    this.recogniser = dependencies.recogniser.status;
  }

  async report(): Promise<DeviceReport> {
    const { store, version } = this.dependencies;
    const [storage, quarantined] = await Promise.all([store.usage(), store.quarantined()]);
    return {
      deviceId: store.deviceId,
      version,
      profile: store.settings?.profile ?? "accurate",
      storage,
      quarantined,
      entries: store.length,
      crossOriginIsolated: globalThis.crossOriginIsolated,
      cores: navigator.hardwareConcurrency,
    };
  }

  persist(): Promise<boolean> {
    return this.dependencies.store.persist();
  }

  cameras(): ReturnType<Device["cameras"]> {
    return this.dependencies.camera.devices();
  }

  chooseCamera(deviceId: string): Promise<void> {
    return this.dependencies.camera.choose(deviceId);
  }
}
