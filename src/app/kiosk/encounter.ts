import type { ChallengePolicy, IdentificationOutcome, PadOutcome, RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Challenge } from "../../domain/biometrics/challenge.ts";
import { advanceChallenge, retryChallenge, startChallenge } from "../../domain/biometrics/challenge.ts";
import type { ProbeFrame } from "../../domain/biometrics/identification.ts";
import { compareProbes, decideIdentity, fuseProbes, MIN_FRAMES } from "../../domain/biometrics/identification.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import { identificationThreshold } from "../../domain/biometrics/operating-point.ts";
import type { MotionFace, MotionFrame } from "../../domain/biometrics/pad/motion.ts";
import { motionFrame, rememberMotion } from "../../domain/biometrics/pad/motion.ts";
import { judgePresentation, nextPadStep } from "../../domain/biometrics/pad/policy.ts";
import type { RefreshFacts } from "../../domain/biometrics/refreshing.ts";
import type { TextureScore } from "../../domain/biometrics/pad/texture.ts";
import type { CandidateList, GuidanceReason } from "../../domain/biometrics/types.ts";
import type { SteadyGuidance } from "../../domain/biometrics/quality.ts";
import { startGuidance, steadyGuidance } from "../../domain/biometrics/quality.ts";
import type { SearchScope } from "../../contracts/matcher.ts";
import type { Attempt } from "../../domain/attendance/types.ts";
import type { PersonId } from "../../domain/people/types.ts";

/** The latest samples count: what a face looked like a while ago may have been another presentation. */
const MOST_SAMPLES = 8;
/** A face that is not known after this many usable samples is not known. */
const SAMPLES_TO_GIVE_UP = 6;
/** A face that keeps still is given this long, from its first usable sample, to show a sign of life by itself. */
const PATIENCE_MS = 2200;
/** After an action the face must be seen from the front once more within this time. */
const CONFIRM_MS = 2000;
/** A sample this far turned says little about who it is. */
const CONFIRM_MAX_YAW_DEG = 20;
/** Samples of another face during a challenge that end it. */
const STRANGERS_TO_STOP = 2;

/** Whom a living face was taken for. */
export interface Recognised {
  /** The likeliest first, and whoever the face cannot be told apart from. */
  readonly candidates: readonly [PersonId, ...PersonId[]];
  /** The face alone does not settle which of them it is, or whether it is somebody who looks like them. */
  readonly secondFactor: boolean;
  /** The person was asked to move, and did. */
  readonly challenged: boolean;
  /** By how much the likeliest one's score exceeded the threshold, on the profile's scale. */
  readonly scoreOverThreshold: number;
  /** Of all samples together, and what speaks for taking it as a reference of the likeliest one. */
  readonly probe: Float32Array;
  readonly facts: Omit<RefreshFacts, "stepUps">;
}

export type EncounterStep =
  | { readonly kind: "continue" }
  | { readonly kind: "identified"; readonly recognised: Recognised }
  | { readonly kind: "refused"; readonly attempt: Attempt["kind"] };

const CONTINUE: EncounterStep = { kind: "continue" };

/** How an encounter is judged. */
export interface EncounterRules {
  readonly profile: RecogniserProfile;
  readonly point: OperatingPoint;
  readonly challenge: ChallengePolicy;
  readonly random: () => number;
  /** The practice picture is a picture: its surface is not held against it. */
  readonly surfaceIsBelieved: boolean;
  /** Whom the face is compared with. */
  readonly scope: SearchScope;
  /** Whom the recogniser can take this person for. */
  readonly lookAlikesOf: (personId: PersonId) => readonly PersonId[];
}

/** What the samples said before anybody was asked for anything. */
type Found = Omit<Recognised, "challenged">;

/** One usable sample, as it is judged. */
export interface EncounterSample extends ProbeFrame {
  readonly pad: TextureScore;
  readonly atMs: number;
  readonly yawDeg: number;
  /** Whether its frame would have done for an enrolment. */
  readonly forEnrolment: boolean;
}

