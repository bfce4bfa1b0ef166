import axe from "axe-core";
import { page, userEvent } from "vitest/browser";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { FACE, FakeKiosk, SCENES, punch } from "../../../tests/screens/fixtures.ts";
import { deepQuery, mount, settled, showScene } from "../../../tests/screens/mount.ts";
import type { KioskState } from "../../app/api/kiosk.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { err, ok } from "../../domain/result.ts";
import { LOCALES, locale, showLocale } from "../i18n/localize.ts";
import "../styles/global.css";
import { showTheme } from "../styles/theme.ts";
import type { CfKiosk } from "./cf-kiosk.ts";
import { CfMirror } from "./cf-mirror.ts";

const soon = (): EpochMs => (Date.now() + 60_000) as EpochMs;

beforeEach(async () => {
  await page.viewport(1280, 800);
  await showLocale("en");
  showTheme("light");
});

afterEach(() => {
  document.body.replaceChildren();
});

async function open(state: KioskState, surroundings: ConstructorParameters<typeof FakeKiosk>[1] = {}): Promise<{ kiosk: FakeKiosk; screen: CfKiosk }> {
  const kiosk = new FakeKiosk(state, surroundings);
  const screen = mount(kiosk, document.body);
  await settled(document.body);
  return { kiosk, screen };
}

/** All that is said on the screen, shadow roots included. */
function textOf(root: Node): string {
  if (root instanceof Text) return root.data;
  if (root instanceof HTMLSlotElement || root instanceof HTMLStyleElement) return "";
  const shadow = root instanceof Element ? root.shadowRoot : null;
  return [...(shadow?.childNodes ?? []), ...root.childNodes].map(textOf).join(" ").replace(/\s+/g, " ");
}

function deepButtons(root: ParentNode = document): HTMLButtonElement[] {
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...(element instanceof HTMLButtonElement ? [element] : []),
    ...(element.shadowRoot === null ? [] : deepButtons(element.shadowRoot)),
  ]);
}

function shownButtons(): HTMLButtonElement[] {
  return deepButtons().filter((button) => button.checkVisibility());
}

function button(label: string): HTMLButtonElement {
  const found = shownButtons().find((candidate) => (candidate.getAttribute("aria-label") ?? candidate.textContent).trim().replace(/\s+/g, " ").startsWith(label));
  if (found === undefined) throw new Error(`no button "${label}" in: ${textOf(document.body)}`);
  return found;
}

/** What lies uppermost at a point, shadow roots included. */
function topmost(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner = found?.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (inner === null || inner === found) return found;
    found = inner;
  }
}

describe("every scene passes axe", () => {
  // Both languages and both themes of every scene, in two looks: the words and the colours do not depend on each other.
  const looks = [
    { language: "zh-Hans", theme: "light" },
    { language: "en", theme: "dark" },
  ] as const;
  for (const scene of SCENES) {
    for (const { language, theme } of looks) {
      test(`cf-kiosk has no violation when it shows ${scene.name} in ${language}, ${theme}`, async () => {
        await showLocale(language);
        showTheme(theme);
        await showScene(scene, document.body);
        const { violations } = await axe.run(document.body, { rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } } });
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ""}`).join("; ")}`)).toEqual([]);
      });
    }
  }
});

const LEAST_OF_A_DAY = 44;

