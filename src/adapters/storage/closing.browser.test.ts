import { afterEach, describe, expect, it } from "vitest";
import { addPerson, bucketsOf, deleteBucket, deleteStores, openCore, SetClock, setUpCore } from "./testing/harness.ts";

afterEach(deleteStores);

/** Long enough for a worker to start and make its files. */
const A_WHILE_MS = 1_500;

describe("a closed core", () => {
  it("makes nothing anew when its buckets are deleted, whatever was under way", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    await addPerson(core, "E-1");
    core.close();
    const again = await openCore(prefix, clock);
    const underWay = Promise.allSettled([addPerson(again, "E-2"), again.copies.tend(), again.copies.scrub(new AbortController().signal), again.store.tidy(), again.store.writeKeys(() => Promise.resolve())]);
    again.close();
    await again.closed();
    for (const name of await bucketsOf(prefix)) await deleteBucket(name);
    await underWay;
    await again.copies.tend().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
    expect(await bucketsOf(prefix)).toEqual([]);
    const { held = [], pending = [] } = await navigator.locks.query();
    expect([...held, ...pending].filter(({ name }) => name?.includes(prefix))).toEqual([]);
  });

  it("lets go at once of what its journal is asked for", async () => {
    const { core } = await setUpCore(new SetClock());
    const asked = core.copies.second.append({ fromSeq: 0, toSeq: 1, revision: 1, puts: [], deletes: [] });
    core.close();
    expect((await asked).ok).toBe(false);
    expect(await core.copies.second.append({ fromSeq: 0, toSeq: 1, revision: 1, puts: [], deletes: [] })).toMatchObject({ ok: false, error: { detail: "closed" } });
  });
});
