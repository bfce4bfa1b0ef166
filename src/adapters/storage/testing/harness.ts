import type { SetupInput } from "../../../app/api/administration.ts";
import type { SecretsWorker } from "../../../contracts/secrets.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../domain/clock.ts";
import type { Person } from "../../../domain/people/types.ts";
import { ok } from "../../../domain/result.ts";
import { createCore } from "../core.ts";
import type { Core, CoreDependencies } from "../core.ts";

export const PASSPHRASE = "seven brass clocks on a wall";

export const SETUP: SetupInput = {
  organisation: "Harbour Works",
  siteName: "Gate 3",
  zone: "Asia/Shanghai",
  locale: "en",
  lawRegion: "cn",
  administratorName: "Keeper",
  passphrase: PASSPHRASE,
  kioskPin: "739146",
  profile: "accurate",
  helpContact: "Front desk, 8001",
};

/** A test run makes hundreds of stores in one browser, whose room for all of them ends somewhere. */
const SMALL_FILL = 96 * 1024;

/** Quickly made, and soon full. */
export const SMALL_JOURNAL = { segmentBytes: 64 * 1024, spares: 1, names: 0, nameSettlesMs: 0 };

/** A hash where Argon2id would take a second each time: what it does is tried where it is the subject. */
export const QUICK_SECRETS: SecretsWorker = {
  derive: async (secret, salt) => ok(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array([...salt, ...new TextEncoder().encode(secret.normalize("NFKC"))])))),
};

/** A clock that stands still until it is moved. */
export class SetClock implements Clock {
  wallMs = Date.UTC(2026, 2, 2, 0, 30);
  monoMs = 1_000;

  wall(): EpochMs {
    return this.wallMs as EpochMs;
  }

  monotonic(): MonotonicMs {
    return this.monoMs as MonotonicMs;
  }

  pass(ms: number): void {
    this.wallMs += ms;
    this.monoMs += ms;
  }
}

const used: { readonly prefix: string; readonly cores: Core[] }[] = [];

/** A fresh set of stores, deleted again by {@link deleteStores}. */
export function freshPrefix(): string {
  const prefix = `t${crypto.randomUUID().slice(0, 8)}-`;
  used.push({ prefix, cores: [] });
  return prefix;
}

export async function openCore(prefix: string, clock: Clock, more: Partial<CoreDependencies> = {}): Promise<Core> {
  const core = await createCore({ clock, version: "test", forgetFace: () => Promise.resolve(), prefix, journal: SMALL_JOURNAL, fillBytes: SMALL_FILL, secretsWorker: QUICK_SECRETS, ...more });
  if (!core.ok) throw new Error(core.error.kind + (core.error.detail ?? ""));
  used.find((one) => one.prefix === prefix)?.cores.push(core.value);
  await core.value.booted;
  return core.value;
}

export async function setUpCore(clock: Clock, more: Partial<CoreDependencies> = {}): Promise<{ readonly core: Core; readonly prefix: string }> {
  const prefix = freshPrefix();
  const core = await openCore(prefix, clock, more);
  const done = await core.setup.run(SETUP);
  if (!done.ok) throw new Error(done.error.kind + (done.error.detail ?? ""));
  return { core, prefix };
}

export async function addPerson(core: Core, employeeNumber: string, name = "Ada Miller"): Promise<Person> {
  const added = await core.people.add({ employeeNumber, name, department: "Assembly", employmentType: "full-time" });
  if (!added.ok) throw new Error(added.error.kind);
  return added.value;
}

/** People with the numbers from 1 on, out of a roster file. */
export async function importPeople(core: Core, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => `${index + 1},Person ${index + 1},Assembly,full-time`);
  const preview = valueOf(await core.people.preview(new Blob([["number,name,department,employment type", ...lines].join("\n")])));
  valueOf(await core.people.importRoster(preview, () => undefined, new AbortController().signal));
}

export async function deleteStores(): Promise<void> {
  for (const { prefix, cores } of used.splice(0)) {
    for (const core of cores) core.close();
    await Promise.all(cores.map((core) => core.closed()));
    for (const name of await bucketsOf(prefix)) await deleteBucket(name);
  }
}

export async function deleteBucket(name: string): Promise<void> {
  await navigator.storageBuckets?.delete(name);
}

/** Names of the buckets that begin so. */
export async function bucketsOf(prefix: string): Promise<readonly string[]> {
  return ((await navigator.storageBuckets?.keys()) ?? []).filter((name) => name.startsWith(prefix));
}

export function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly kind: string } }): T {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}
