import { beforeEach, describe, expect, test } from "vitest";
import type { SealedTemplate } from "../../src/contracts/matcher.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { MatcherService } from "./matcher-service.ts";

const DIMENSIONS = 128;
const ANN = "00000000-0000-4000-8000-00000000000a" as PersonId;
const BEN = "00000000-0000-4000-8000-00000000000b" as PersonId;
const CAI = "00000000-0000-4000-8000-00000000000c" as PersonId;

const STRANGER = "00000000-0000-4000-8000-00000000000d" as PersonId;

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

  test("opens and seals with another epoch's key once it is given, and finds meanwhile whom it held", async () => {
    await matcher.load(rows);
    const next = await newKey();
    expect((await matcher.rekey(4, next)).ok).toBe(true);
    expect(value(await matcher.search(at(20), 1)).candidates).toMatchObject([{ personId: CAI }]);
    expect(await matcher.add(rows[0]!)).toMatchObject({ ok: false, error: { kind: "template/decryption-failed" } });
    const added = value(await matcher.seal(STRANGER, [at(30)], 8));
    expect(added.epoch).toBe(4);
    expect(value(await (await openMatcher({ epoch: 4, epochKey: next })).load([added]))).toMatchObject({ people: 1, refused: [] });
  });

  test("finds after a restart what was sealed before it", async () => {
    const restarted = await openMatcher();
    expect(value(await restarted.load(rows))).toMatchObject({ people: 3, references: 4, refused: [] });
    const found = value(await restarted.search(at(1.5), 2));
    expect(found).toMatchObject({ people: 3, candidates: [{ personId: ANN, score: -1 }, { personId: BEN, score: -8.5 }] });
  });

  test("takes people in a few at a time, and counts everybody who is there", async () => {
    value(await matcher.load(rows.slice(0, 2)));
    expect(value(await matcher.load([rows[2]!, value(await matcher.seal(BEN, [at(12)], 9))]))).toMatchObject({ people: 3, references: 4, refused: [] });
    expect(value(await matcher.search(at(11), 1)).candidates).toEqual([{ personId: BEN, score: -1 }]);
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
    expect(await closed.setRoster(null)).toMatchObject({ error: { kind: "matcher/not-open" } });
    expect(await closed.closePairs(0, 1, null)).toMatchObject({ error: { kind: "matcher/not-open" } });
    expect(await closed.leaveOneOut()).toMatchObject({ error: { kind: "matcher/not-open" } });
    expect(rows[0] && (await closed.sealRefreshed(rows[0], at(0), 1))).toMatchObject({ error: { kind: "matcher/not-open" } });
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

  test("looks only at the roster or at one person when told so, and counts those", async () => {
    await matcher.load(rows);
    await matcher.setRoster([BEN, CAI, STRANGER]);
    expect(value(await matcher.search(at(1), 5, "roster"))).toMatchObject({ people: 2, candidates: [{ personId: BEN }, { personId: CAI }] });
    expect(value(await matcher.search(at(1), 5))).toMatchObject({ people: 3 });
    expect(value(await matcher.search(at(1), 5, { personId: CAI }))).toMatchObject({ people: 1, candidates: [{ personId: CAI, score: -19 }] });
    expect(value(await matcher.search(at(1), 5, { personId: STRANGER }))).toMatchObject({ people: 0, candidates: [] });
    await matcher.load(rows);
    expect(value(await matcher.search(at(1), 5, "roster")).people).toBe(2);
    await matcher.setRoster(null);
    expect(value(await matcher.search(at(1), 5, "roster")).people).toBe(3);
  });

  test("tells close pairs and what leaving references out gives", async () => {
    await matcher.load(rows);
    expect(value(await matcher.closePairs(-10, 5, null))).toEqual([{ one: ANN, other: BEN, score: -9.5 }, { one: BEN, other: CAI, score: -10 }]);
    expect(value(await matcher.closePairs(-10, 5, [ANN]))).toEqual([{ one: ANN, other: BEN, score: -9.5 }]);
    expect(value(await matcher.leaveOneOut())).toContainEqual({ personId: ANN, references: [{ own: -1, other: -10 }, { own: -1, other: -9 }] });
  });

  test("answers searches in between when references are left out", async () => {
    const big = await openMatcher({ profile: "accurate" });
    const references = Array.from({ length: 50 }, () => new Float32Array(704).fill(0.01));
    for (let index = 0; index < 40; index++) await big.add(value(await big.seal(`person-${index}` as PersonId, references.map((reference) => reference.slice()), 0)));
    const order: string[] = [];
    const pairs = big.leaveOneOut().then(() => order.push("left out"));
    setTimeout(() => void big.search(new Float32Array(704).fill(1), 1).then(() => order.push("search")));
    await pairs;
    expect(order).toEqual(["search", "left out"]);
  });

  test("gives up comparing everybody when it is opened anew", async () => {
    await matcher.load(rows);
    const under = matcher.closePairs(-10, 5, null);
    await matcher.open({ profile: "clear", modelSet: "model-one", tenant: "tenant", epoch: 3, epochKey });
    expect(await under).toMatchObject({ error: { kind: "matcher/not-open" } });
  });

  test("refreshes one reference and leaves the enrolled ones alone", async () => {
    const [ann] = rows;
    if (!ann) throw new Error("no rows");
    const probe = at(3);
    const once = value(await matcher.sealRefreshed(ann, probe, 100));
    expect(once).toMatchObject({ personId: ANN, createdAtMs: 5, references: 3, refreshedAtMs: 100 });
    expect(probe.every((number) => number === 0)).toBe(true);
    const twice = value(await matcher.sealRefreshed(once, at(6), 200));
    expect(twice).toMatchObject({ createdAtMs: 5, references: 3, refreshedAtMs: 200 });
    expect(value(await matcher.load([twice]))).toMatchObject({ references: 3, refused: [] });
    // The mean of 0, 1 and 6: 3 is not among them any more.
    expect(value(await matcher.search(at(7 / 3), 1)).candidates).toMatchObject([{ score: expect.closeTo(0, 5) as number }]);
  });

  test.each<{ readonly damage: string; readonly change: (row: SealedTemplate) => SealedTemplate }>([
    { damage: "another time", change: (row) => ({ ...row, refreshedAtMs: 101 }) },
    { damage: "no time", change: (row) => ({ ...row, refreshedAtMs: undefined }) as unknown as SealedTemplate },
  ])("refuses a refreshed row with $damage", async ({ change }) => {
    const [ann] = rows;
    if (!ann) throw new Error("no rows");
    const refreshed = value(await matcher.sealRefreshed(ann, at(3), 100));
    expect(await matcher.add(change(refreshed))).toMatchObject({ error: { kind: "template/decryption-failed" } });
    expect(await matcher.sealRefreshed(change(refreshed), at(4), 200)).toMatchObject({ error: { kind: "template/decryption-failed" } });
    expect(await matcher.add({ ...ann, refreshedAtMs: 100 })).toMatchObject({ error: { kind: "template/decryption-failed" } });
  });
});
