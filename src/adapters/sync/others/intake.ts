import type { ForeignRecordFailure, OtherDevice } from "../../../app/ports/other-devices.ts";
import type { Segment } from "../../../app/ports/outbox.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import type { ExactEntry } from "../../../domain/backup/frames.ts";
import { failure } from "../../../domain/errors.ts";
import { sameBytes } from "../../../domain/people/secret-hash.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import type { Result } from "../../../domain/result.ts";
import { readHeartbeat } from "../../crypto/heartbeats.ts";
import { openSegment, segmentRange } from "../../crypto/segments.ts";
import type { OpenedEntry, OpenedSegment, SegmentFailure } from "../../crypto/segments.ts";

const HASH_BYTES = 32;

/** What is remembered of another tablet. */
export interface DeviceState extends OtherDevice {
  /** Hash of the last entry that is here; zeros before the first. */
  readonly leaf: Uint8Array;
}

/** Where entries of other tablets are kept. */
export interface OtherShelf {
  device(device: string): Promise<DeviceState | null>;
  /** Leaf hash of an entry that is here. */
  leaf(device: string, seq: number): Promise<Uint8Array | null>;
  /** All of it, or none. */
  keep(state: DeviceState, entries: readonly ExactEntry[]): Promise<void>;
  /** Segments that cannot be taken yet, by the first entry that they hold. */
  waiting(device: string): Promise<readonly Segment[]>;
  putAside(segment: Segment): Promise<void>;
  takeAway(segment: Segment): Promise<void>;
}

export interface IntakeOptions {
  readonly shelf: OtherShelf;
  /** This tablet, whose own segments lie among the others'. */
  readonly own: string;
  readonly siteId: () => string | null;
  readonly now: () => EpochMs;
}

/** What became of a segment: entries that were not here, or why it was not taken. */
export interface Taken {
  readonly device: string;
  readonly entries: number;
  readonly failure: ForeignRecordFailure | null;
}

/**
 * Takes in sealed segments of other tablets: what a segment says of itself is checked ({@link openSegment}), that it goes on
 * where the log that is here ends, that it says the same of what is here already, and that the log began at this site.
 */
export class Intake {
  constructor(private readonly options: IntakeOptions) {}

  /** @param keys X25519 private keys, 32 bytes: HR's, in all versions that are held */
  async take(segment: Segment, keys: readonly Uint8Array[]): Promise<Taken> {
    const { shelf, own } = this.options;
    const device = segmentRange(segment)?.device ?? segment._id.split(":")[0] ?? "";
    if (device === own) return { device, entries: 0, failure: null };
    const taken = await this.#one(device, segment, keys);
    if (taken.entries === 0) return taken;
    let { entries } = taken;
    for (const next of await shelf.waiting(device)) {
      const more = await this.#one(device, next, keys);
      if (more.failure === null) await shelf.takeAway(next);
      entries += more.entries;
    }
    return { ...taken, entries };
  }

  /** Tries again what could not be taken before: a key may be held now that was not. */
  async again(device: string, keys: readonly Uint8Array[]): Promise<number> {
    let entries = 0;
    for (const segment of await this.options.shelf.waiting(device)) {
      const taken = await this.#one(device, segment, keys);
      if (taken.failure === null) await this.options.shelf.takeAway(segment);
      entries += taken.entries;
    }
    return entries;
  }

  /** Moves a tablet's watermark on; false for what is no heartbeat, or of a log that is not here up to there. */
  async beat(text: string): Promise<boolean> {
    const { shelf, now } = this.options;
    const heartbeat = await readHeartbeat(text);
    const state = heartbeat && (await shelf.device(heartbeat.device));
    if (!heartbeat || !state || state.untilMs === null || heartbeat.upToSeq > state.upToSeq) return false;
    const untilMs = this.#notAhead(heartbeat.wallMs);
    if (untilMs <= state.untilMs) return false;
    const leaf = await shelf.leaf(heartbeat.device, heartbeat.upToSeq);
    if (leaf === null || !sameBytes(leaf, heartbeat.leaf)) return false;
    await shelf.keep({ ...state, untilMs, heardAt: now() }, []);
    return true;
  }

