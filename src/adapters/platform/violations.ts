import type { Store } from "../../app/ports/store.ts";

/** The same directive is told of at most this often, milliseconds: a page that is attacked again and again fills no disk. */
const TOLD_EVERY_MS = 60 * 60_000;

/**
 * Writes into the log what the page's policy stopped: which directive, and how often since the start. Not what was
 * stopped: that may be an attacker's text, or a person's.
 *
 * @returns stops listening
 */
export function reportViolations(store: Pick<Store, "settings" | "exclusively" | "commit" | "now">, page: Pick<Document, "addEventListener" | "removeEventListener"> = document): () => void {
  const seen = new Map<string, { count: number; toldAtMs: number }>();
  const hear = (event: SecurityPolicyViolationEvent): void => {
    const directive = event.effectiveDirective || "unknown";
    const at = store.now().monoMs;
    const before = seen.get(directive);
    const due = before === undefined || at - before.toldAtMs >= TOLD_EVERY_MS;
    const count = (before?.count ?? 0) + 1;
    seen.set(directive, { count, toldAtMs: due ? at : before.toldAtMs });
    if (!due || store.settings === null) return;
    // A log that cannot be written now says so elsewhere.
    void store.exclusively(() => store.commit({ entries: [{ type: "violation", subject: null, body: { directive, count } }] })).catch(() => undefined);
  };
  page.addEventListener("securitypolicyviolation", hear);
  return () => page.removeEventListener("securitypolicyviolation", hear);
}
