import { Pauses } from "../../app/pauses.ts";
import type { GalleryContents } from "../../app/ports/recogniser.ts";
import type { LoadReport, MatcherFailure, MatcherWorker, SealedTemplate } from "../../contracts/matcher.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Result } from "../../domain/result.ts";
import { ok } from "../../domain/result.ts";
import { WorkerClient } from "./worker-client.ts";

export type MatcherClient = WorkerClient<MatcherWorker, "matcher/not-open">;
export type MatcherFacts = Omit<GalleryContents, "templates"> & { readonly profile: RecogniserProfile; readonly modelSet: string };

/** Loading takes 1 to 2 s for thousands of people. */
const OPEN_TIMEOUT_MS = 120_000;
/** Rows in one message: what is sent is copied in one go, and holds the page up meanwhile. */
const ROWS_AT_ONCE = 250;

export function spawnMatcher(onLost: (failure: MatcherFailure) => void): MatcherClient {
  return new WorkerClient<MatcherWorker, "matcher/not-open">(new Worker(new URL("../../../workers/matcher/matcher.worker.ts", import.meta.url), { type: "module", name: "matcher" }), "matcher/not-open", onLost);
}

/** Opens the matcher and has it take these rows in. */
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

/**
 * A matcher that takes in what lies ready for it while the store is being opened, which takes as long. Nobody searches in it
 * before {@link EarlyMatcher.settle} has told it what counts.
 */
export class EarlyMatcher {
  readonly client: MatcherClient;
  readonly #facts: MatcherFacts;
  readonly #rows: ReadonlySet<SealedTemplate>;
  readonly #loaded: Promise<Result<LoadReport, MatcherFailure>>;

  private constructor(client: MatcherClient, facts: MatcherFacts, rows: readonly SealedTemplate[]) {
    this.client = client;
    this.#facts = facts;
    this.#rows = new Set(rows);
    this.#loaded = openMatcher(client, facts, rows);
  }

  /** Null when nothing lies ready. Rows that are not of the first one's models are refused, and told of by `settle` as far as they count. */
  static start(client: MatcherClient, { templates, ...facts }: GalleryContents): EarlyMatcher | null {
    const [first] = templates;
    return first ? new EarlyMatcher(client, { ...facts, profile: first.profile, modelSet: first.modelSet }, templates) : null;
  }

  /** Whether it was opened as these facts ask for. */
  isFor(facts: MatcherFacts): boolean {
    const idsOf = ({ transform, earlierTransforms = [] }: MatcherFacts): string => [transform, ...earlierTransforms].map((one) => one?.id).join();
    const { tenant, epoch, profile, modelSet } = this.#facts;
    return this.client.alive && facts.tenant === tenant && facts.epoch === epoch && facts.profile === profile && facts.modelSet === modelSet && idsOf(facts) === idsOf(this.#facts);
  }

  /** From here on it holds these rows and no others. */
  async settle(rows: readonly SealedTemplate[]): Promise<Result<LoadReport, MatcherFailure>> {
    const early = await this.#loaded;
    if (!early.ok) return early;
    const refused = new Set(early.value.refused.map(({ personId }) => personId));
    const kept = new Set(rows.filter((row) => this.#rows.has(row) && !refused.has(row.personId)).map(({ personId }) => personId));
    const others = await this.client.call((remote) => remote.keepOnly([...kept]), OPEN_TIMEOUT_MS);
    if (!others.ok) return others;
    const late = await load(this.client, rows.filter(({ personId }) => !kept.has(personId)));
    return late.ok ? ok(after({ ms: early.value.ms, refused: [], resealed: early.value.resealed.filter(({ personId }) => kept.has(personId)) }, late.value)) : late;
  }
}