  async #one(device: string, segment: Segment, keys: readonly Uint8Array[]): Promise<Taken> {
    const { shelf, now } = this.options;
    const state = (await shelf.device(device)) ?? { device, upToSeq: 0, untilMs: null, heardAt: now(), endedAt: null, refused: null, leaf: new Uint8Array(HASH_BYTES) };
    const opened = await openWith(segment, keys);
    if (!opened.ok) {
      if (mayOpenLater(opened.error)) await shelf.putAside(segment);
      return this.#refused(state, opened.error);
    }
    const { first, entries } = opened.value;
    if (first > state.upToSeq + 1) {
      await shelf.putAside(segment);
      return this.#refused(state, failure("segment/gap", `${String(state.upToSeq + 1)} to ${String(first - 1)}`));
    }
    const known = await this.#contradiction(state, entries);
    if (known) return this.#refused(state, known);
    const news = entries.slice(state.upToSeq + 1 - first);
    const [next, last] = [news[0], news.at(-1)];
    if (!next || !last) return { device, entries: 0, failure: null };
    if (!sameBytes(next.header.prev, state.leaf)) return this.#refused(state, failure("segment/forked", String(next.header.seq)));
    if (next.header.seq === 1 && !this.#isOfSite(next)) return this.#refused(state, failure("segment/foreign"));
    const ended = news.find(({ header }) => header.type === "device-end");
    const forked = state.refused?.kind === "segment/forked";
    await shelf.keep(
      {
        device,
        upToSeq: last.header.seq,
        untilMs: this.#notAhead(last.header.wallMs),
        heardAt: now(),
        endedAt: state.endedAt ?? ended?.header.seq ?? null,
        // Two logs under one name stay worth knowing.
        refused: forked ? state.refused : null,
        leaf: last.leaf,
      },
      news.map(({ exact, content }) => [exact.header, exact.salt, exact.body, subjectOf(content)]),
    );
    return { device, entries: news.length, failure: null };
  }

  /** Of what is still to come no tablet can say that it has recorded nothing, though its clock is ahead. */
  #notAhead(wallMs: EpochMs): EpochMs {
    return Math.min(wallMs, this.options.now()) as EpochMs;
  }

  async #contradiction({ device, upToSeq }: DeviceState, entries: readonly OpenedEntry[]): Promise<ForeignRecordFailure | null> {
    for (const { header, leaf } of entries) {
      if (header.seq > upToSeq) return null;
      const here = await this.options.shelf.leaf(device, header.seq);
      if (here === null || !sameBytes(here, leaf)) return failure("segment/forked", String(header.seq));
    }
    return null;
  }

  /** Every log begins with the set-up. */
  #isOfSite({ content }: OpenedEntry): boolean {
    return content?.type === "setup" && content.body.siteId === this.options.siteId();
  }

  async #refused(state: DeviceState, reason: ForeignRecordFailure): Promise<Taken> {
    const { shelf, now } = this.options;
    // Anybody can write a name: only what is signed by it, or is of a tablet that is known, is remembered.
    const proven = state.upToSeq > 0 || !["segment/malformed", "segment/other-content", "segment/bad-signature"].includes(reason.kind);
    const told = state.refused?.kind === reason.kind && state.refused.detail === reason.detail;
    const forked = state.refused?.kind === "segment/forked";
    if (proven && !told && !forked) await shelf.keep({ ...state, heardAt: now(), refused: reason }, []);
    return { device: state.device, entries: 0, failure: reason };
  }
}

async function openWith(segment: Segment, keys: readonly Uint8Array[]): Promise<Result<OpenedSegment, SegmentFailure>> {
  let opened: Result<OpenedSegment, SegmentFailure> = { ok: false, error: failure("segment/sealed-for-another", "no key") };
  for (const key of keys) {
    opened = await openSegment(segment, key);
    if (opened.ok || opened.error.kind !== "segment/sealed-for-another") return opened;
  }
  return opened;
}

/** Another version of HR's key may come to be held; an entry of a newer version of the app may come to be understood. */
function mayOpenLater({ kind, detail }: SegmentFailure): boolean {
  return kind === "segment/sealed-for-another" || (kind === "segment/malformed" && (detail === "header" || detail === "body"));
}

/** Segments do not carry it. What tells of an erasure outlives the record. */
function subjectOf(content: OpenedEntry["content"]): PersonId | null {
  if (content === null || content.type === "erased" || content.type === "erasing") return null;
  return "personId" in content.body ? content.body.personId : null;
}
