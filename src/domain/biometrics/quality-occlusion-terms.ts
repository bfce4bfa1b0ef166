/** A part of the face that is looked at. `R` and `L` are the left and right of the picture. */
export type Region =
  | "forehead" | "bridge" | "nose" | "alaR" | "alaL" | "cheekR" | "cheekL" | "midR" | "midL" | "philtrum" | "lips" | "mouthline" | "chin" | "jawR" | "jawL" | "eyeR" | "eyeL" | "lidR" | "lidL" | "browR" | "browL";

/**
 * `luma`, `red`, `blue`, `detail`, `range`: mean of the first regions less that of the others (see `Look`).
 * `chroma`: how far apart their colours are. `contrast`: how far apart their luma is, either way.
 */
export type Measure = "luma" | "red" | "blue" | "detail" | "range" | "chroma" | "contrast";

/** A logistic regression: 0 is its limit. A term is a weight, a measure, the regions, and those that they are compared with. */
export interface OcclusionHead {
  readonly bias: number;
  readonly terms: readonly (readonly [weight: number, measure: Measure, of: readonly Region[], minus: readonly Region[]])[];
}

/*
 * Fitted on 2026-11-22 on half of the people of a fifth of LFW and of 840 faces of FairFace (one picture a person), as they are and with
 * composed masks, hands, dark glasses and hair, clear glasses and head scarves. The biases are set so that 0.2 % of the
 * uncovered ones of that half reach each limit. Figures on the other half: docs/accuracy.md.
 */

/** A mask, or a hand over the mouth. */
export const LOWER_FACE_TERMS: OcclusionHead = {
  bias: 0.678,
  terms: [
    [-2.62, "luma", ["nose"], ["forehead", "bridge"]],
    [-1.54, "red", ["nose"], ["forehead", "bridge"]],
    [1.37, "chroma", ["nose"], ["forehead", "bridge"]],
    [-2.47, "red", ["alaR", "alaL"], ["forehead", "bridge"]],
    [2.71, "blue", ["alaR", "alaL"], ["forehead", "bridge"]],
    [-1.2, "detail", ["alaR", "alaL"], ["forehead", "bridge"]],
    [0.87, "chroma", ["alaR", "alaL"], ["forehead", "bridge"]],
    [3.99, "blue", ["midR", "midL"], ["forehead", "bridge"]],
    [1.36, "detail", ["midR", "midL"], ["forehead", "bridge"]],
    [-0.66, "detail", ["philtrum"], ["forehead", "bridge"]],
    [-1.81, "red", ["lips"], ["forehead", "bridge"]],
    [-2.47, "blue", ["lips"], ["forehead", "bridge"]],
    [-0.7, "detail", ["lips"], ["forehead", "bridge"]],
    [-1.2, "red", ["mouthline"], ["forehead", "bridge"]],
    [-2.35, "blue", ["mouthline"], ["forehead", "bridge"]],
    [-0.85, "detail", ["mouthline"], ["forehead", "bridge"]],
    [-0.9, "luma", ["chin"], ["forehead", "bridge"]],
    [-1.75, "red", ["chin"], ["forehead", "bridge"]],
    [1.54, "detail", ["chin"], ["forehead", "bridge"]],
    [1.11, "luma", ["jawR", "jawL"], ["forehead", "bridge"]],
    [2.93, "red", ["jawR", "jawL"], ["forehead", "bridge"]],
    [-1.58, "contrast", ["jawR", "jawL"], ["forehead", "bridge"]],
    [-6.16, "red", ["lips"], ["philtrum", "chin", "midR", "midL"]],
    [-5.16, "contrast", ["lips"], ["philtrum", "chin", "midR", "midL"]],
  ],
};

/** Dark glasses. */
export const GLASSES_TERMS: OcclusionHead = {
  bias: -12.257,
  terms: [
    [-2.8, "luma", ["eyeR", "eyeL"], ["cheekR", "cheekL", "nose", "bridge", "forehead"]],
    [-2.88, "detail", ["eyeR", "eyeL"], []],
    [-1.88, "range", ["eyeR", "eyeL"], []],
    [-3.49, "luma", ["lidR", "lidL"], ["cheekR", "cheekL", "nose", "bridge", "forehead"]],
    [-2.38, "red", ["lidR", "lidL"], ["cheekR", "cheekL", "nose", "bridge", "forehead"]],
    [-1.4, "blue", ["lidR", "lidL"], ["cheekR", "cheekL", "nose", "bridge", "forehead"]],
    [-1.66, "detail", ["lidR", "lidL"], []],
    [-1.16, "range", ["lidR", "lidL"], []],
    [1.66, "chroma", ["lidR", "lidL"], ["cheekR", "cheekL", "nose", "bridge", "forehead"]],
    [0.92, "detail", ["browR", "browL"], []],
    [1.09, "range", ["browR", "browL"], []],
    [-1.67, "luma", ["bridge"], ["nose"]],
  ],
};

/** A hand or hair over the eye at the left of the picture; mirrored for the other. */
export const EYE_TERMS: OcclusionHead = {
  bias: -6.615,
  terms: [
    [1.63, "luma", ["eyeR"], ["cheekR", "cheekL", "nose", "bridge"]],
    [-0.6, "detail", ["eyeR"], []],
    [1.43, "luma", ["eyeR"], ["eyeL"]],
    [2.78, "chroma", ["eyeR"], ["eyeL"]],
    [5.59, "contrast", ["eyeR"], ["eyeL"]],
    [-2.54, "detail", ["eyeR"], ["eyeL"]],
    [1.22, "luma", ["lidR"], ["cheekR", "cheekL", "nose", "bridge"]],
    [0.75, "detail", ["lidR"], []],
    [0.72, "range", ["lidR"], []],
    [0.89, "range", ["lidR"], ["lidL"]],
    [-5.14, "chroma", ["lidR"], ["cheekR", "cheekL", "nose", "bridge"]],
    [-2.09, "contrast", ["lidR"], ["lidL"]],
    [-2.31, "luma", ["browR"], ["cheekR", "cheekL", "nose", "bridge"]],
    [-0.87, "detail", ["browR"], []],
    [-1.22, "luma", ["browR"], ["browL"]],
    [2.07, "chroma", ["browR"], ["browL"]],
    [0.7, "contrast", ["browR"], ["browL"]],
    [1.66, "luma", ["eyeR"], ["lidR"]],
    [-2.22, "detail", ["eyeR"], ["lidR"]],
    [1.09, "detail", ["cheekR"], ["cheekL"]],
  ],
};
