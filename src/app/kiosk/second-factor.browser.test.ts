import { afterEach, expect, it } from "vitest";
import { addPerson, deleteStores, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";
import { ok } from "../../domain/result.ts";
import { is, living, open } from "./testing/scene.ts";

afterEach(deleteStores);

it("a look-alike's punch by face and PIN is kept with its second factor, and locks nobody, with the real store", async () => {
  const { core } = await setUpCore(new SetClock());
  const [anna, bert] = [await addPerson(core, "E-1", "Anna"), await addPerson(core, "E-2", "Bert")];
  const pins = [valueOf(await core.people.issuePin(anna.id)), valueOf(await core.people.issuePin(bert.id))] as const;
  const wrong = pins.includes("804159") ? "804158" : "804159";
  const { stage, kiosk } = await open({
    ledger: core.ledger,
    lookAlikes: { [anna.id]: [bert.id], [bert.id]: [anna.id] },
    before: ({ recogniser: { gallery } }) => void gallery.set("anna", anna.id).set("bert", bert.id),
  });
  expect(await stage.play(4000, living("anna", 1), is(kiosk, "second-factor"))).toBe(true);
  expect(await kiosk.submitSecondFactor(wrong)).toMatchObject({ error: { kind: "pin/wrong" } });
  expect(await kiosk.submitSecondFactor(pins[1])).toEqual(ok());
  expect(kiosk.state.value).toMatchObject({ kind: "recorded", name: "Bert" });
  expect(await core.records.punches({})).toMatchObject([{ personId: bert.id, method: "face", stepUps: ["second-factor"], status: "accepted" }]);
  // Anna's count holds the one wrong try; Bert's begins anew, and the tablet's knows of none.
  expect((await core.database.lockouts.toArray()).map(({ failures }) => failures.count)).toEqual([1]);
  await expect.poll(async () => (await core.records.attempts({})).map(({ kind }) => kind)).toEqual(["pin-refused"]);
});
