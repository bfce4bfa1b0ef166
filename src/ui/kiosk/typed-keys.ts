import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { PadKey, PadKeyEvent } from "../components/cf-keypad.ts";
import { padKeyOf } from "../components/pad-text.ts";

/** Brings the keys of keyboards and badge readers to a screen with a pad, as if they were the pad's own. */
export class TypedKeys implements ReactiveController {
  constructor(
    host: ReactiveControllerHost,
    private readonly press: (key: PadKey) => void,
    private readonly escape: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("keydown", this.#typed);
  }

  hostDisconnected(): void {
    window.removeEventListener("keydown", this.#typed);
  }

  /** For the pad's own event. */
  readonly padded = (event: PadKeyEvent): void => this.press(event.detail);

  readonly #typed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      this.escape();
      return;
    }
    const key = padKeyOf(event);
    if (key === undefined) return;
    const at = event.composedPath()[0];
    // Enter on another button is that button's own.
    if (key.kind === "enter" && at instanceof HTMLButtonElement && !at.classList.contains("field")) return;
    event.preventDefault();
    this.press(key);
  };
}
