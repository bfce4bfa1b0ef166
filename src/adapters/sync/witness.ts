import * as v from "valibot";
import type { Witnesses } from "../../app/audit/witnesses.ts";
import { formatRequest, readCoSignature } from "../../domain/log/statements.ts";
import type { CoSignature } from "../../domain/log/types.ts";
import { afterAttempt, AT_REST, mayAttempt } from "./back-off.ts";
import type { AttemptOutcome, Standing } from "./back-off.ts";
import type { PairingText } from "./pairing-text.ts";
import type { Fetch } from "./push.ts";

const ANSWER_WITHIN_MS = 30_000;

export interface HubWitnessDependencies {
  readonly witnesses: Witnesses;
  readonly pairing: () => Promise<PairingText | null>;
  readonly fetch: Fetch;
  readonly now: () => number;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

const Refusal = v.object({ error: v.picklist(["base", "alarm"]), cosigned: v.nullable(v.string()) });
const Signed = v.object({ cosigned: v.string() });

type Answer =
  | { readonly kind: "signed" | "base" | "alarm"; readonly coSignature: CoSignature | null }
  | { readonly kind: "failed" | "refused" | "needs-token" };

/** Shows the hub each new checkpoint, and takes in what it signs. Waits after a failure as pushes do; nothing waits for it. */
export class HubWitness {
  readonly #dependencies: HubWitnessDependencies;
  #standing: Standing = AT_REST;

  constructor(dependencies: HubWitnessDependencies) {
    this.#dependencies = dependencies;
  }

  /** @param asked by a person: past any wait */
  async ask(asked = false): Promise<void> {
    const { pairing, now, random } = this.#dependencies;
    const hub = await pairing();
    if (hub === null || !mayAttempt(this.#standing, asked ? "asked" : "timer", now())) return;
    const outcome = await this.#attempt(hub);
    this.#standing = afterAttempt(this.#standing, outcome, now(), random());
  }

  async #attempt(hub: PairingText): Promise<AttemptOutcome> {
    const { witnesses } = this.#dependencies;
    const key = await witnesses.hubKey();
    let known = key === null ? null : await witnesses.latest("hub", key);
    // Twice: the hub may have signed something whose answer was lost, and says so.
    for (let turn = 0; turn < 2; turn++) {
      const request = await witnesses.request(known?.size ?? 0);
      if (request === null || request.checkpoint.size === known?.size) return { kind: "done" };
      const answer = await this.#send(hub, formatRequest(request));
      if (!("coSignature" in answer)) return { kind: answer.kind };
      if (answer.kind === "alarm") {
        await witnesses.refused(request.checkpoint.size);
        return { kind: "refused" };
      }
      if (answer.coSignature === null) {
        // It has signed nothing of this device: it begins anew, where this device remembers more.
        if (answer.kind === "base" && known !== null) {
          known = null;
          continue;
        }
        return { kind: "refused" };
      }
      const accepted = await witnesses.accept(answer.coSignature);
      if (!accepted.ok) return { kind: accepted.error.kind === "witness/store-failed" ? "failed" : "refused" };
      if (answer.kind === "signed") return { kind: "done" };
      known = answer.coSignature;
    }
    return { kind: "failed" };
  }

  async #send(hub: PairingText, request: string): Promise<Answer> {
    try {
      const answer = await this.#dependencies.fetch(`${hub.hub}/db/up-${hub.site}/witness`, {
        method: "POST",
        headers: { "Authorization": `Bearer ${hub.token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ request }),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      if (answer.status === 200) {
        const signed = v.safeParse(Signed, await answer.json());
        const coSignature = signed.success ? readCoSignature(signed.output.cosigned) : null;
        return coSignature?.kind === "hub" ? { kind: "signed", coSignature } : { kind: "failed" };
      }
      if (answer.status === 409) {
        const refusal = v.safeParse(Refusal, await answer.json());
        if (!refusal.success) return { kind: "failed" };
        return { kind: refusal.output.error, coSignature: refusal.output.cosigned === null ? null : readCoSignature(refusal.output.cosigned) };
      }
      if (answer.status === 400 || answer.status === 401) return { kind: "needs-token" };
      return { kind: answer.status === 403 || answer.status === 404 ? "refused" : "failed" };
    } catch {
      return { kind: "failed" };
    }
  }
}