describe("every scene has its buttons in reach", () => {
  const sizes = [
    { width: 1280, height: 800, least: 64 },
    { width: 800, height: 1280, least: 64 },
    { width: 1920, height: 1080, least: 64 },
    // A phone is held in a bare hand: its letter keys may be smaller.
    { width: 390, height: 844, least: 52 },
  ];
  for (const size of sizes) {
    const { width, height } = size;
    for (const language of LOCALES) {
      test(`cf-kiosk keeps every button whole, uncovered and large when the screen is ${width}x${height} in ${language}`, async () => {
        await page.viewport(width, height);
        await showLocale(language);
        const wrong: string[] = [];
        for (const scene of SCENES) {
          document.body.replaceChildren();
          await showScene(scene, document.body);
          const modal = scene.then === "leave";
          for (const found of shownButtons()) {
            // What a page scrolls to is in reach too.
            found.scrollIntoView({ block: "center", behavior: "instant" });
            // Seven days stand in a row.
            const least = found.matches(".cell, .days button") ? LEAST_OF_A_DAY : size.least;
            const { left, top, right, bottom } = found.getBoundingClientRect();
            const name = `${scene.name}: ${(found.getAttribute("aria-label") ?? found.textContent).trim()}`;
            if (right - left < least || bottom - top < least) wrong.push(`${name} is ${right - left}x${bottom - top}`);
            if (left < 8 || top < 8 || right > width - 8 || bottom > height - 8) wrong.push(`${name} is at the edge: ${left},${top} ${right},${bottom}`);
            const inDialog = found.getRootNode() instanceof ShadowRoot && (found.closest("dialog") !== null || (found.getRootNode() as ShadowRoot).host.closest("dialog") !== null);
            if (modal !== inDialog) continue;
            const above = topmost((left + right) / 2, (top + bottom) / 2);
            if (above === null || !found.contains(above)) wrong.push(`${name} is covered`);
          }
          const said = deepQuery(".said", HTMLElement);
          const room = said?.getBoundingClientRect();
          for (const part of said?.children ?? []) {
            const { top, right, bottom } = part.getBoundingClientRect();
            if (room !== undefined && (top < room.top - 1 || bottom > room.bottom + 1 || right > room.right + 1)) wrong.push(`${scene.name} hides “${part.textContent.trim()}”`);
          }
          const panel = deepQuery(".panel > *", HTMLElement);
          if (panel !== null && panel.scrollHeight > panel.clientHeight + 1) wrong.push(`${scene.name} overflows by ${panel.scrollHeight - panel.clientHeight}`);
          if (document.documentElement.scrollWidth > width) wrong.push(`${scene.name} is too wide`);
        }
        expect(wrong).toEqual([]);
      });
    }
  }
});

describe("the ways without a face", () => {
  const states: readonly KioskState[] = [
    { kind: "idle" },
    { kind: "starting" },
    { kind: "guiding", reason: "too-far" },
    { kind: "deciding", progress: 0.5, face: FACE },
    { kind: "challenge", action: "nod", progress: 0, attempt: 1, endsAt: soon() },
    { kind: "not-recognised", endsAt: soon() },
    { kind: "undone", endsAt: soon() },
    { kind: "not-recorded", failure: { kind: "ledger/write-failed" } },
  ];
  test.each(states)("cf-kiosk opens the PIN screen with one touch when it is $kind", async (state) => {
    const { kiosk } = await open(state);
    const [pin] = shownButtons().filter(({ textContent }) => textContent.includes("PIN"));
    pin?.click();
    expect(kiosk.calls).toEqual(["openPin"]);
  });

  test("cf-kiosk keeps the PIN way and names the fault when the camera is gone", async () => {
    const { kiosk, screen } = await open({ kind: "idle" }, { faceFault: { kind: "camera/unplugged" } });
    expect(textOf(screen)).toContain("The camera was disconnected");
    expect(textOf(screen)).toContain("李主管 6021");
    button("PIN").click();
    expect(kiosk.calls).toEqual(["openPin"]);
  });

  test("cf-kiosk names every way that is left while the face way is closed, and offers each alike", async () => {
    const { kiosk, screen } = await open({ kind: "idle" }, { faceFault: { kind: "camera/unplugged" }, badges: true });
    expect(textOf(screen)).toContain("PIN, badge and the supervisor's list work as always.");
    const ways = ["PIN", "Badge", "Supervisor"].map(button);
    expect(new Set(ways.map((way) => `${way.offsetWidth}x${way.offsetHeight}`)).size).toBe(1);
    const wanted = vi.fn();
    screen.addEventListener("cf-open-list", wanted);
    for (const way of ways) way.click();
    expect([kiosk.calls, wanted.mock.calls.length]).toEqual([["openPin", "openBadge"], 1]);
  });

  test.each([
    ["while the face way is open", { badges: true }],
    ["in practice", { faceFault: { kind: "camera/unplugged" as const }, practice: true, site: "" }],
    ["once the tablet is retired", { faceFault: { kind: "ledger/retired" as const } }],
  ])("cf-kiosk offers no supervisor's list %s", async (_, surroundings) => {
    const { screen } = await open({ kind: "idle" }, surroundings);
    expect(textOf(screen)).not.toMatch(/supervisor/iu);
  });

  test.each<KioskState>([{ kind: "idle" }, { kind: "not-recorded", failure: { kind: "ledger/retired" } }])("cf-kiosk says that the tablet is retired and offers no way when it is $kind", async (state) => {
    const { screen } = await open(state, { faceFault: { kind: "ledger/retired" } });
    expect(textOf(screen)).toMatch(/This tablet is retired.*Please use another one, or tell the administrator\./su);
    expect(shownButtons().filter(({ textContent }) => textContent.includes("PIN"))).toEqual([]);
  });
});

