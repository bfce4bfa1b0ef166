import type { OperatingPoint, OperatingPointSource } from "./operating-point.ts";
import type { RecogniserProfile } from "./types.ts";

const SOURCE: OperatingPointSource = {
  dataset: "Labeled Faces in the Wild, a fifth of it (891 people), through the application's own workers",
  images: 1508,
  nonMatedPairs: 1_135_116,
  date: "2026-11-22",
  note: "First values, to be calibrated: press photographs, one image on each side, none of the kiosk's own conditions.",
};

/**
 * Where the kiosk starts before a site has figures of its own. On the same pictures profile `accurate` accepted 98.9,
 * 97.7 and 92.9 % of mated comparisons at false match rates of 1e-3, 1e-4 and 1e-5; profile `clear` 91.0, 70.1 and
 * 44.8 %, which is why its target is ten times more lenient and why it suits small sites alone.
 */
export const FIRST_OPERATING_POINTS: Readonly<Record<RecogniserProfile, OperatingPoint>> = {
  accurate: {
    profile: "accurate",
    fpirTarget: 1e-3,
    // With three references a person, FPIR 1e-2 at N = 107 took the threshold of 0.96 that single comparisons reach at 3.8e-5.
    comparisonsPerPerson: 2.5,
    curve: [
      { log10Fmr: -2, score: 0.5588 },
      { log10Fmr: -3, score: 0.7504 },
      { log10Fmr: -4, score: 0.8929 },
      { log10Fmr: -5, score: 1.0544 },
    ],
    // One in a hundred of the right first candidates led by less than 0.17 with one reference, 0.31 with three.
    margin: 0.15,
    frameSlack: 0.2,
    source: SOURCE,
  },
  clear: {
    profile: "clear",
    fpirTarget: 1e-2,
    comparisonsPerPerson: 2.5,
    curve: [
      { log10Fmr: -2, score: -0.6163 },
      { log10Fmr: -3, score: -0.5432 },
      { log10Fmr: -4, score: -0.4778 },
      { log10Fmr: -5, score: -0.4261 },
    ],
    // One in a hundred of the right first candidates led by less than 0.02 with three references.
    margin: 0.02,
    frameSlack: 0.06,
    source: SOURCE,
  },
};
