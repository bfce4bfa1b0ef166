import type { PadKey } from "./cf-keypad.ts";

/** What may stand in a field that the keys fill. */
export interface PadField {
  /** Matches one allowed character. */
  readonly allowed: RegExp;
  readonly maxLength: number;
}

/** As on the badge: letters, digits and `-_./`, read without regard to case. */
export const NUMBER_FIELD: PadField = { allowed: /^[0-9A-Za-z\-_./]$/, maxLength: 32 };

export const PIN_FIELD: PadField = { allowed: /^[0-9]$/, maxLength: 12 };

/** Fewer digits are no PIN: they are not sent, so that a slip of the finger is not counted as a try. */
export const LEAST_PIN_DIGITS = 4;

/** The text after a key. A character that is not allowed, or has no room, leaves it as it was. */
export function textAfter(text: string, key: PadKey, field: PadField): string {
  switch (key.kind) {
    case "enter":
      return text;
    case "backspace":
      return text.slice(0, -1);
    case "character":
      return field.allowed.test(key.character) && text.length < field.maxLength ? text + key.character.toUpperCase() : text;
  }
}

/** The pad's key for a key of a keyboard, a badge reader's included; undefined for all that is none of ours. */
export function padKeyOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): PadKey | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "Enter") return { kind: "enter" };
  if (event.key === "Backspace") return { kind: "backspace" };
  return NUMBER_FIELD.allowed.test(event.key) ? { kind: "character", character: event.key } : undefined;
}
