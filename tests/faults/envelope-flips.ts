import { createEpochKey, createRecordKey, openRecord, sealRecord, unwrapRecordKey } from "../../src/adapters/crypto/record-keys.ts";
import type { NamedKey, Place } from "../../src/adapters/crypto/record-keys.ts";
import { Random } from "./random.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const TENANT = "8f2c1a54-6d0e-4b7b-9a35-2f5f0c7f1e11";
/** Records that are sealed and flipped, and the bits of each byte that are tried. */
const RECORDS = { short: 4, long: 60 };
const BITS = { short: [0, 7], long: [0, 1, 2, 3, 4, 5, 6, 7] };

interface Sealed {
  readonly key: NamedKey;
  readonly place: Place;
  readonly envelope: Uint8Array<ArrayBuffer>;
}

/** Records of two people in two tables and two epochs: every pair of them differs in something that must count. */
async function records(random: Random, count: number): Promise<readonly Sealed[]> {
  const people = ["person-one", "person-two"];
  const keys = new Map<string, NamedKey>();
  for (const epoch of [1, 2]) {
    const raw = await createEpochKey();
    for (const person of people) keys.set(`${person}/${epoch}`, { id: person, epoch, key: raw });
  }
  const sealed: Sealed[] = [];
  for (let index = 0; index < count; index++) {
    const [person, store, epoch] = [people[index % 2] ?? "", index % 4 < 2 ? "people" : "standings", index % 8 < 4 ? 1 : 2];
    const key = keys.get(`${person}/${epoch}`)!;
    const place: Place = { store, recordId: `${person}-${index >> 3}`, schema: 1 };
    sealed.push({ key, place, envelope: await sealRecord(TENANT, key, place, random.bytes(random.between(1, 120))) });
  }
  return sealed;
}

/** Each letter or digit of what is bound to the envelope, changed alone. */
function otherContexts({ key, place }: Sealed): readonly { readonly what: string; readonly tenant: string; readonly key: NamedKey; readonly place: Place }[] {
  const changed = (text: string): readonly string[] => Array.from(text, (letter, index) => text.slice(0, index) + (letter === "x" ? "y" : "x") + text.slice(index + 1));
  return [
    ...changed(TENANT).map((tenant) => ({ what: "tenant", tenant, key, place })),
    ...changed(place.store).map((store) => ({ what: "store", tenant: TENANT, key, place: { ...place, store } })),
    ...changed(place.recordId).map((recordId) => ({ what: "record", tenant: TENANT, key, place: { ...place, recordId } })),
    ...changed(key.id).map((id) => ({ what: "key", tenant: TENANT, key: { ...key, id }, place })),
    { what: "schema", tenant: TENANT, key, place: { ...place, schema: place.schema + 1 } },
    { what: "epoch", tenant: TENANT, key: { ...key, epoch: key.epoch + 1 }, place },
  ];
}

export default {
  name: "envelope-flips",
  holds: "an envelope with any byte changed, in any other place, under any other key or epoch is refused",
  async run({ seed, short, log }: FaultContext): Promise<FaultReport> {
    const random = new Random(seed);
    const failures: string[] = [];
    let n = 0;
    const refused = async (what: string, opened: Promise<{ readonly ok: boolean }>): Promise<void> => {
      n++;
      if ((await opened).ok) failures.push(`${what}: opened`);
    };
    const all = await records(random, short ? RECORDS.short * 2 : RECORDS.long);
    for (const one of all) {
      const whole = await openRecord(TENANT, one.key, one.place, one.envelope);
      if (!whole.ok) failures.push(`an untouched envelope does not open: ${whole.error.kind}`);
    }
    for (const [index, one] of all.slice(0, short ? RECORDS.short : RECORDS.long).entries()) {
      for (let at = 0; at < one.envelope.length; at++) {
        for (const bit of short ? BITS.short : BITS.long) {
          const flipped = new Uint8Array(one.envelope);
          flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
          await refused(`record ${index}, byte ${at}, bit ${bit}`, openRecord(TENANT, one.key, one.place, flipped));
        }
        await refused(`record ${index}, cut at ${at}`, openRecord(TENANT, one.key, one.place, one.envelope.slice(0, at)));
      }
      await refused(`record ${index}, one byte more`, openRecord(TENANT, one.key, one.place, Uint8Array.of(...one.envelope, 0)));
      for (const { what, tenant, key, place } of otherContexts(one)) await refused(`record ${index}, another ${what}`, openRecord(tenant, key, place, one.envelope));
    }
    log(`${n} changed envelopes`);
    for (const [index, one] of all.entries()) {
      for (const [other, row] of all.entries()) {
        if (index !== other) await refused(`row ${other} in the place of row ${index}`, openRecord(TENANT, one.key, one.place, row.envelope));
      }
    }
    // A wrapped record key is an envelope too: another person's, another epoch's and a changed one give no key.
    const [first, second]: NamedKey[] = [{ id: "epoch-1", epoch: 1, key: await createEpochKey() }, { id: "epoch-2", epoch: 2, key: await createEpochKey() }];
    const wrapped = (await createRecordKey(TENANT, first!, "person-one")).wrapped;
    if (!(await unwrapRecordKey(TENANT, first!, "person-one", wrapped, 1)).ok) failures.push("an untouched record key does not unwrap");
    await refused("a record key for another person", unwrapRecordKey(TENANT, first!, "person-two", wrapped, 1));
    await refused("a record key under another epoch", unwrapRecordKey(TENANT, second!, "person-one", wrapped, 1));
    for (let at = 0; at < wrapped.length; at++) {
      const flipped = new Uint8Array(wrapped);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await refused(`record key, byte ${at}`, unwrapRecordKey(TENANT, first!, "person-one", flipped, 1));
    }
    return { n, failures };
  },
} satisfies FaultTest;
