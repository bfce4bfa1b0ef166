import { intersectionOverUnion } from "../../src/domain/biometrics/pixels.ts";
import type { Region } from "../../src/domain/biometrics/pixels.ts";

/** Share of overlap from which two boxes in neighbouring frames are the same face. */
const SAME_FACE_OVERLAP = 0.3;

/**
 * How long a face may be missing from the frames and still be the same one. Short: a decision gathers evidence over the
 * frames of one track, and nobody must be able to step in where another stood.
 */
const FORGET_AFTER_MS = 300;

/** How far apart two frames that follow each other may be, on a slow device, with a face in both that is the same. */
const FRAMES_APART_MS = 1_000;

interface Track {
  readonly id: number;
  box: Region;
  seenAtMs: number;
}

/** Says which face of a frame is which face of the frames before, by overlap of their boxes. */
export class FaceTracker {
  #tracks: Track[] = [];
  #nextId = 1;
  #frameAtMs = 0;

  /** The track ids of a frame's boxes, in their order. Ids are never used again. */
  assign(boxes: readonly Region[], atMs: number): readonly number[] {
    const previousAtMs = this.#frameAtMs;
    this.#frameAtMs = atMs;
    this.#tracks = this.#tracks.filter(({ seenAtMs }) => atMs - seenAtMs <= (seenAtMs === previousAtMs ? FRAMES_APART_MS : FORGET_AFTER_MS));
    const pairs = boxes
      .flatMap((box, index) => this.#tracks.map((track) => ({ index, track, overlap: intersectionOverUnion(box, track.box) })))
      .filter(({ overlap }) => overlap >= SAME_FACE_OVERLAP)
      .sort((one, other) => other.overlap - one.overlap);
    const assigned = new Map<number, Track>();
    const taken = new Set<Track>();
    for (const { index, track } of pairs) {
      if (assigned.has(index) || taken.has(track)) continue;
      assigned.set(index, track);
      taken.add(track);
    }
    return boxes.map((box, index) => {
      const known = assigned.get(index);
      if (known) {
        known.box = box;
        known.seenAtMs = atMs;
        return known.id;
      }
      const track = { id: this.#nextId++, box, seenAtMs: atMs };
      this.#tracks.push(track);
      return track.id;
    });
  }
}
