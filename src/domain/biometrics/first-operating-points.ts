import type { OperatingPoint, OperatingPointSource } from "./operating-point.ts";
import type { RecogniserProfile } from "./types.ts";

const SOURCE: OperatingPointSource = {
  dataset: "Labeled Faces in the Wild, one image a search, full frame, mesh alignment",
  images: 7701,
  nonMatedPairs: 29_600_000,
  date: "2026-11-22",
  note: "First values, to be calibrated: press photographs, single images on both sides, none of the kiosk's own conditions.",
};

/** Where the kiosk starts before a site has figures of its own. */
export const FIRST_OPERATING_POINTS: Readonly<Record<RecogniserProfile, OperatingPoint>> = {
  accurate: {
    profile: "accurate",
    fpirTarget: 1e-3,
    curve: [
      { log10Fmr: -3, score: 0.58 },
      { log10Fmr: -4, score: 0.7 },
      { log10Fmr: -5, score: 0.82 },
      { log10Fmr: -6, score: 0.94 },
    ],
    margin: 0.12,
    frameSlack: 0.15,
    source: SOURCE,
  },
  clear: {
    profile: "clear",
    fpirTarget: 1e-3,
    curve: [
      { log10Fmr: -3, score: -0.5 },
      { log10Fmr: -4, score: -0.46 },
      { log10Fmr: -5, score: -0.42 },
      { log10Fmr: -6, score: -0.38 },
    ],
    margin: 0.03,
    frameSlack: 0.05,
    source: SOURCE,
  },
};
