import { wrap, type Remote } from "comlink";

import type { MatcherWorker, SealedTemplate } from "../../../src/contracts/matcher.ts";
import { FEATURE_DIMENSIONS } from "../../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../../src/domain/people/types.ts";

/** Lengths of the two unit vectors that make up a reference of profile `accurate`. */
const PARTS = [192, FEATURE_DIMENSIONS.accurate - 192] as const;
/** Calls that are on their way at the same time. */
const ABREAST = 16;

export function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly kind: string; readonly detail?: string } }): T {
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail ?? ""}`);
  return result.value;
}

/** Features of nobody: two unit vectors of chance directions. */
export function chanceFeatures(): Float32Array<ArrayBuffer> {
  const features = new Float32Array(FEATURE_DIMENSIONS.accurate);
  let at = 0;
  for (const length of PARTS) {
    let square = 0;
    for (let index = at; index < at + length; index++) {
      const drawn = Math.random() - 0.5;
      features[index] = drawn;
      square += drawn * drawn;
    }
    const norm = Math.sqrt(square);
    for (let index = at; index < at + length; index++) features[index] = (features[index] ?? 0) / norm;
    at += length;
  }
  return features;
}

/** An opened production matcher. */
export async function openMatcher(url: string): Promise<Remote<MatcherWorker>> {
  const matcher = wrap<MatcherWorker>(new Worker(url, { type: "module", name: "matcher" }));
  const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
  value(await matcher.open({ profile: "accurate", modelSet: "bench", tenant: "bench", epoch: 1, epochKey }));
  return matcher;
}

/** Sealed rows of people that nobody is, `references` each, handed to `use` one by one. */
export async function sealPeople(matcher: Pick<Remote<MatcherWorker>, "seal">, ids: readonly PersonId[], references: number, use: (row: SealedTemplate) => Promise<void> | void): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
        await use(value(await matcher.seal(id, Array.from({ length: references }, chanceFeatures), 0)));
      }
    }),
  );
}

export function chanceIds(count: number): readonly PersonId[] {
  return Array.from({ length: count }, () => crypto.randomUUID() as string as PersonId);
}