describe("the PIN screen", () => {
  const pinState = (): KioskState => ({ kind: "pin", endsAt: soon() });

  test("submits number and PIN when they are typed on a keyboard", async () => {
    const { kiosk } = await open(pinState());
    await userEvent.keyboard("a1042{Enter}4821{Enter}");
    expect(kiosk.calls.filter((call) => call !== "touched")).toEqual(["submitPin A1042 4821"]);
    expect(kiosk.calls.filter((call) => call === "touched")).toHaveLength(11);
  });

  test("submits number and PIN when they are entered on the pad", async () => {
    const { kiosk } = await open(pinState());
    for (const key of ["1", "0", "4", "Next", "4", "8", "2", "1", "Done"]) {
      button(key).click();
      await settled(document.body);
    }
    expect(kiosk.calls).toContain("submitPin 104 4821");
  });

  test("takes letters from the pad when the letters are shown", async () => {
    const { kiosk } = await open(pinState());
    for (const key of ["ABC", "Q", "-", "123", "7", "Next", "1", "2", "3", "4", "Done"]) {
      button(key).click();
      await settled(document.body);
    }
    expect(kiosk.calls).toContain("submitPin Q-7 1234");
  });

  test("sends nothing and says why when the PIN is too short to be one", async () => {
    const { kiosk, screen } = await open(pinState());
    await userEvent.keyboard("1042{Enter}48{Enter}");
    await settled(document.body);
    expect(kiosk.calls.some((call) => call.startsWith("submitPin"))).toBe(false);
    expect(textOf(screen)).toContain("4 digits or more");
  });

  test("keeps the number, clears the PIN and says so when they do not match", async () => {
    const { kiosk, screen } = await open(pinState());
    kiosk.pinAnswer = err({ kind: "pin/wrong" });
    await userEvent.keyboard("1042{Enter}4821{Enter}");
    await settled(document.body);
    expect(textOf(screen)).toContain("Number and PIN do not match");
    kiosk.pinAnswer = ok();
    await userEvent.keyboard("9999{Enter}");
    expect(kiosk.calls.at(-1)).toBe("submitPin 1042 9999");
  });

  test("never tells whether a number exists", async () => {
    const said: string[] = [];
    for (const kind of ["pin/wrong", "pin/not-issued"] as const) {
      document.body.replaceChildren();
      const { kiosk, screen } = await open(pinState());
      kiosk.pinAnswer = err({ kind });
      await userEvent.keyboard("1042{Enter}4821{Enter}");
      await settled(document.body);
      said.push(textOf(screen.shadowRoot?.querySelector("cf-kiosk-pin") ?? screen));
    }
    expect(said[0]).toBe(said[1]);
  });

  test("tells how long to wait when there were too many tries", async () => {
    const { kiosk, screen } = await open(pinState());
    kiosk.pinAnswer = err({ kind: "pin/locked", until: (Date.now() + 92_000) as EpochMs });
    await userEvent.keyboard("1042{Enter}4821{Enter}");
    await settled(document.body);
    expect(textOf(screen)).toMatch(/Too many tries. Please wait 1:3\d/);
  });

  test("goes back when Back is chosen by keyboard, and does not submit", async () => {
    const { kiosk } = await open(pinState());
    await userEvent.keyboard("1042{Enter}4821");
    button("Back").focus();
    await userEvent.keyboard("{Enter}");
    expect(kiosk.calls.filter((call) => call !== "touched")).toEqual(["dismiss"]);
  });

  test("goes back on Escape", async () => {
    const { kiosk } = await open(pinState());
    await userEvent.keyboard("{Escape}");
    expect(kiosk.calls).toEqual(["dismiss"]);
  });

  test("leaves a field by deleting from its empty beginning", async () => {
    const { kiosk } = await open(pinState());
    await userEvent.keyboard("105{Enter}{Backspace}{Backspace}42{Enter}4821{Enter}");
    expect(kiosk.calls.at(-1)).toBe("submitPin 1042 4821");
  });
});

