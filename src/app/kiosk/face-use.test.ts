import { describe, expect, test, vi } from "vitest";
import type { FaceClosed } from "../../domain/compliance/face-use.ts";
import { Subject } from "../observable.ts";
import { is, living, nobody, open } from "./testing/scene.ts";

describe("a site that does not use faces", () => {
  test.each(["switched-off", "not-assessed"] as const)("opens neither camera nor recogniser when it is %s, and records by PIN", async (closed) => {
    const { stage, kiosk } = await open({ faceClosed: new Subject<FaceClosed | null>(closed) });
    expect(kiosk.state.value.kind).toBe("idle");
    expect(kiosk.surroundings.value).toMatchObject({ faceClosed: closed, faceFault: null, preview: null });
    expect(stage.camera.status.value.kind).toBe("off");
    expect(stage.recogniser.status.value.kind).toBe("closed");
    expect(stage.ledger.outages).toEqual([]);
    kiosk.openPin();
    expect(kiosk.state.value.kind).toBe("pin");
  });

  test("lets go of everybody's face at once when it is switched off, in the middle of a decision too", async () => {
    const faceClosed = new Subject<FaceClosed | null>(null);
    const { stage, kiosk } = await open({ faceClosed });
    expect(await stage.play(3000, living("anna", 1), is(kiosk, "guiding"))).toBe(true);
    faceClosed.next("switched-off");
    expect(kiosk.state.value.kind).toBe("idle");
    expect(stage.camera.stream.value).toBeNull();
    expect(stage.recogniser.status.value.kind).toBe("closed");
    await stage.play(5000, living("anna", 1));
    expect(stage.ledger.punches).toEqual([]);
    expect(stage.recogniser.scopes).toEqual([]);
  });

  test("leaves whoever types a PIN in peace", async () => {
    const faceClosed = new Subject<FaceClosed | null>(null);
    const { kiosk } = await open({ faceClosed });
    kiosk.openPin();
    faceClosed.next("switched-off");
    expect(kiosk.state.value.kind).toBe("pin");
  });

  test("recognises again once it is switched on", async () => {
    const faceClosed = new Subject<FaceClosed | null>("switched-off");
    const { stage, kiosk } = await open({ faceClosed });
    faceClosed.next(null);
    await stage.play(500, nobody);
    expect(await stage.play(5000, living("anna", 1), is(kiosk, "recorded"))).toBe(true);
  });

  test("opens the camera for a badge, and closes it after", async () => {
    const read = vi.fn(() => () => undefined);
    const badges = { issued: new Subject(true), read, verify: () => Promise.reject(new Error("nothing is shown")), anyOf: () => true };
    const { stage, kiosk } = await open({ faceClosed: new Subject<FaceClosed | null>("switched-off"), badges });
    kiosk.openBadge();
    await stage.play(100, nobody);
    expect(stage.camera.status.value.kind).toBe("live");
    expect(read).toHaveBeenCalledOnce();
    expect(stage.recogniser.onReport).toBeNull();
    kiosk.dismiss();
    expect(stage.camera.status.value.kind).toBe("off");
  });

  test("still practises, with a moving picture and nobody's face", async () => {
    const { kiosk } = await open({ faceClosed: new Subject<FaceClosed | null>("switched-off"), mode: "practice" });
    expect(kiosk.surroundings.value.faceClosed).toBeNull();
  });
});
