import { describe, expect, test } from "vitest";
import type { ComparisonScore } from "../../domain/biometrics/types.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import { is, living, nobody, open } from "./testing/scene.ts";
import type { Scene } from "./testing/scene.ts";
import type { Shown, Stage } from "./testing/stage.ts";

const ANNA = "anna" as PersonId;
const TWIN = "twin" as PersonId;

function issuePins({ ledger }: Stage): void {
  ledger.pins.set(ANNA, "111222");
  ledger.pins.set(TWIN, "333444");
}

/** Anna and her twin are known to look alike. */
function openWithTwin(policy: Parameters<typeof open>[0] = {}): Promise<Scene> {
  return open({ lookAlikes: { anna: [TWIN], twin: [ANNA] }, before: issuePins, ...policy });
}

/** Every search finds the twin as near behind the first as told. */
function twinBehind(stage: Stage, by: number): void {
  const search = stage.recogniser.search.bind(stage.recogniser);
  stage.recogniser.search = async (probe, limit, scope) => {
    const found = await search(probe, limit, scope);
    const [first] = found.ok ? found.value.candidates : [];
    return found.ok && first ? ok({ ...found.value, candidates: [first, { personId: TWIN, score: (first.score - by) as ComparisonScore }] }) : found;
  };
}

describe("the second factor", () => {
  test("is asked of a person who has a look-alike, and nobody is named before it is given", async () => {
    const { stage, kiosk, kinds } = await openWithTwin();
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"))).toBe(true);
    expect(stage.ledger.punches).toEqual([]);
    expect(Object.keys(kiosk.state.value)).toEqual(["kind", "endsAt"]);
    expect(await kiosk.submitSecondFactor("111222")).toEqual(ok());
    expect(stage.ledger.punches).toMatchObject([{ personId: "anna", method: "face", stepUps: ["second-factor"] }]);
    expect(kinds).toEqual(["starting", "idle", "guiding", "deciding", "second-factor", "recorded"]);
  });

  test("records the look-alike when the PIN is theirs, and takes no score for them", async () => {
    const { stage, kiosk } = await openWithTwin();
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    await kiosk.submitSecondFactor("333444");
    expect(stage.ledger.punches).toMatchObject([{ personId: "twin", method: "face" }]);
    expect(stage.ledger.requests[0]).not.toHaveProperty("scoreOverThreshold");
  });

  test("is asked when two people are good enough and not told apart", async () => {
    const { stage, kiosk } = await open({ before: (before) => {
      issuePins(before);
      twinBehind(before, 0.01);
    } });
    expect(await stage.play(5000, living("anna", 1), is(kiosk, "second-factor"))).toBe(true);
    await kiosk.submitSecondFactor("111222");
    expect(stage.ledger.punches).toMatchObject([{ personId: "anna", stepUps: ["second-factor"] }]);
    expect(stage.ledger.attempts).toEqual([]);
  });

  test("is not asked when the first leads clearly", async () => {
    const { stage, kiosk } = await open({ before: (before) => {
      issuePins(before);
      twinBehind(before, 0.9);
    } });
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
    expect(stage.ledger.punches[0]).not.toHaveProperty("stepUps");
    expect(stage.ledger.requests[0]?.scoreOverThreshold).toBeGreaterThan(0);
  });

  test("comes after the challenge, and both are kept with the punch", async () => {
    const { stage, kiosk, kinds } = await openWithTwin({ policy: { challenge: "always" } });
    await stage.play(3000, living("anna", 1), is(kiosk, "challenge"));
    const turn = (second: number): readonly Shown[] => [{ face: "anna", trackId: 1, yawDeg: second < 0.8 ? 0 : second < 1.8 ? 24 : 4 }];
    expect(await stage.play(6000, turn, is(kiosk, "second-factor"))).toBe(true);
    expect(kinds.indexOf("challenge")).toBeLessThan(kinds.indexOf("second-factor"));
    await kiosk.submitSecondFactor("111222");
    expect(stage.ledger.punches).toMatchObject([{ stepUps: ["challenge", "second-factor"] }]);
  });

  test("is never offered to a picture", async () => {
    const { stage, kinds } = await openWithTwin();
    await stage.play(8000, living("anna", 1, { surface: 0.05 }));
    expect(kinds).not.toContain("second-factor");
  });

  test("stays after a wrong PIN, is kept open by typing and ends by itself", async () => {
    const { stage, kiosk } = await openWithTwin();
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    expect(await kiosk.submitSecondFactor("000000")).toEqual(err(failure("pin/wrong")));
    expect(stage.ledger.attempts).toEqual(["pin-refused"]);
    expect(kiosk.state.value.kind).toBe("second-factor");
    await stage.time.advance(15_000);
    kiosk.touched();
    await stage.time.advance(15_000);
    expect(kiosk.state.value.kind).toBe("second-factor");
    await stage.time.advance(6000);
    expect(kiosk.state.value.kind).toBe("idle");
    expect(stage.ledger.punches).toEqual([]);
  });

  test("that was left is not asked again at once, and is when the person tries again", async () => {
    const { stage, kiosk } = await openWithTwin();
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    kiosk.dismiss();
    expect(await stage.play(2000, living("anna", 1), is(kiosk, "second-factor"))).toBe(false);
    kiosk.dismiss();
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"))).toBe(true);
  });

  test("is nobody's after it was left: a PIN that comes late punches for no one", async () => {
    const { stage, kiosk } = await openWithTwin();
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    kiosk.openPin();
    expect(kiosk.state.value.kind).toBe("pin");
    expect(await kiosk.submitSecondFactor("111222")).toMatchObject({ ok: false });
    expect(stage.ledger.punches).toEqual([]);
  });

  test("gives way to number and PIN when both have the same PIN", async () => {
    const { stage, kiosk } = await openWithTwin({ before: ({ ledger }) => {
      ledger.pins.set(ANNA, "111222");
      ledger.pins.set(TWIN, "111222");
    } });
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    expect(await kiosk.submitSecondFactor("111222")).toEqual(err(failure("pin/number-needed")));
    expect(kiosk.state.value.kind).toBe("pin");
    expect(stage.ledger.punches).toEqual([]);
    expect(stage.ledger.attempts).toEqual([]);
  });

  test("is not asked of people who have no PIN: the screen that says whom to call follows", async () => {
    const { stage, kiosk, kinds } = await openWithTwin({ before: () => undefined });
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "not-recognised"))).toBe(true);
    expect(kinds).not.toContain("second-factor");
    expect(stage.ledger.attempts).toEqual(["ambiguous"]);
  });

  test("is asked of a look-alike who comes right after the other was recorded", async () => {
    const { stage, kiosk } = await openWithTwin();
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    await kiosk.submitSecondFactor("111222");
    await stage.play(4500, living("anna", 1));
    expect(await stage.play(4000, living("anna", 2), is(kiosk, "second-factor"))).toBe(true);
    await kiosk.submitSecondFactor("333444");
    expect(stage.ledger.punches.map(({ personId }) => personId)).toEqual(["anna", "twin"]);
  });

  test("that could not be written is told, and the face may try again", async () => {
    const { stage, kiosk } = await openWithTwin();
    await stage.play(3000, living("anna", 1), is(kiosk, "second-factor"));
    stage.ledger.trouble = failure("ledger/storage-full");
    expect(await kiosk.submitSecondFactor("111222")).toEqual(err(failure("ledger/storage-full")));
    expect(kiosk.state.value.kind).toBe("not-recorded");
    stage.ledger.trouble = null;
    kiosk.dismiss();
    await stage.play(3000, nobody);
    expect(await stage.play(4000, living("anna", 2), is(kiosk, "second-factor"))).toBe(true);
  });
});
