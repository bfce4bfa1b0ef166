import { describe, expect, test } from "vitest";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { EpochMs, MonotonicMs } from "../../domain/clock.ts";
import type { CameraDifference, CameraIdentity, PinnedCamera } from "../../domain/device/camera-identity.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { SiteSettings } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { CameraSource, CameraStatus, FoundCamera } from "../ports/camera.ts";
import type { Change, Store } from "../ports/store.ts";
import { CameraPins } from "./camera-pins.ts";

const FRONT: CameraIdentity = { label: "Front camera", deviceId: "front", facingMode: ["user"], mostWidth: 1920, mostHeight: 1080, mostFrameRate: 30, controls: [] };
const OBS: CameraIdentity = { ...FRONT, label: "OBS Virtual Camera" };
const PINNED: PinnedCamera = { identity: FRONT, at: 5 as EpochMs, other: null };
const SITE = { siteName: "North gate" } as unknown as SiteSettings;

/** A tablet with one camera, and a store that says what became durable. */
class Bench {
  settings: SiteSettings | null;
  readonly entries: EntryDraft[] = [];
  readonly expected: (CameraIdentity | null)[] = [];
  readonly status = new Subject<CameraStatus>({ kind: "off" });
  readonly found = new Subject<FoundCamera | null>(null);
  readonly opened: CameraSource[] = [];
  present = FRONT;
  full = false;
  nowMs = 100;
  #changed: () => void = () => undefined;
  readonly pins: CameraPins;

  constructor(settings: SiteSettings | null) {
    this.settings = settings;
    const store = {
      now: () => ({ wallMs: this.nowMs as EpochMs, monoMs: 0 as MonotonicMs, bootId: "" }),
      exclusively: <T>(work: () => Promise<T>) => work(),
      commit: (change: Change) => {
        if (this.full) return Promise.resolve(err(failure("store/full")));
        this.entries.push(...change.entries);
        if (change.settings) this.setUp(change.settings);
        return Promise.resolve(ok([]));
      },
      subscribe: (listener: () => void) => {
        this.#changed = listener;
        return () => undefined;
      },
    };
    Object.defineProperty(store, "settings", { get: () => this.settings });
    const camera = {
      status: this.status,
      found: this.found,
      expect: (pinned: CameraIdentity | null) => this.expected.push(pinned),
      open: (source: CameraSource) => {
        this.opened.push(source);
        this.see(this.present);
        this.status.next({ kind: "live", label: this.present.label, deviceId: this.present.deviceId, width: 640, height: 480, frameRate: 30, practice: false });
        return Promise.resolve(ok());
      },
      close: () => this.status.next({ kind: "off" }),
      choose: () => Promise.resolve(),
    };
    this.pins = new CameraPins({ camera, store: store as unknown as Store });
  }

  setUp(settings: SiteSettings): void {
    this.settings = settings;
    this.#changed();
  }

  /** The camera was opened and said this of itself. */
  see(identity: CameraIdentity): void {
    const pinned = this.settings?.camera?.identity;
    const differences: CameraDifference[] = pinned !== undefined && pinned.label !== identity.label ? ["label"] : [];
    this.found.next({ identity, differences });
  }

  get phases(): readonly string[] {
    return this.entries.map((entry) => (entry.type === "camera" ? `${entry.body.phase} ${entry.body.label}` : entry.type));
  }
}

/** Lets every promise that can go on do so. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe("camera pins", () => {
  test("take the first camera that is opened after set-up for the tablet's own", async () => {
    const bench = new Bench(null);
    bench.setUp(SITE);
    bench.see(FRONT);
    await settle();
    expect(bench.settings?.camera).toEqual({ identity: FRONT, at: 100, other: null });
    expect(bench.phases).toEqual(["pinned Front camera"]);
    expect(bench.expected.at(-1)).toEqual(FRONT);
    expect(bench.pins.alarm.value).toBeNull();
  });

  test("leave a tablet that was set up earlier open, and ask for its camera to be confirmed", async () => {
    const bench = new Bench(SITE);
    bench.see(FRONT);
    await settle();
    expect(bench.expected.at(-1)).toBeNull();
    expect(bench.phases).toEqual([]);
    expect(bench.pins.alarm.value).toEqual({ kind: "not-confirmed" });
    expect(await bench.pins.confirm()).toEqual(ok());
    expect(bench.phases).toEqual(["pinned Front camera"]);
    expect(bench.pins.alarm.value).toBeNull();
  });

  test("expect the confirmed camera from the start", () => {
    expect(new Bench({ ...SITE, camera: PINNED }).expected).toEqual([FRONT]);
  });

  test("write down another camera once, and keep the alarm when the right one is back and after a restart", async () => {
    const bench = new Bench({ ...SITE, camera: PINNED });
    bench.see(OBS);
    bench.nowMs = 200;
    await settle();
    bench.see(OBS);
    await settle();
    expect(bench.phases).toEqual(["changed OBS Virtual Camera"]);
    const alarm = { kind: "changed", label: "OBS Virtual Camera", confirmedLabel: "Front camera", differences: ["label"], looksVirtual: true, since: 100 };
    expect(bench.pins.alarm.value).toEqual({ ...alarm, stillThere: true });
    bench.see(FRONT);
    expect(bench.pins.alarm.value).toEqual({ ...alarm, stillThere: false });
    expect(new Bench(bench.settings).pins.alarm.value).toMatchObject(alarm);
  });

  test("end the alarm when the camera that is there is confirmed", async () => {
    const bench = new Bench({ ...SITE, camera: PINNED });
    bench.present = OBS;
    bench.see(OBS);
    await settle();
    expect(await bench.pins.confirm()).toEqual(ok());
    expect(bench.pins.alarm.value).toBeNull();
    expect(bench.expected.at(-1)).toEqual(OBS);
    expect(bench.phases).toEqual(["changed OBS Virtual Camera", "pinned OBS Virtual Camera"]);
  });

  test("open the camera for a moment when it is confirmed while it is off", async () => {
    const bench = new Bench({ ...SITE, camera: PINNED });
    await bench.pins.confirm();
    expect(bench.opened).toEqual(["any-device"]);
    expect(bench.status.value.kind).toBe("off");
  });

  test("confirm the camera that an administrator chooses", async () => {
    const bench = new Bench({ ...SITE, camera: PINNED });
    bench.present = { ...FRONT, deviceId: "gate", label: "Gate camera" };
    await bench.pins.choose("gate");
    expect(bench.settings?.camera?.identity.label).toBe("Gate camera");
  });

  test("raise the alarm also when it cannot be stored, and say that a confirmation was not", async () => {
    const bench = new Bench({ ...SITE, camera: PINNED });
    bench.full = true;
    bench.see(OBS);
    await settle();
    expect(bench.pins.alarm.value).toMatchObject({ kind: "changed", stillThere: true });
    expect(await bench.pins.confirm()).toMatchObject({ error: { kind: "camera/not-stored", detail: "store/full" } });
    expect(bench.expected.at(-1)).toEqual(FRONT);
  });

  test("know nothing before set-up", () => {
    const bench = new Bench(null);
    bench.see(FRONT);
    expect(bench.pins.alarm.value).toBeNull();
    expect(bench.phases).toEqual([]);
  });
});
