import type { JournalPlace } from "../../contracts/journal.ts";
import { openPunchDatabase } from "./database.ts";
import type { PunchDatabase } from "./database.ts";
import { mentions } from "./failures.ts";
import { OpfsJournal } from "./journal/opfs-journal.ts";

/** How often it is tried before the files are given up. */
const ATTEMPTS = 2;

export interface FirstCopyOptions {
  /** Name of the bucket. */
  readonly bucket: string;
  readonly quotaBytes?: number;
  readonly second: JournalPlace;
}

/**
 * Opens the first copy. Where the browser cannot open its files any more, again and again, and the second copy has what
 * they held, they make way for new ones, which are then filled from it. Otherwise nothing is touched.
 *
 * @throws whatever the browser says, where there is no second copy to fill it from
 */
export async function openFirstCopy({ bucket, quotaBytes, second }: FirstCopyOptions): Promise<PunchDatabase> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await openPunchDatabase(bucket, quotaBytes);
    } catch (error) {
      if (!isBroken(error)) throw error;
      if (attempt < ATTEMPTS) continue;
      const { storageBuckets } = navigator;
      if (!storageBuckets || !(await hasEntries(second))) throw error;
      await storageBuckets.delete(bucket);
      return openPunchDatabase(bucket, quotaBytes);
    }
  }
}

/** What Chromium says of a database whose files it cannot read. A full disk or a newer version are other things. */
export const isBroken = (error: unknown): boolean => ["UnknownError", "DataError", "NotReadableError"].some((name) => mentions(error, name));

async function hasEntries(place: JournalPlace): Promise<boolean> {
  const journal = new OpfsJournal(place);
  try {
    const tail = await journal.tail();
    return tail.ok && tail.value.seq > 0;
  } finally {
    journal.close();
  }
}
