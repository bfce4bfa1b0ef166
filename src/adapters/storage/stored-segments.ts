import { Dexie } from "dexie";
import type { Segment, SegmentOutcome, SegmentQueue } from "../../app/ports/outbox.ts";
import type { Clock } from "../../domain/clock.ts";
import type { PunchDatabase } from "./database.ts";

/** Quotes, names and commas of a segment in a JSON body. */
const JSON_FRAME_BYTES = 40;

/** The segments alone: all that is needed to send them. The service worker has no more. */
export class StoredSegments implements SegmentQueue {
  constructor(
    protected readonly database: PunchDatabase,
    protected readonly clock: Pick<Clock, "wall">,
  ) {}

  async pending(maxDocuments: number, maxBytes: number): Promise<readonly Segment[]> {
    const rows = await this.database.segments.where("[state+firstSeq]").between(["pending", Dexie.minKey], ["pending", Dexie.maxKey]).limit(maxDocuments).toArray();
    const taken: Segment[] = [];
    let bytes = 0;
    for (const { _id, kind, c } of rows) {
      bytes += _id.length + c.length + JSON_FRAME_BYTES;
      if (bytes > maxBytes && taken.length > 0) break;
      taken.push({ _id, kind, c });
    }
    return taken;
  }

  async settle(outcomes: ReadonlyMap<string, SegmentOutcome>): Promise<void> {
    const { segments } = this.database;
    const settledAtMs = Math.round(this.clock.wall());
    await this.database.transaction("rw", segments, async () => {
      const rows = await segments.bulkGet([...outcomes.keys()]);
      const settled = rows.flatMap((row) => {
        const state = row?.state === "pending" ? outcomes.get(row._id) : undefined;
        return row === undefined || state === undefined ? [] : [{ ...row, state, settledAtMs }];
      });
      await segments.bulkPut(settled);
    });
  }
}
