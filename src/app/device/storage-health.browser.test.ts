import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { deleteStores, openCore, SetClock, setUpCore } from "../../adapters/storage/testing/harness.ts";
import type { Store } from "../ports/store.ts";
import { concernsOf, StorageHealth } from "./storage-health.ts";

afterEach(deleteStores);

const GB = 1024 ** 3;
const clock = new SetClock();

/** The real store, on a disk that is as full as the test says. */
function healthOf(core: Core, usage: { usedBytes: number; persistent: boolean }): StorageHealth {
  const { store } = core;
  const given: Pick<Store, "usage" | "persist" | "exclusively" | "commit" | "latest" | "settings"> = {
    usage: () => Promise.resolve({ ...usage, quotaBytes: 10 * GB, bucket: true }),
    persist: () => Promise.resolve(usage.persistent),
    exclusively: (work) => store.exclusively(work),
    commit: (change) => store.commit(change),
    latest: (limit) => store.latest(limit),
    settings: store.settings,
  };
  return new StorageHealth({ store: given, copies: core.copies });
}

async function warningsOf(core: Core): Promise<readonly string[]> {
  return (await core.store.latest(100)).flatMap(({ content }) => (content?.type === "storage-warning" ? [content.body.level] : [])).reverse();
}

describe("StorageHealth", () => {
  it("warns once of each level as space runs out, also over a start, and shows what is to do", async () => {
    const { core, prefix } = await setUpCore(clock);
    const usage = { usedBytes: 1 * GB, persistent: true };
    const health = healthOf(core, usage);
    await health.check();
    expect(await warningsOf(core)).toEqual([]);
    expect(concernsOf(health.state.value)).toEqual([]);
    usage.usedBytes = 8.5 * GB;
    await health.check();
    await health.check();
    usage.usedBytes = 9.8 * GB;
    usage.persistent = false;
    await health.check();
    expect(await warningsOf(core)).toEqual(["low", "critical", "not-persistent"]);
    expect(concernsOf(health.state.value)).toEqual(["critical", "not-persistent"]);
    core.close();
    const again = await openCore(prefix, clock);
    await healthOf(again, usage).check();
    expect(await warningsOf(again)).toHaveLength(3);
  });
});
