import { setImmediate } from "node:timers/promises";
import type { EncounterRules } from "../../src/app/kiosk/encounter.ts";
import { FaceWay } from "../../src/app/kiosk/face-way.ts";
import type { FrameReport, TrackedFace } from "../../src/contracts/landmark.ts";
import type { Extraction } from "../../src/contracts/inference.ts";
import type { Attempt } from "../../src/domain/attendance/types.ts";
import type { OperatingPoint } from "../../src/domain/biometrics/operating-point.ts";
import type { ChallengeAction, ChallengePolicy, ComparisonScore, RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { ok } from "../../src/domain/result.ts";
import type { PresentationTrace, TraceFrame } from "./presentation-trace.ts";
import { floats } from "./presentation-trace.ts";

/**
 * How a presentation ended at the kiosk.
 * `accepted`: taken for the person. `refused`: taken for an attack, or the challenge was failed. `challenged`: asked to do
 * something, and the clip was over before it was done. `undecided`: samples were taken, and the clip was over.
 * `no-response`: the quality gate let no sample through.
 */
export type PresentationEnd = "accepted" | "refused" | "challenged" | "undecided" | "no-response";

export interface PresentationOutcome {
  readonly end: PresentationEnd;
  readonly attempt?: Attempt["kind"];
  /** From the first frame with a face near enough, milliseconds. */
  readonly decidedMs?: number;
  /** What was asked, in order. */
  readonly asked: readonly ChallengeAction[];
}

export interface JudgeOptions {
  readonly policy: ChallengePolicy;
  readonly profile: RecogniserProfile;
  readonly point: OperatingPoint;
  /** From a sample's frame to what the models say of it, of clip time, milliseconds. */
  readonly latencyMs: number;
  readonly random: () => number;
}

/** The face is taken to be the claimed person's: presentation attack detection is judged apart from identification. */
const CLAIMED = "claimed" as PersonId;
const SEARCH = { candidates: [{ personId: CLAIMED, score: 2 as ComparisonScore }], people: 100, ms: 0 } as const;

/** The decision of the kiosk over what the workers said of a presentation. The clip's times are the only clock. */
export async function judgeTrace(trace: PresentationTrace, options: JudgeOptions): Promise<PresentationOutcome> {
  let nowMs = 0;
  let wanted = false;
  let sampled = false;
  let facedAtMs: number | undefined;
  const waiting: { readonly dueMs: number; readonly answer: () => void }[] = [];
  const asked: ChallengeAction[] = [];
  let lastAsked: number | undefined;
  let ended: PresentationOutcome | undefined;
  const extractions = new Map<Uint8Array, Extraction>();
  const end = (kind: "accepted" | "refused", attempt?: Attempt["kind"]): void => {
    ended ??= { end: kind, ...(attempt === undefined ? {} : { attempt }), decidedMs: nowMs - (facedAtMs ?? 0), asked };
  };
  const rules: EncounterRules = { profile: options.profile, point: options.point, challenge: options.policy, random: options.random, surfaceIsBelieved: false, scope: "everyone", lookAlikesOf: () => [] };
  const way = new FaceWay(
    {
      extract: (sample) => {
        const extraction = extractions.get(sample.aligned112);
        if (extraction === undefined) throw new Error("a sample that the trace does not hold");
        return new Promise((resolve) => waiting.push({ dueMs: nowMs + options.latencyMs, answer: () => resolve(ok(extraction)) }));
      },
      search: () => Promise.resolve(ok(SEARCH)),
    },
    () => rules,
    {
      show: (view) => {
        if (view.kind !== "challenge" || view.challenge.startedAtMs === lastAsked) return;
        lastAsked = view.challenge.startedAtMs;
        asked.push(view.challenge.action);
      },
      identified: () => end("accepted"),
      refused: (attempt) => end("refused", attempt),
      failing: ({ kind }) => {
        throw new Error(kind);
      },
    },
  );
  way.follow(() => {
    wanted = true;
  });
  for (const [index, frame] of trace.frames.entries()) {
    nowMs = frame.atMs;
    for (const late of waiting.filter(({ dueMs }) => dueMs <= nowMs)) {
      waiting.splice(waiting.indexOf(late), 1);
      late.answer();
    }
    await setImmediate();
    if (ended) return ended;
    const report = reportOf(trace, frame, index, wanted, extractions);
    if (report.sample !== undefined) {
      wanted = false;
      sampled = true;
    }
    if (frame.faces.length > 0) facedAtMs ??= nowMs;
    way.report(report);
    await setImmediate();
    // The compiler does not see that the way's events end it.
    if (ended as PresentationOutcome | undefined) return ended as unknown as PresentationOutcome;
  }
  return { end: asked.length > 0 ? "challenged" : sampled ? "undecided" : "no-response", asked };
}

function reportOf(trace: PresentationTrace, frame: TraceFrame, index: number, wanted: boolean, extractions: Map<Uint8Array, Extraction>): FrameReport {
  const faces: readonly TrackedFace[] = frame.faces.map(({ landmarks, ...face }) => ({ ...face, landmarks: floats(landmarks) }));
  const report = { frame: index, capturedAtMs: frame.atMs, processedMs: 0, width: trace.width, height: trace.height, luma: frame.luma, faces };
  const { sample } = frame;
  if (!wanted || sample === undefined) return report;
  // The pictures were judged when the trace was made; the empty one names the sample.
  const picture = new Uint8Array();
  const { trackId, quality, pad } = sample;
  extractions.set(picture, { trackId, capturedAtMs: frame.atMs, probe: floats(sample.probe), pad, ms: { pad: 0, features: 0 } });
  return { ...report, sample: { trackId, capturedAtMs: frame.atMs, quality, aligned112: picture, aligned150: picture, padNear: picture, padFar: picture } };
}
