import type { EpochMs } from "../../src/domain/clock.ts";
import { err } from "../../src/domain/result.ts";
import { PadKeyEvent } from "../../src/ui/components/cf-keypad.ts";
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

/** The first match in the tree, shadow roots included. */
export function deepQuery<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E | null {
  const here = root.querySelector<E>(selector);
  if (here !== null) return here;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot === null) continue;
    const found = deepQuery<E>(selector, element.shadowRoot);
    if (found !== null) return found;
  }
  return null;
}

export function mount(kiosk: FakeKiosk, container: HTMLElement): CfKiosk {
  const screen = document.createElement("cf-kiosk");
  screen.theme = null;
  screen.kiosk = kiosk;
  container.append(screen);
  return screen;
}

function type(text: string): void {
  for (const character of text) deepQuery("cf-keypad")?.dispatchEvent(new PadKeyEvent({ kind: "character", character }));
}

function enter(): void {
  deepQuery("cf-keypad")?.dispatchEvent(new PadKeyEvent({ kind: "enter" }));
}

async function act(scene: Scene, { kiosk, screen }: Mounted): Promise<void> {
  switch (scene.then) {
    case undefined:
      return;
    case "leave":
      deepQuery("button.leave", screen.shadowRoot ?? document)?.click();
      return;
    case "beckon":
      deepQuery("button.way")?.click();
      return;
    case "letters":
      deepQuery("cf-keypad")?.shadowRoot?.querySelectorAll<HTMLButtonElement>("button.plain")[0]?.click();
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
  }
}

/** Puts a scene on the page and waits until it stands still. */
export async function showScene(scene: Scene, container: HTMLElement): Promise<Mounted> {
  const preview = scene.picture === false ? null : await standInStream();
  const kiosk = new FakeKiosk(scene.state(Date.now()), { ...scene.surroundings, preview });
  const screen = mount(kiosk, container);
  await settled(container);
  await act(scene, { kiosk, screen });
  await settled(container);
  const video = deepQuery<HTMLVideoElement>("video", container);
  if (video !== null && video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    await new Promise((resolve) => video.addEventListener("loadeddata", resolve, { once: true }));
  }
  return { kiosk, screen };
}
