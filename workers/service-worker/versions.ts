import * as v from "valibot";

/** One build: the addresses that it is made of, and under which key each lies in the cache. */
export interface Version {
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
}

const version = v.strictObject({ id: v.string(), files: v.record(v.string(), v.string()) });
const state = v.strictObject({
  serving: version,
  /** Goes on when the one that is served does not prove itself; null when it has. */
  fallback: v.nullable(version),
  /** Times that the served version was opened without saying that it works; null when it has. */
  starts: v.nullable(v.number()),
  /** The last version that was given up, until the page has heard of it. */
  givenUp: v.nullable(v.strictObject({ id: v.string(), reason: v.string() })),
  /** A version that was given up is not served again. */
  refused: v.array(v.string()),
});
type State = v.InferOutput<typeof state>;

/** Opened this often without a word that it works, a version is given up: its page may not come as far as to say so. */
export const MOST_STARTS = 3;
const REFUSED_MOST = 20;
const CACHE = "clockface-versions";
const KEY = "/clockface-versions.json";

/**
 * Which version is served. A new one is on trial until its page has passed its self-test; the files of the one before
 * stay until then, and are served again when it fails.
 */
export class Versions {
  #state: State | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly storage: CacheStorage) {}

  /** The files of the version that is served; null before the first was activated. */
  files(): Promise<Readonly<Record<string, string>> | null> {
    return this.#inTurn(async () => (await this.#load())?.serving.files ?? null);
  }

  /** @returns the keys that are still needed, when there is no version before that could be served again; else null */
  activated(next: Version): Promise<ReadonlySet<string> | null> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      if (before === null) {
        await this.#store({ serving: next, fallback: null, starts: null, givenUp: null, refused: [] });
        return new Set(Object.values(next.files));
      }
      if (before.serving.id === next.id || before.refused.includes(next.id)) return null;
      // One that is still on trial is no fallback.
      await this.#store({ ...before, serving: next, fallback: before.fallback ?? before.serving, starts: 0 });
      return null;
    });
  }

  /** A page is about to be opened. */
  opened(): Promise<void> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      if (before === null || before.starts === null) return;
      await this.#store(before.starts >= MOST_STARTS ? givenUp(before, "does not start") : { ...before, starts: before.starts + 1 });
    });
  }

  /**
   * The page has passed its self-test.
   * @param script the page's own script, as proof of which version it is
   * @returns the keys that are still needed, when the others can go; null when they cannot
   */
  works(script: string): Promise<ReadonlySet<string> | null> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      if (before === null || before.starts === null || !(script in before.serving.files)) return null;
      await this.#store({ ...before, fallback: null, starts: null });
      return new Set(Object.values(before.serving.files));
    });
  }

  /** The page has failed its self-test. True when the version before is served from now on. */
  failed(script: string, reason: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      if (before === null || before.fallback === null || before.starts === null || !(script in before.serving.files)) return false;
      await this.#store(givenUp(before, reason));
      return true;
    });
  }

  /** The version that was given up, told once. */
  heard(): Promise<State["givenUp"]> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      if (before === null || before.givenUp === null) return null;
      await this.#store({ ...before, givenUp: null });
      return before.givenUp;
    });
  }

  async #load(): Promise<State | null> {
    if (this.#state !== null) return this.#state;
    const kept = await (await this.storage.open(CACHE)).match(KEY);
    const parsed = v.safeParse(state, kept === undefined ? null : await kept.json().catch(() => null));
    this.#state = parsed.success ? parsed.output : null;
    return this.#state;
  }

  async #store(next: State): Promise<void> {
    await (await this.storage.open(CACHE)).put(KEY, new Response(JSON.stringify(next), { headers: { "Content-Type": "application/json" } }));
    this.#state = next;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function givenUp(before: State, reason: string): State {
  if (before.fallback === null) return { ...before, starts: null };
  const { id } = before.serving;
  return { serving: before.fallback, fallback: null, starts: null, givenUp: { id, reason }, refused: [id, ...before.refused].slice(0, REFUSED_MOST) };
}
