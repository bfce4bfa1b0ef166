import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { badgeCode, badgeHash, badgeText } from "./badge.ts";

describe("the text of a badge", () => {
  test("badgeCode reads every code that badgeText wrote, and no other spelling of it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (code) => {
        const text = badgeText(code);
        expect(text).toHaveLength(27);
        expect(badgeCode(text)).toEqual(code);
        expect(badgeCode(` ${text}\r\n`)).toEqual(code);
        expect(badgeCode(`${text}A`)).toBeNull();
        expect(badgeCode(text.slice(0, -1))).toBeNull();
      }),
    );
  });

  test.each(["", "CFB1:", "https://example.org", "CFB2:AAAAAAAAAAAAAAAAAAAAAA", "CFB1:AAAAAAAAAAAAAAAAAAAAA!", "CFB1:AAAAAAAAAAAAAAAAAAAAAB"])("badgeCode is null when the text is %j", (text) => {
    expect(badgeCode(text)).toBeNull();
  });

  test("badgeHash is another for another code", () => {
    expect(badgeHash(new Uint8Array(16))).not.toBe(badgeHash(new Uint8Array(16).fill(1)));
  });
});
