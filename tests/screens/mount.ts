import type { EpochMs } from "../../src/domain/clock.ts";
import { err } from "../../src/domain/result.ts";
import { CfKeypad, PadKeyEvent } from "../../src/ui/components/cf-keypad.ts";
import "../../src/ui/kiosk/cf-kiosk.ts";
import type { CfKiosk } from "../../src/ui/kiosk/cf-kiosk.ts";
import { FakeKiosk, type Scene } from "./fixtures.ts";
import { standInStream } from "./picture.ts";

export interface Mounted {
  readonly kiosk: FakeKiosk;
  readonly screen: CfKiosk;
}

/** Renders again until nothing in the tree is waiting to. */
export async function settled(root: ParentNode): Promise<void> {
  for (const element of root.querySelectorAll("*")) {
    if ("updateComplete" in element) await (element.updateComplete as Promise<unknown>);
    if (element.shadowRoot !== null) await settled(element.shadowRoot);
  }
}

/** The first element of the kind that matches, shadow roots included. */
export function deepQuery<E extends Element>(selector: string, kind: abstract new () => E, root: ParentNode = document): E | null {
  for (const element of root.querySelectorAll("*")) {
    if (element instanceof kind && element.matches(selector)) return element;
    const found = element.shadowRoot === null ? null : deepQuery(selector, kind, element.shadowRoot);
    if (found !== null) return found;
  }
  return null;
}

/** Animations and transitions that come to an end soon, those in shadow roots included. */
function briefAnimations(root: Document | ShadowRoot): Animation[] {
  const here = root.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 1000);
  const inside = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : briefAnimations(shadowRoot)));
  return [...here, ...inside];
}

export function mount(kiosk: FakeKiosk, container: HTMLElement): CfKiosk {
  const screen = document.createElement("cf-kiosk");
  screen.theme = null;
  screen.kiosk = kiosk;
  container.append(screen);
  return screen;
}

function type(text: string): void {
  for (const character of text) deepQuery("cf-keypad", CfKeypad)?.dispatchEvent(new PadKeyEvent({ kind: "character", character }));
}

function enter(): void {
  deepQuery("cf-keypad", CfKeypad)?.dispatchEvent(new PadKeyEvent({ kind: "enter" }));
}

async function act(scene: Scene, kiosk: FakeKiosk): Promise<void> {
  switch (scene.then) {
    case undefined:
      return;
    case "leave":
      deepQuery("button.leave", HTMLButtonElement)?.click();
      return;
    case "beckon":
      deepQuery("button.way", HTMLButtonElement)?.click();
      return;
    case "letters":
      deepQuery("button.plain", HTMLButtonElement)?.click();
      return;
    case "typed":
      type("A1042");
      enter();
      type("4821");
      return;
    case "wrong-pin":
    case "locked":
      kiosk.pinAnswer = err(scene.then === "locked" ? { kind: "pin/locked", until: (Date.now() + 92_000) as EpochMs } : { kind: "pin/wrong" });
      type("1042");
      enter();
      type("4821");
      enter();
      await Promise.resolve();
      return;
    case "enter":
      enter();
      return;
    case "number":
      type("A1042");
      return;
    case "digits":
      type("482");
      return;
    case "wrong-factor":
    case "locked-factor":
      kiosk.pinAnswer = err(scene.then === "locked-factor" ? { kind: "pin/locked", until: (Date.now() + 92_000) as EpochMs } : { kind: "pin/wrong" });
      type("4821");
      enter();
      await Promise.resolve();
  }
}

/** Puts a scene on the page and waits until it stands still. */
export async function showScene(scene: Scene, container: HTMLElement): Promise<Mounted> {
  const preview = scene.picture === false ? null : await standInStream();
  const kiosk = new FakeKiosk(scene.state(Date.now()), { ...scene.surroundings, preview, ...(scene.rests === true ? { faceRestsUntil: (Date.now() + 72_000) as EpochMs } : {}) });
  const screen = mount(kiosk, container);
  await settled(container);
  await act(scene, kiosk);
  for (const selector of scene.presses ?? []) {
    await settled(container);
    deepQuery(selector, HTMLElement, container)?.click();
  }
  await settled(container);
  const video = deepQuery("video", HTMLVideoElement, container);
  if (video !== null && video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    await new Promise((resolve) => video.addEventListener("loadeddata", resolve, { once: true }));
  }
  // An animation whose element went away in the meantime is as good as ended.
  await Promise.allSettled(briefAnimations(document).map(({ finished }) => finished));
  return { kiosk, screen };
}
