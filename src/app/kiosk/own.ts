import type { StepUp } from "../../domain/attendance/types.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { KioskState } from "../api/kiosk.ts";
import type { OwnFailure } from "../api/own-record.ts";
import type { OpenedOwnRecord } from "../own-record/own-records.ts";
import type { KioskDependencies } from "./dependencies.ts";

/**
 * Whose own record an outcome may lead to, and what has shown that it is them; null for every other state.
 *
 * @param factor what came after the face, where something did
 */
export function ownerShown(state: KioskState, factor: "pin" | "badge"): { readonly personId: PersonId; readonly proof: "pin" | "face" } | null {
  if (state.kind !== "recorded" && state.kind !== "already-recorded") return null;
  const { personId, method, stepUps = [] as readonly StepUp[] } = state.punch;
  // Whoever finds a badge can punch with it, which is seen; what is kept of its owner is not for them.
  if (method === "badge") return null;
  // Nor does a badge make of a face that can be mistaken more than a face.
  return { personId, proof: method === "pin" || (stepUps.includes("second-factor") && factor === "pin") ? "pin" : "face" };
}

/** The one own record that is open, or none. */
export class OwnScreen {
  readonly #records: KioskDependencies["ownRecords"];
  #opened: OpenedOwnRecord | null = null;

  constructor(records: KioskDependencies["ownRecords"]) {
    this.#records = records;
  }

  get offered(): boolean {
    return this.#records !== undefined;
  }

  async open(personId: PersonId, proof: "pin" | "face"): Promise<Result<OpenedOwnRecord, OwnFailure>> {
    this.close();
    if (this.#records === undefined) return err(failure("own/no-such-person"));
    const opened = await this.#records.open(personId, proof);
    if (!opened.ok) return opened;
    this.close();
    this.#opened = opened.value;
    return ok(opened.value);
  }

  /** Nothing of it stays in memory. */
  close(): void {
    this.#opened?.close();
    this.#opened = null;
  }
}
