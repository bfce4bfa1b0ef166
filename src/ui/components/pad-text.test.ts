import { expect, test } from "vitest";

import { NUMBER_FIELD, PIN_FIELD, padKeyOf, textAfter } from "./pad-text.ts";

const character = (text: string) => ({ kind: "character", character: text }) as const;
const key = (name: string, held: Partial<KeyboardEvent> = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, ...held });

test("textAfter writes letters large when a number is typed", () => {
  expect(textAfter("A1", character("b"), NUMBER_FIELD)).toBe("A1B");
});

test("textAfter keeps letters out of a PIN", () => {
  expect(textAfter("12", character("b"), PIN_FIELD)).toBe("12");
});

test("textAfter stops when the field is full", () => {
  expect(textAfter("123456789012", character("3"), PIN_FIELD)).toBe("123456789012");
});

test("textAfter takes away the last character, and nothing when there is none", () => {
  expect(textAfter("12", { kind: "backspace" }, PIN_FIELD)).toBe("1");
  expect(textAfter("", { kind: "backspace" }, PIN_FIELD)).toBe("");
});

test("padKeyOf leaves alone what belongs to the browser or to nobody", () => {
  expect(padKeyOf(key("r", { ctrlKey: true }))).toBeUndefined();
  expect(padKeyOf(key("Tab"))).toBeUndefined();
  expect(padKeyOf(key(" "))).toBeUndefined();
  expect(padKeyOf(key("工"))).toBeUndefined();
});

test("padKeyOf reads digits, letters, Enter and Backspace", () => {
  expect(padKeyOf(key("7"))).toEqual(character("7"));
  expect(padKeyOf(key("q"))).toEqual(character("q"));
  expect(padKeyOf(key("Enter"))).toEqual({ kind: "enter" });
  expect(padKeyOf(key("Backspace"))).toEqual({ kind: "backspace" });
});
