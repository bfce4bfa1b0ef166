import { describe, expect, test } from "vitest";
import { failure } from "../../domain/errors.ts";
import { err } from "../../domain/result.ts";
import { is, living, nobody, open } from "./testing/scene.ts";
import type { Stage } from "./testing/stage.ts";

/** The inference worker answers each sample with a failure, `times` of them; the recogniser says that it works all the while. */
function failing(stage: Stage, times: number, after = 0): void {
  const extract = stage.recogniser.extract.bind(stage.recogniser);
  let asked = 0;
  stage.recogniser.extract = (sample) => {
    asked += 1;
    return asked > after && asked <= after + times ? Promise.resolve(err(failure("inference/run-failed"))) : extract(sample);
  };
}

describe("a recogniser that fails again and again and says that it works", () => {
  test("shows a fault, and recognises again once it was opened anew", async () => {
    const { stage, kiosk } = await open({ before: (before) => failing(before, 3) });
    await stage.play(1000, living("anna", 1));
    expect(kiosk.surroundings.value.faceFault).toMatchObject({ kind: "inference/run-failed" });
    expect(stage.ledger.outages).toEqual(["start inference/run-failed"]);
    await stage.time.advance(16_000);
    expect(kiosk.surroundings.value.faceFault).toBeNull();
    expect(await stage.play(3000, living("bert", 2), is(kiosk, "recorded"))).toBe(true);
  });

  test("is left alone when single samples fail between good ones", async () => {
    const { stage, kiosk } = await open({ before: (before) => {
      const extract = before.recogniser.extract.bind(before.recogniser);
      let asked = 0;
      before.recogniser.extract = (sample) => ((asked += 1) % 2 === 0 ? Promise.resolve(err(failure("inference/bad-sample"))) : extract(sample));
    } });
    expect(await stage.play(5000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
    expect(kiosk.surroundings.value.faceFault).toBeNull();
  });
});

describe("an outage that a killed page left without an end", () => {
  test("ends in the log when recognition works again", async () => {
    const { stage } = await open({ before: ({ ledger }) => (ledger.openOutage = () => Promise.resolve("camera/unplugged")) });
    expect(stage.ledger.outages).toEqual(["end camera/unplugged"]);
  });

  test("goes on as the same one while recognition is still down", async () => {
    const { stage } = await open({ before: ({ ledger, camera }) => {
      ledger.openOutage = () => Promise.resolve("camera/unplugged");
      camera.fault = "camera/none-found";
    } });
    expect(stage.ledger.outages).toEqual([]);
    stage.camera.goLive();
    await stage.play(100, nobody);
    expect(stage.ledger.outages).toEqual(["end camera/unplugged"]);
  });
});

describe("not me", () => {
  test("takes a repeat back that was somebody else's", async () => {
    const { stage, kiosk } = await open();
    await stage.play(6000, living("anna", 1));
    await stage.play(3000, nobody);
    await stage.play(3000, living("anna", 2), is(kiosk, "already-recorded"));
    await kiosk.notMe();
    expect(kiosk.state.value.kind).toBe("undone");
  });
});

describe("a reference that may be refreshed", () => {
  test("is offered with every punch by face, and says what it was asked for", async () => {
    const offered: unknown[] = [];
    const { stage, kiosk } = await open({ refreshReference: (personId, probe, facts) => offered.push([personId, probe.length, facts]) });
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    expect(offered).toEqual([["anna", 704, { score: 2, lead: 2, people: 2, pad: "bona-fide", stepUps: [], enrolmentQuality: true }]]);
  });

  test("is not offered when the punch could not be written, nor after a PIN alone", async () => {
    const offered: unknown[] = [];
    const { stage, kiosk } = await open({ refreshReference: (personId) => offered.push(personId) });
    stage.ledger.trouble = failure("ledger/storage-full");
    await stage.play(3000, living("anna", 1), is(kiosk, "not-recorded"));
    stage.ledger.trouble = null;
    kiosk.openPin();
    await kiosk.submitPin("7", "123456");
    expect(stage.ledger.punches).toHaveLength(1);
    expect(offered).toEqual([]);
  });
});
