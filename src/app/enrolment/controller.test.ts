import { describe, expect, test } from "vitest";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { OPERATING_POINTS } from "../../domain/biometrics/operating-points.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Enrolment, EnrolmentState } from "../api/administration.ts";
import { settle, Stage } from "../kiosk/testing/stage.ts";
import type { Shown } from "../kiosk/testing/stage.ts";
import { createEnrolment } from "./controller.ts";

const ANNA = "anna" as PersonId;
type Consent = Result<void, Failure<"enrolment/no-consent" | "enrolment/no-such-person">>;

interface Scene {
  readonly stage: Stage;
  readonly enrolment: Enrolment;
  readonly stored: SealedTemplate[];
}

interface Options {
  readonly faceUse?: () => Result<void, Failure<"enrolment/not-assessed" | "enrolment/switched-off">>;
  readonly consent?: Consent;
  readonly storing?: Result<void, Failure>;
  readonly lookAlikes?: readonly PersonId[];
}

function scene(options: Options = {}): Scene {
  const stage = new Stage();
  const stored: SealedTemplate[] = [];
  const enrolment = createEnrolment({
    camera: stage.camera,
    recogniser: stage.recogniser,
    clock: stage.time,
    checkFaceUse: () => options.faceUse?.() ?? ok(),
    checkConsent: () => options.consent ?? ok(),
    openGallery: () => stage.recogniser.open(),
    storeTemplate: (row) => {
      const storing = options.storing ?? ok();
      if (storing.ok) stored.push(row);
      return Promise.resolve(storing);
    },
    lookAlikesOf: (personId) => Promise.resolve(personId === ANNA ? (options.lookAlikes ?? []) : []),
    operatingPoint: (profile) => OPERATING_POINTS[profile],
  });
  return { stage, enrolment, stored };
}

async function started(options: Options = {}): Promise<Scene> {
  const set = scene(options);
  expect(await set.enrolment.start(ANNA)).toEqual(ok());
  await settle();
  return set;
}

/** Does what is asked for, as far as one can see it on the screen. */
function obedient(enrolment: Enrolment, face = "anna", more: Partial<Shown> = {}): () => readonly Shown[] {
  const poses = { straight: {}, "slightly-left": { yawDeg: 15 }, "slightly-right": { yawDeg: -15 }, "slightly-up": { pitchDeg: 10 }, nearer: { size: 110 } };
  return () => {
    const state = enrolment.state.value;
    return [{ face, trackId: 1, ...(state.kind === "capturing" ? poses[state.variation] : {}), ...more }];
  };
}

/** Eyes that shut for a moment every three seconds. */
const blinking = (second: number): number => (second % 3 < 0.15 ? 0.05 : 0.3);

const is = (enrolment: Enrolment, kind: EnrolmentState["kind"]) => (): boolean => enrolment.state.value.kind === kind;

