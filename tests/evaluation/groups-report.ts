import type { OperatingPoint } from "../../src/domain/biometrics/operating-point.ts";
import { identificationThreshold } from "../../src/domain/biometrics/operating-point.ts";
import { proportion, type Proportion } from "../../src/domain/biometrics/proportion.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { similarity } from "./scores.ts";
import { thresholdAt } from "./statistics.ts";
import type { Acquired } from "./usable.ts";

/** One picture of somebody of a group; nobody is in two pictures. */
export interface GroupPicture {
  readonly group: string;
  readonly acquired: Acquired;
  /** What the kiosk's quality gate says of the face, however the picture is cut; null when it lets it through. */
  readonly reject: string | null;
}

export interface GroupFigures {
  /** Pictures. */
  readonly n: number;
  readonly fta: Proportion;
  /** Of the pictures with a probe: those that the kiosk's quality gate would send back. */
  readonly qualityRejects: Proportion;
  readonly qualityReasons: Readonly<Record<string, number>>;
  /** Comparisons inside the group that reach the operating point's threshold. */
  readonly fmr: Proportion;
  /** The same at the threshold of {@link GroupsReport.compared}; null without one. */
  readonly fmrCompared: Proportion | null;
}

export interface GroupsReport {
  readonly groups: Readonly<Record<string, GroupFigures>>;
  readonly operating: { readonly chosenFpir: number; readonly people: number; readonly threshold: number };
  /** The strictest common threshold at which every group still has enough false matches to be compared; null when there is none. */
  readonly compared: { readonly threshold: number; readonly fewestFalseMatches: number } | null;
  /** Highest over lowest FMR of a group at {@link GroupsReport.compared}; null without one, never made up. */
  readonly worstToBest: number | null;
  /** Approximate 95 % interval, which takes comparisons for independent: the true one is wider. */
  readonly worstToBestInterval: { readonly low: number; readonly high: number } | null;
}

/** Fewer false matches than this in a group say too little to compare groups by. */
const ENOUGH_FALSE_MATCHES = 30;
const Z = 1.96;

/** @param people gallery size whose threshold counts as the operating point */
export function groupsReport(pictures: readonly GroupPicture[], profile: RecogniserProfile, point: OperatingPoint, people: number): GroupsReport {
  const threshold = identificationThreshold(point, people);
  const names = [...new Set(pictures.map(({ group }) => group))].sort();
  const scores = new Map(names.map((name) => [name, insideScores(pictures.filter(({ group }) => group === name), profile)]));
  const compared = commonThreshold([...scores.values()]);
  const groups = names.map((name): readonly [string, GroupFigures] => {
    const own = pictures.filter(({ group }) => group === name);
    const seen = own.filter(({ acquired }) => "probe" in acquired);
    const inside = scores.get(name) ?? new Float64Array();
    const reaching = (at: number): Proportion => proportion(inside.filter((score) => score >= at).length, inside.length);
    return [
      name,
      {
        n: own.length,
        fta: proportion(own.length - seen.length, own.length),
        qualityRejects: proportion(seen.filter(({ reject }) => reject !== null).length, seen.length),
        qualityReasons: count(seen.flatMap(({ reject }) => (reject === null ? [] : [reject]))),
        fmr: reaching(threshold),
        fmrCompared: compared === null ? null : reaching(compared),
      },
    ];
  });
  const byRate = groups.flatMap(([, { fmrCompared }]) => (fmrCompared === null ? [] : [{ rate: fmrCompared.value ?? 0, matches: (fmrCompared.value ?? 0) * fmrCompared.n }]));
  byRate.sort((one, other) => one.rate - other.rate);
  const ratio = worstToBestOf(byRate);
  return {
    groups: Object.fromEntries(groups),
    operating: { chosenFpir: point.fpirTarget, people, threshold },
    compared: compared === null ? null : { threshold: compared, fewestFalseMatches: Math.round(Math.min(...byRate.map(({ matches }) => matches))) },
    worstToBest: ratio?.value ?? null,
    worstToBestInterval: ratio === null ? null : { low: ratio.value / ratio.spread, high: ratio.value * ratio.spread },
  };
}

/** @param byRate ascending */
function worstToBestOf(byRate: readonly { readonly rate: number; readonly matches: number }[]): { readonly value: number; readonly spread: number } | null {
  const best = byRate[0];
  const worst = byRate.at(-1);
  if (best === undefined || worst === undefined) return null;
  return { value: worst.rate / best.rate, spread: Math.exp(Z * Math.sqrt(1 / best.matches + 1 / worst.matches)) };
}

/** Scores of all pairs inside one group, ascending. */
function insideScores(pictures: readonly GroupPicture[], profile: RecogniserProfile): Float64Array {
  const probes = pictures.flatMap(({ acquired }) => ("probe" in acquired ? [acquired.probe] : []));
  return Float64Array.from(probes.flatMap((one, index) => probes.slice(index + 1).map((other) => similarity(profile, one, other)))).sort();
}

function commonThreshold(groups: readonly Float64Array[]): number | null {
  if (groups.length < 2 || groups.some(({ length }) => length <= ENOUGH_FALSE_MATCHES)) return null;
  return Math.min(...groups.map((sorted) => thresholdAt(sorted, (ENOUGH_FALSE_MATCHES + 0.5) / sorted.length)));
}

function count(reasons: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...new Set(reasons)].map((reason) => [reason, reasons.filter((other) => other === reason).length]));
}
