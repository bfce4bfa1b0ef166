import type { SealedTemplate } from "../../../src/contracts/matcher.ts";
import { createCore } from "../../../src/adapters/storage/core.ts";
import type { Core } from "../../../src/adapters/storage/core.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../src/domain/clock.ts";
import { wrap } from "comlink";
import type { InferenceWorker } from "../../../src/contracts/inference.ts";
import type { MatcherWorker } from "../../../src/contracts/matcher.ts";
import { sealPeople, value } from "./gallery.ts";
import type { OpenOptions } from "./page.ts";
import { seedLog } from "./seed-log.ts";

const NOTICE = "bench";
const REFERENCES = 5;
const WRITTEN_AT_ONCE = 500;

const clock: Clock = {
  wall: () => Date.now() as EpochMs,
  monotonic: () => performance.now() as MonotonicMs,
};

const open = async (): Promise<Core> => value(await createCore({ clock, version: "bench", forgetFace: () => Promise.resolve() }));

/** Sets the tablet up and enrols people that nobody is, all in the app's own store, with a log of so many entries. */
async function seed({ workers, people, entries = 0 }: OpenOptions): Promise<void> {
  const core = await open();
  value(
    await core.setup.run({
      organisation: "Example Works",
      siteName: "North gate",
      zone: "Europe/Berlin",
      locale: "en",
      lawRegion: "other",
      administratorName: "Keeper",
      passphrase: "oyster lantern gravel forty-two",
      kioskPin: "730514",
      profile: "accurate",
      helpContact: "",
    }),
  );
  const lines = Array.from({ length: people }, (_, index) => `${index + 1},Person ${index + 1},Assembly,full-time`);
  const preview = value(await core.people.preview(new Blob([["number,name,department,employment type", ...lines].join("\n")])));
  value(await core.people.importRoster(preview, () => undefined, new AbortController().signal));

  const stored = [...core.store.people.values()];
  const consented = stored.map((one) => ({ ...one, consents: [{ personId: one.person.id, noticeVersion: NOTICE, locale: "en" as const, givenAt: clock.wall() }] }));
  value(await core.store.exclusively(() => core.store.commit({ people: consented, entries: [] })));

  const { tenant, epoch, epochKey } = core.gallery();
  const matcher = wrap<MatcherWorker>(new Worker(workers.matcher, { type: "module" }));
  value(await matcher.open({ profile: "accurate", modelSet: await modelSet(workers.inference), tenant, epoch, epochKey, ...(await core.transforms()) }));
  let rows: SealedTemplate[] = [];
  const write = async (): Promise<void> => {
    const batch = rows;
    rows = [];
    // In one step each time: the log would only say so many times that somebody was enrolled.
    const placed = batch.map((template) => ({ id: crypto.randomUUID(), template }));
    await core.keys.vault.templates.bulkPut(placed);
    await core.database.templatePointers.bulkPut(placed.map(({ id, template }) => ({ personId: template.personId, templateId: id })));
  };
  await sealPeople(matcher, stored.map(({ person }) => person.id), REFERENCES, async (row) => {
    if (rows.push(row) >= WRITTEN_AT_ONCE) await write();
  });
  await write();
  core.close();
  if (entries > 0) await seedLog(open, entries);
}

/** How long the store takes to open, and then so many punches, milliseconds. */
async function punches(count: number): Promise<{ readonly openMs: number; readonly punchMs: readonly number[] }> {
  const begun = performance.now();
  const core = await open();
  const openMs = performance.now() - begun;
  const people = [...core.store.people.keys()];
  const punchMs: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const personId = people[(turn * 37) % people.length];
    if (personId === undefined) throw new Error("nobody is there");
    const start = performance.now();
    value(await core.ledger.punch({ personId, method: "pin" }));
    punchMs.push(performance.now() - start);
  }
  core.close();
  return { openMs, punchMs };
}

/** What the app's recogniser says of its models: a template of other models is not loaded. */
async function modelSet(url: string): Promise<string> {
  const worker = new Worker(url, { type: "module" });
  const models = { featuresA: "/models/features-a.onnx", featuresB: "/models/features-b.onnx", featuresC: "/models/features-c.onnx", pad: "/models/pad.onnx" };
  const info = value(await wrap<InferenceWorker>(worker).open({ profile: "accurate", models }));
  worker.terminate();
  return info.modelSet;
}

Object.assign(globalThis, { seed, punches });
