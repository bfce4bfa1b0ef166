import type { CameraAlarm, CameraCheck, Device, DeviceReport } from "../api/administration.ts";
import type { Observable } from "../observable.ts";
import type { Camera, CameraStatus } from "../ports/camera.ts";
import type { Recogniser, RecogniserStatus } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";
import type { CameraPins } from "./camera-pins.ts";
import type { StorageHealth, StorageState } from "./storage-health.ts";

export interface DeviceHealthDependencies {
  readonly store: Store;
  readonly camera: Pick<Camera, "status" | "devices">;
  readonly pins: Pick<CameraPins, "alarm" | "choose" | "confirm">;
  readonly recogniser: Pick<Recogniser, "status">;
  readonly check: CameraCheck;
  readonly storage: Pick<StorageHealth, "state" | "persist" | "acknowledge">;
  readonly version: string;
}

/** What the device page shows. */
export class DeviceHealth implements Device {
  readonly check: CameraCheck;
  readonly camera: Observable<CameraStatus>;
  readonly cameraAlarm: Observable<CameraAlarm | null>;
  readonly recogniser: Observable<RecogniserStatus>;
  readonly storage: Observable<StorageState>;

  constructor(private readonly dependencies: DeviceHealthDependencies) {
    this.check = dependencies.check;
    this.camera = dependencies.camera.status;
    this.cameraAlarm = dependencies.pins.alarm;
    this.recogniser = dependencies.recogniser.status;
    this.storage = dependencies.storage.state;
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
    return this.dependencies.storage.persist();
  }

  acknowledgeLosses(): Promise<void> {
    return this.dependencies.storage.acknowledge();
  }

  cameras(): ReturnType<Device["cameras"]> {
    return this.dependencies.camera.devices();
  }

  chooseCamera(deviceId: string): Promise<void> {
    return this.dependencies.pins.choose(deviceId);
  }

  confirmCamera(): ReturnType<Device["confirmCamera"]> {
    return this.dependencies.pins.confirm();
  }
}