describe("the PIN after the face", () => {
  const asked = (): KioskState => ({ kind: "second-factor", endsAt: soon() });
  const part = (screen: CfKiosk): Element => screen.shadowRoot?.querySelector("cf-kiosk-second-factor") ?? expect.fail("no second factor");

  test("submits the PIN alone, from keyboard and pad, and keeps the screen open with each key", async () => {
    const { kiosk } = await open(asked());
    await userEvent.keyboard("48");
    for (const key of ["2", "1", "Done"]) {
      button(key).click();
      await settled(document.body);
    }
    expect(kiosk.calls.filter((call) => call !== "touched")).toEqual(["submitSecondFactor 4821"]);
    expect(kiosk.calls.filter((call) => call === "touched")).toHaveLength(5);
  });

  test("shows no name and no reason", async () => {
    const { screen } = await open(asked());
    const text = textOf(part(screen));
    expect(text).toContain("To be sure it is you, please enter your PIN");
    expect(text).not.toMatch(/look|similar|alike|somebody|suspect/i);
  });

  test("says so without a word of the number when the PIN is wrong, and takes another", async () => {
    const { kiosk, screen } = await open(asked());
    kiosk.pinAnswer = err({ kind: "pin/wrong" });
    await userEvent.keyboard("4821{Enter}");
    await settled(document.body);
    expect(textOf(part(screen))).toContain("That PIN does not fit. Please try again.");
    expect(textOf(part(screen))).not.toContain("Number and PIN do not match");
    kiosk.pinAnswer = ok();
    await userEvent.keyboard("9999{Enter}");
    expect(kiosk.calls.at(-1)).toBe("submitSecondFactor 9999");
  });

  test("takes a badge in place of the PIN where there are any, and says no more of one that does not fit", async () => {
    const { kiosk, screen } = await open(asked(), { badges: true });
    expect(textOf(part(screen))).toContain("your PIN or your badge");
    expect(textOf(part(screen))).toContain("Or hold your badge to the reader.");
    await userEvent.keyboard("48");
    kiosk.state.next({ kind: "second-factor", endsAt: soon(), told: { kind: "badge/unknown" } });
    await settled(document.body);
    expect(textOf(part(screen))).toContain("That badge does not fit. Try again.");
    expect(part(screen).shadowRoot?.querySelectorAll(".dots i")).toHaveLength(0);
    await userEvent.keyboard("4");
    await settled(document.body);
    expect(textOf(part(screen))).not.toContain("That badge");
  });

  test("says nothing of badges where there are none", async () => {
    const { screen } = await open(asked());
    expect(textOf(screen)).not.toMatch(/badge/iu);
  });

  test("asks for the number too when two people have the same PIN", async () => {
    const { kiosk, screen } = await open(asked());
    kiosk.pinAnswer = err({ kind: "pin/number-needed" });
    await userEvent.keyboard("4821{Enter}");
    await settled(document.body);
    expect(textOf(part(screen))).toContain("Please enter your number and your PIN.");
  });

  test("tells how long to wait when there were too many tries", async () => {
    const { kiosk, screen } = await open(asked());
    kiosk.pinAnswer = err({ kind: "pin/locked", until: (Date.now() + 92_000) as EpochMs });
    await userEvent.keyboard("4821{Enter}");
    await settled(document.body);
    expect(textOf(screen)).toMatch(/Too many tries. Please wait 1:3\d/);
  });

  test("sends nothing when the PIN is too short to be one", async () => {
    const { kiosk, screen } = await open(asked());
    await userEvent.keyboard("48{Enter}");
    await settled(document.body);
    expect(kiosk.calls.some((call) => call.startsWith("submit"))).toBe(false);
    expect(textOf(screen)).toContain("4 digits or more");
  });

  test("lets number and PIN be used instead, and lets the person go", async () => {
    const { kiosk } = await open(asked());
    button("Use number and PIN").click();
    button("Back").click();
    await userEvent.keyboard("{Escape}");
    expect(kiosk.calls).toEqual(["openPin", "dismiss", "dismiss"]);
  });

  test("forgets what was typed when somebody else comes", async () => {
    const { kiosk, screen } = await open(asked());
    await userEvent.keyboard("482");
    kiosk.state.next({ kind: "idle" });
    await settled(document.body);
    kiosk.state.next(asked());
    await settled(document.body);
    expect(part(screen).shadowRoot?.querySelectorAll(".dots i")).toHaveLength(0);
  });
});

