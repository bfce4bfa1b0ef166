import { Pauses } from "../../app/pauses.ts";

/** Enough at once to keep WebCrypto's threads busy; each step between is short, so that the page goes on. */
const AT_ONCE = 16;

/** Works through the items, some at a time, in order of starting. The first failure ends it. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const pauses = new Pauses();
  const runner = async (): Promise<void> => {
    for (;;) {
      const item = items[next++];
      if (item === undefined) return;
      await pauses.ifDue();
      try {
        await work(item);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
}
