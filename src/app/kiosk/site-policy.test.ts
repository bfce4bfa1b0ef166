import { describe, expect, test } from "vitest";
import { identificationThreshold } from "../../domain/biometrics/operating-point.ts";
import { OPERATING_POINTS } from "../../domain/biometrics/operating-points.ts";
import { DEFAULT_RECOGNITION_POLICY } from "../../domain/biometrics/recognition-policy.ts";
import type { RecognitionPolicy } from "../../domain/biometrics/recognition-policy.ts";
import type { ComparisonScore } from "../../domain/biometrics/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import { is, living, nobody, open } from "./testing/scene.ts";
import type { Scene } from "./testing/scene.ts";

const ANNA = "anna" as PersonId;

function choose({ settings }: Scene, policy: Partial<RecognitionPolicy>): void {
  const before = settings.value;
  if (before !== null) settings.next({ ...before, recognition: { ...DEFAULT_RECOGNITION_POLICY, ...policy } });
}

describe("the site's policy", () => {
  test("counts from the next encounter on when it is changed", async () => {
    const scene = await open();
    const { stage, kiosk } = scene;
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    choose(scene, { challenge: "always" });
    await stage.play(8000, nobody);
    expect(await stage.play(4000, living("bert", 2), is(kiosk, "challenge"))).toBe(true);
    expect(stage.ledger.punches).toHaveLength(1);
  });

  test("gives the threshold by the part of strangers that may be named, and by how many people are in the scope", async () => {
    const point = OPERATING_POINTS.accurate;
    const between = (identificationThreshold({ ...point, fpirTarget: 1e-3 }, 2) + identificationThreshold({ ...point, fpirTarget: 1e-4 }, 2)) / 2;
    for (const [fpirTarget, people, outcome] of [[1e-3, 2, "recorded"], [1e-4, 2, "not-recognised"], [1e-3, 100, "not-recognised"]] as const) {
      const { stage, kiosk } = await open({ policy: { fpirTarget } });
      stage.recogniser.search = () => Promise.resolve(ok({ candidates: [{ personId: ANNA, score: between as ComparisonScore }], people, ms: 1 }));
      expect(await stage.play(5000, living("anna", 1), is(kiosk, outcome))).toBe(true);
    }
  });

  test("limits every search to the roster when the site does", async () => {
    const { stage, kiosk } = await open({ policy: { comparison: "roster" } });
    expect(kiosk.surroundings.value.comparison).toBe("roster");
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
    expect(new Set(stage.recogniser.scopes)).toEqual(new Set(["roster"]));
  });
});

describe("a typed number", () => {
  const typed = (options: Parameters<typeof open>[0] = {}): Promise<Scene> =>
    open({ ...options, policy: { comparison: "typed-number" }, before: (stage) => {
      stage.ledger.numbers.set("1042", ANNA);
      stage.ledger.numbers.set("2077", "bert" as PersonId);
      options.before?.(stage);
    } });

  test("comes before any search: a face alone is not looked for", async () => {
    const { stage, kiosk, kinds } = await typed();
    await stage.play(8000, living("anna", 1));
    expect(kinds).toEqual(["starting", "idle"]);
    expect(stage.recogniser.scopes).toEqual([]);
    expect(kiosk.surroundings.value.comparison).toBe("typed-number");
  });

  test("lets the face be compared with that person alone, and punches by face", async () => {
    const { stage, kiosk, kinds } = await typed();
    kiosk.openNumber();
    expect(kiosk.state.value.kind).toBe("number");
    kiosk.submitNumber("1042");
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
    expect(stage.ledger.punches).toMatchObject([{ personId: "anna", method: "face" }]);
    expect(stage.recogniser.scopes.every((scope) => typeof scope === "object" && scope.personId === ANNA)).toBe(true);
    expect(kinds).toEqual(["starting", "idle", "number", "guiding", "deciding", "recorded"]);
  });

  test("that is another's or nobody's ends as a face that is not recognised, after the same time", async () => {
    const took: number[] = [];
    for (const number of ["2077", "9999"]) {
      const { stage, kiosk, kinds } = await typed();
      kiosk.openNumber();
      kiosk.submitNumber(number);
      const from = stage.time.nowMs;
      expect(await stage.play(5000, living("anna", 1), is(kiosk, "not-recognised"))).toBe(true);
      took.push(stage.time.nowMs - from);
      expect(kinds).toEqual(["starting", "idle", "number", "guiding", "deciding", "not-recognised"]);
      expect(stage.ledger.attempts).toEqual(["no-candidate"]);
    }
    expect(took[0]).toBe(took[1]);
  });

  test("is good for one face: the next person types their own", async () => {
    const { stage, kiosk } = await typed();
    kiosk.openNumber();
    kiosk.submitNumber("1042");
    await stage.play(3000, living("bert", 1), is(kiosk, "not-recognised"));
    const searches = stage.recogniser.scopes.length;
    await stage.play(15_000, living("anna", 2));
    expect(stage.recogniser.scopes).toHaveLength(searches);
    expect(stage.ledger.punches).toEqual([]);
    kiosk.openNumber();
    kiosk.submitNumber("1042");
    expect(await stage.play(3000, living("anna", 2), is(kiosk, "recorded"))).toBe(true);
  });

  test("waits for a face and goes back when none comes", async () => {
    const { stage, kiosk } = await typed();
    kiosk.openNumber();
    kiosk.submitNumber("1042");
    await stage.play(10_000, nobody);
    expect(kiosk.state.value).toEqual({ kind: "guiding", reason: "look-here" });
    await stage.play(6000, nobody);
    expect(kiosk.state.value.kind).toBe("idle");
    expect(stage.ledger.attempts).toEqual([]);
  });

  test("lets whoever is asked to move finish", async () => {
    const { stage, kiosk } = await typed();
    kiosk.openNumber();
    kiosk.submitNumber("1042");
    await stage.play(9000, nobody);
    expect(await stage.play(6000, () => [{ face: "anna", trackId: 1 }], is(kiosk, "challenge"))).toBe(true);
    const turn = (second: number) => [{ face: "anna", trackId: 1, yawDeg: second < 4 ? 0 : second < 5 ? 24 : 4 }];
    expect(await stage.play(6000, turn, is(kiosk, "recorded"))).toBe(true);
  });

  test("asks a person with a look-alike for the PIN of the one whose number it is", async () => {
    const { stage, kiosk } = await typed({ lookAlikes: { anna: ["bert" as PersonId] }, before: ({ ledger }) => {
      ledger.pins.set(ANNA, "111222");
      ledger.pins.set("bert" as PersonId, "333444");
    } });
    kiosk.openNumber();
    kiosk.submitNumber("1042");
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"))).toBe(true);
    expect(await kiosk.submitSecondFactor("333444")).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(await kiosk.submitSecondFactor("111222")).toEqual(ok());
  });

  test("is not asked for where the site compares with everyone", async () => {
    const { kiosk } = await open();
    kiosk.openNumber();
    expect(kiosk.state.value.kind).toBe("idle");
    kiosk.submitNumber("1042");
    expect(kiosk.state.value.kind).toBe("idle");
  });
});