describe("the number before the face", () => {
  const typing = (): KioskState => ({ kind: "number", endsAt: soon() });
  const first = { comparison: "typed-number" } as const;

  test("is asked for on the first screen, beside the PIN", async () => {
    const { kiosk, screen } = await open({ kind: "idle" }, first);
    expect(textOf(screen)).toContain("Enter your number, then look here");
    button("Face").click();
    button("PIN").click();
    expect(kiosk.calls).toEqual(["openNumber", "openPin"]);
  });

  test("takes letters and hands the number over", async () => {
    const { kiosk } = await open(typing(), first);
    await userEvent.keyboard("q-7{Enter}");
    expect(kiosk.calls.filter((call) => call !== "touched")).toEqual(["submitNumber Q-7"]);
  });

  test("hands nothing over and says what is missing when no number was typed", async () => {
    const { kiosk, screen } = await open(typing(), first);
    await userEvent.keyboard("{Enter}");
    await settled(document.body);
    expect(kiosk.calls).toEqual(["touched"]);
    expect(textOf(screen)).toContain("Please enter your employee number first.");
  });

  test("begins with the first key when a badge reader types on the first screen", async () => {
    const { kiosk } = await open({ kind: "idle" }, first);
    await userEvent.keyboard("1");
    expect(kiosk.calls).toEqual(["openNumber"]);
    kiosk.state.next(typing());
    await settled(document.body);
    await userEvent.keyboard("042{Enter}");
    expect(kiosk.calls.at(-1)).toBe("submitNumber 1042");
  });

  test("opens by no key when everybody is compared, or the face way is closed", async () => {
    for (const surroundings of [{}, { ...first, faceFault: { kind: "camera/unplugged" as const } }, { ...first, faceRestsUntil: soon() }]) {
      document.body.replaceChildren();
      const { kiosk } = await open({ kind: "idle" }, surroundings);
      await userEvent.keyboard("1");
      expect(kiosk.calls).toEqual([]);
    }
  });

  test("leaves the PIN way in reach", async () => {
    const { kiosk } = await open(typing(), first);
    button("Use PIN").click();
    expect(kiosk.calls).toEqual(["openPin"]);
  });
});

