import { describe, expect, it } from "vitest";
import type { ClosePair, MatcherFailure } from "../../contracts/matcher.ts";
import { OPERATING_POINTS } from "../../domain/biometrics/operating-points.ts";
import { lookAlikeLevel } from "../../domain/biometrics/look-alikes.ts";
import { log10FmrAtScore } from "../../domain/biometrics/operating-point.ts";
import type { ComparisonScore } from "../../domain/biometrics/types.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { settle } from "../kiosk/testing/stage.ts";
import { LookAlikes } from "./look-alikes.ts";
import type { Compared } from "./look-alikes.ts";

const point = OPERATING_POINTS.accurate;
const [ANNA, BERT, CLEO, DORA] = ["anna", "bert", "cleo", "dora"] as [PersonId, PersonId, PersonId, PersonId];

const pair = (one: PersonId, other: PersonId, score = 1.3): ClosePair => ({ one, other, score: score as ComparisonScore });

/** Compares when it is told to, as the matcher does in slices. */
class SlowMatcher {
  pairs: readonly ClosePair[] = [];
  readonly asked: { readonly minimum: number; readonly among: readonly PersonId[] | null }[] = [];
  readonly #waiting: (() => void)[] = [];
  fault: MatcherFailure | null = null;
  isHeld = false;

