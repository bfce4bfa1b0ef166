import { afterEach, expect, test } from "vitest";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { Person } from "../../domain/people/types.ts";
import type { Core } from "./core.ts";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

const DAY_MS = 86_400_000;

test.each(["still in memory", "sealed on disk"])("the store gives entries about others without their content when one person's are asked for and they are %s", async (where) => {
  const clock = new SetClock();
  const { core: first, prefix } = await setUpCore(clock);
  const punched = async (core: Core, { id }: Person): Promise<number> => valueOf(await core.ledger.punch({ personId: id, method: "pin" })).punch.seq;
  const ada = await addPerson(first, "E-1");
  const seqs = [await punched(first, ada), await punched(first, await addPerson(first, "E-2", "Grace Lin"))];
  let core = first;
  if (where === "sealed on disk") {
    first.close();
    await first.closed();
    core = await openCore(prefix, clock);
  }
  const today = Math.floor(clock.wallMs / DAY_MS);
  const contents = (entries: readonly Entry[]): unknown => seqs.map((seq) => entries.find(({ header }) => header.seq === seq)?.content?.type ?? null);
  const own = await core.store.entries(today, today, undefined, ada.id);
  expect(contents(own)).toEqual(["punch", null]);
  // What is about nobody tells when the tablet was out of order.
  expect(own.filter(({ subject, content }) => subject === null && content === null)).toEqual([]);
  const all = await core.store.entries(today, today);
  expect(contents(all)).toEqual(["punch", "punch"]);
  expect(own.map(({ header, leaf }) => [header, leaf])).toEqual(all.map(({ header, leaf }) => [header, leaf]));
  expect(contents(await core.store.entries(today, today, undefined, ada.id))).toEqual(["punch", null]);
});