describe("a face way that rests", () => {
  test("counts the time down, says no reason, and leaves the PIN", async () => {
    const { kiosk, screen } = await open({ kind: "idle" }, { faceRestsUntil: (Date.now() + 62_000) as EpochMs });
    expect(textOf(screen)).toMatch(/Open again in 1:0[12]/);
    await expect.poll(() => textOf(screen), { timeout: 4000 }).toMatch(/Open again in 1:00|Open again in 0:5\d/);
    expect(textOf(screen)).not.toMatch(/attack|suspect|too many/i);
    button("PIN").click();
    expect(kiosk.calls).toEqual(["openPin"]);
    expect(() => button("Face")).toThrow("no button");
  });

  test("is offered again when it is open again", async () => {
    const { kiosk } = await open({ kind: "idle" }, { faceRestsUntil: (Date.now() + 62_000) as EpochMs });
    kiosk.surroundings.next({ ...kiosk.surroundings.value, faceRestsUntil: null });
    await settled(document.body);
    button("Face");
  });
});

describe("the outcome", () => {
  test("tells name, direction, time in the site's zone and receipt when a punch was recorded", async () => {
    const { screen } = await open({ kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() });
    const text = textOf(screen);
    for (const part of ["王芳", "IN", "08:57:12", "Recorded", "1042-9F3AC2D1"]) expect(text).toContain(part);
  });

  test("asks for the other direction, and for taking it back", async () => {
    const { kiosk } = await open({ kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() });
    button("Change to OUT").click();
    button("Not me").click();
    expect(kiosk.calls).toEqual(["changeDirection", "notMe"]);
  });

  test("shows the earlier punch when it was recorded already", async () => {
    const earlier = punch({ wallMs: (punch().wallMs - 61_000) as EpochMs });
    const { kiosk, screen } = await open({ kind: "already-recorded", punch: punch({ status: "suppressed" }), previous: earlier, name: "王芳", endsAt: soon() });
    expect(textOf(screen)).toContain("08:56:11");
    button("Record OUT instead").click();
    button("Not me").click();
    expect(kiosk.calls).toEqual(["changeDirection", "notMe"]);
  });

  test("gives three ways on when nobody was recognised", async () => {
    const { kiosk, screen } = await open({ kind: "not-recognised", endsAt: soon() });
    button("Try again").click();
    button("Use PIN").click();
    expect(kiosk.calls).toEqual(["dismiss", "openPin"]);
    expect(textOf(screen)).toContain("李主管 6021");
  });

  test("speaks the person's language, and the kiosk's own again afterwards", async () => {
    await showLocale("zh-Hans");
    const { kiosk, screen } = await open({ kind: "idle" });
    kiosk.state.next({ kind: "recorded", punch: punch(), name: "Ada", locale: "en", endsAt: soon() });
    await expect.poll(() => textOf(screen)).toContain("Recorded");
    kiosk.state.next({ kind: "idle" });
    await expect.poll(() => locale.value).toBe("zh-Hans");
    await settled(document.body);
    expect(textOf(screen)).toContain("走近即可");
  });

  test("is announced to screen readers when it comes", async () => {
    const { kiosk, screen } = await open({ kind: "idle" });
    kiosk.state.next({ kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() });
    await settled(document.body);
    expect(screen.shadowRoot?.querySelector("[aria-live=polite]")?.textContent).toBe("Recorded: 王芳, IN, 08:57:12");
  });
});