  async closePairs(minimum: number, _limit: number, among: readonly PersonId[] | null): Promise<Result<readonly ClosePair[], MatcherFailure>> {
    this.asked.push({ minimum, among });
    const found = this.pairs.filter(({ one, other, score }) => score >= minimum && (among === null || among.includes(one) || among.includes(other)));
    if (this.isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.fault === null ? ok(found) : err(this.fault);
  }

  async finish(): Promise<void> {
    this.#waiting.shift()?.();
    await settle();
  }

  /** How often everybody was compared with everybody. */
  get rounds(): number {
    return this.asked.filter(({ among }) => among === null).length;
  }
}

function scene(compared: Partial<Compared> = {}) {
  const matcher = new SlowMatcher();
  const now = { value: { point, roster: null, people: 100, ...compared } };
  const lookAlikes = new LookAlikes(matcher, () => now.value);
  return { matcher, now, lookAlikes };
}

describe("look-alikes", () => {
  it("are found for both of a pair once everybody was compared, closest pair first", async () => {
    const { matcher, lookAlikes } = scene();
    matcher.pairs = [pair(ANNA, BERT, 1.4), pair(BERT, CLEO, 1.5), pair(CLEO, DORA, 0.2)];
    expect([lookAlikes.known.value, lookAlikes.of(BERT)]).toEqual([false, []]);
    await lookAlikes.galleryChanged(null);
    expect(lookAlikes.known.value).toBe(true);
    expect([ANNA, BERT, CLEO, DORA].map((personId) => lookAlikes.of(personId))).toEqual([[BERT], [ANNA, CLEO], [BERT], []]);
    expect(lookAlikes.pairs.value).toEqual([
      { one: BERT, other: CLEO, log10Fmr: log10FmrAtScore(point, 1.5) },
      { one: ANNA, other: BERT, log10Fmr: log10FmrAtScore(point, 1.4) },
    ]);
    expect(matcher.asked[0]?.minimum).toBe(lookAlikeLevel(point, 100));
  });

  it("follow an enrolment by comparing that person alone", async () => {
    const { matcher, lookAlikes } = scene();
    matcher.pairs = [pair(ANNA, BERT)];
    await lookAlikes.galleryChanged(null);
    matcher.pairs = [pair(ANNA, BERT), pair(BERT, CLEO)];
    await lookAlikes.galleryChanged([CLEO]);
    expect(lookAlikes.of(BERT)).toEqual([ANNA, CLEO]);
    expect(matcher.asked.map(({ among }) => among)).toEqual([null, [CLEO]]);
  });

  it("tell enrolment at once whom the person looks like, also while everybody is being compared", async () => {
    const { matcher, lookAlikes } = scene();
    matcher.isHeld = true;
    const all = lookAlikes.galleryChanged(null);
    await settle();
    matcher.isHeld = false;
    matcher.pairs = [pair(ANNA, BERT)];
    expect(await lookAlikes.find([ANNA])).toEqual([BERT]);
    await matcher.finish();
    await all;
  });

  it("forget whoever is gone at once, also when an earlier comparison still names them", async () => {
    const { matcher, lookAlikes } = scene();
    matcher.pairs = [pair(ANNA, BERT)];
    await lookAlikes.galleryChanged(null);
    matcher.isHeld = true;
    const all = lookAlikes.galleryChanged(null);
    await settle();
    matcher.pairs = [];
    const gone = lookAlikes.galleryChanged([BERT]);
    expect(lookAlikes.of(ANNA)).toEqual([]);
    await matcher.finish();
    matcher.isHeld = false;
    await matcher.finish();
    await Promise.all([all, gone]);
    expect(lookAlikes.pairs.value).toEqual([]);
  });

  it("are looked for anew when the site chooses another operating point, and not when it chooses the same", async () => {
    const { matcher, now, lookAlikes } = scene();
    await lookAlikes.galleryChanged(null);
    await lookAlikes.policyChanged();
    expect(matcher.rounds).toBe(1);
    now.value = { ...now.value, point: { ...point, fpirTarget: 1e-2 } };
    await lookAlikes.policyChanged();
    expect(matcher.rounds).toBe(2);
    expect(matcher.asked[1]?.minimum).toBeLessThan(matcher.asked[0]?.minimum ?? 0);
  });

  it("are looked for as the site chose last when it chooses again meanwhile", async () => {
    const { matcher, now, lookAlikes } = scene();
    matcher.isHeld = true;
    const rounds = [lookAlikes.galleryChanged(null)];
    await settle();
    for (const fpirTarget of [1e-2, 1e-4]) {
      now.value = { ...now.value, point: { ...point, fpirTarget } };
      rounds.push(lookAlikes.policyChanged());
    }
    matcher.isHeld = false;
    await matcher.finish();
    await Promise.all(rounds);
    expect(matcher.asked.map(({ minimum }) => minimum)).toEqual([lookAlikeLevel(point, 100), lookAlikeLevel(now.value.point, 100)]);
  });

  it("are looked for anew when many more people have come", async () => {
    const { matcher, now, lookAlikes } = scene();
    await lookAlikes.galleryChanged(null);
    now.value = { ...now.value, people: 105 };
    await lookAlikes.galleryChanged([ANNA]);
    expect(matcher.rounds).toBe(1);
    now.value = { ...now.value, people: 120 };
    await lookAlikes.galleryChanged([BERT]);
    expect(matcher.rounds).toBe(2);
  });

  it("are of the roster alone where the site compares with nobody else", async () => {
    const { matcher, lookAlikes } = scene({ roster: new Set([ANNA, BERT]), people: 2 });
    matcher.pairs = [pair(ANNA, BERT), pair(BERT, CLEO)];
    await lookAlikes.galleryChanged(null);
    expect([lookAlikes.of(BERT), lookAlikes.of(CLEO)]).toEqual([[ANNA], []]);
    expect(lookAlikes.pairs.value).toHaveLength(1);
  });

  it("stay as they were when the matcher fails, and are looked for at the next change", async () => {
    const { matcher, lookAlikes } = scene();
    matcher.pairs = [pair(ANNA, BERT)];
    await lookAlikes.galleryChanged(null);
    matcher.fault = failure("matcher/not-open");
    await lookAlikes.galleryChanged(null);
    expect(await lookAlikes.find([CLEO])).toEqual([]);
    expect(lookAlikes.of(ANNA)).toEqual([BERT]);
    matcher.fault = null;
    matcher.pairs = [pair(ANNA, BERT), pair(CLEO, DORA)];
    await lookAlikes.galleryChanged([ANNA]);
    expect(lookAlikes.of(DORA)).toEqual([CLEO]);
  });
});
