import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { fuseProbes } from "../../src/domain/biometrics/identification.ts";
import type { Acquired } from "./usable.ts";

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A made-up face: pictures of it lie close together, pictures of others far away. Profile `accurate`. */
export class SyntheticFace {
  readonly #random: () => number;
  readonly #centre: Float32Array;

  constructor(random: () => number) {
    this.#random = random;
    this.#centre = this.#vector();
  }

  /** @param noise 0 is the face itself; at 1 nothing of it is left to see */
  picture(noise = 0.3): Acquired {
    const other = this.#vector();
    const profile: RecogniserProfile = "accurate";
    return { probe: fuseProbes(profile, [{ probe: this.#centre, weight: 1 - noise + 1e-9 }, { probe: other, weight: noise + 1e-9 }]) };
  }

  #vector(): Float32Array {
    const vector = Float32Array.from({ length: 704 }, () => this.#random() + this.#random() + this.#random() - 1.5);
    return fuseProbes("accurate", [{ probe: vector, weight: 1 }]);
  }
}

export const UNREADABLE: Acquired = { failure: "picture/unreadable" };
