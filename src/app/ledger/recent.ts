import { attemptOf, punchOf } from "../../domain/attendance/entries.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { FaceEvent } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";

/** Entries that are looked through at most: as many as a busy gate makes in a quarter of an hour, and more. */
const FACE_ENTRIES = 300;
/** An outage lasts long, and the people who punch by PIN meanwhile are in between. */
const OUTAGE_ENTRIES = 3000;
const BATCH = 200;

/** Oldest first. */
export async function recentFaceEvents(store: Store, since: EpochMs): Promise<readonly FaceEvent[]> {
  const entries = await store.latest(FACE_ENTRIES);
  return entries.flatMap((entry) => (entry.header.wallMs < since ? [] : (faceEventOf(entry) ?? []))).reverse();
}

function faceEventOf(entry: Entry): FaceEvent | null {
  const { wallMs } = entry.header;
  const kind = attemptOf(entry)?.kind;
  if (kind === "attack-suspected" || kind === "liveness-undecided") return { wallMs, kind: "suspected" };
  const punch = punchOf(entry);
  return punch?.method === "face" && punch.status === "accepted" ? { wallMs, kind: "recorded" } : null;
}

/** The reason of the last outage when it has no end. */
export async function openOutageOf(store: Store): Promise<string | null> {
  let before = Number.MAX_SAFE_INTEGER;
  for (let seen = 0; seen < OUTAGE_ENTRIES; seen += BATCH) {
    const entries = await store.latest(BATCH, before);
    for (const { content } of entries) {
      // What the ledger could not write is noted in the same way, and says nothing of recognition.
      if (content?.type === "outage" && !content.body.reason.startsWith("ledger/")) return content.body.phase === "start" ? content.body.reason : null;
    }
    const last = entries.at(-1);
    if (last === undefined || last.header.seq === 1) return null;
    before = last.header.seq;
  }
  return null;
}
