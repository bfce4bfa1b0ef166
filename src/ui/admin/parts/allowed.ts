import type { Operation } from "../../../domain/people/access.ts";
import type { AdminElement } from "./element.ts";
import { Follow } from "./follow.ts";

/** What whoever is signed in may do: what is not allowed is not shown. The core decides anew at every step. */
export class Allowed {
  readonly #allowed: Follow<ReadonlySet<Operation>>;

  constructor(host: AdminElement) {
    this.#allowed = new Follow(host, () => host.administration.rights.allowed);
  }

  has(operation: Operation): boolean {
    return this.#allowed.value?.has(operation) === true;
  }
}
