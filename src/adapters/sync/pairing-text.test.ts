import { describe, expect, test } from "vitest";

import { formatPairingText, parsePairingText, readTokenClaims } from "./pairing-text.ts";

const TOKEN = `${btoa('{"alg":"ES256"}').replaceAll("=", "")}.${btoa('{"sub":"tablet-1","roles":["gate","tablet-1"],"exp":1770000000}').replaceAll("=", "")}.c2ln`;
const PAIRING = { hub: "https://hub.example.org:4180", site: "gate", token: TOKEN };

describe("parsePairingText", () => {
  test("reads what was written, also broken over lines", () => {
    const text = formatPairingText(PAIRING);
    expect(parsePairingText(text)).toEqual(PAIRING);
    expect(parsePairingText(`  ${text.slice(0, 30)}\n${text.slice(30, 90)}\r\n ${text.slice(90)}\n`)).toEqual(PAIRING);
  });

  test.each([
    ["nothing", ""],
    ["another QR code", "https://example.org/"],
    ["another version", formatPairingText(PAIRING).replace("clockface1", "clockface2")],
    ["a part missing", `clockface1~https://hub.example.org~${TOKEN}`],
    ["a part too many", `${formatPairingText(PAIRING)}~x`],
    ["an address with a path", formatPairingText({ ...PAIRING, hub: "https://hub.example.org/db" })],
    ["an address of another kind", formatPairingText({ ...PAIRING, hub: "javascript:alert(1)" })],
    ["a site that is no site", formatPairingText({ ...PAIRING, site: "../other" })],
    ["half a token", formatPairingText({ ...PAIRING, token: TOKEN.slice(0, 20) })],
  ])("is null for %s", (_name, text) => {
    expect(parsePairingText(text)).toBeNull();
  });
});

describe("readTokenClaims", () => {
  test("gives device, roles and end", () => {
    expect(readTokenClaims(TOKEN)).toEqual({ device: "tablet-1", roles: ["gate", "tablet-1"], expiresAtMs: 1_770_000_000_000 });
  });

  test.each([["a.b.c"], [""], [`${btoa("{}")}.${btoa("[]")}.x`], [`${btoa("{}")}.${btoa('{"sub":"x"}')}.x`]])("is null for %j", (token) => {
    expect(readTokenClaims(token)).toBeNull();
  });
});
