import * as v from "valibot";
import type { EpochMs } from "../../domain/clock.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { ProofAlarm } from "../api/audit.ts";
import type { ProofStore } from "../ports/proof.ts";

const KEY = "proof-alarms";
const rows = v.array(
  v.strictObject({
    alarm: v.picklist(["not-extending", "rolled-back", "forked", "hub-refused", "hub-key-changed"]),
    at: v.pipe(v.number(), v.transform((ms) => ms as EpochMs)),
    size: v.number(),
    witness: v.nullable(v.string()),
  }),
);

/** Appends an entry of the device's own; false when the store refuses. */
export type Append = (entry: EntryDraft) => Promise<boolean>;

/** What was found wrong with the log, kept beside it and written into it. The same thing again is the same alarm. */
export class ProofAlarms {
  constructor(
    private readonly proof: ProofStore,
    private readonly append: Append,
    private readonly now: () => EpochMs,
  ) {}

  async list(): Promise<readonly ProofAlarm[]> {
    const parsed = v.safeParse(rows, await this.proof.recall(KEY));
    return parsed.success ? parsed.output : [];
  }

  async raise(alarm: ProofAlarm["alarm"], size: number, witness: string | null): Promise<void> {
    const before = await this.list();
    if (before.some((one) => one.alarm === alarm && one.size === size && one.witness === witness)) return;
    await this.proof.remember(KEY, [...before, { alarm, at: this.now(), size, witness }]);
    await this.append({ type: "log-alarm", subject: null, body: { alarm, size, ...(witness === null ? {} : { witness }) } });
  }
}
