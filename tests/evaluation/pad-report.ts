import type { TextureScore } from "../../src/domain/biometrics/pad/texture.ts";
import { TEXTURE_POLICY } from "../../src/domain/biometrics/pad/texture.ts";
import type { Proportion } from "../../src/domain/biometrics/proportion.ts";
import { proportion } from "../../src/domain/biometrics/proportion.ts";
import type { ChallengePolicy } from "../../src/domain/biometrics/types.ts";
import type { PresentationKind } from "./presentation-decode.ts";
import type { PresentationEnd, PresentationOutcome } from "./presentation-judge.ts";
import { quantile } from "./statistics.ts";

export const POLICIES: readonly ChallengePolicy[] = ["off", "in-doubt", "always"];

/** One presentation under every policy. */
export interface JudgedPresentation {
  readonly kind: PresentationKind;
  readonly scores: readonly TextureScore[];
  /** Several draws of the challenge each. */
  readonly outcomes: Readonly<Record<ChallengePolicy, readonly PresentationOutcome[]>>;
}

/** Presentation attacks of one species under one policy (ISO/IEC 30107-3). */
export interface AttackFigures {
  /** Presentations that the kiosk responded to. */
  readonly n: number;
  /** Part of them that was accepted, mean over the draws of the challenge. */
  readonly apcer: number | null;
  readonly interval: Proportion;
  /** Parts of all outcomes. */
  readonly ends: Readonly<Record<PresentationEnd, number>>;
  /** Presentations that no usable sample was taken of; they are not in `n`. */
  readonly nonResponse: number;
}

/** Bona fide presentations under one policy. */
export interface BonaFideFigures {
  readonly n: number;
  /**
   * Part of them that was not accepted. A clip cannot answer a challenge, so one that was still being asked at its end counts
   * as refused; a still cannot show life, so of stills only those taken for an attack count.
   */
  readonly bpcer: number | null;
  readonly interval: Proportion;
  /** The same with being asked not counted: a live person answers. */
  readonly bpcerChallengeAside: number | null;
  /** Part that was taken for an attack outright. */
  readonly attackSuspected: number | null;
  readonly ends: Readonly<Record<PresentationEnd, number>>;
  readonly nonResponse: number;
  /** From the first frame with a face to the acceptance, median and 95 %, ms; null when none was accepted. */
  readonly acceptedMs: { readonly median: number; readonly p95: number } | null;
}

export interface FrameFigures {
  readonly n: number;
  readonly rate: number | null;
}

export function attackFigures(presentations: readonly JudgedPresentation[], policy: ChallengePolicy): AttackFigures {
  const responded = presentations.filter((one) => responds(one, policy));
  const accepted = sum(responded.map((one) => part(one, policy, ({ end }) => end === "accepted")));
  return {
    n: responded.length,
    apcer: ratio(accepted, responded.length),
    interval: proportion(accepted, responded.length),
    ends: endsOf(responded, policy),
    nonResponse: presentations.length - responded.length,
  };
}

export function bonaFideFigures(presentations: readonly JudgedPresentation[], policy: ChallengePolicy): BonaFideFigures {
  const responded = presentations.filter((one) => responds(one, policy));
  const n = responded.length;
  const suspected = ({ attempt }: PresentationOutcome): boolean => attempt === "attack-suspected";
  const refused = sum(responded.map((one) => part(one, policy, (outcome) => (one.kind === "still" ? suspected(outcome) : outcome.end !== "accepted"))));
  const times = responded.flatMap(({ outcomes }) => outcomes[policy].flatMap(({ end, decidedMs }) => (end === "accepted" && decidedMs !== undefined ? [decidedMs] : []))).sort((one, other) => one - other);
  return {
    n,
    bpcer: ratio(refused, n),
    interval: proportion(refused, n),
    bpcerChallengeAside: ratio(sum(responded.map((one) => part(one, policy, (outcome) => suspected(outcome) || (outcome.end === "refused" && outcome.asked.length === 0)))), n),
    attackSuspected: ratio(sum(responded.map((one) => part(one, policy, suspected))), n),
    ends: endsOf(responded, policy),
    nonResponse: presentations.length - n,
    acceptedMs: times.length === 0 ? null : { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
  };
}

/** Part of single frames that are taken for a face (attacks: APCER) or for a picture (bona fide: BPCER), by the mean of both crops. */
export function frameFigures(presentations: readonly JudgedPresentation[], attack: boolean): FrameFigures {
  const means = presentations.flatMap(({ scores }) => scores.map(({ near, far }) => (near + far) / 2));
  const wrong = means.filter((mean) => mean >= TEXTURE_POLICY.frameThreshold === attack).length;
  return { n: means.length, rate: ratio(wrong, means.length) };
}

function responds({ outcomes }: JudgedPresentation, policy: ChallengePolicy): boolean {
  return outcomes[policy].some(({ end }) => end !== "no-response");
}

function endsOf(presentations: readonly JudgedPresentation[], policy: ChallengePolicy): Readonly<Record<PresentationEnd, number>> {
  const of = (wanted: PresentationEnd): number => ratio(sum(presentations.map((one) => part(one, policy, ({ end }) => end === wanted))), presentations.length) ?? 0;
  return { accepted: of("accepted"), refused: of("refused"), challenged: of("challenged"), undecided: of("undecided"), "no-response": of("no-response") };
}

/** Part of the draws of one presentation. */
function part({ outcomes }: JudgedPresentation, policy: ChallengePolicy, holds: (outcome: PresentationOutcome) => boolean): number {
  return outcomes[policy].filter(holds).length / Math.max(1, outcomes[policy].length);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
