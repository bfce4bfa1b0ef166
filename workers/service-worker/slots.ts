import * as v from "valibot";

interface Slots<T> {
  /** What was written last; null where there is nothing that can be read. */
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
}

/**
 * A value in two places that are written in turn: a browser replaces what a cache holds by taking it away first, and a
 * power cut in between, or half of it written, leaves the one before.
 */
export function slots<T>(storage: CacheStorage, cacheName: string, keys: readonly [string, string], shape: v.GenericSchema<unknown, T>): Slots<T> {
  // Earlier versions kept the value alone, under the first key.
  const numbered = v.union([v.strictObject({ turn: v.number(), value: shape }), v.pipe(shape, v.transform((value) => ({ turn: 0, value })))]);

  async function slot(key: string): Promise<{ readonly turn: number; readonly value: T } | null> {
    const kept = await (await storage.open(cacheName)).match(key);
    const parsed = v.safeParse(numbered, await kept?.json().catch(() => null));
    return parsed.success ? parsed.output : null;
  }

  async function newest(): Promise<{ readonly turn: number; readonly value: T } | null> {
    const [first, second] = [await slot(keys[0]), await slot(keys[1])];
    if (first === null || second === null) return first ?? second;
    return first.turn > second.turn ? first : second;
  }

  return {
    read: async () => (await newest())?.value ?? null,
    write: async (value) => {
      const turn = ((await newest())?.turn ?? -1) + 1;
      await (await storage.open(cacheName)).put(keys[turn % 2 === 0 ? 0 : 1], Response.json({ turn, value }));
    },
  };
}
