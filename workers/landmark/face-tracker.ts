import { intersectionOverUnion } from "../../src/domain/biometrics/pixels.ts";
import type { Region } from "../../src/domain/biometrics/pixels.ts";

/** Share of overlap from which two boxes in neighbouring frames are the same face. */
const SAME_FACE_OVERLAP = 0.3;

/**
 * How long a face may be out of sight and still be the same one. Short: a decision gathers evidence over the frames of one
 * track, and nobody must be able to step in where another stood.
 */
const FORGET_AFTER_MS = 300;

interface Track {
  readonly id: number;
  box: Region;
  seenAtMs: number;
}

/** Says which face of a frame is which face of the frames before, by overlap of their boxes. */
export class FaceTracker {
  #tracks: Track[] = [];
  #nextId = 1;

  /** The track ids of a frame's boxes, in their order. Ids are never used again. */
  assign(boxes: readonly Region[], atMs: number): readonly number[] {
    this.#tracks = this.#tracks.filter((track) => atMs - track.seenAtMs <= FORGET_AFTER_MS);
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