/** One tracked face from its first frame to its outcome. Nothing is carried over to another track. */
export class Encounter {
  readonly trackId: number;
  readonly #rules: EncounterRules;
  #motion: readonly MotionFrame[] = [];
  #guidance: SteadyGuidance;
  #samples: readonly EncounterSample[] = [];
  #firstSampleMs: number | null = null;
  #found: Found | null = null;
  #challenge: Challenge | null = null;
  #passedAtMs: number | null = null;
  #confirmed = 0;
  #strangers = 0;
  lastSeenMs: number;

  constructor(trackId: number, nowMs: number, rules: EncounterRules) {
    this.trackId = trackId;
    this.#rules = rules;
    this.#guidance = startGuidance(nowMs);
    this.lastSeenMs = nowMs;
  }

  get scope(): SearchScope {
    return this.#rules.scope;
  }

  get guidance(): GuidanceReason | null {
    return this.#guidance.shown;
  }

  get challenge(): Challenge | null {
    return this.#challenge;
  }

  /** How far the decision has come, 0..1; 0 before the first usable sample. */
  get progress(): number {
    return this.#found === null ? Math.min(0.9, this.#samples.length / (MIN_FRAMES + 1)) : 0.95;
  }

  /** A frame that held the face. `reason` is the quality gate's, unsteadied. */
  observe(face: MotionFace, reason: GuidanceReason | null, atMs: number): EncounterStep {
    this.lastSeenMs = atMs;
    const frame = motionFrame(face, atMs);
    this.#motion = rememberMotion(this.#motion, frame);
    this.#guidance = steadyGuidance(this.#guidance, reason, atMs);
    return this.#advance(frame, atMs);
  }

  /** A frame that did not hold the face. */
  miss(atMs: number): EncounterStep {
    this.#guidance = steadyGuidance(this.#guidance, "no-face", atMs);
    return this.#advance(null, atMs);
  }

