import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Boot, BootPolicy } from "../api/boot.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { Access } from "../ports/access.ts";
import type { OpenedRoleKey, Store } from "../ports/store.ts";

export interface BootDependencies {
  readonly store: Store;
  readonly access: Pick<Access, "check">;
  /** Who is signed in; null when nobody is. */
  readonly session: Observable<unknown>;
  /** The role keys that are open while somebody is signed in. */
  readonly held: () => readonly OpenedRoleKey[];
  /** Another rotation of all templates from now on; false when it could not be made. */
  readonly renewTransform: () => Promise<boolean>;
  /** Opens the recogniser with what may be opened now. */
  readonly openGallery: () => Promise<Result<unknown, Failure>>;
}

/** What stands between a tablet that was started and the faces on it. */
export class BootPolicies implements Boot {
  readonly policy: Subject<BootPolicy>;
  readonly locked: Subject<boolean>;
  readonly #dependencies: BootDependencies;

  constructor(dependencies: BootDependencies) {
    this.#dependencies = dependencies;
    const { store, session } = dependencies;
    this.policy = new Subject(store.bootPolicy);
    this.locked = new Subject(store.facesLocked);
    store.subscribe(() => this.#tell());
    session.subscribe(() => void this.#unlock());
  }

  async choose(policy: BootPolicy): Promise<Result<void, Failure>> {
    const { store, access, held } = this.#dependencies;
    const actor = access.check("settings.change");
    if (!actor.ok) return actor;
    await store.unlockFaces(held());
    if (store.facesLocked) return err(failure("boot/locked"));
    if (store.bootPolicy === policy) return ok();
    const turned = await store.turnEpoch({ reason: "policy", withoutFaces: [], withoutRecords: [], faces: policy });
    if (!turned.ok) return turned;
    this.#tell();
    const written = await store.exclusively(() => store.commit({ entries: [{ type: "boot-policy", subject: null, body: { policy, by: actor.value.userId } }] }));
    return written.ok ? ok() : written;
  }

  async renew(): Promise<Result<void, Failure>> {
    const { store, access, renewTransform, openGallery } = this.#dependencies;
    const actor = access.check("settings.change");
    if (!actor.ok) return actor;
    if (store.facesLocked || !(await renewTransform())) return err(failure("boot/locked"));
    const opened = await openGallery();
    if (!opened.ok) return opened;
    // The old keys, and the seed that the stolen templates were turned by, go with the old epoch's bucket.
    const turned = await store.turnEpoch({ reason: "age", withoutFaces: [], withoutRecords: [] });
    return turned.ok ? ok() : turned;
  }

  /** Whoever signs in with one of the roles that guard faces unlocks them by that. */
  async #unlock(): Promise<void> {
    const { store, session, held, openGallery } = this.#dependencies;
    if (session.value === null || store.bootPolicy === "unattended") return;
    if ((await store.unlockFaces(held())) !== "unlocked") return;
    this.#tell();
    await store.exclusively(() => store.commit({ entries: [{ type: "sign-in", subject: null, body: { outcome: "accepted", purpose: "unlock" } }] }));
    await openGallery();
  }

  #tell(): void {
    const { store } = this.#dependencies;
    if (this.policy.value !== store.bootPolicy) this.policy.next(store.bootPolicy);
    if (this.locked.value !== store.facesLocked) this.locked.next(store.facesLocked);
  }
}
