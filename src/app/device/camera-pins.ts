import type { EpochMs } from "../../domain/clock.ts";
import { looksVirtual } from "../../domain/device/camera-identity.ts";
import type { CameraIdentity, OtherCamera, PinnedCamera } from "../../domain/device/camera-identity.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import type { CameraAlarm, Device, SiteSettings } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { Camera, CameraFailure, FoundCamera } from "../ports/camera.ts";
import type { Store } from "../ports/store.ts";

export interface CameraPinsDependencies {
  readonly camera: Pick<Camera, "status" | "found" | "expect" | "open" | "close" | "choose">;
  readonly store: Pick<Store, "settings" | "now" | "exclusively" | "commit" | "subscribe">;
}

type Confirmed = Awaited<ReturnType<Device["confirmCamera"]>>;

/**
 * Which camera belongs to this tablet. The first one that is opened after set-up, in the same page life, is taken for
 * the one that the administrator set the tablet up with; later ones are confirmed by hand. A tablet that was set up
 * earlier and never confirmed one goes on with whichever is there.
 */
export class CameraPins {
  readonly alarm: Subject<CameraAlarm | null>;
  readonly #deps: CameraPinsDependencies;
  #setUpHere = false;
  #wasSetUp: boolean;
  /** Found and not yet durable: the alarm does not wait for the store. */
  #unsaved: OtherCamera | null = null;
  #work: Promise<unknown> = Promise.resolve();

  constructor(deps: CameraPinsDependencies) {
    this.#deps = deps;
    this.#wasSetUp = deps.store.settings !== null;
    this.alarm = new Subject<CameraAlarm | null>(null);
    deps.store.subscribe(() => this.#followSettings());
    deps.camera.found.subscribe((found) => {
      if (found !== null) this.#look(found);
    });
    this.#followSettings();
  }

  /** See {@link Device.confirmCamera}. */
  async confirm(): Promise<Confirmed> {
    const identity = await this.#identityNow();
    return identity.ok ? this.#pin(identity.value) : identity;
  }

  /** See {@link Device.chooseCamera}. */
  async choose(deviceId: string): Promise<void> {
    await this.#deps.camera.choose(deviceId);
    if (this.#deps.store.settings !== null) await this.confirm();
  }

  #followSettings(): void {
    const { store, camera } = this.#deps;
    const { settings } = store;
    if (settings !== null && !this.#wasSetUp) {
      this.#wasSetUp = true;
      this.#setUpHere = true;
      if (camera.status.value.kind === "live" && camera.found.value !== null) this.#look(camera.found.value);
    }
    camera.expect(settings?.camera?.identity ?? null);
    this.#showAlarm();
  }

  #look(found: FoundCamera): void {
    const { settings, now } = { settings: this.#deps.store.settings, now: this.#deps.store.now() };
    if (settings === null) return;
    if (settings.camera === undefined) {
      if (this.#setUpHere) void this.#pin(found.identity);
    } else if (found.differences.length > 0 && !isKnown(settings.camera.other, found)) {
      this.#unsaved = { label: found.identity.label, differences: found.differences, at: now.wallMs };
      void this.#change((before) => this.#noteOther(before));
    }
    this.#showAlarm();
  }

  #noteOther(before: SiteSettings): { readonly camera: PinnedCamera; readonly entry: EntryDraft } | null {
    const other = this.#unsaved;
    if (other === null || before.camera === undefined) return null;
    return { camera: { ...before.camera, other }, entry: { type: "camera", subject: null, body: { phase: "changed", label: other.label } } };
  }

  async #pin(identity: CameraIdentity): Promise<Confirmed> {
    this.#setUpHere = false;
    const at: EpochMs = this.#deps.store.now().wallMs;
    const pinned = await this.#change(() => ({
      camera: { identity, at, other: null },
      entry: { type: "camera", subject: null, body: { phase: "pinned", label: identity.label } },
    }));
    return pinned.ok ? ok() : err(failure("camera/not-stored", pinned.error));
  }

  /** One write at a time. */
  #change(work: (before: SiteSettings) => { readonly camera: PinnedCamera; readonly entry: EntryDraft } | null): Promise<Result<void, string>> {
    const change = this.#work.then(() => this.#write(work));
    this.#work = change;
    return change;
  }

  async #write(work: (before: SiteSettings) => { readonly camera: PinnedCamera; readonly entry: EntryDraft } | null): Promise<Result<void, string>> {
    const { store } = this.#deps;
    try {
      const written = await store.exclusively(async () => {
        const before = store.settings;
        const change = before === null ? null : work(before);
        return before === null || change === null ? ok() : store.commit({ settings: { ...before, camera: change.camera }, entries: [change.entry] });
      });
      if (!written.ok) return err(written.error.kind);
      this.#unsaved = null;
      this.#followSettings();
      return ok();
    } catch (error) {
      return err(error instanceof Error ? error.name : "unknown error");
    }
  }

  async #identityNow(): Promise<Result<CameraIdentity, CameraFailure>> {
    const { camera } = this.#deps;
    const status = camera.status.value;
    if (status.kind === "live" && !status.practice && camera.found.value !== null) return ok(camera.found.value.identity);
    const opened = await camera.open("any-device");
    const found = camera.found.value;
    if (status.kind === "off") camera.close();
    if (!opened.ok) return opened;
    return found === null ? err(failure("camera/failed", "not identified")) : ok(found.identity);
  }

  #showAlarm(): void {
    const { settings } = this.#deps.store;
    const next = settings === null ? null : alarmOf(settings.camera, this.#unsaved, this.#deps.camera.found.value);
    if (JSON.stringify(next) !== JSON.stringify(this.alarm.value)) this.alarm.next(next);
  }
}

function alarmOf(pinned: PinnedCamera | undefined, unsaved: OtherCamera | null, found: FoundCamera | null): CameraAlarm | null {
  if (pinned === undefined) return { kind: "not-confirmed" };
  const other = unsaved ?? pinned.other;
  if (other === null) return null;
  return {
    kind: "changed",
    label: other.label,
    confirmedLabel: pinned.identity.label,
    differences: other.differences,
    looksVirtual: looksVirtual(other.label),
    since: other.at,
    stillThere: found === null || found.differences.length > 0,
  };
}

function isKnown(other: OtherCamera | null, found: FoundCamera): boolean {
  return other?.label === found.identity.label && other.differences.join() === found.differences.join();
}
