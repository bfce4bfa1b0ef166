import type { SiteTransform } from "../../src/contracts/matcher.ts";
import { UNIT_PARTS } from "../../src/domain/biometrics/identification.ts";
import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { associatedData, decodeEnvelope } from "../../src/domain/envelope.ts";

const STORE = "site-transform";
const SCHEMA = 1;
const SEED_BYTES = 32;

/** Where a seed's envelope belongs and what opens it. */
export interface SeedContext {
  readonly tenant: string;
  readonly epoch: number;
  readonly epochKey: CryptoKey;
}

/** One rotation of the values from `from` on. */
interface Part {
  readonly from: number;
  readonly length: number;
  /** Unit vectors of lengths `length`, `length` - 1, ... 2, one after the other. */
  readonly mirrors: Float64Array;
}

/**
 * An orthogonal transform of feature vectors, made of a secret seed: scalar products and distances stay as they are, so
 * that scores do, and vectors of two sites have nothing in common any more. It is the product of one Householder
 * reflection for each dimension, each taking an axis to a random direction, which is spread evenly over all orthogonal transforms (Stewart 1980,
 * doi:10.1137/0717034). Two multiplications and additions for each pair of dimensions.
 *
 * Where features have parts that are of unit length each, each part is turned for itself: the mean of several is brought
 * to unit length part by part.
 */
export class SiteRotation {
  readonly #parts: readonly Part[];
  readonly #scratch: Float64Array;

  private constructor(
    readonly id: string,
    parts: readonly Part[],
  ) {
    this.#parts = parts;
    this.#scratch = new Float64Array(Math.max(...parts.map(({ length }) => length)));
  }

  /** Null when the seed cannot be opened: another key, or a damaged envelope. */
  static async open({ id, envelope }: SiteTransform, context: SeedContext, profile: RecogniserProfile): Promise<SiteRotation | null> {
    const seed = await openSeed(id, envelope, context);
    if (seed?.length !== SEED_BYTES) return null;
    try {
      return new SiteRotation(id, await partsOf(seed, UNIT_PARTS[profile].length > 0 ? UNIT_PARTS[profile] : [FEATURE_DIMENSIONS[profile]]));
    } finally {
      seed.fill(0);
    }
  }

  /** Rotates in place. */
  turn(vector: Float32Array): void {
    for (const part of this.#parts) this.#apply(part, vector, 0, 1);
  }

  /** Undoes {@link SiteRotation.turn}, in place. */
  turnBack(vector: Float32Array): void {
    for (const part of this.#parts) this.#apply(part, vector, part.length - 2, -1);
  }

  #apply({ from, length, mirrors }: Part, vector: Float32Array, first: number, step: 1 | -1): void {
    const values = this.#scratch.subarray(0, length);
    const within = vector.subarray(from, from + length);
    values.set(within);
    for (let mirror = first; mirror >= 0 && mirror < length - 1; mirror += step) {
      const start = offsetOf(mirror, length) - mirror;
      let product = 0;
      for (let index = mirror; index < length; index++) product += (mirrors[start + index] ?? 0) * (values[index] ?? 0);
      product *= 2;
      for (let index = mirror; index < length; index++) values[index] = (values[index] ?? 0) - product * (mirrors[start + index] ?? 0);
    }
    within.set(values);
    values.fill(0);
  }
}

/** Where the mirror for the dimensions from `mirror` on begins. */
function offsetOf(mirror: number, dimensions: number): number {
  return mirror * dimensions - (mirror * (mirror - 1)) / 2;
}

async function partsOf(seed: Uint8Array<ArrayBuffer>, lengths: readonly number[]): Promise<readonly Part[]> {
  const values = await normals(seed, lengths.reduce((sum, length) => sum + offsetOf(length - 1, length), 0));
  const parts: Part[] = [];
  let [from, used] = [0, 0];
  for (const length of lengths) {
    const mirrors = values.subarray(used, used + offsetOf(length - 1, length));
    makeMirrors(mirrors, length);
    parts.push({ from, length, mirrors });
    from += length;
    used += mirrors.length;
  }
  return parts;
}

/** Makes of normal values the mirrors, each between an axis and a random direction: the axis goes there. */
function makeMirrors(values: Float64Array, dimensions: number): void {
  for (let mirror = 0; mirror < dimensions - 1; mirror++) {
    const one = values.subarray(offsetOf(mirror, dimensions), offsetOf(mirror + 1, dimensions));
    one[0] = (one[0] ?? 0) - lengthOf(one);
    const length = lengthOf(one);
    for (let index = 0; index < one.length; index++) one[index] = (one[index] ?? 0) / length;
  }
}

function lengthOf(values: Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Independent normal values from AES-256 in counter mode under the seed (Box and Muller). */
async function normals(seed: Uint8Array<ArrayBuffer>, count: number): Promise<Float64Array> {
  const key = await crypto.subtle.importKey("raw", seed, "AES-CTR", false, ["encrypt"]);
  const pairs = Math.ceil(count / 2);
  const stream = await crypto.subtle.encrypt({ name: "AES-CTR", counter: new Uint8Array(16), length: 64 }, key, new Uint8Array(pairs * 8));
  const words = new Uint32Array(stream);
  const values = new Float64Array(pairs * 2);
  for (let pair = 0; pair < pairs; pair++) {
    const radius = Math.sqrt(-2 * Math.log(((words[2 * pair] ?? 0) + 0.5) / 2 ** 32));
    const angle = (2 * Math.PI * (words[2 * pair + 1] ?? 0)) / 2 ** 32;
    values[2 * pair] = radius * Math.cos(angle);
    values[2 * pair + 1] = radius * Math.sin(angle);
  }
  return values.subarray(0, count);
}

async function openSeed(id: string, bytes: Uint8Array, { tenant, epoch, epochKey }: SeedContext): Promise<Uint8Array<ArrayBuffer> | null> {
  const envelope = decodeEnvelope(bytes);
  if (!envelope.ok) return null;
  const { keyId, nonce, sealed } = envelope.value;
  const additionalData = associatedData({ tenant, store: STORE, recordId: id, schema: SCHEMA, keyId, epoch: envelope.value.epoch });
  if (envelope.value.epoch !== epoch) return null;
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, epochKey, sealed));
  } catch {
    return null;
  }
}
