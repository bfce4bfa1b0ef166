import { beforeEach, describe, expect, test } from "vitest";
import type { SiteTransform } from "../../src/contracts/matcher.ts";
import { fuseProbes } from "../../src/domain/biometrics/identification.ts";
import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { associatedData, encodeEnvelope } from "../../src/domain/envelope.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { MatcherService } from "./matcher-service.ts";
import { SiteRotation } from "./site-rotation.ts";

const ANN = "00000000-0000-4000-8000-00000000000a" as PersonId;
const TENANT = "tenant";
const EPOCH = 2;

let epochKey: CryptoKey;

async function transform(id: string, seed: number): Promise<SiteTransform> {
  const nonce = new Uint8Array(12).fill(seed);
  const additionalData = associatedData({ tenant: TENANT, store: "site-transform", recordId: id, schema: 1, keyId: "epoch-2", epoch: EPOCH });
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, epochKey, new Uint8Array(32).fill(seed));
  return { id, envelope: encodeEnvelope({ keyId: "epoch-2", epoch: EPOCH, nonce, sealed: new Uint8Array(sealed) }) };
}

async function rotation(seed: number, profile: RecogniserProfile): Promise<SiteRotation> {
  const opened = await SiteRotation.open(await transform(`t${String(seed)}`, seed), { tenant: TENANT, epoch: EPOCH, epochKey }, profile);
  if (!opened) throw new Error("not opened");
  return opened;
}

/** Vectors that look random and come again. */
const vector = (dimensions: number, salt: number): Float32Array => Float32Array.from({ length: dimensions }, (_, index) => Math.sin((index + 1) * (salt + 1.37)) / Math.sqrt(dimensions / 2));
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

beforeEach(async () => {
  epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
});

describe.each(["clear", "accurate"] as const)("a site's rotation of features of profile %s", (profile) => {
  const dimensions = FEATURE_DIMENSIONS[profile];

  test("keeps scalar products and comes back", async () => {
    const turn = await rotation(7, profile);
    const [a, b] = [vector(dimensions, 1), vector(dimensions, 2)];
    const [ta, tb] = [a.slice(), b.slice()];
    turn.turn(ta);
    turn.turn(tb);
    expect(Math.abs(dot(ta, tb) - dot(a, b))).toBeLessThan(1e-6);
    expect(Math.abs(dot(ta, ta) - dot(a, a))).toBeLessThan(1e-6);
    turn.turnBack(ta);
    expect(Math.max(...ta.map((value, index) => Math.abs(value - (a[index] ?? 0))))).toBeLessThan(1e-6);
  });

  test("turns the mean of several into the mean of those that were turned", async () => {
    const turn = await rotation(4, profile);
    const references = [vector(dimensions, 1), vector(dimensions, 2)];
    const mean = fuseProbes(profile, references.map((probe) => ({ probe, weight: 1 })));
    turn.turn(mean);
    for (const reference of references) turn.turn(reference);
    const meanOfTurned = fuseProbes(profile, references.map((probe) => ({ probe, weight: 1 })));
    expect(Math.max(...mean.map((value, index) => Math.abs(value - (meanOfTurned[index] ?? 0))))).toBeLessThan(1e-6);
  });

  test("leaves nothing in common between two sites, or with the vector itself", async () => {
    const [one, other] = [await rotation(1, profile), await rotation(2, profile)];
    const products: number[] = [];
    for (let salt = 0; salt < 30; salt++) {
      const [plain, a, b] = [vector(dimensions, salt), vector(dimensions, salt), vector(dimensions, salt)];
      one.turn(a);
      other.turn(b);
      products.push(dot(a, b), dot(a, plain));
    }
    const deviation = Math.sqrt(products.reduce((sum, value) => sum + value * value, 0) / products.length);
    // Unrelated unit vectors: 1 / sqrt(dimensions).
    expect(deviation * Math.sqrt(dimensions)).toBeLessThan(1.6);
  });

  test("is the same from the same seed, and moves every direction", async () => {
    const [one, again] = [await rotation(3, profile), await rotation(3, profile)];
    for (const index of [0, 1, dimensions - 20, dimensions - 1]) {
      const unit = new Float32Array(dimensions);
      unit[index] = 1;
      const same = unit.slice();
      one.turn(unit);
      again.turn(same);
      expect(unit).toEqual(same);
      expect(Math.abs(unit[index] ?? 1)).toBeLessThan(0.5);
    }
  });
});

describe("a matcher with a site's rotation", () => {
  const reference = (salt: number): Float32Array => vector(128, salt);

  async function opened(now?: SiteTransform, earlier: readonly SiteTransform[] = []): Promise<MatcherService> {
    const service = new MatcherService();
    const result = await service.open({ profile: "clear", modelSet: "m", tenant: TENANT, epoch: EPOCH, epochKey, ...(now ? { transform: now } : {}), earlierTransforms: earlier });
    expect(result.ok).toBe(true);
    return service;
  }

  async function scoreOf(service: MatcherService): Promise<number> {
    const found = await service.search(reference(5), 1);
    return found.ok ? (found.value.candidates[0]?.score ?? Number.NaN) : Number.NaN;
  }

  test("scores as one without, and seals old rows anew when they are loaded", async () => {
    const plain = await opened();
    const row = await plain.seal(ANN, [reference(1), reference(5)], 1);
    if (!row.ok) throw new Error(row.error.kind);
    await plain.load([row.value]);
    const before = await scoreOf(plain);

    const site = await transform("site", 9);
    const rotated = await opened(site);
    const report = await rotated.load([row.value]);
    if (!report.ok) throw new Error(report.error.kind);
    expect(report.value).toMatchObject({ people: 1, refused: [], resealed: [{ personId: ANN, transform: "site", createdAtMs: 1 }] });
    expect(Math.abs((await scoreOf(rotated)) - before)).toBeLessThan(1e-5);

    const later = await opened(site);
    expect(await later.load(report.value.resealed)).toMatchObject({ value: { people: 1, refused: [], resealed: [] } });
    expect(Math.abs((await scoreOf(later)) - before)).toBeLessThan(1e-5);

    const renewed = await opened(await transform("renewed", 10), [site]);
    const again = await renewed.load(report.value.resealed);
    expect(again).toMatchObject({ value: { people: 1, resealed: [{ transform: "renewed" }] } });
    expect(Math.abs((await scoreOf(renewed)) - before)).toBeLessThan(1e-5);

    const stranger = await opened(await transform("stranger", 11));
    expect(await stranger.load(report.value.resealed)).toMatchObject({ value: { people: 0, refused: [{ failure: { kind: "template/other-model" } }] } });
    const relabelled = report.value.resealed.map((one) => ({ ...one, transform: "stranger" }));
    expect(await stranger.load(relabelled)).toMatchObject({ value: { people: 0, refused: [{ failure: { kind: "template/decryption-failed" } }] } });
  });

  test("does not open without the key of its seed", async () => {
    const site = await transform("site", 9);
    epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
    const service = new MatcherService();
    expect(await service.open({ profile: "clear", modelSet: "m", tenant: TENANT, epoch: EPOCH, epochKey, transform: site })).toMatchObject({ error: { kind: "matcher/no-transform" } });
  });
});
