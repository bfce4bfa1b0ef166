import type { Entry } from "../../domain/attendance/entries.ts";

interface United {
  readonly device: string;
  readonly entries: Map<number, Entry>;
}

/**
 * Each log once, in its order, out of lists that each hold a part of one: what a backup brought of a tablet, its hub brings
 * again. Lists of one device that say different things of the same entry stay apart.
 */
export function uniteLogs(lists: readonly (readonly Entry[])[]): readonly (readonly Entry[])[] {
  const logs: United[] = [];
  for (const list of lists) {
    const device = list[0]?.header.device;
    if (device === undefined) continue;
    const known = logs.find((log) => log.device === device && list.every(({ header, receipt }) => (log.entries.get(header.seq)?.receipt ?? receipt) === receipt));
    const log = known ?? { device, entries: new Map<number, Entry>() };
    if (known === undefined) logs.push(log);
    // One of the two may have lost the content, with the key of whom it is about.
    for (const entry of list) if ((log.entries.get(entry.header.seq)?.content ?? null) === null) log.entries.set(entry.header.seq, entry);
  }
  return logs.map(({ entries }) => [...entries.values()].sort((one, other) => one.header.seq - other.header.seq));
}
