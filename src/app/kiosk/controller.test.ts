import { describe, expect, test } from "vitest";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import { is, living, nobody, open } from "./testing/scene.ts";
import { settle } from "./testing/stage.ts";
import type { Shown } from "./testing/stage.ts";

describe("the face way", () => {
  test("records a living person who is known, without a touch", async () => {
    const { stage, kiosk, kinds } = await open();
    expect(kiosk.state.value.kind).toBe("idle");
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
    expect(kinds).toEqual(["starting", "idle", "guiding", "deciding", "recorded"]);
    expect(stage.ledger.punches).toMatchObject([{ personId: "anna", method: "face", status: "accepted" }]);
  });

  test("records once while the same person stands there", async () => {
    const { stage, kiosk } = await open();
    await stage.play(20_000, living("anna", 1));
    expect(stage.ledger.punches).toHaveLength(1);
    expect(kiosk.state.value.kind).toBe("idle");
  });

  test("records once when the track of the same person breaks", async () => {
    const { stage } = await open();
    await stage.play(6000, living("anna", 1));
    await stage.play(6000, living("anna", 2));
    expect(stage.ledger.punches).toHaveLength(1);
  });

  test("answers already recorded when the person leaves and comes back", async () => {
    const { stage, kiosk } = await open();
    await stage.play(6000, living("anna", 1));
    await stage.play(3000, nobody);
    expect(await stage.play(3000, living("anna", 2), is(kiosk, "already-recorded"))).toBe(true);
    expect(kiosk.state.value).toMatchObject({ previous: { id: stage.ledger.punches[0]?.id } });
  });

  test("serves the next in the queue before the time of the outcome is over, yet not at once", async () => {
    const { stage, kiosk } = await open();
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    const shownAt = stage.time.nowMs;
    await stage.play(4000, living("bert", 2), () => stage.ledger.punches.length === 2);
    expect(stage.ledger.punches.map(({ personId }) => personId)).toEqual(["anna", "bert"]);
    expect(stage.time.nowMs - shownAt).toBeGreaterThan(1500);
    expect(stage.time.nowMs - shownAt).toBeLessThan(4000);
  });

  test("does not know a stranger and records the attempt", async () => {
    const { stage, kiosk } = await open();
    expect(await stage.play(5000, living("stranger", 1), is(kiosk, "not-recognised"))).toBe(true);
    expect(stage.ledger.attempts).toEqual(["no-candidate"]);
    expect(stage.ledger.punches).toEqual([]);
  });

  test("asks nobody to hold still where no face is kept", async () => {
    const { stage, kiosk, kinds } = await open({ before: ({ recogniser }) => recogniser.gallery.clear() });
    expect(await stage.play(5000, living("stranger", 1), () => kiosk.state.value.kind !== "idle")).toBe(false);
    expect(kinds).toEqual(["starting", "idle"]);
    expect(stage.ledger.attempts).toEqual([]);
  });

  test("looks again at a stranger less and less often", async () => {
    const { stage } = await open();
    await stage.play(180_000, living("stranger", 1));
    expect(stage.ledger.attempts.length).toBeGreaterThan(2);
    expect(stage.ledger.attempts.length).toBeLessThan(9);
  });

  test("tries again at once when the person asks", async () => {
    const { stage, kiosk } = await open();
    await stage.play(5000, living("stranger", 1), is(kiosk, "not-recognised"));
    kiosk.dismiss();
    expect(kiosk.state.value.kind).toBe("idle");
    expect(await stage.play(2500, living("stranger", 1), is(kiosk, "not-recognised"))).toBe(true);
  });

  test("shows an attack as it shows a stranger, and records it apart", async () => {
    const { stage, kiosk, kinds } = await open();
    expect(await stage.play(5000, living("anna", 1, { surface: 0.05 }), is(kiosk, "not-recognised"))).toBe(true);
    expect(stage.ledger.attempts).toEqual(["attack-suspected"]);
    expect(kinds).not.toContain("challenge");
  });

  test("decides nothing across tracks", async () => {
    const { stage, kiosk } = await open();
    let trackId = 0;
    await stage.play(6000, (second) => {
      trackId = Math.floor(second / 0.15);
      return living("anna", trackId)(second);
    });
    expect(stage.ledger.punches).toEqual([]);
    expect(kiosk.state.value.kind).not.toBe("recorded");
  });

  test("guides before it decides", async () => {
    const { stage, kiosk } = await open();
    await stage.play(1000, living("anna", 1, { size: 30 }));
    expect(kiosk.state.value).toMatchObject({ kind: "guiding", reason: "too-far" });
    await stage.play(1500, nobody);
    expect(kiosk.state.value.kind).toBe("idle");
  });
});

