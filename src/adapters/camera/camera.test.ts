import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CameraStatus } from "../../app/ports/camera.ts";
import { BrowserCamera } from "./camera.ts";

class FakeTrack extends EventTarget {
  readonly kind = "video";
  label = "Front camera";
  capabilities: MediaTrackCapabilities = { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 30 }, facingMode: ["user"] };
  readonly stats = { totalFrames: 0 };
  muted = false;
  stopped = false;
  readonly #deviceId: string;

  constructor(deviceId: string) {
    super();
    this.#deviceId = deviceId;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.#deviceId, width: 640, height: 480, frameRate: 30 };
  }

  getCapabilities(): MediaTrackCapabilities {
    return this.capabilities;
  }

  stop(): void {
    this.stopped = true;
  }
}

/** Cameras that can be plugged in and out, and what the page asked of them. */
class FakeDevices extends EventTarget {
  plugged: string[] = ["front"];
  refusal: string | undefined;
  /** What the tracks that are given out say of themselves. */
  label = "Front camera";
  /** Done to each track before it is given out. */
  prepare: (track: FakeTrack) => void = () => undefined;
  readonly tracks: FakeTrack[] = [];
  asked = 0;
  mostOpen = 0;

  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked++;
    if (this.refusal !== undefined) return Promise.reject(new DOMException("no", this.refusal));
    const video = constraints.video as MediaTrackConstraints;
    const exact = (video.deviceId as { exact?: string } | undefined)?.exact;
    const deviceId = exact === undefined ? this.plugged[0] : this.plugged.find((id) => id === exact);
    if (deviceId === undefined) return Promise.reject(new DOMException("none", exact === undefined ? "NotFoundError" : "OverconstrainedError"));
    const track = new FakeTrack(deviceId);
    track.label = this.label;
    this.prepare(track);
    this.tracks.push(track);
    this.mostOpen = Math.max(this.mostOpen, this.open.length);
    return Promise.resolve({ getVideoTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream);
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve([
      ...this.plugged.map((deviceId) => ({ kind: "videoinput", deviceId, label: `camera ${deviceId}`, groupId: "" })),
      { kind: "audioinput", deviceId: "mic", label: "microphone", groupId: "" },
    ] as MediaDeviceInfo[]);
  }

  get open(): readonly FakeTrack[] {
    return this.tracks.filter(({ stopped }) => !stopped);
  }

  get last(): FakeTrack {
    const [track] = this.tracks.slice(-1);
    if (!track) throw new Error("no camera was opened");
    return track;
  }
}

