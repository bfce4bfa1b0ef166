import { afterEach, expect, it } from "vitest";
import { bucketNames } from "./bucket.ts";
import { withDevice } from "./device-database.ts";
import { HubTokenSeal } from "./hub-token-seal.ts";
import { deleteStores, SetClock, setUpCore } from "./testing/harness.ts";

afterEach(deleteStores);

it("HubTokenSeal opens in another life what it sealed, also when two tabs make the key at once", async () => {
  const { prefix } = await setUpCore(new SetClock());
  const names = bucketNames(prefix);
  const sealed = await Promise.all([new HubTokenSeal(names).seal("aaa.bbb.ccc"), new HubTokenSeal(names).seal("ddd.eee.fff")]);
  const later = new HubTokenSeal(names);
  expect(await Promise.all(sealed.map((one) => later.open(one)))).toEqual(["aaa.bbb.ccc", "ddd.eee.fff"]);
  expect(new TextDecoder("latin1").decode(sealed[0])).not.toContain("bbb");
});

it("HubTokenSeal opens nothing of another device, nor without the key that sealed it", async () => {
  const clock = new SetClock();
  const [one, other] = [bucketNames((await setUpCore(clock)).prefix), bucketNames((await setUpCore(clock)).prefix)];
  const sealed = await new HubTokenSeal(one).seal("aaa.bbb.ccc");
  expect(await new HubTokenSeal(other).open(sealed)).toBeNull();
  await withDevice(one, (database) => database.items.delete("hub-token-key"));
  expect(await new HubTokenSeal(one).open(sealed)).toBeNull();
});
