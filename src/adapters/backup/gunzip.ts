/** Input handed to the decompressor at a time: the most that one step can become is a thousand times as much. */
const STEP_BYTES = 4_096;
/** Largest content, bytes: far above the largest site. */
const MOST_BYTES = 4 * 1024 ** 3;
/** A content may be this many times as large as its file. Hashes and random salts do not compress; names and times do, by ten at most. */
const MOST_RATIO = 100;
/** Below this nothing is a bomb, bytes. */
const FREE_BYTES = 1024 * 1024;

export class TooLarge extends Error {}
export class NotGzip extends Error {}

/**
 * Takes gzip off a stream.
 *
 * @returns a stream that breaks with {@link TooLarge} before a small file has become a huge content, with {@link NotGzip}
 *   for other bytes, and with the source's own error when the source breaks
 */
export function gunzip(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const decompressor = new DecompressionStream("gzip");
  const writer = decompressor.writable.getWriter();
  const reader = decompressor.readable.getReader();
  const input = source.getReader();
  let taken = 0;
  let given = 0;
  let broken: Error | undefined;

  const feed = async (): Promise<void> => {
    try {
      for (;;) {
        const { done, value } = await input.read();
        if (done) break;
        for (let at = 0; at < value.length; at += STEP_BYTES) {
          const step = new Uint8Array(value.subarray(at, at + STEP_BYTES));
          await writer.ready;
          taken += step.length;
          await writer.write(step);
        }
      }
      await writer.close();
    } catch (error) {
      // The decompressor's own error comes out of the reader too; the source's does not.
      broken ??= error instanceof TypeError ? new NotGzip() : error instanceof Error ? error : new Error("broken");
      await writer.abort(broken).catch(() => undefined);
    }
  };
  void feed();

  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          return;
        }
        given += value.length;
        if (given > MOST_BYTES || given > FREE_BYTES + taken * MOST_RATIO) throw new TooLarge();
        controller.enqueue(value);
      } catch (error) {
        broken ??= error instanceof TooLarge ? error : new NotGzip();
        controller.error(broken);
        await stop();
      }
    },
    cancel: stop,
  });

  async function stop(): Promise<void> {
    await Promise.all([reader.cancel().catch(() => undefined), input.cancel().catch(() => undefined)]);
  }
}
