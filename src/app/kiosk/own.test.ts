import { describe, expect, test } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import type { Punch } from "../../domain/attendance/types.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { KioskState } from "../api/kiosk.ts";
import type { OpenedOwnRecord } from "../own-record/own-records.ts";
import { ownerShown } from "./own.ts";
import { is, living, open } from "./testing/scene.ts";

const ADA = "ada" as PersonId;
const punch = (over: Partial<Punch>): Punch => ({ personId: ADA, method: "face", ...over }) as Punch;
const recorded = (over: Partial<Punch>): KioskState => ({ kind: "recorded", punch: punch(over), name: "Ada", endsAt: 0 as EpochMs });

describe("whose record an outcome leads to", () => {
  test.each<readonly [string, KioskState, ReturnType<typeof ownerShown>]>([
    ["the recognised one's, by face", recorded({}), { personId: ADA, proof: "face" }],
    ["the recognised one's, with the PIN after the face", recorded({ stepUps: ["second-factor"] }), { personId: ADA, proof: "pin" }],
    ["the recognised one's, by face after a challenge", recorded({ stepUps: ["challenge"] }), { personId: ADA, proof: "face" }],
    ["the one's who typed the PIN", recorded({ method: "pin" }), { personId: ADA, proof: "pin" }],
    ["the one's whose punch was a repeat", { kind: "already-recorded", punch: punch({}), previous: punch({}), name: "Ada", endsAt: 0 as EpochMs }, { personId: ADA, proof: "face" }],
    ["nobody's after a badge alone: number and PIN are asked for", recorded({ method: "badge" }), null],
    ["nobody's after an undone punch", { kind: "undone", endsAt: 0 as EpochMs }, null],
    ["nobody's when nobody was recognised", { kind: "not-recognised", endsAt: 0 as EpochMs }, null],
    ["nobody's on the first screen", { kind: "idle" }, null],
  ])("is %s", (_, state, owner) => {
    expect(ownerShown(state, "pin")).toEqual(owner);
  });

  test("is known by the face alone when a badge came after it", () => {
    expect(ownerShown(recorded({ stepUps: ["second-factor"] }), "badge")).toEqual({ personId: ADA, proof: "face" });
  });
});

/** Records that remember whose were opened and closed. */
function records() {
  const calls: string[] = [];
  return {
    calls,
    open: (personId: PersonId, proof: "pin" | "face") => {
      calls.push(`open ${personId} ${proof}`);
      if (personId === ("bert" as PersonId)) return Promise.resolve(err(failure("own/not-logged")));
      return Promise.resolve(ok({ close: () => void calls.push("close") } as unknown as OpenedOwnRecord));
    },
  };
}

describe("one's own record at the kiosk", () => {
  test("opens from the outcome, lasts while it is touched, and is gone after a minute", async () => {
    const ownRecords = records();
    const { stage, kiosk } = await open({ ownRecords });
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await kiosk.openOwn();
    expect(kiosk.state.value.kind).toBe("own");
    await stage.play(10_000, living("bert", 2));
    expect(kiosk.state.value.kind).toBe("own");
    await stage.time.advance(45_000);
    kiosk.touched();
    await stage.time.advance(45_000);
    expect(kiosk.state.value.kind).toBe("own");
    await stage.time.advance(16_000);
    expect(kiosk.state.value.kind).toBe("idle");
    expect(ownRecords.calls).toEqual(["open anna face", "close"]);
  });

  test("goes back to the first screen when the look cannot be noted", async () => {
    const ownRecords = records();
    const { stage, kiosk } = await open({ ownRecords });
    await stage.play(3000, living("bert", 1), is(kiosk, "recorded"));
    await kiosk.openOwn();
    expect(kiosk.state.value.kind).toBe("idle");
  });

  test("asks for number and PIN on the first screen, and opens nothing when they do not match", async () => {
    const ownRecords = records();
    const { kiosk } = await open({ ownRecords, before: ({ ledger }) => (ledger.verifyPin = () => Promise.resolve(err(failure("pin/wrong")))) });
    await kiosk.openOwn();
    expect(kiosk.state.value.kind).toBe("own-entry");
    expect((await kiosk.submitOwn("1001", "000000")).ok).toBe(false);
    expect(kiosk.state.value.kind).toBe("own-entry");
    expect(ownRecords.calls).toEqual([]);
  });

  test("is closed when the kiosk stops, and not offered in practice", async () => {
    const ownRecords = records();
    const { stage, kiosk } = await open({ ownRecords });
    expect(kiosk.surroundings.value.ownRecord).toBe(true);
    await stage.play(3000, living("anna", 1), is(kiosk, "recorded"));
    await kiosk.openOwn();
    await kiosk.stop();
    expect(ownRecords.calls.at(-1)).toBe("close");
    await kiosk.start("practice");
    expect(kiosk.surroundings.value.ownRecord).toBe(false);
    await kiosk.openOwn();
    expect(kiosk.state.value.kind).not.toBe("own-entry");
  });
});
