import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OwnFakeOptions } from "../../../../tests/screens/fake-own-attendance.ts";
import { fakeOwnAttendance } from "../../../../tests/screens/fake-own-attendance.ts";
import { punch } from "../../../../tests/screens/fixtures.ts";
import { deepQuery, settled } from "../../../../tests/screens/mount.ts";
import { ownRecord } from "../../../../tests/screens/own-record.ts";
import { showLocale } from "../../i18n/localize.ts";
import "./cf-own.ts";

beforeEach(() => showLocale("en"));
afterEach(() => document.body.replaceChildren());

async function mounted(options: OwnFakeOptions = {}) {
  const calls: (readonly unknown[])[] = [];
  const own = document.createElement("cf-own");
  own.record = ownRecord(punch(), {}, {}, fakeOwnAttendance(options, calls));
  own.zone = "Asia/Shanghai";
  document.body.append(own);
  await settled(document.body);
  const buttons = (root: ParentNode = document): HTMLButtonElement[] =>
    [...root.querySelectorAll("*")].flatMap((element) => [...(element instanceof HTMLButtonElement ? [element] : []), ...(element.shadowRoot === null ? [] : buttons(element.shadowRoot))]);
  const press = async (label: string): Promise<void> => {
    const found = buttons().find((button) => button.checkVisibility() && button.textContent.trim().replace(/\s+/g, " ").startsWith(label));
    if (found === undefined) throw new Error(`no button "${label}" among ${buttons().map(({ textContent }) => textContent.trim()).join(" | ")}`);
    found.click();
    await settled(document.body);
  };
  const called = (name: string): readonly unknown[][] => calls.filter(([call]) => call === name).map(([, ...rest]) => rest);
  return { own, calls, called, press };
}

const text = (root: Node): string => (root instanceof Element && root.shadowRoot !== null ? text(root.shadowRoot) : "") + (root instanceof Text ? root.data : "") + [...root.childNodes].map(text).join(" ");

describe("one's own pages", () => {
  test("cf-own hands a missing punch in with two presses and a reason, the outage cited", async () => {
    const { press, called } = await mounted();
    await press("Make it up");
    await press("Well");
    await press("I forgot to punch");
    await press("Hand it in");
    expect(called("submit")).toMatchObject([[{ reason: "I forgot to punch", content: { kind: "make-up", day: "2026-02-27", direction: "out", outage: { seq: 3_811 }, health: { condition: "well" } } }]]);
    expect(called("submit")[0]?.[0]).not.toHaveProperty("specialCase");
  });

  test("cf-own says before the form that it is too late, and puts it before HR", async () => {
    const { press, called } = await mounted({ late: true });
    await press("Ask HR");
    expect(text(document.body)).toContain("Time-out: the days for making it up are over");
    await press("I was out for work");
    await press("Put it before HR as a special case");
    expect(called("submit")).toMatchObject([[{ specialCase: true }]]);
  });

  test("cf-own keeps a draft of what was begun, and nothing of it on the screen once it is gone", async () => {
    const { own, press, called } = await mounted();
    await press("Make it up");
    await expect.poll(() => called("allowance").length).toBeGreaterThan(0);
    expect(called("keepDraft")).toEqual([]);
    const words = deepQuery("textarea", HTMLTextAreaElement);
    if (words === null) throw new Error("no field");
    words.value = "The bus broke down";
    words.dispatchEvent(new Event("input", { bubbles: true }));
    await expect.poll(() => called("keepDraft").length, { timeout: 3000 }).toBe(1);
    expect(called("keepDraft")[0]).toMatchObject([{ reason: "The bus broke down" }]);
    own.record = null;
    await settled(document.body);
    expect(text(document.body)).not.toContain("欧阳晓明");
    expect(deepQuery("textarea", HTMLTextAreaElement)).toBeNull();
  });

  test("cf-own confirms a month, tells what was seen, and sends feedback without a name", async () => {
    const { press, called } = await mounted();
    await press("Please confirm February 2026");
    await press("Confirm February 2026");
    expect(called("confirm")).toEqual([["2026-02"]]);
    await press("Back");
    await press("Messages");
    expect(called("seen")).toHaveLength(1);
    await press("I agree");
    expect(called("agree")).toMatchObject([[expect.any(String), true]]);
    await press("Back");
    await press("Feedback");
    await press("It is too loud");
    await press("Without my name");
    await press("Send it");
    expect(called("giveFeedback")).toEqual([["technical", "It is too loud", true]]);
  });

  test("cf-own asks to cancel what was approved, with a reason and in whole, and offers that for nothing else", async () => {
    const { press, called } = await mounted();
    await press("Requests");
    expect(text(document.body)).not.toContain("Cancellation");
    await press("Business trip Suzhou");
    await press("Ask to cancel it");
    expect(text(document.body)).toContain("It is taken back as a whole");
    await press("The plan has changed");
    await press("Hand it in");
    expect(called("submit")).toMatchObject([[{ reason: "The plan has changed", content: { kind: "cancel", cancels: "own-3", content: { kind: "trip", place: "Suzhou" } } }]]);
    await press("Back");
    await press("Correction");
    expect(text(document.body)).not.toContain("Ask to cancel it");
  });

  test("cf-own counts wrong answers of the tutorial, and offers nothing where there are no rules", async () => {
    const { press, called } = await mounted();
    await press("Tutorial");
    await press("Nothing, it will notice");
    for (const answer of ["“Not me”", "Tell HR", "No: it can be put before HR", "Press the day"]) {
      await press(answer);
      await press("Go on");
    }
    expect(called("trained")).toEqual([["employee", 1, 1]]);
    document.body.replaceChildren();
    const { press: again } = await mounted({ none: true });
    await again("Requests");
    expect(text(document.body)).toContain("Nothing needs to be asked for here");
  });
});