describe("a challenge", () => {
  const still = (_second: number, more: Partial<Shown> = {}): readonly Shown[] => [{ face: "anna", trackId: 1, ...more }];

  test("is asked for when the face keeps still, and passed by doing it", async () => {
    const { stage, kiosk } = await open();
    expect(await stage.play(6000, still, is(kiosk, "challenge"))).toBe(true);
    expect(kiosk.state.value).toMatchObject({ action: "turn-left", attempt: 1 });
    const asked = stage.time.nowMs;
    expect(await stage.play(6000, (second) => still(0, { yawDeg: second < 0.8 ? 0 : second < 1.8 ? 24 : 4 }), is(kiosk, "recorded"))).toBe(true);
    expect(stage.time.nowMs - asked).toBeLessThan(6000);
    expect(stage.ledger.attempts).toEqual([]);
  });

  test("asks for another action when the first was not done, then gives up", async () => {
    const { stage, kiosk } = await open();
    await stage.play(6000, still, is(kiosk, "challenge"));
    await stage.play(6500, still);
    expect(kiosk.state.value).toMatchObject({ kind: "challenge", attempt: 2 });
    expect(await stage.play(7000, still, is(kiosk, "not-recognised"))).toBe(true);
    expect(stage.ledger.attempts).toEqual(["liveness-undecided"]);
    expect(stage.ledger.punches).toEqual([]);
  });

  test("is not passed by a still picture that is tilted as asked", async () => {
    const { stage } = await open();
    await stage.play(20_000, (second) => still(second, { picture: true, yawDeg: 60 * Math.sin(second) }));
    expect(stage.ledger.punches).toEqual([]);
  });

  test("is not passed by another person who steps in", async () => {
    const { stage, kiosk } = await open();
    await stage.play(6000, still, is(kiosk, "challenge"));
    expect(await stage.play(6000, (second) => still(0, { face: "bert", yawDeg: second < 1.2 ? 0 : second < 2 ? 24 : 4 }), is(kiosk, "not-recognised"))).toBe(true);
    expect(stage.ledger.punches).toEqual([]);
    expect(stage.ledger.attempts).toEqual(["liveness-undecided"]);
  });

  test("gives way to the PIN at any time", async () => {
    const { stage, kiosk } = await open();
    await stage.play(6000, still, is(kiosk, "challenge"));
    kiosk.openPin();
    expect(await kiosk.submitPin("7", "123456")).toEqual(ok());
    expect(kiosk.state.value.kind).toBe("recorded");
  });

  test("is asked of everybody when the site wants it", async () => {
    const { stage, kiosk } = await open({ policy: { challenge: "always" } });
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "challenge"))).toBe(true);
    await stage.play(2500, living("anna", 1));
    expect(stage.ledger.punches).toEqual([]);
  });
});

