import type { Dexie } from "dexie";

/** Version 3: papers, what is kept beside the log. Additive: nothing of an older store is changed. */
export function version3(database: Dexie): void {
  database.version(3).stores({
    papers: "id, [kind+untilUtcDay], [personId+kind+untilUtcDay]",
  });
}
