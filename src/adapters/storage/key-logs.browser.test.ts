import { afterEach, expect, it } from "vitest";
import { addPerson, deleteStores, openCore, SetClock, setUpCore } from "./testing/harness.ts";

afterEach(deleteStores);

it("a start after keys were written has their logs begin anew, and leaves nothing of it", async () => {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  await addPerson(core, "E-1");
  const noted = async (of: typeof core): Promise<boolean> => (await of.database.sync.get("keys-written")) !== undefined;
  expect(await noted(core)).toBe(true);
  core.close();

  const started = await openCore(prefix, clock);
  await expect.poll(() => noted(started)).toBe(false);
  const { vault } = started.store.keys;
  expect(await vault.fill.count()).toBe(0);
  expect(started.store.people.size).toBe(1);
  started.close();

  const again = await openCore(prefix, clock);
  expect(await noted(again)).toBe(false);
});