  /** A usable sample of this face, and what the search with it alone found. True when {@link Encounter.fused} is worth searching for. */
  add(sample: EncounterSample): boolean {
    if (this.#challenge !== null) this.#confirm(sample);
    this.#samples = [...this.#samples, sample].slice(-MOST_SAMPLES);
    this.#firstSampleMs ??= sample.atMs;
    return this.#samples.length >= MIN_FRAMES;
  }

  /** One probe out of all samples so far. */
  fused(): Float32Array {
    return fuseProbes(this.#rules.profile, this.#samples);
  }

  /** What the samples and the search with the fused probe say together. */
  decide(probe: Float32Array, search: CandidateList, nowMs: number): EncounterStep {
    const { outcome: pad } = this.#presentation();
    if (pad === "attack-suspected") return { kind: "refused", attempt: "attack-suspected" };
    if (this.#challenge !== null) return this.#duringChallenge(pad === "bona-fide", nowMs);

    const identity = decideIdentity(this.#samples, search, this.#rules.point);
    this.#found = this.#whoever(identity, pad, probe, search);
    if (this.#found === null) return this.#unknown(identity);
    const patient = nowMs - (this.#firstSampleMs ?? nowMs) < PATIENCE_MS;
    switch (nextPadStep(pad, this.#rules.challenge, patient)) {
      case "accept":
        return identified(this.#found, false);
      case "refuse":
        return { kind: "refused", attempt: "liveness-undecided" };
      case "challenge":
        this.#challenge = startChallenge(nowMs, this.#rules.random);
        return CONTINUE;
      case "wait":
        return CONTINUE;
    }
  }

  #presentation(): ReturnType<typeof judgePresentation> {
    const scores = this.#rules.surfaceIsBelieved ? this.#samples.map(() => ({ near: 1, far: 1 })) : this.#samples.map(({ pad }) => pad);
    return judgePresentation(scores, this.#motion);
  }

  /**
   * Two people who are both good enough and not told apart are waited for: another view may tell. After that it is either
   * of them. Whoever typed a number has said which of them they are.
   */
  #whoever(identity: IdentificationOutcome | null, pad: PadOutcome, probe: Float32Array, search: CandidateList): Found | null {
    const alike = identity?.kind === "ambiguous" && identity.personIds.length > 1 && this.#samples.length >= SAMPLES_TO_GIVE_UP;
    const named = identity?.kind === "identified" ? [identity.personId] : alike ? identity.personIds : [];
    const [first] = named;
    if (first === undefined) return null;
    const lookAlikes = named.flatMap((personId) => this.#rules.lookAlikesOf(personId));
    const others = typeof this.#rules.scope === "object" ? [] : new Set([...named, ...lookAlikes].filter((personId) => personId !== first));
    const { people } = search;
    const [best, second] = search.candidates;
    const score = best?.score ?? 0;
    return {
      candidates: [first, ...others],
      secondFactor: named.length > 1 || lookAlikes.length > 0,
      scoreOverThreshold: score - identificationThreshold(this.#rules.point, people),
      probe,
      facts: { score, lead: second === undefined ? null : score - second.score, people, pad, enrolmentQuality: this.#samples.every(({ forEnrolment }) => forEnrolment) },
    };
  }

  #unknown(identity: IdentificationOutcome | null): EncounterStep {
    if (identity === null || this.#samples.length < SAMPLES_TO_GIVE_UP) return CONTINUE;
    return { kind: "refused", attempt: identity.kind === "ambiguous" ? "ambiguous" : "no-candidate" };
  }

  /** The person in doubt may settle the doubt by blinking before the action is done; where an action is always asked for, it must be done. */
  #duringChallenge(alive: boolean, nowMs: number): EncounterStep {
    if (alive && this.#rules.challenge === "in-doubt" && this.#confirmed > 0 && this.#found !== null) return identified(this.#found, true);
    return this.#settle(nowMs);
  }

  #advance(frame: MotionFrame | null, nowMs: number): EncounterStep {
    if (this.#challenge === null) return CONTINUE;
    this.#challenge = advanceChallenge(this.#challenge, frame, nowMs);
    switch (this.#challenge.end) {
      case null:
        return this.#strangers >= STRANGERS_TO_STOP ? { kind: "refused", attempt: "liveness-undecided" } : CONTINUE;
      case "passed":
        this.#passedAtMs ??= nowMs;
        return this.#settle(nowMs);
      case "face-lost":
        return { kind: "refused", attempt: "liveness-undecided" };
      case "timed-out":
      case "wrong-way":
        this.#challenge = retryChallenge(this.#challenge, nowMs, this.#rules.random);
        return this.#challenge === null ? { kind: "refused", attempt: "liveness-undecided" } : CONTINUE;
    }
  }

  /** After the action: the one who acted must be the one who was identified. */
  #settle(nowMs: number): EncounterStep {
    if (this.#strangers >= STRANGERS_TO_STOP) return { kind: "refused", attempt: "liveness-undecided" };
    if (this.#passedAtMs === null || this.#found === null) return CONTINUE;
    if (this.#confirmed > 0) return identified(this.#found, true);
    return nowMs - this.#passedAtMs > CONFIRM_MS ? { kind: "refused", attempt: "liveness-undecided" } : CONTINUE;
  }

  #confirm(sample: EncounterSample): void {
    const { profile, point } = this.#rules;
    const found = this.#found;
    if (found === null || this.#challenge === null) return;
    if (sample.atMs <= this.#challenge.startedAtMs || Math.abs(sample.yawDeg) > CONFIRM_MAX_YAW_DEG) return;
    const same = compareProbes(profile, sample.probe, found.probe) >= identificationThreshold(point, found.facts.people) - point.frameSlack;
    const named = sample.search.candidates[0]?.personId;
    if (same && named !== undefined && found.candidates.includes(named)) this.#confirmed += 1;
    else this.#strangers += 1;
  }
}

function identified(found: Found, challenged: boolean): EncounterStep {
  return { kind: "identified", recognised: { ...found, challenged } };
}
