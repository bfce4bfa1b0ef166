import type { VerifySignature } from "../../domain/log/statements.ts";
import type { Access } from "../ports/access.ts";
import type { DeviceIdentity, ProofStore } from "../ports/proof.ts";
import type { Store } from "../ports/store.ts";
import { LogAudit } from "./audit.ts";
import { Checkpoints } from "./checkpoints.ts";
import { ProofAlarms } from "./proof-alarms.ts";
import type { Append } from "./proof-alarms.ts";
import { ProofKeeper } from "./proof-keeper.ts";
import { Witnesses } from "./witnesses.ts";

export interface CreateAuditOptions {
  readonly store: Store;
  readonly access: Access;
  readonly proof: ProofStore;
  readonly device: DeviceIdentity;
  readonly verify: VerifySignature;
  readonly version: string;
  readonly paired: () => Promise<boolean>;
  /** Makes what asks the hub: `asked` by a person, past any wait. */
  readonly hub: (witnesses: Witnesses) => { ask(asked?: boolean): Promise<void> };
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** The log's proof, put together. `keeper` is to be started once the page is up. */
export function createAudit(options: CreateAuditOptions): { readonly audit: LogAudit; readonly keeper: ProofKeeper } {
  const { store, access, proof, device, verify, version, paired, every, after } = options;
  const now = (): ReturnType<Store["now"]>["wallMs"] => store.now().wallMs;
  let answers = 0;
  const append: Append = async (entry) => {
    try {
      const written = await store.exclusively(() => store.commit({ entries: [entry] }));
      if (written.ok && (entry.type === "witnessed" || entry.type === "log-alarm")) answers += 1;
      return written.ok;
    } catch {
      return false;
    }
  };
  const alarms = new ProofAlarms(proof, append, now);
  const witnesses = new Witnesses(proof, device, alarms, append, verify);
  const checkpoints = new Checkpoints({ proof, device, alarms, now, zone: () => store.settings?.zone ?? null, answers: () => answers });
  checkpoints.subscribe(() => {
    answers = 0;
  });
  const hub = options.hub(witnesses);
  const audit = new LogAudit({ store, access, proof, device, alarms, checkpoints, witnesses, append, verify, version, paired, askHub: () => hub.ask(true) });
  return { audit, keeper: new ProofKeeper({ store, checkpoints, audit, askHub: () => hub.ask(), every, after }) };
}
