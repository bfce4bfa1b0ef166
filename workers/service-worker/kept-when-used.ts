/** Addresses of large files that only some tablets need. Their names hold a hash of what is in them. */
export const KEPT_WHEN_USED = /^\/assets\/ort-wasm-simd-threaded\.asyncify-[A-Za-z0-9_-]{8}\.wasm$/;

const CACHE = "clockface-kept-when-used";

/** The kept answer, or the network's, which is kept whole. One older version of the same file stays: a version of the app that was given up leaves the one before with what it used. */
export async function keptWhenUsed(request: Request, storage: CacheStorage = caches): Promise<Response> {
  const cache = await storage.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) {
    for (const older of (await cache.keys()).slice(0, -1)) await cache.delete(older);
    // No room: then it is fetched each time.
    await cache.put(request, answer.clone()).catch(() => undefined);
  }
  return answer;
}
