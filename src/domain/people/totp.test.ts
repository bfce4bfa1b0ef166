import { describe, expect, it } from "vitest";
import type { EpochMs } from "../clock.ts";
import { ROWS, SECRET } from "./testing/rfc-6238.ts";
import { acceptedStep, TOTP_STEP_MS, totpCode, totpSecret, totpStep, totpText, totpUri } from "./totp.ts";

const at = (seconds: number): EpochMs => (seconds * 1000) as EpochMs;

describe("one-time codes", () => {
  it.each(ROWS)("are those of RFC 6238 at %i s", (seconds, digits) => {
    expect(totpCode(SECRET, totpStep(at(seconds)))).toBe(digits.slice(-6));
  });

  it("are taken one step early and one late, and no further", () => {
    const now = at(1111111109);
    const step = totpStep(now);
    for (const offset of [-2, -1, 0, 1, 2]) {
      expect(acceptedStep(SECRET, totpCode(SECRET, step + offset), now, 0)).toBe(Math.abs(offset) <= 1 ? step + offset : null);
    }
  });

  it("are taken once, and never from before the last one that was", () => {
    const now = at(1111111109);
    const step = totpStep(now);
    expect(acceptedStep(SECRET, totpCode(SECRET, step), now, step)).toBeNull();
    expect(acceptedStep(SECRET, totpCode(SECRET, step - 1), now, step)).toBeNull();
    expect(acceptedStep(SECRET, totpCode(SECRET, step + 1), now, step)).toBe(step + 1);
    expect(acceptedStep(SECRET, totpCode(SECRET, step - 5), (now - 5 * TOTP_STEP_MS) as EpochMs, step)).toBeNull();
  });

  it("may be typed with a space, and are nothing else", () => {
    const now = at(59);
    expect(acceptedStep(SECRET, "287 082", now, 0)).toBe(1);
    for (const wrong of ["", "287083", "94287082", "28708", "28708２"]) expect(acceptedStep(SECRET, wrong, now, 0)).toBeNull();
  });

  it("come of a secret that can be typed and scanned", () => {
    expect(totpText(SECRET)).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    expect(totpSecret("gezd gnbv gy3t qojq gezd gnbv gy3t qojq")).toEqual(SECRET);
    for (const wrong of ["", "GEZD", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBV"]) expect(totpSecret(wrong)).toBeNull();
    const uri = new URL(totpUri(SECRET, "Harbour & Works", "Lin 李"));
    expect(decodeURIComponent(uri.pathname)).toContain("Harbour & Works:Lin 李");
    expect(Object.fromEntries(uri.searchParams)).toEqual({ issuer: "Harbour & Works", secret: totpText(SECRET), algorithm: "SHA1", digits: "6", period: "30" });
  });
});