describe("after the outcome", () => {
  test("the person changes the direction", async () => {
    const { stage, kiosk } = await open();
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await kiosk.changeDirection();
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { direction: "out", directionSource: "person" } });
  });

  test("the person says not me, and is not recognised as the same again while standing there", async () => {
    const { stage, kiosk } = await open();
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await kiosk.notMe();
    expect(kiosk.state.value.kind).toBe("undone");
    await stage.play(10_000, living("anna", 1));
    expect(stage.ledger.punches).toHaveLength(1);
  });

  test("a ledger that cannot write is never shown as recorded", async () => {
    const { stage, kiosk, kinds } = await open();
    stage.ledger.trouble = failure("ledger/storage-full");
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "not-recorded"))).toBe(true);
    expect(kinds).not.toContain("recorded");
  });

  test("a tablet that was retired looks at no face, says so, and takes no PIN", async () => {
    const { stage, kiosk, kinds } = await open({ before: (stage) => (stage.ledger.retired = true) });
    expect(kiosk.surroundings.value.faceFault).toMatchObject({ kind: "ledger/retired" });
    await stage.play(3000, living("anna", 1));
    expect(kinds.filter((kind) => kind !== "starting" && kind !== "idle")).toEqual([]);
    kiosk.openPin();
    expect(kiosk.state.value).toMatchObject({ kind: "not-recorded", failure: { kind: "ledger/retired" } });
    expect([stage.ledger.requests, stage.ledger.outages]).toEqual([[], []]);
  });

  test("a tablet that another tab retires says so at the next face", async () => {
    const { stage, kiosk } = await open();
    const deciding = await stage.play(3000, living("anna", 1), () => {
      if (kiosk.state.value.kind !== "deciding") return false;
      stage.ledger.trouble = failure("ledger/retired");
      return true;
    });
    expect(deciding).toBe(true);
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "not-recorded"))).toBe(true);
    stage.ledger.retired = true;
    kiosk.dismiss();
    await stage.play(3000, living("anna", 1));
    expect(kiosk.state.value.kind).toBe("idle");
  });

  test("a person whose punch could not be written is recorded at the next try", async () => {
    const { stage, kiosk } = await open();
    stage.ledger.trouble = failure("ledger/write-failed");
    await stage.play(3000, living("anna", 1), is(kiosk, "not-recorded"));
    stage.ledger.trouble = null;
    kiosk.dismiss();
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
    expect(stage.ledger.punches).toHaveLength(1);
  });

  test("a person in whose name another was recorded comes next in the queue and is recorded", async () => {
    const { stage, kiosk } = await open();
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await kiosk.notMe();
    await stage.play(2000, living("anna", 1));
    await stage.play(6000, living("anna", 2));
    expect(stage.ledger.punches).toHaveLength(2);
  });

  test("a picture on the wall does not keep the person who was recorded last from the next punch", async () => {
    const { stage, kiosk } = await open();
    const poster: Shown = { face: "poster", trackId: 9, picture: true, size: 50 };
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await stage.play(120_000, () => [poster]);
    expect(await stage.play(5000, (second) => [...living("anna", 2)(second), poster], () => kiosk.state.value.kind === "recorded" || kiosk.state.value.kind === "already-recorded")).toBe(true);
  });

  test("a second touch of the same button does nothing while the first is being written", async () => {
    const { stage, kiosk } = await open();
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await Promise.all([kiosk.changeDirection(), kiosk.changeDirection()]);
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { direction: "out" } });
    await Promise.all([kiosk.notMe(), kiosk.changeDirection()]);
    expect(kiosk.state.value.kind).toBe("undone");
  });

  test("the next in the queue waits until a change has been written", async () => {
    const { stage, kiosk } = await open();
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    let written: () => void = () => undefined;
    const writing = new Promise<void>((resolve) => (written = resolve));
    const change = stage.ledger.changeDirection.bind(stage.ledger);
    stage.ledger.changeDirection = async (punch) => {
      await writing;
      return change(punch);
    };
    const changing = kiosk.changeDirection();
    await stage.play(4000, living("bert", 2));
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { personId: "anna" } });
    written();
    await changing;
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { personId: "anna", direction: "out" } });
  });
});

describe("the PIN way", () => {
  test("works with no camera at all", async () => {
    const { stage, kiosk } = await open({ before: ({ camera }) => (camera.fault = "camera/none-found") });
    expect(kiosk.surroundings.value.faceFault).toMatchObject({ kind: "camera/none-found" });
    kiosk.openPin();
    expect(await kiosk.submitPin("7", "123456")).toEqual(ok());
    expect(stage.ledger.punches).toMatchObject([{ method: "pin" }]);
  });

  test("works while recognition is still starting", async () => {
    const { stage, kiosk } = await open({ before: ({ recogniser }) => (recogniser.open = () => Promise.resolve(err(failure("inference/load-failed")))) });
    expect(kiosk.surroundings.value.faceFault).toMatchObject({ kind: "inference/load-failed" });
    kiosk.openPin();
    await kiosk.submitPin("7", "123456");
    expect(stage.ledger.punches).toHaveLength(1);
  });

  test("stays open after a wrong PIN and closes when nobody types for twenty seconds", async () => {
    const { stage, kiosk } = await open();
    kiosk.openPin();
    expect(await kiosk.submitPin("7", "1")).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(kiosk.state.value.kind).toBe("pin");
    expect(stage.ledger.attempts).toEqual(["pin-refused"]);
    await stage.time.advance(15_000);
    kiosk.touched();
    await stage.time.advance(15_000);
    expect(kiosk.state.value.kind).toBe("pin");
    await stage.time.advance(6000);
    expect(kiosk.state.value.kind).toBe("idle");
  });
});

