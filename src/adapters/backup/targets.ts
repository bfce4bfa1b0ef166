import type { OpenedTarget, RestoreTarget, Targets } from "../../app/backup/ports.ts";
import type { Clock } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { bucketNames } from "../storage/bucket.ts";
import { createCore } from "../storage/core.ts";
import type { Core } from "../storage/core.ts";
import { adoptTenant } from "../storage/key-store.ts";
import { MatcherCarrier } from "./carrier.ts";
import { BucketHistory } from "./history.ts";
import { ownLog } from "./own-log.ts";
import { BucketStage } from "./stage.ts";

type TargetFailure = Failure<"backup/not-empty" | "backup/store-failed">;

/** Begin of the name of every bucket of a drill. */
const SCRATCH = "scratch-";

/** A tablet's stores as a restore needs them. */
export function targetOf(core: Core, prefix: string): RestoreTarget & { readonly stage: BucketStage; readonly history: BucketHistory } {
  const { store, database } = core;
  const history = new BucketHistory(prefix, store.ring);
  const carrier = new MatcherCarrier(async () => ({ tenant: store.tenant, epoch: store.keys.epochKey.epoch, epochKey: store.keys.epochKey.key, ...(await core.transforms()) }));
  return {
    store,
    carrier,
    stage: new BucketStage(prefix),
    history,
    papers: () => store.everyPaper(),
    logs: async () => [await ownLog({ database, ring: store.ring, device: store.keys.device, length: store.length }), ...(await history.logs())],
  };
}

export interface TargetsOptions {
  /** This tablet's own stores. */
  readonly core: Core;
  readonly clock: Clock;
  readonly version: string;
  /** Of this tablet's stores, for tests. */
  readonly prefix?: string;
}

export class StoreTargets implements Targets {
  readonly #options: TargetsOptions;

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** What an interruption leaves behind is as empty as what was there, under the one id or the other. */
  async inPlace(tenant: string): Promise<Result<OpenedTarget, TargetFailure>> {
    const { core, clock, prefix = "" } = this.#options;
    const { store } = core;
    if (store.settings !== null || store.people.size > 0 || store.length > 0) return err(failure("backup/not-empty"));
    core.close();
    await core.closed();
    await adoptTenant(bucketNames(prefix), clock.wall(), tenant);
    return this.#open(tenant, prefix, () => Promise.resolve());
  }

  scratch(tenant: string): Promise<Result<OpenedTarget, TargetFailure>> {
    const prefix = `${this.#options.prefix ?? ""}${SCRATCH}${crypto.randomUUID().slice(0, 8)}-`;
    return this.#open(tenant, prefix, () => deleteBuckets(prefix));
  }

  /** What a drill that was interrupted has left. */
  sweep(): Promise<void> {
    return deleteBuckets(`${this.#options.prefix ?? ""}${SCRATCH}`);
  }

  async #open(tenant: string, prefix: string, destroy: () => Promise<void>): Promise<Result<OpenedTarget, TargetFailure>> {
    const { clock, version } = this.#options;
    const core = await createCore({ clock, version, prefix, tenant, forgetFace: () => Promise.resolve() });
    if (!core.ok) {
      await destroy();
      return err(failure("backup/store-failed", core.error.kind));
    }
    if (core.value.store.tenant !== tenant) {
      core.value.close();
      return err(failure("backup/not-empty", "keys"));
    }
    const target = targetOf(core.value, prefix);
    const close = (): void => {
      target.stage.close();
      target.history.close();
      core.value.close();
    };
    return ok({
      ...target,
      close,
      destroy: async () => {
        close();
        await core.value.closed();
        await destroy();
      },
    });
  }
}

async function deleteBuckets(prefix: string): Promise<void> {
  const buckets = navigator.storageBuckets;
  for (const name of (await buckets?.keys()) ?? []) if (name.startsWith(prefix)) await buckets?.delete(name);
}
