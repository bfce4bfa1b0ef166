import { beforeEach, describe, expect, test } from "vitest";
import type { SealedTemplate } from "../../src/contracts/matcher.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { MatcherService } from "./matcher-service.ts";

const DIMENSIONS = 128;
const ANN = "00000000-0000-4000-8000-00000000000a" as PersonId;
const BEN = "00000000-0000-4000-8000-00000000000b" as PersonId;
const CAI = "00000000-0000-4000-8000-00000000000c" as PersonId;

/** A reference that is at distance |a - b| from another. */
const at = (value: number): Float32Array => {
  const reference = new Float32Array(DIMENSIONS);
  reference[7] = value;
  return reference;
};

function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly kind: string } }): T {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const newKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe("matcher", () => {
  let epochKey: CryptoKey;
  let matcher: MatcherService;
  let rows: readonly SealedTemplate[];

  async function openMatcher(change: Partial<Parameters<MatcherService["open"]>[0]> = {}): Promise<MatcherService> {
    const service = new MatcherService();
    await service.open({ profile: "clear", modelSet: "model-one", tenant: "tenant", epoch: 3, epochKey, ...change });
    return service;
  }

  beforeEach(async () => {
    epochKey = await newKey();
    matcher = await openMatcher();
    rows = [
      value(await matcher.seal(ANN, [at(0), at(1)], 5)),
      value(await matcher.seal(BEN, [at(10)], 6)),
      value(await matcher.seal(CAI, [at(20)], 7)),
    ];
  });

  test("finds after a restart what was sealed before it", async () => {
    const restarted = await openMatcher();
    expect(value(await restarted.load(rows))).toMatchObject({ people: 3, references: 4, refused: [] });
    const found = value(await restarted.search(at(1.5), 2));
    expect(found).toMatchObject({ people: 3, candidates: [{ personId: ANN, score: -0.5 }, { personId: BEN, score: -8.5 }] });
  });

  test.each<{ readonly damage: string; readonly change: (row: SealedTemplate) => Partial<SealedTemplate> }>([
    { damage: "a byte of the references flipped", change: (row) => ({ envelope: flipped(row.envelope, row.envelope.length - 40) }) },
    { damage: "a byte of the tag flipped", change: (row) => ({ envelope: flipped(row.envelope, row.envelope.length - 1) }) },
    { damage: "a byte of the wrapped key flipped", change: (row) => ({ wrappedKey: flipped(row.wrappedKey, row.wrappedKey.length - 20) }) },
    { damage: "the envelope cut short", change: (row) => ({ envelope: row.envelope.slice(0, 20) }) },
    { damage: "no envelope at all", change: () => ({ envelope: new Uint8Array() }) },
    { damage: "somebody else's references", change: () => ({ envelope: rows[2]?.envelope ?? new Uint8Array(), wrappedKey: rows[2]?.wrappedKey ?? new Uint8Array() }) },
    { damage: "another time of enrolment", change: (row) => ({ createdAtMs: row.createdAtMs + 1 }) },
    { damage: "another number of references", change: () => ({ references: 2 }) },
  ])("refuses only the row with $damage", async ({ change }) => {
    const [ann, ben, cai] = rows;
    if (!ann || !ben || !cai) throw new Error("no rows");
    const report = value(await matcher.load([ann, { ...ben, ...change(ben) }, cai]));
    expect(report).toMatchObject({ people: 2, refused: [{ personId: BEN, failure: { kind: "template/decryption-failed" } }] });
    expect(value(await matcher.search(at(20), 1)).candidates).toMatchObject([{ personId: CAI }]);
  });

  test.each([
    { other: "tenant", change: { tenant: "another" } },
    { other: "epoch key", change: {} },
  ])("opens nothing with another $other", async ({ change }) => {
    if (!("tenant" in change)) epochKey = await newKey();
    const stranger = await openMatcher(change);
    expect(value(await stranger.load(rows))).toMatchObject({ people: 0, refused: [{}, {}, {}] });
  });

  test("refuses rows of other models without touching them", async () => {
    const newer = await openMatcher({ modelSet: "model-two" });
    expect(value(await newer.load(rows)).refused.map((row) => row.failure.kind)).toEqual(Array(3).fill("template/other-model"));
  });

  test("adds, replaces and removes one person", async () => {
    const [ann, ben] = rows;
    if (!ann || !ben) throw new Error("no rows");
    await matcher.add(ann);
    await matcher.add(ben);
    await matcher.add(value(await matcher.seal(ANN, [at(49)], 9)));
    expect(value(await matcher.search(at(50), 5)).candidates).toMatchObject([{ personId: ANN, score: -1 }, { personId: BEN, score: -40 }]);
    await matcher.remove(ANN);
    expect(value(await matcher.search(at(50), 5))).toMatchObject({ people: 1, candidates: [{ personId: BEN }] });
  });

  test("ends with the last change that was asked for when several are under way", async () => {
    const [ann] = rows;
    if (!ann) throw new Error("no rows");
    await Promise.all([matcher.load(rows), matcher.remove(ANN), matcher.add(ann), matcher.remove(BEN)]);
    const found = value(await matcher.search(at(0), 5)).candidates.map(({ personId }) => personId);
    expect(found).toEqual([ANN, CAI]);
  });

  test.each([
    { what: "too short", vector: new Float32Array(127), kind: "matcher/wrong-length" },
    { what: "of the other profile", vector: new Float32Array(704), kind: "matcher/wrong-length" },
    { what: "not a number somewhere", vector: at(Number.NaN), kind: "matcher/not-finite" },
    { what: "infinite somewhere", vector: at(Number.POSITIVE_INFINITY), kind: "matcher/not-finite" },
  ])("refuses a vector that is $what", async ({ vector, kind }) => {
    expect(await matcher.search(vector, 1)).toMatchObject({ error: { kind } });
    expect(await matcher.seal(ANN, [at(0), vector], 0)).toMatchObject({ error: { kind } });
  });

  test("seals nothing without references, and answers nothing before it is open", async () => {
    expect(await matcher.seal(ANN, [], 0)).toMatchObject({ error: { kind: "matcher/wrong-length" } });
    const closed = new MatcherService();
    expect(await closed.search(at(0), 1)).toMatchObject({ error: { kind: "matcher/not-open" } });
    expect(await closed.load([])).toMatchObject({ error: { kind: "matcher/not-open" } });
  });

  test("shows nothing of the references in a sealed row, and never seals twice the same", async () => {
    const again = value(await matcher.seal(ANN, [at(0), at(1)], 5));
    const one = Buffer.from(Float32Array.of(1).buffer);
    for (const row of [...rows, again]) {
      expect(Buffer.from(row.envelope).includes(Buffer.alloc(32))).toBe(false);
      expect(Buffer.from(row.envelope).includes(Buffer.concat([one, Buffer.alloc(8)]))).toBe(false);
    }
    expect(Buffer.from(again.envelope).equals(Buffer.from(rows[0]?.envelope ?? []))).toBe(false);
    expect(Buffer.from(again.wrappedKey).equals(Buffer.from(rows[0]?.wrappedKey ?? []))).toBe(false);
  });
});