describe("the mirror", () => {
  const mirror = (): CfMirror => deepQuery("cf-mirror", CfMirror) ?? expect.fail("no mirror");
  const oval = (): SVGSVGElement => mirror().shadowRoot?.querySelector<SVGSVGElement>(".oval") ?? expect.fail("no oval");

  test("moves the oval without rendering the screen anew when only the face moves", async () => {
    const { kiosk, screen } = await open({ kind: "guiding", reason: "too-far", face: FACE });
    await expect.poll(() => oval().style.transform).not.toBe("");
    const before = oval().style.transform;
    kiosk.state.next({ kind: "guiding", reason: "too-far", face: { ...FACE, x: FACE.x - 0.1 } });
    expect(screen.isUpdatePending).toBe(false);
    expect(mirror().isUpdatePending).toBe(false);
    expect(oval().style.transform).not.toBe(before);
  });

  test("renders nothing anew when a challenge's end wavers by a millisecond", async () => {
    const endsAt = soon();
    const { kiosk, screen } = await open({ kind: "challenge", action: "nod", progress: 0.1, attempt: 1, endsAt, face: FACE });
    kiosk.state.next({ kind: "challenge", action: "nod", progress: 0.2, attempt: 1, endsAt: (endsAt + 1) as EpochMs, face: FACE });
    expect(screen.isUpdatePending).toBe(false);
    kiosk.state.next({ kind: "challenge", action: "nod", progress: 0, attempt: 2, endsAt: (endsAt + 6000) as EpochMs, face: FACE });
    expect(screen.isUpdatePending).toBe(true);
  });

  test("closes the ring as the decision goes on", async () => {
    const { kiosk } = await open({ kind: "deciding", progress: 0.25, face: FACE });
    await expect.poll(() => oval().style.getPropertyValue("--open")).toBe("0.75");
    kiosk.state.next({ kind: "deciding", progress: 1, face: FACE });
    expect(oval().style.getPropertyValue("--open")).toBe("0");
  });

  test("lets go of the face when it has left", async () => {
    const { kiosk } = await open({ kind: "guiding", reason: "look-here", face: FACE });
    kiosk.state.next({ kind: "guiding", reason: "no-face" });
    await settled(document.body);
    await expect.poll(() => oval().classList.contains("inviting")).toBe(true);
    kiosk.state.next({ kind: "idle" });
    await expect.poll(() => oval().classList.contains("shown")).toBe(false);
  });

  test("shows where to look when the face way is touched", async () => {
    const { screen } = await open({ kind: "idle" });
    button("Face").click();
    await settled(document.body);
    expect(textOf(screen)).toContain("Look here");
    await expect.poll(() => oval().classList.contains("shown")).toBe(true);
  });
});

describe("sounds", () => {
  const started = vi.spyOn(OscillatorNode.prototype, "start");

  beforeEach(() => {
    started.mockClear();
  });

  /** A kiosk that somebody has touched: before that, the browser keeps it silent. */
  async function touched(): Promise<{ kiosk: FakeKiosk; screen: CfKiosk }> {
    const opened = await open({ kind: "idle" }, { practice: true });
    await userEvent.click(button("Face"));
    return opened;
  }

  const heard = async (kiosk: FakeKiosk, state: KioskState): Promise<number> => {
    started.mockClear();
    kiosk.state.next(state);
    await settled(document.body);
    return started.mock.calls.length;
  };

  test("are two notes when it was recorded, one when it was already, one when nobody was recognised", async () => {
    const { kiosk } = await touched();
    await expect.poll(() => heard(kiosk, { kind: "not-recognised", endsAt: soon() }).finally(() => kiosk.state.next({ kind: "idle" }))).toBe(1);
    expect(await heard(kiosk, { kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() })).toBe(2);
    expect(await heard(kiosk, { kind: "already-recorded", punch: punch(), previous: punch(), name: "王芳", endsAt: soon() })).toBe(1);
    expect(await heard(kiosk, { kind: "second-factor", endsAt: soon() })).toBe(1);
    expect(await heard(kiosk, { kind: "number", endsAt: soon() })).toBe(0);
  });

  test("are not repeated when the same outcome stays longer", async () => {
    const { kiosk } = await touched();
    await expect.poll(() => heard(kiosk, { kind: "not-recognised", endsAt: soon() }).finally(() => kiosk.state.next({ kind: "idle" }))).toBe(1);
    await heard(kiosk, { kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() });
    expect(await heard(kiosk, { kind: "recorded", punch: punch(), name: "王芳", endsAt: (soon() + 5000) as EpochMs })).toBe(0);
  });

  test("are silent at volume 0 and in quiet hours", async () => {
    const { kiosk, screen } = await touched();
    await expect.poll(() => heard(kiosk, { kind: "not-recognised", endsAt: soon() }).finally(() => kiosk.state.next({ kind: "idle" }))).toBe(1);
    screen.volume = 0;
    expect(await heard(kiosk, { kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() })).toBe(0);
    screen.volume = 1;
    screen.quietHours = { fromMinute: 0, toMinute: 1440 };
    expect(await heard(kiosk, { kind: "not-recognised", endsAt: soon() })).toBe(0);
  });
});

