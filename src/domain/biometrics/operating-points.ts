import { VARIATIONS } from "./enrolment.ts";
import { comparisonsPerPerson } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";
import type { RecogniserProfile } from "./types.ts";

const DATASET = "Labeled Faces in the Wild, the people of a fifth of it whose name's SHA-256 begins with an even byte";
const DATE = "2026-11-22";

/**
 * Where the kiosk starts before a site has figures of its own. Each curve holds the quantiles of single comparisons of
 * different people down to a rate of 1e-4; below, where pairs become few, the exponential tail above 1e-3 is carried on.
 */
export const OPERATING_POINTS: Readonly<Record<RecogniserProfile, OperatingPoint>> = {
  accurate: {
    profile: "accurate",
    fpirTarget: 1e-3,
    comparisonsPerPerson: comparisonsPerPerson("accurate", VARIATIONS.length),
    curve: [
      { log10Fmr: -2, score: 0.5607 },
      { log10Fmr: -2.5, score: 0.6605 },
      { log10Fmr: -3, score: 0.7501 },
      { log10Fmr: -3.5, score: 0.8218 },
      { log10Fmr: -4, score: 0.884 },
      { log10Fmr: -5, score: 1.029 },
      { log10Fmr: -6, score: 1.17 },
    ],
    // Costs up to 0.05 percentage points of FNIR with three references, and keeps half of the wrong names away.
    margin: 0.1,
    frameSlack: 0.2,
    source: {
      dataset: DATASET,
      images: 847,
      nonMatedPairs: 357_428,
      modelSet: "5333454144796fe5",
      date: DATE,
      note: "Press photographs, one picture on each side; none of the kiosk's own conditions. Exponential tail of 357 pairs above 0.75, 0.141 for each factor of ten; a generalised Pareto fit gives the shape -0.06 with a standard error of 0.05.",
    },
  },
  clear: {
    profile: "clear",
    fpirTarget: 1e-2,
    comparisonsPerPerson: comparisonsPerPerson("clear", VARIATIONS.length),
    // Profile `clear` scatters more from people to people, so this is the upper end of a 90 % bootstrap over people.
    curve: [
      { log10Fmr: -2, score: -0.6165 },
      { log10Fmr: -2.5, score: -0.5837 },
      { log10Fmr: -3, score: -0.5514 },
      { log10Fmr: -3.5, score: -0.5208 },
      { log10Fmr: -4, score: -0.4919 },
      { log10Fmr: -5, score: -0.4384 },
      { log10Fmr: -6, score: -0.385 },
    ],
    margin: 0.02,
    frameSlack: 0.06,
    source: {
      dataset: DATASET,
      images: 847,
      nonMatedPairs: 357_428,
      modelSet: "1dfbff96fd4713cc",
      date: DATE,
      note: "Press photographs, one picture on each side; none of the kiosk's own conditions. Exponential tail of 357 pairs above -0.559, 0.0534 for each factor of ten. On other people strangers came this close 2 to 3 times as often.",
    },
  },
};
