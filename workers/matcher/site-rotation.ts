import type { SiteTransform } from "../../src/contracts/matcher.ts";
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

/**
 * An orthogonal transform of feature vectors, made of a secret seed: scalar products and distances stay as they are, so
 * that scores do, and vectors of two sites have nothing in common any more. It is the product of one Householder
 * reflection for each dimension, each taking an axis to a random direction, which is spread evenly over all orthogonal transforms (Stewart 1980,
 * doi:10.1137/0717034). Two multiplications and additions for each pair of dimensions.
 */
export class SiteRotation {
  /** Unit vectors of lengths `dimensions`, `dimensions` - 1, ... 2, one after the other. */
  readonly #mirrors: Float64Array;
  readonly #scratch: Float64Array;

  private constructor(
    readonly id: string,
    readonly dimensions: number,
    mirrors: Float64Array,
  ) {
    this.#mirrors = mirrors;
    this.#scratch = new Float64Array(dimensions);
  }

  /** Null when the seed cannot be opened: another key, or a damaged envelope. */
  static async open({ id, envelope }: SiteTransform, context: SeedContext, dimensions: number): Promise<SiteRotation | null> {
    const seed = await openSeed(id, envelope, context);
    if (seed?.length !== SEED_BYTES) return null;
    try {
      return new SiteRotation(id, dimensions, await mirrorsOf(seed, dimensions));
    } finally {
      seed.fill(0);
    }
  }

  /** Rotates in place. */
  turn(vector: Float32Array): void {
    this.#apply(vector, 0, 1);
  }

  /** Undoes {@link SiteRotation.turn}, in place. */
  turnBack(vector: Float32Array): void {
    this.#apply(vector, this.dimensions - 2, -1);
  }

  #apply(vector: Float32Array, first: number, step: 1 | -1): void {
    const { dimensions } = this;
    const values = this.#scratch;
    values.set(vector);
    for (let mirror = first; mirror >= 0 && mirror < dimensions - 1; mirror += step) {
      const start = offsetOf(mirror, dimensions);
      let product = 0;
      for (let index = mirror; index < dimensions; index++) product += (this.#mirrors[start + index - mirror] ?? 0) * (values[index] ?? 0);
      product *= 2;
      for (let index = mirror; index < dimensions; index++) values[index] = (values[index] ?? 0) - product * (this.#mirrors[start + index - mirror] ?? 0);
    }
    vector.set(values);
    values.fill(0);
  }
}

/** Where the mirror for the dimensions from `mirror` on begins. */
function offsetOf(mirror: number, dimensions: number): number {
  return mirror * dimensions - (mirror * (mirror - 1)) / 2;
}

async function mirrorsOf(seed: Uint8Array<ArrayBuffer>, dimensions: number): Promise<Float64Array> {
  const mirrors = await normals(seed, offsetOf(dimensions - 1, dimensions));
  for (let mirror = 0; mirror < dimensions - 1; mirror++) {
    const one = mirrors.subarray(offsetOf(mirror, dimensions), offsetOf(mirror + 1, dimensions));
    // The mirror between the first axis and a random direction: the axis goes there.
    one[0] = (one[0] ?? 0) - lengthOf(one);
    const length = lengthOf(one);
    for (let index = 0; index < one.length; index++) one[index] = (one[index] ?? 0) / length;
  }
  return mirrors;
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
