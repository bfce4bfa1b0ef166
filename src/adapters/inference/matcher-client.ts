import { Pauses } from "../../app/pauses.ts";
import type { GalleryContents } from "../../app/ports/recogniser.ts";
import type { LoadReport, MatcherFailure, MatcherWorker, SealedTemplate } from "../../contracts/matcher.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Result } from "../../domain/result.ts";
import { ok } from "../../domain/result.ts";
import { WorkerClient } from "./worker-client.ts";

export type MatcherClient = WorkerClient<MatcherWorker, "matcher/not-open">;
type MatcherFacts = Omit<GalleryContents, "templates"> & { readonly profile: RecogniserProfile; readonly modelSet: string };

/** Loading takes 1 to 2 s for thousands of people. */
const OPEN_TIMEOUT_MS = 120_000;
/** Rows in one message: what is sent is copied in one go, and holds the page up meanwhile. */
const ROWS_AT_ONCE = 250;

export function spawnMatcher(onLost: (failure: MatcherFailure) => void): MatcherClient {
  return new WorkerClient<MatcherWorker, "matcher/not-open">(new Worker(new URL("../../../workers/matcher/matcher.worker.ts", import.meta.url), { type: "module", name: "matcher" }), "matcher/not-open", onLost);
}

/** Opens the matcher and has it take these rows in: what was in it before is gone. */
export async function openMatcher(client: MatcherClient, facts: MatcherFacts, rows: readonly SealedTemplate[]): Promise<Result<LoadReport, MatcherFailure>> {
  const opened = await client.call((remote) => remote.open(facts), OPEN_TIMEOUT_MS);
  return opened.ok ? load(client, rows) : opened;
}

async function load(client: MatcherClient, rows: readonly SealedTemplate[]): Promise<Result<LoadReport, MatcherFailure>> {
  const pauses = new Pauses();
  const answers: Promise<Result<LoadReport, MatcherFailure>>[] = [];
  for (let from = 0; from === 0 || from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    answers.push(client.call((remote) => remote.load(some), OPEN_TIMEOUT_MS));
    await pauses.ifDue();
  }
  let whole: LoadReport = { people: 0, references: 0, ms: 0, refused: [], resealed: [] };
  for (const answer of await Promise.all(answers)) {
    if (!answer.ok) return answer;
    whole = after(whole, answer.value);
  }
  return ok(whole);
}

function after(before: Pick<LoadReport, "ms" | "refused" | "resealed">, { people, references, ms, refused, resealed }: LoadReport): LoadReport {
  return { people, references, ms: before.ms + ms, refused: [...before.refused, ...refused], resealed: [...before.resealed, ...resealed] };
}
