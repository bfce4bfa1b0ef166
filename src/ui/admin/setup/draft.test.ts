import { expect, test } from "vitest";

import { EMPTY_DRAFT, fieldErrors, NO_SECRETS, setupInput, stepsTaken, strength, type Draft, type Secrets } from "./draft.ts";

const DRAFT: Draft = { ...EMPTY_DRAFT, organisation: " Rivergate ", siteName: "North gate", zone: "Asia/Shanghai", lawRegion: "cn", administratorName: "Lin" };
const SECRETS: Secrets = { passphrase: "seven quiet rivers", writtenDown: true, kioskPin: "825163", totp: { uri: "otpauth://totp/x", secret: "JBSWY3DP" }, code: "492817" };

test.each([
  ["", "short"],
  ["fourteen chars", "short"],
  ["fifteen chars !", "good"],
  ["aaaaaaaaaaaaaaaaaaaaaa", "regular"],
  ["abcabcabcabcabcabc", "regular"],
  ["0123456789 is my pin", "regular"],
  ["七条安静的河流在黄昏时分慢慢流过", "good"],
  ["seven quiet rivers at dusk", "strong"],
])("strength of %j is %s", (passphrase, kind) => {
  expect(strength(passphrase).kind).toBe(kind);
});

test.each([
  ["825163", undefined],
  ["12345", "pin-form"],
  ["1234567890123", "pin-form"],
  ["12a456", "pin-form"],
  ["123456", "pin-obvious"],
  ["000000", "pin-obvious"],
])("the kiosk PIN %s gives the error %s", (kioskPin, error) => {
  expect(fieldErrors("administrator", DRAFT, { ...SECRETS, kioskPin }).kioskPin).toBe(error);
});

test("setupInput is trimmed and whole when nothing is missing", () => {
  expect(setupInput(DRAFT, SECRETS, "zh-Hans")).toEqual({
    organisation: "Rivergate",
    siteName: "North gate",
    zone: "Asia/Shanghai",
    locale: "zh-Hans",
    lawRegion: "cn",
    administratorName: "Lin",
    passphrase: "seven quiet rivers",
    kioskPin: "825163",
    profile: "accurate",
    helpContact: "",
    totp: { secret: "JBSWY3DP", code: "492817" },
  });
});

test("setupInput has no second factor when there is none at hand, and asks for a code of six digits when there is", () => {
  expect(setupInput({ ...DRAFT, factor: "later" }, SECRETS, "en")).not.toHaveProperty("totp");
  expect(setupInput({ ...DRAFT, factor: "passkey" }, { ...SECRETS, code: "" }, "en")).not.toBeNull();
  expect(setupInput(DRAFT, { ...SECRETS, code: "4928" }, "en")).toBeNull();
});

test("stepsTaken leaves out what was not chosen", () => {
  expect(stepsTaken(DRAFT)).not.toContain("passkey");
  expect(stepsTaken({ ...DRAFT, factor: "passkey" })).toContain("passkey");
});

test("setupInput is null when the passphrase is gone after a reload", () => {
  expect(setupInput(DRAFT, NO_SECRETS, "en")).toBeNull();
});
