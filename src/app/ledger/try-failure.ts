import { failure } from "../../domain/errors.ts";
import type { PinFailure } from "../ports/ledger.ts";
import type { Store, StoreFailure } from "../ports/store.ts";

type Begun = Awaited<ReturnType<Store["beginTry"]>>;
export type TryFailure = StoreFailure | Extract<Begun, { readonly ok: false }>["error"];

/** A PIN's side of what the store says of a try. */
export function tryFailure(error: TryFailure): PinFailure {
  switch (error.kind) {
    case "store/locked":
      return { kind: "pin/locked", until: error.until };
    case "store/full":
      return failure("pin/store-full");
    case "store/write-failed":
    case "store/retired":
      return failure("pin/store-failed", error.kind);
  }
}