describe("an outage", () => {
  test("is noted once when the camera is unplugged and once when it is back", async () => {
    const { stage, kiosk } = await open();
    stage.camera.unplug();
    stage.camera.status.next({ kind: "opening" });
    stage.camera.unplug();
    await settle();
    expect(kiosk.surroundings.value.faceFault).toMatchObject({ kind: "camera/unplugged" });
    stage.camera.goLive();
    await settle();
    expect(stage.ledger.outages).toEqual(["start camera/unplugged", "end camera/unplugged"]);
    expect(kiosk.surroundings.value.faceFault).toBeNull();
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
  });

  test("ends by itself when the models load at a later try", async () => {
    let tries = 0;
    const { stage, kiosk } = await open({ before: ({ recogniser }) => {
      const load = recogniser.open.bind(recogniser);
      recogniser.open = () => ((tries += 1) === 1 ? Promise.resolve(err(failure("inference/load-failed"))) : load());
    } });
    expect(kiosk.surroundings.value.faceFault).not.toBeNull();
    await stage.time.advance(16_000);
    expect(kiosk.surroundings.value.faceFault).toBeNull();
    expect(stage.ledger.outages).toHaveLength(2);
  });
});

describe("practice", () => {
  test("records nothing, shows a recognition first and a challenge in the second round", async () => {
    const { stage, kiosk } = await open({ mode: "practice", before: ({ recogniser }) => {
      recogniser.gallery.clear();
      recogniser.add = ({ personId }) => {
        recogniser.gallery.set("portrait", personId);
        return Promise.resolve(ok());
      };
    } });
    const portrait = living("portrait", 1, { surface: 0.1 });
    expect(await stage.play(6000, portrait, is(kiosk, "recorded"))).toBe(true);
    expect(stage.camera.performed).toEqual([]);
    expect(await stage.play(12_000, portrait, is(kiosk, "challenge"))).toBe(true);
    expect(stage.camera.performed).toEqual(["turn-left"]);
    expect(await stage.play(6000, (second) => [{ ...portrait(second)[0], trackId: 1, face: "portrait", yawDeg: second < 0.8 ? 0 : second < 1.8 ? 24 : 0 }], is(kiosk, "recorded"))).toBe(true);
    expect(stage.camera.performed).toEqual(["turn-left", "rest"]);
    expect(stage.ledger.punches).toEqual([]);
    expect(kiosk.surroundings.value.practice).toBe(true);
  });
});

describe("leaving the kiosk", () => {
  test("needs the administrator's PIN", async () => {
    const { stage, kiosk } = await open();
    expect((await kiosk.leave("000000")).ok).toBe(false);
    expect(stage.camera.status.value.kind).toBe("live");
    expect((await kiosk.leave("246810")).ok).toBe(true);
    expect(stage.camera.status.value.kind).toBe("off");
  });

  test("closes the camera when a start is overtaken by a stop", async () => {
    const { stage, kiosk } = await open();
    const starting = kiosk.start("live");
    await kiosk.stop();
    await starting;
    expect(kiosk.state.value.kind).toBe("starting");
    expect(stage.camera.status.value.kind).toBe("off");
  });
});

test("a practice that was left before it began does not take the gallery of those who punch", async () => {
  let made: (key: CryptoKey) => void = () => undefined;
  const making = new Promise<CryptoKey>((resolve) => (made = resolve));
  const { stage, kiosk } = await open({ practiceKey: () => making });
  const opened: string[] = [];
  const reopen = stage.recogniser.open.bind(stage.recogniser);
  stage.recogniser.open = (...options: unknown[]) => {
    opened.push(options.length === 0 ? "live" : "practice");
    return reopen();
  };
  await kiosk.stop();
  void kiosk.start("practice");
  await settle();
  await kiosk.start("live");
  made({} as CryptoKey);
  await settle();
  expect(opened).toEqual(["live"]);
});
