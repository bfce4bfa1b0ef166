import * as v from "valibot";
import { slots } from "./slots.ts";

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
/** One may wait while the next is fetched, and one more may have failed. */
const ANNOUNCED_MOST = 3;
const CACHE = "clockface-versions";
const ANNOUNCED = "/clockface-announced.json";

/**
 * Which version is served. A new one is on trial until its page has passed its self-test; the files of the one before
 * stay until then, and are served again when it fails.
 */
export class Versions {
  readonly #kept;
  #state: State | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly storage: CacheStorage) {
    this.#kept = slots(storage, CACHE, ["/clockface-versions.json", "/clockface-versions-2.json"], state);
  }

  /** The addresses that are served and their keys; null before the first version was taken up. A page of the one before may still be open and ask for its own. */
  files(): Promise<{ readonly serving: Version["files"]; readonly fallback: Version["files"] } | null> {
    return this.#inTurn(async () => {
      const now = await this.#load();
      return now && { serving: now.serving.files, fallback: now.fallback?.files ?? {} };
    });
  }

  get onTrial(): Promise<boolean> {
    return this.#inTurn(async () => ((await this.#load())?.starts ?? null) !== null);
  }

  /** A version is about to be fetched: its files are not to be taken away while it waits. */
  async announce(next: Version): Promise<void> {
    const others = (await this.#announced()).filter(({ id }) => id !== next.id);
    await (await this.storage.open(CACHE)).put(ANNOUNCED, Response.json([next, ...others].slice(0, ANNOUNCED_MOST)));
  }

  /**
   * Serves a version from now on: on trial where there is one before it. Nothing changes when it is served already, was
   * given up, or is not whole.
   *
   * @param whole whether every file of it is in the cache
   * @returns the keys that are still needed, when there is no version before that could be served again; else null
   */
  takeUp(next: Version, whole: () => Promise<boolean>): Promise<ReadonlySet<string> | null> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      if (before === null) return this.#needed(await this.#store({ serving: next, fallback: null, starts: null, givenUp: null, refused: [] }));
      if (before.serving.id === next.id || before.refused.includes(next.id) || !(await whole())) return null;
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
      if (before.starts >= MOST_STARTS) await this.#goBack(before, "does not start");
      else await this.#keep({ ...before, starts: before.starts + 1 });
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
      const next = { ...before, fallback: null, starts: null };
      // Not written, as on a full disk: then it proves itself again with the next service worker.
      return (await this.#keep(next)) ? this.#needed(next) : null;
    });
  }

  /** The page has failed its self-test. True when the version before is served from now on. */
  failed(script: string, reason: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      return before !== null && script in before.serving.files && (await this.#goBack(before, reason));
    });
  }

  /** The page has not said in time what it should. True when the version before is served from now on. */
  silent(reason: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = await this.#load();
      return before !== null && (await this.#goBack(before, reason));
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

  async #goBack(before: State, reason: string): Promise<boolean> {
    if (before.fallback === null || before.starts === null) return false;
    const { id } = before.serving;
    await this.#keep({ serving: before.fallback, fallback: null, starts: null, givenUp: { id, reason }, refused: [id, ...before.refused].slice(0, REFUSED_MOST) });
    return true;
  }

  async #needed({ serving, fallback, refused }: State): Promise<ReadonlySet<string>> {
    const announced = await this.#announced();
    const at = announced.findIndex(({ id }) => id === serving.id);
    const newer = (at < 0 ? announced : announced.slice(0, at)).filter(({ id }) => !refused.includes(id));
    return new Set([serving, ...(fallback === null ? [] : [fallback]), ...newer].flatMap(({ files }) => Object.values(files)));
  }

  /** Versions that were fetched, or were to be: the newest first. */
  async #announced(): Promise<readonly Version[]> {
    const kept = await (await this.storage.open(CACHE)).match(ANNOUNCED);
    const parsed = v.safeParse(v.array(version), await kept?.json().catch(() => null));
    return parsed.success ? parsed.output : [];
  }

  async #load(): Promise<State | null> {
    return (this.#state ??= await this.#kept.read());
  }

  async #store(next: State): Promise<State> {
    await this.#kept.write(next);
    return (this.#state = next);
  }

  /** Counts from now on, even where it cannot be written, as on a full disk. True when it was. */
  async #keep(next: State): Promise<boolean> {
    this.#state = next;
    return this.#kept.write(next).then(() => true, () => false);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
