import { refusalOf } from "../../../hub/validation.ts";
import type { Segment } from "../../../src/app/ports/outbox.ts";
import { EMPTY_FRONTIER, rootOf } from "../../../src/domain/log/merkle.ts";
import { provesConsistency } from "../../../src/domain/log/proofs.ts";

export interface Row {
  readonly id: string;
  readonly ok?: true;
  readonly error?: string;
}

/** A size and a root, as a tablet states them. */
export interface Stated {
  readonly size: number;
  readonly root: Uint8Array;
}

/** The hub as far as its promises go: the validation function is the real one, documents are added and never changed. */
export class SimulatedHub {
  readonly documents = new Map<string, Segment>();
  readonly witnessed = new Map<string, Stated>();
  /** Alarms, by device: a tree that does not go on from the one that was signed before. */
  readonly alarms = new Map<string, string>();

  /** @param upTo rows that are stored before the process is killed; all when it is not */
  store(device: string, docs: readonly Segment[], upTo = docs.length): readonly Row[] {
    return docs.slice(0, upTo).map((doc) => {
      const held = this.documents.get(doc._id) ?? null;
      const refusal = refusalOf({ ...doc }, held === null ? null : { ...held }, { name: device, roles: [] });
      if (refusal !== null) return { id: doc._id, error: "forbidden" };
      if (held !== null) return { id: doc._id, error: "conflict" };
      this.documents.set(doc._id, { ...doc });
      return { id: doc._id, ok: true };
    });
  }

  witness(device: string, stated: Stated, proof: readonly Uint8Array[]): boolean {
    const before = this.witnessed.get(device) ?? { size: 0, root: rootOf(EMPTY_FRONTIER) };
    if (stated.size < before.size || !provesConsistency(before.size, stated.size, before.root, stated.root, proof)) {
      this.alarms.set(device, `${String(before.size)} -> ${String(stated.size)}`);
      return false;
    }
    this.witnessed.set(device, stated);
    return true;
  }
}