describe("camera", () => {
  let devices: FakeDevices;
  let permission: EventTarget & { state: PermissionState };
  let stored: Map<string, string>;
  let camera: BrowserCamera;
  let seen: CameraStatus[];
  let hidden: boolean;
  const practice = { stream: { getVideoTracks: () => [] } as unknown as MediaStream, perform: vi.fn(), stop: vi.fn() };

  /** Seconds go by; while `frames` are given the picture moves. */
  async function seconds(count: number, frames: "moving" | "still"): Promise<void> {
    for (let second = 0; second < count; second++) {
      if (frames === "moving") for (const track of devices.open) track.stats.totalFrames += 30;
      await vi.advanceTimersByTimeAsync(1000);
    }
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    devices = new FakeDevices();
    permission = Object.assign(new EventTarget(), { state: "denied" } satisfies { state: PermissionState });
    stored = new Map();
    hidden = false;
    camera = new BrowserCamera({
      mediaDevices: devices,
      permission: () => Promise.resolve(permission as unknown as PermissionStatus),
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
        removeItem: (key) => void stored.delete(key),
      },
      hidden: () => hidden,
      monotonicMs: () => Date.now(),
      practice: () => Promise.resolve(practice),
    });
    seen = [];
    camera.status.subscribe((status) => seen.push(status));
  });

  afterEach(() => {
    camera.close();
    vi.useRealTimers();
  });

  const kinds = (): readonly string[] => seen.map((status) => (status.kind === "fault" ? status.failure.kind : status.kind));

  test("is live with what the device says of itself when it opens", async () => {
    expect(await camera.open("device")).toEqual({ ok: true });
    expect(camera.status.value).toEqual({ kind: "live", label: "Front camera", deviceId: "front", width: 640, height: 480, frameRate: 30, practice: false });
    expect(camera.stream.value?.getVideoTracks()).toEqual([devices.last]);
  });

  test.each([
    ["NotAllowedError", "camera/refused"],
    ["NotFoundError", "camera/none-found"],
    ["NotReadableError", "camera/in-use"],
    ["UnknownError", "camera/failed"],
  ])("says of %s that it is %s", async (name, kind) => {
    devices.refusal = name;
    expect(await camera.open("device")).toMatchObject({ ok: false, error: { kind } });
    expect(camera.status.value).toMatchObject({ kind: "fault", failure: { kind } });
  });

  test("says that the page is insecure when there are no media devices", async () => {
    const insecure = new BrowserCamera({ mediaDevices: undefined, permission: () => Promise.resolve(undefined), storage: localStorageLike(), hidden: () => false, monotonicMs: () => 0, practice: () => Promise.resolve(practice) });
    expect(await insecure.open("device")).toMatchObject({ error: { kind: "camera/insecure" } });
  });

  test("comes back by itself when the camera is plugged in again", async () => {
    await camera.open("device");
    devices.plugged = [];
    devices.last.dispatchEvent(new Event("ended"));
    expect(camera.status.value).toMatchObject({ failure: { kind: "camera/unplugged" } });
    expect(camera.stream.value).toBeNull();
    await seconds(5, "still");
    devices.plugged = ["front"];
    devices.dispatchEvent(new Event("devicechange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(camera.status.value.kind).toBe("live");
    expect(devices.mostOpen).toBe(1);
  });

  test("tries again at growing intervals when the camera is taken, without flickering", async () => {
    devices.refusal = "NotReadableError";
    await camera.open("device");
    await seconds(60, "still");
    expect(devices.asked).toBeGreaterThanOrEqual(8);
    expect(devices.asked).toBeLessThanOrEqual(11);
    expect(new Set(kinds().slice(1))).toEqual(new Set(["camera/in-use"]));
    devices.refusal = undefined;
    await seconds(10, "moving");
    expect(kinds().slice(-2)).toEqual(["opening", "live"]);
  });

  test("does not nag when it was refused, and opens when it is allowed", async () => {
    devices.refusal = "NotAllowedError";
    await camera.open("device");
    await seconds(60, "still");
    expect(devices.asked).toBe(1);
    devices.refusal = undefined;
    permission.state = "granted";
    permission.dispatchEvent(new Event("change"));
    await vi.advanceTimersByTimeAsync(0);
    expect(camera.status.value.kind).toBe("live");
  });

  test("notices a frozen picture and opens the camera anew", async () => {
    await camera.open("device");
    await seconds(5, "moving");
    expect(camera.status.value.kind).toBe("live");
    await seconds(3, "still");
    expect(kinds()).toContain("camera/frozen");
    await seconds(2, "moving");
    expect(camera.status.value.kind).toBe("live");
    expect(devices.mostOpen).toBe(1);
    expect(devices.tracks).toHaveLength(2);
  });

  test.each([
    { why: "frames are seen elsewhere", each: () => camera.frameSeen() },
    { why: "the page is hidden", each: () => void (hidden = true) },
  ])("does not take the picture for frozen when $why", async ({ each }) => {
    await camera.open("device");
    for (let second = 0; second < 10; second++) {
      each();
      await seconds(1, "still");
    }
    expect(camera.status.value.kind).toBe("live");
  });

  test("uses the chosen camera, another when that is gone, and returns to it", async () => {
    devices.plugged = ["front", "gate"];
    await camera.open("device");
    await camera.choose("gate");
    expect(camera.status.value).toMatchObject({ kind: "live", deviceId: "gate" });
    devices.plugged = ["front"];
    devices.last.dispatchEvent(new Event("ended"));
    await seconds(2, "moving");
    expect(camera.status.value).toMatchObject({ kind: "live", deviceId: "front" });
    devices.plugged = ["front", "gate"];
    devices.dispatchEvent(new Event("devicechange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(camera.status.value).toMatchObject({ kind: "live", deviceId: "gate" });
    expect(devices.mostOpen).toBe(1);
  });

  test("holds one stream at most when opening is asked for many times", async () => {
    await Promise.all([camera.open("device"), camera.open("practice"), camera.open("device"), camera.choose("front")]);
    expect(devices.open).toHaveLength(1);
    expect(devices.mostOpen).toBe(1);
  });

  test("lets the camera go when it is closed, also while it is opening", async () => {
    const opening = camera.open("device");
    camera.close();
    expect(await opening).toMatchObject({ ok: false });
    expect(devices.open).toEqual([]);
    await camera.open("device");
    camera.close();
    expect(devices.open).toEqual([]);
    expect(camera.status.value).toEqual({ kind: "off" });
    await seconds(30, "still");
    expect(devices.open).toEqual([]);
  });

  test("passes on what the practice picture is to do", async () => {
    await camera.open("practice");
    camera.perform("blink-twice");
    expect(practice.perform).toHaveBeenCalledWith("blink-twice");
    expect(camera.status.value).toMatchObject({ kind: "live", practice: true });
    await camera.open("device");
    expect(practice.stop).toHaveBeenCalledOnce();
  });

  describe("with a confirmed camera", () => {
    /** Opens the camera as it is and confirms it. */
    async function confirmed(): Promise<void> {
      await camera.open("device");
      camera.expect(camera.found.value?.identity ?? null);
      await vi.advanceTimersByTimeAsync(1000);
      expect(camera.status.value.kind).toBe("live");
      camera.close();
    }

    /** A camera looks twice before it is taken for another. */
    async function opened(source: "device" | "any-device"): Promise<unknown> {
      const opening = camera.open(source);
      await vi.advanceTimersByTimeAsync(1000);
      return opening;
    }

    test("tells what the device says of itself", async () => {
      devices.prepare = (track) => void Object.assign(track.capabilities, { zoom: { max: 4 }, exposureMode: ["manual"] });
      await camera.open("device");
      expect(camera.found.value).toEqual({
        identity: { label: "Front camera", deviceId: "front", facingMode: ["user"], mostWidth: 1920, mostHeight: 1080, mostFrameRate: 30, controls: ["exposureMode", "zoom"] },
        differences: [],
      });
    });

    test("opens it when the browser has given it another id", async () => {
      await confirmed();
      devices.plugged = ["new-id"];
      expect(await opened("device")).toEqual({ ok: true });
      expect(camera.status.value).toMatchObject({ kind: "live", deviceId: "new-id" });
    });

    test("gives up another in its place, and lets it be looked through", async () => {
      await confirmed();
      devices.label = "OBS Virtual Camera";
      expect(await opened("device")).toMatchObject({ error: { kind: "camera/changed", detail: "label" } });
      expect(camera.status.value).toMatchObject({ kind: "fault", failure: { kind: "camera/changed" } });
      expect(devices.open).toEqual([]);
      expect(await opened("any-device")).toEqual({ ok: true });
      expect(camera.found.value).toMatchObject({ identity: { label: "OBS Virtual Camera" }, differences: ["label"] });
    });

    test("is live again when that one is confirmed, without being asked", async () => {
      await confirmed();
      devices.label = "New camera";
      await opened("device");
      camera.expect(camera.found.value?.identity ?? null);
      await vi.advanceTimersByTimeAsync(1000);
      expect(camera.status.value).toMatchObject({ kind: "live", label: "New camera" });
    });

    test("comes back when the confirmed one is plugged in again", async () => {
      await confirmed();
      devices.label = "New camera";
      devices.plugged = ["other"];
      await opened("device");
      expect(camera.status.value.kind).toBe("fault");
      devices.label = "Front camera";
      devices.plugged = ["other", "front"];
      devices.dispatchEvent(new Event("devicechange"));
      await vi.advanceTimersByTimeAsync(1000);
      expect(camera.status.value).toMatchObject({ kind: "live", deviceId: "front" });
    });

    test("closes an open one when another is expected from now on", async () => {
      await camera.open("device");
      const identity = camera.found.value?.identity;
      if (identity === undefined) throw new Error("nothing was found");
      camera.expect({ ...identity, mostWidth: 640 });
      await vi.advanceTimersByTimeAsync(1000);
      expect(camera.status.value).toMatchObject({ failure: { kind: "camera/changed", detail: "resolution" } });
      expect(devices.open).toEqual([]);
    });

    test("waits for a device that is slow to tell what can be set on it", async () => {
      devices.prepare = (track) => void Object.assign(track.capabilities, { zoom: { max: 4 } });
      await confirmed();
      devices.prepare = (track) => void setTimeout(() => Object.assign(track.capabilities, { zoom: { max: 4 } }), 200);
      expect(await opened("device")).toEqual({ ok: true });
    });

    test("prefers it to others that are there", async () => {
      await confirmed();
      devices.plugged = ["gate", "front"];
      expect(await opened("device")).toEqual({ ok: true });
      expect(camera.status.value).toMatchObject({ deviceId: "front" });
    });

    test("does not hold the practice picture against it", async () => {
      await confirmed();
      expect(await camera.open("practice")).toEqual({ ok: true });
    });
  });

  test("lists cameras alone", async () => {
    expect(await camera.devices()).toEqual([{ deviceId: "front", label: "camera front" }]);
  });
});

function localStorageLike(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
}
