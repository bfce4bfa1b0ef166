import type { RecogniserProfile } from "../../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../../src/domain/people/types.ts";
import type { Gallery } from "../gallery.ts";
import type { Pauses } from "../slices.ts";
import { features, person } from "./vectors.ts";

/** One change of a gallery. */
export type Step = { readonly kind: "set"; readonly person: number; readonly seeds: readonly number[] } | { readonly kind: "remove"; readonly person: number } | { readonly kind: "clear" };

/** What a gallery holds, kept the plain way. */
export type Model = Map<PersonId, readonly Float32Array[]>;

/** A step out of what a property draws: mostly changes of a few people, so that they meet each other. */
export function stepOf([kind, one, seeds]: readonly [kind: number, person: number, seeds: readonly number[]]): Step {
  if (kind === 0) return { kind: "clear" };
  return kind < 5 ? { kind: "remove", person: one } : { kind: "set", person: one, seeds };
}

/** Takes a step in the gallery and in the model. */
export function take(one: Step, profile: RecogniserProfile, gallery: Gallery, model: Model): void {
  switch (one.kind) {
    case "set": {
      const references = one.seeds.map((seed) => features(seed, profile));
      gallery.set(person(one.person), references);
      model.delete(person(one.person));
      if (references.length > 0) model.set(person(one.person), references);
      break;
    }
    case "remove":
      gallery.remove(person(one.person));
      model.delete(person(one.person));
      break;
    case "clear":
      gallery.clear();
      model.clear();
  }
}

/** Lets one step happen in every pause, as long as there are any. */
export function between(steps: readonly Step[], each: (one: Step) => void): Pauses {
  const left = [...steps];
  return {
    next: () => {
      const one = left.shift();
      if (one) each(one);
      return Promise.resolve();
    },
  };
}
