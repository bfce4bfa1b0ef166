import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { associatedData, decodeEnvelope, encodeEnvelope, NONCE_BYTES, TAG_BYTES } from "./envelope.ts";
import type { EnvelopeContext } from "./envelope.ts";

const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
  fc.uint8Array({ minLength, maxLength }).map((array) => new Uint8Array(array));

const envelope = fc.record({
  keyId: fc.string({ minLength: 1, unit: "grapheme" }),
  epoch: fc.nat(),
  nonce: bytes(NONCE_BYTES, NONCE_BYTES),
  sealed: bytes(TAG_BYTES, 300),
});

const context: fc.Arbitrary<EnvelopeContext> = fc.record({
  tenant: fc.string(),
  store: fc.string(),
  recordId: fc.string(),
  schema: fc.nat(9),
  keyId: fc.string(),
  epoch: fc.nat(9),
});

describe("envelope codec", () => {
  test.prop([envelope])("gives back every part when the bytes are whole", (value) => {
    expect(decodeEnvelope(encodeEnvelope(value))).toEqual({ ok: true, value });
  });

  test.prop([envelope, fc.nat()])("refuses a truncated envelope", (value, at) => {
    const whole = encodeEnvelope(value);
    expect(decodeEnvelope(whole.subarray(0, at % whole.length)).ok).toBe(false);
  });

  test.prop([bytes(0, 200)])("answers any bytes without throwing", (noise) => {
    expect(() => decodeEnvelope(noise)).not.toThrow();
    expect(() => decodeEnvelope(Uint8Array.of(0x43, 0x46, 0x45, 1, ...noise))).not.toThrow();
  });

  test("names the version when it is not known", () => {
    const written = encodeEnvelope({ keyId: "k", epoch: 1, nonce: new Uint8Array(12), sealed: new Uint8Array(16) });
    written[3] = 9;
    expect(decodeEnvelope(written)).toMatchObject({ error: { kind: "envelope/unknown-version" } });
  });

  test.each([
    { part: "an empty key id", change: { keyId: "" } },
    { part: "a negative epoch", change: { epoch: -1 } },
    { part: "a short nonce", change: { nonce: new Uint8Array(11) } },
    { part: "a missing tag", change: { sealed: new Uint8Array(15) } },
  ])("throws on $part", ({ change }) => {
    const good = { keyId: "k", epoch: 1, nonce: new Uint8Array(12), sealed: new Uint8Array(16) };
    expect(() => encodeEnvelope({ ...good, ...change })).toThrow(RangeError);
  });
});

describe("associated data", () => {
  test.prop([context, context])("is the same exactly when the context is the same", (one, other) => {
    const same = (Object.keys(one) as (keyof EnvelopeContext)[]).every((key) => one[key] === other[key]);
    expect(Buffer.from(associatedData(one)).equals(Buffer.from(associatedData(other)))).toBe(same);
  });

  test("keeps neighbouring parts apart when their text runs together the same", () => {
    const base = { recordId: "r", schema: 1, keyId: "k", epoch: 1 };
    expect(associatedData({ ...base, tenant: "ab", store: "c" })).not.toEqual(associatedData({ ...base, tenant: "a", store: "bc" }));
  });
});