describe("an enrolment", () => {
  test.each(["not-assessed", "switched-off"] as const)("opens no camera where faces are %s", async (closed) => {
    const { stage, enrolment } = scene({ faceUse: () => err(failure(`enrolment/${closed}`)) });
    expect(await enrolment.start(ANNA)).toEqual(err(failure(`enrolment/${closed}`)));
    expect(stage.camera.status.value.kind).toBe("off");
  });

  test("stores nothing when faces were switched off while it captured", async () => {
    let closed = false;
    const { stage, enrolment, stored } = await started({ faceUse: () => (closed ? err(failure("enrolment/switched-off")) : ok()) });
    expect(await stage.play(8000, obedient(enrolment), is(enrolment, "captured"))).toBe(true);
    closed = true;
    expect(await enrolment.store()).toEqual(err(failure("enrolment/switched-off")));
    expect(stored).toEqual([]);
  });

  test("captures five varied samples and stores them when the person follows", async () => {
    const { stage, enrolment, stored } = await started();
    expect(await stage.play(8000, obedient(enrolment), is(enrolment, "captured"))).toBe(true);
    expect(enrolment.state.value).toEqual({ kind: "captured", samples: 5 });
    expect(stored).toEqual([]);
    expect(await enrolment.store()).toEqual(ok());
    expect(stored).toMatchObject([{ personId: ANNA, references: 5 }]);
    expect(stage.recogniser.added).toEqual([ANNA]);
    expect(enrolment.state.value.kind).toBe("stored");
    expect(stage.camera.status.value.kind).toBe("off");
  });

  test.each(["enrolment/no-consent", "enrolment/no-such-person"] as const)("never opens the camera when there is %s", async (kind) => {
    const { stage, enrolment } = scene({ consent: err(failure(kind)) });
    expect(await enrolment.start(ANNA)).toEqual(err(failure(kind)));
    expect(stage.camera.status.value.kind).toBe("off");
    expect(enrolment.state.value.kind).toBe("closed");
  });

  test("says so when there is no camera", async () => {
    const { stage, enrolment } = scene();
    stage.camera.fault = "camera/none-found";
    expect(await enrolment.start(ANNA)).toMatchObject({ error: { kind: "enrolment/no-camera" } });
  });

  test("takes what differs, and then what is good, when a variation is not met", async () => {
    const { stage, enrolment } = await started();
    expect(await stage.play(60_000, (second) => [{ face: "anna", trackId: 1, yawDeg: 4 * Math.sin(second), eyes: blinking(second) }], is(enrolment, "captured"))).toBe(true);
  });

  test("fails to enrol when a minute has passed without five good samples", async () => {
    const { stage, enrolment } = await started();
    expect(await stage.play(62_000, () => [{ face: "anna", trackId: 1, size: 30 }], is(enrolment, "failed"))).toBe(true);
    expect(enrolment.state.value).toMatchObject({ failure: { kind: "enrolment/failure-to-enrol" } });
  });

  test("does not take a picture's surface", async () => {
    const { stage, enrolment } = await started();
    await stage.play(62_000, obedient(enrolment, "anna", { surface: 0.05 }), is(enrolment, "failed"));
    expect(enrolment.state.value).toMatchObject({ kind: "failed", failure: { kind: "enrolment/presentation-doubtful" } });
  });

  test("takes a cooperative person less than 15 seconds who follows each instruction after a second", async () => {
    const { stage, enrolment } = await started();
    const follows = obedient(enrolment);
    let asked = follows();
    let sinceMs = stage.time.nowMs;
    const startMs = sinceMs;
    let [before, after] = [asked, asked];
    expect(
      await stage.play(15_000, () => {
        const now = follows();
        if (JSON.stringify(now) !== JSON.stringify(asked)) [before, after, asked, sinceMs] = [after, now, now, stage.time.nowMs];
        return stage.time.nowMs - sinceMs < 1000 ? before : after;
      }, is(enrolment, "captured")),
    ).toBe(true);
    expect(stage.time.nowMs - startMs).toBeLessThan(15_000);
  });

  test.each([
    ["held still", () => ({})],
    ["moved and tilted as it is asked for", (second: number) => ({ yawDeg: 50 * Math.sin(second * 2), size: 80 + 20 * Math.sin(second) })],
  ])("refuses a good picture of a face that is %s", async (_, held) => {
    const { stage, enrolment } = await started();
    await stage.play(70_000, (second) => [{ face: "anna", trackId: 1, picture: true, ...held(second) }], is(enrolment, "failed"));
    expect(enrolment.state.value).toMatchObject({ kind: "failed", failure: { kind: "enrolment/presentation-doubtful" } });
  });

  test("does not let a living face vouch for a picture that was shown before it", async () => {
    const { stage, enrolment } = await started();
    const follows = obedient(enrolment);
    const taken = (): number => (enrolment.state.value.kind === "capturing" ? enrolment.state.value.taken : -1);
    await stage.play(45_000, () => [{ face: "anna", trackId: 1, picture: true }], () => taken() === 2);
    expect(taken()).toBe(2);
    await stage.play(1000, () => []);
    const counts: number[] = [];
    await stage.play(20_000, () => follows().map((shown) => ({ ...shown, trackId: 2 })), () => {
      counts.push(taken());
      return is(enrolment, "captured")();
    });
    expect(enrolment.state.value.kind).toBe("captured");
    // What the picture gave is taken once more from the face.
    expect(counts.filter((count) => count >= 0).some((count, index, all) => count < (all[index - 1] ?? 0))).toBe(true);
  });

  test("asks a face that kept quite still to turn once more, and captures it when it does", async () => {
    const { stage, enrolment } = await started();
    const still = (): readonly Shown[] => [{ face: "anna", trackId: 1 }];
    const asked = (): boolean => {
      const state = enrolment.state.value;
      return state.kind === "capturing" && state.taken === 5;
    };
    expect(await stage.play(55_000, still, asked)).toBe(true);
    expect(enrolment.state.value).toMatchObject({ variation: "slightly-left", reason: "turn-a-little" });
    expect(await stage.play(8000, (second) => [{ face: "anna", trackId: 1, yawDeg: 22 * Math.sin(second * 3) }], is(enrolment, "captured"))).toBe(true);
  });

  test("tells of people who look alike when the face is stored", async () => {
    const { stage, enrolment } = await started({ lookAlikes: ["twin" as PersonId] });
    await stage.play(8000, obedient(enrolment), is(enrolment, "captured"));
    await enrolment.store();
    expect(enrolment.state.value).toEqual({ kind: "stored", lookAlikes: ["twin"] });
  });

  test("begins anew when another person steps in", async () => {
    const { stage, enrolment } = await started();
    const taken = (): number => (enrolment.state.value.kind === "capturing" ? enrolment.state.value.taken : -1);
    await stage.play(6000, obedient(enrolment, "anna"), () => taken() === 3);
    expect(taken()).toBe(3);
    await stage.play(1500, () => [{ face: "bert", trackId: 2, pitchDeg: 10 }], () => taken() === 0);
    expect(taken()).toBe(0);
  });

  test("stops when the face is enrolled under another number", async () => {
    const { stage, enrolment } = await started();
    stage.recogniser.gallery.set("anna", "other" as PersonId);
    await stage.play(8000, obedient(enrolment), is(enrolment, "same-face-enrolled"));
    expect(enrolment.state.value).toEqual({ kind: "same-face-enrolled", personId: "other" });
    expect(await enrolment.store()).toMatchObject({ error: { kind: "enrolment/nothing-captured" } });
  });

  test("replaces the person's own earlier face", async () => {
    const { stage, enrolment } = await started();
    stage.recogniser.gallery.set("anna", ANNA);
    expect(await stage.play(8000, obedient(enrolment), is(enrolment, "captured"))).toBe(true);
  });

  test("adds nobody to the gallery when the template could not be stored", async () => {
    const { stage, enrolment } = await started({ storing: err(failure("store/full")) });
    await stage.play(8000, obedient(enrolment), is(enrolment, "captured"));
    expect(await enrolment.store()).toMatchObject({ error: { kind: "store/full" } });
    expect(stage.recogniser.added).toEqual([]);
    expect(enrolment.state.value).toMatchObject({ kind: "failed" });
  });

  test("starts over when asked again", async () => {
    const { stage, enrolment } = await started();
    await stage.play(8000, obedient(enrolment), is(enrolment, "captured"));
    enrolment.again();
    expect(enrolment.state.value).toMatchObject({ kind: "capturing", taken: 0, variation: "straight" });
  });

  test("closes the camera when it is cancelled", async () => {
    const { stage, enrolment } = await started();
    enrolment.cancel();
    await settle();
    expect(stage.camera.status.value.kind).toBe("off");
    expect(enrolment.state.value.kind).toBe("closed");
  });

  test("says which fault ended it when the camera is unplugged", async () => {
    const { stage, enrolment } = await started();
    stage.camera.unplug();
    expect(enrolment.state.value).toMatchObject({ kind: "failed", failure: { kind: "camera/unplugged" } });
  });
});