describe("leaving", () => {
  test("asks for the administrator's PIN and stays when it is wrong", async () => {
    const { kiosk, screen } = await open({ kind: "idle" });
    let left = 0;
    screen.addEventListener("cf-leave", () => (left += 1));
    button("Leave the kiosk").click();
    await userEvent.keyboard("000000");
    button("Leave").click();
    await settled(document.body);
    button("Close");
    expect(kiosk.calls).toEqual([]);
    await userEvent.keyboard("{Escape}");
    expect(left).toBe(0);
  });

  test("says so when the PIN is wrong, and leaves when it is right", async () => {
    const { kiosk, screen } = await open({ kind: "idle" });
    let left = 0;
    screen.addEventListener("cf-leave", () => (left += 1));
    button("Leave the kiosk").click();
    const enter = (): void => deepQuery("button.enter", HTMLButtonElement, deepQuery("cf-leave-dialog", HTMLElement)?.shadowRoot ?? document)?.click();
    await userEvent.keyboard("000000");
    enter();
    await expect.poll(() => textOf(screen)).toContain("That PIN is not right");
    expect(left).toBe(0);
    kiosk.leaveAnswer = ok();
    await userEvent.keyboard("135790");
    enter();
    await expect.poll(() => left).toBe(1);
    expect(kiosk.calls).toEqual(["leave 000000", "leave 135790"]);
  });

  test("keeps its keys from the PIN screen underneath", async () => {
    const { kiosk } = await open({ kind: "pin", endsAt: soon() });
    button("Leave the kiosk").click();
    await userEvent.keyboard("135790");
    expect(kiosk.calls).toEqual([]);
  });

  test("needs no PIN in practice", async () => {
    const { screen } = await open({ kind: "idle" }, { practice: true });
    let left = 0;
    screen.addEventListener("cf-leave", () => (left += 1));
    button("Leave the kiosk").click();
    expect(left).toBe(1);
    expect(textOf(screen)).toContain("Practice: nothing is recorded");
  });
});

describe("language and keyboard", () => {
  test("the language button changes every text and the document's language", async () => {
    const { screen } = await open({ kind: "idle" });
    button("中文").click();
    await expect.poll(() => document.documentElement.lang).toBe("zh-Hans");
    await settled(document.body);
    expect(textOf(screen)).toContain("走近即可");
    expect(localStorage.getItem("clockface.locale")).toBe("zh-Hans");
    localStorage.removeItem("clockface.locale");
  });

  test("focus stays in the panel when the button that had it is gone", async () => {
    const { kiosk, screen } = await open({ kind: "guiding", reason: "too-far" });
    button("Use PIN instead").focus();
    kiosk.state.next({ kind: "idle" });
    await settled(document.body);
    expect(screen.shadowRoot?.activeElement?.classList.contains("panel")).toBe(true);
  });

  test("every button can be reached by Tab", async () => {
    await open({ kind: "recorded", punch: punch(), name: "王芳", endsAt: soon() });
    const reached = new Set<Element>();
    for (let presses = 0; presses < 12; presses += 1) {
      await userEvent.keyboard("{Tab}");
      let focused = document.activeElement;
      for (let inner = focused; inner !== null; inner = inner.shadowRoot?.activeElement ?? null) focused = inner;
      if (focused !== null) reached.add(focused);
    }
    expect(shownButtons().filter((shown) => !reached.has(shown)).map(({ textContent }) => textContent.trim())).toEqual([]);
  });
});
