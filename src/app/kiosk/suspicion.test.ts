import { describe, expect, test } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import type { FaceEvent } from "../ports/ledger.ts";
import { is, living, nobody, open } from "./testing/scene.ts";
import type { Scene } from "./testing/scene.ts";
import type { Stage } from "./testing/stage.ts";

/** Pictures held before the camera, one after the other. */
async function attack({ stage, kiosk }: Scene, times: number, firstTrack: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    expect(await stage.play(6000, living("anna", firstTrack + turn, { surface: 0.05 }), is(kiosk, "not-recognised"))).toBe(true);
    kiosk.dismiss();
    await stage.play(2500, nobody);
  }
}

const restsFor = ({ stage, kiosk }: Scene): number | null => {
  const until = kiosk.surroundings.value.faceRestsUntil;
  return until === null ? null : Math.round((until - stage.time.wall()) / 1000);
};

/** What an earlier life of the page left: so many suspicions, the last of them so long ago. */
function suspicions(times: number, secondsAgo: number) {
  return ({ ledger, time }: Stage): void => {
    ledger.before = Array.from({ length: times }, (_, index): FaceEvent => ({ wallMs: (time.wall() - 1000 * (secondsAgo + 5 * (times - 1 - index))) as EpochMs, kind: "suspected" }));
  };
}

describe("after repeated suspicion", () => {
  test("the face way rests, the PIN stays open, and faces are known again when the rest is over", async () => {
    const scene = await open();
    const { stage, kiosk } = scene;
    await attack(scene, 4, 1);
    expect(kiosk.surroundings.value.faceRestsUntil).toBeNull();
    await attack(scene, 1, 11);
    expect(restsFor(scene)).toBeGreaterThan(20);
    expect(restsFor(scene)).toBeLessThanOrEqual(30);

    expect(await stage.play(5000, living("bert", 20), () => kiosk.state.value.kind !== "idle")).toBe(false);
    kiosk.openPin();
    await kiosk.submitPin("7", "123456");
    expect(stage.ledger.punches).toMatchObject([{ method: "pin" }]);
    kiosk.dismiss();

    await stage.play(30_000, nobody);
    expect(kiosk.surroundings.value.faceRestsUntil).toBeNull();
    expect(await stage.play(4000, living("bert", 21), is(kiosk, "recorded"))).toBe(true);
  });

  test("failed challenges count", async () => {
    const scene = await open();
    const { stage, kiosk } = scene;
    for (let turn = 0; turn < 5; turn += 1) {
      await stage.play(25_000, () => [{ face: "anna", trackId: 1 + turn }], is(kiosk, "not-recognised"));
      kiosk.dismiss();
      await stage.play(2500, nobody);
    }
    expect(kiosk.surroundings.value.faceRestsUntil).not.toBeNull();
  });

  test("strangers do not count", async () => {
    const scene = await open();
    const { stage, kiosk } = scene;
    for (let turn = 0; turn < 12; turn += 1) {
      await stage.play(6000, living("stranger", 1 + turn), is(kiosk, "not-recognised"));
      kiosk.dismiss();
      await stage.play(2500, nobody);
    }
    expect(kiosk.surroundings.value.faceRestsUntil).toBeNull();
  });

  test("people who are recognised in between keep the way open", async () => {
    const scene = await open();
    const { stage } = scene;
    for (let turn = 0; turn < 8; turn += 1) {
      await attack(scene, 1, 10 * turn + 1);
      await stage.play(8000, living(turn % 2 === 0 ? "anna" : "bert", 10 * turn + 5));
      await stage.time.advance(60_000);
      await stage.play(2500, nobody);
    }
    expect(scene.kiosk.surroundings.value.faceRestsUntil).toBeNull();
    expect(stage.ledger.punches.length).toBeGreaterThan(6);
  });

  test("the rest outlives leaving the kiosk and coming back", async () => {
    const scene = await open();
    await attack(scene, 5, 1);
    const left = restsFor(scene);
    await scene.kiosk.stop();
    await scene.kiosk.start("live");
    expect(restsFor(scene)).toBe(left);
  });

  test("the rest outlives a reload, as the log tells it", async () => {
    const scene = await open({ before: suspicions(5, 10) });
    expect(restsFor(scene)).toBe(20);
  });

  test("a reload forgets what is long over", async () => {
    const scene = await open({ before: suspicions(5, 900) });
    expect(restsFor(scene)).toBeNull();
    await attack(scene, 4, 1);
    expect(restsFor(scene)).toBeNull();
  });

  test("a clock that was set back since does not make the rest longer than it is", async () => {
    const scene = await open({ before: suspicions(6, -4000) });
    expect(restsFor(scene)).toBe(60);
  });

  test("practice never rests", async () => {
    const scene = await open({ mode: "practice", before: suspicions(6, 5) });
    expect(scene.kiosk.surroundings.value.faceRestsUntil).toBeNull();
  });
});

describe("an attempt", () => {
  test("is durable before the person hears of it, when that is quick", async () => {
    const { stage, kiosk } = await open();
    let written: () => void = () => undefined;
    stage.ledger.writing = new Promise((resolve) => (written = resolve));
    await stage.play(600, living("stranger", 1));
    expect(kiosk.state.value.kind).toBe("deciding");
    written();
    await stage.play(50, living("stranger", 1));
    expect(stage.ledger.attempts).toEqual(["no-candidate"]);
    expect(kiosk.state.value.kind).toBe("not-recognised");
  });

  test("does not keep the person waiting when the disk is slow, and is written all the same", async () => {
    const { stage, kiosk } = await open();
    let written: () => void = () => undefined;
    stage.ledger.writing = new Promise((resolve) => (written = resolve));
    expect(await stage.play(1400, living("stranger", 1), is(kiosk, "not-recognised"))).toBe(true);
    expect(stage.ledger.attempts).toEqual([]);
    written();
    await stage.play(50, living("stranger", 1));
    expect(stage.ledger.attempts).toEqual(["no-candidate"]);
  });

  test("does not cover the PIN that was opened while it was written", async () => {
    const { stage, kiosk } = await open();
    stage.ledger.writing = new Promise(() => undefined);
    await stage.play(600, living("stranger", 1));
    kiosk.openPin();
    await stage.play(1000, living("stranger", 1));
    expect(kiosk.state.value.kind).toBe("pin");
  });

  test("is tried once more when it could not be written", async () => {
    const { stage, kiosk } = await open();
    stage.ledger.attemptsToFail = 1;
    await stage.play(3000, living("stranger", 1), is(kiosk, "not-recognised"));
    expect(stage.ledger.attempts).toEqual(["no-candidate"]);
    expect(stage.ledger.outages).toEqual([]);
  });

  test("that is missing is noted in the log as soon as that can be written again", async () => {
    const { stage, kiosk } = await open();
    stage.ledger.attemptsToFail = 2;
    expect(await stage.play(3000, living("stranger", 1), is(kiosk, "not-recognised"))).toBe(true);
    kiosk.dismiss();
    await stage.play(3000, living("stranger", 1), is(kiosk, "not-recognised"));
    expect(stage.ledger.attempts).toEqual(["no-candidate"]);
    expect(stage.ledger.outages).toEqual(["start ledger/attempts-lost 1", "end ledger/attempts-lost 1"]);
  });
});
