import { describe, expect, it } from "vitest";

import { wantedBytes, wantedText } from "./scan.ts";
import { unsnappy } from "./snappy.ts";

describe("a snappy block", () => {
  it("reads literals and copies that reach into themselves", () => {
    // Length 12; literal "abc"; copy of 9 bytes from 3 back.
    expect(unsnappy(Buffer.from([12, 2 << 2, 0x61, 0x62, 0x63, ((9 - 4) << 2) | 1, 3]))?.toString()).toBe("abcabcabcabc");
    // Length 70: a literal whose length stands in a byte of its own.
    expect(unsnappy(Buffer.concat([Buffer.from([70, 60 << 2, 69]), Buffer.alloc(70, "x")]))?.toString()).toBe("x".repeat(70));
  });

  it("is refused when it reaches out of what there is", () => {
    for (const bytes of [[12, 2 << 2, 0x61], [4, 1 | (0 << 2), 9], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]]) expect(unsnappy(Buffer.from(bytes))).toBeNull();
  });
});

describe("what is looked for", () => {
  it("is found in base64, whatever stands before it", () => {
    const secret = Buffer.from("no chance in the world of this");
    for (const wanted of [wantedText("a text", secret.toString()), wantedBytes("bytes", secret)]) {
      for (const before of ["", "1", "12", "123"]) {
        const written = Buffer.from(Buffer.concat([Buffer.from(before), secret, Buffer.from("after")]).toString("base64"));
        expect(wanted.needles.some((needle) => written.includes(needle)), before).toBe(true);
      }
      expect(wanted.needles.some((needle) => Buffer.from(Buffer.from("something else altogether, as long as that").toString("base64")).includes(needle))).toBe(false);
    }
  });
});
