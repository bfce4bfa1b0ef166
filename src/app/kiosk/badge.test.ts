import { describe, expect, test } from "vitest";
import { badgeText } from "../../domain/people/badge.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import { Subject } from "../observable.ts";
import type { BadgeFailure, KioskBadges } from "../ports/badges.ts";
import type { Result } from "../../domain/result.ts";
import { is, living, nobody, open } from "./testing/scene.ts";
import { settle } from "./testing/stage.ts";

const ANNA = "anna" as PersonId;
const BERT = "bert" as PersonId;

/** Badges that are shown by hand. */
function badges() {
  const readers: ((text: string) => void)[] = [];
  const verified: string[] = [];
  const answers = new Map<string, Result<PersonId, BadgeFailure>>([["annas", ok(ANNA)], ["berts", ok(BERT)], ["old", err(failure("badge/replaced"))]]);
  const known: KioskBadges = {
    issued: new Subject(true),
    anyOf: (people) => people.some((personId) => [...answers.values()].some((answer) => answer.ok && answer.value === personId)),
    verify: (text) => {
      verified.push(text);
      return Promise.resolve(answers.get(text) ?? err(failure("badge/unknown")));
    },
    read: (_, found) => {
      readers.push(found);
      return () => void readers.splice(readers.indexOf(found), 1);
    },
  };
  return { known, readers, verified, show: async (text: string) => { for (const found of [...readers]) found(text); await settle(); } };
}

describe("the badge way", () => {
  test("records the badge's owner, and looks at nothing afterwards", async () => {
    const shown = badges();
    const { kiosk, stage } = await open({ badges: shown.known });
    expect(kiosk.surroundings.value.badges).toBe(true);
    expect(shown.readers).toEqual([]);
    kiosk.openBadge();
    expect(kiosk.state.value).toMatchObject({ kind: "badge", told: null });
    await shown.show("annas");
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { personId: ANNA, method: "badge" } });
    expect(shown.readers).toEqual([]);
    expect(stage.ledger.requests).toMatchObject([{ personId: ANNA, method: "badge" }]);
  });

  test("tells kindly of a badge that does not count, tries it once, and goes back by itself", async () => {
    const shown = badges();
    const { kiosk, stage } = await open({ badges: shown.known });
    kiosk.openBadge();
    await shown.show("old");
    await shown.show("old");
    expect(kiosk.state.value).toMatchObject({ kind: "badge", told: { kind: "badge/replaced" } });
    expect(shown.verified).toEqual(["old"]);
    await shown.show("nobodys");
    expect(kiosk.state.value).toMatchObject({ kind: "badge", told: { kind: "badge/unknown" } });
    expect(stage.ledger.attempts).toEqual(["pin-refused", "pin-refused"]);
    await stage.time.advance(21_000);
    expect(kiosk.state.value.kind).toBe("idle");
    expect(shown.readers).toEqual([]);
  });

  test("takes what a reader with a cable types on the first screen, also while the camera is down", async () => {
    const shown = badges();
    const { kiosk, stage } = await open({ badges: shown.known, before: ({ camera }) => (camera.fault = "camera/none-found") });
    await stage.play(500, nobody);
    expect(kiosk.surroundings.value.faceFault?.kind).toBe("camera/none-found");
    expect(stage.ledger.outages).toEqual(["start camera/none-found"]);
    expect((await kiosk.submitBadge("berts")).ok).toBe(true);
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { personId: BERT, method: "badge" } });
  });

  test("is a second factor for whom the face may be, and for nobody else", async () => {
    const shown = badges();
    const { kiosk, stage } = await open({ badges: shown.known, lookAlikes: { anna: [BERT] }, before: ({ ledger }) => ledger.pins.set(ANNA, "1234") });
    expect(await stage.play(4000, living("anna", 1), is(kiosk, "second-factor"))).toBe(true);
    await shown.show("nobodys");
    expect(kiosk.state.value.kind).toBe("second-factor");
    await shown.show("annas");
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { personId: ANNA, method: "face", stepUps: ["second-factor"] } });
    expect(shown.readers).toEqual([]);
  });

  test.each(["badge", "pin"] as const)("a %s after the face opens the own record with what it proves", async (factor) => {
    const shown = badges();
    const proofs: string[] = [];
    const ownRecords = {
      open: (_: PersonId, proof: "pin" | "face") => {
        proofs.push(proof);
        return Promise.resolve(err(failure("own/not-logged")));
      },
    };
    const { kiosk, stage } = await open({ badges: shown.known, ownRecords, lookAlikes: { anna: [BERT] }, before: ({ ledger }) => ledger.pins.set(ANNA, "1234") });
    await stage.play(4000, living("anna", 1), is(kiosk, "second-factor"));
    await (factor === "badge" ? shown.show("annas") : kiosk.submitSecondFactor("1234"));
    await kiosk.openOwn();
    // A badge can be found: before anything is withdrawn the PIN is still to be given.
    expect(proofs).toEqual([factor === "badge" ? "face" : "pin"]);
  });

  test("tells of a second factor that is somebody else's badge as of an unknown one, and tries it once", async () => {
    const shown = badges();
    const { kiosk, stage } = await open({ badges: shown.known, lookAlikes: { anna: ["twin" as PersonId] }, before: ({ ledger }) => ledger.pins.set(ANNA, "1234") });
    await stage.play(4000, living("anna", 1), is(kiosk, "second-factor"));
    expect(kiosk.state.value).not.toHaveProperty("told");
    await shown.show("berts");
    await shown.show("berts");
    expect(kiosk.state.value).toMatchObject({ kind: "second-factor", told: { kind: "badge/unknown" } });
    expect(shown.verified).toEqual(["berts"]);
    expect(stage.ledger.attempts).toEqual(["pin-refused"]);
    await shown.show("old");
    expect(kiosk.state.value).toMatchObject({ kind: "second-factor", told: { kind: "badge/replaced" } });
    kiosk.touched();
    expect(kiosk.state.value).not.toHaveProperty("told");
    expect(stage.ledger.requests).toEqual([]);
  });

  test("is asked as a second factor of who has a badge and no PIN, and of nobody who has neither", async () => {
    const withBadge = await open({ badges: badges().known, lookAlikes: { anna: [BERT] } });
    expect(await withBadge.stage.play(4000, living("anna", 1), is(withBadge.kiosk, "second-factor"))).toBe(true);
    const withNeither = await open({ badges: { ...badges().known, anyOf: () => false }, lookAlikes: { anna: [BERT] } });
    expect(await withNeither.stage.play(4000, living("anna", 1), is(withNeither.kiosk, "not-recognised"))).toBe(true);
    expect(withNeither.kinds).not.toContain("second-factor");
  });

  test("takes any badge in practice, and records nothing", async () => {
    const shown = badges();
    const { kiosk, stage } = await open({ badges: shown.known, mode: "practice" });
    await stage.play(6000, living("anna", 1), is(kiosk, "idle"));
    kiosk.openBadge();
    await shown.show(badgeText(new Uint8Array(16)));
    expect(kiosk.state.value).toMatchObject({ kind: "recorded", punch: { method: "badge", deviceId: "practice" } });
    expect(stage.ledger.requests).toEqual([]);
    expect(shown.verified).toEqual([]);
  });

  test("is not offered where nobody has a badge", async () => {
    const { kiosk } = await open({ badges: { ...badges().known, issued: new Subject(false) } });
    kiosk.openBadge();
    expect(kiosk.state.value.kind).toBe("idle");
  });
});
