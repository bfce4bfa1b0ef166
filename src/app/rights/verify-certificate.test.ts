import { describe, expect, test } from "vitest";
import { certificateBytes } from "../../domain/people/erasure-certificate.ts";
import type { ErasureCertificate, UnsignedCertificate } from "../../domain/people/erasure-certificate.ts";
import { base64Of, verifyCertificate } from "./verify-certificate.ts";

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

async function signed(algorithm: "Ed25519" | "ES256", over: Partial<UnsignedCertificate> = {}): Promise<ErasureCertificate> {
  const parameters = algorithm === "Ed25519" ? "Ed25519" : ES256;
  const pair = (await crypto.subtle.generateKey(parameters, false, ["sign", "verify"])) as CryptoKeyPair;
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", spki));
  const unsigned: UnsignedCertificate = {
    kind: "clockface-erasure-certificate",
    v: 1,
    number: "20261122-7F3A9C21",
    organisation: "Example",
    site: "North gate",
    person: { employeeNumber: "1001", name: "李雷" },
    what: "face",
    reason: "consent-withdrawn",
    askedAt: "2026-11-22T03:00:00.000Z",
    doneAt: "2026-11-22T03:00:01.000Z",
    epochs: [3, 4],
    bytes: "destroyed",
    receipt: "000123-7F3A9C21",
    device: Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join(""),
    algorithm,
    publicKey: base64Of(spki),
    ...over,
  };
  const signature = new Uint8Array(await crypto.subtle.sign(parameters, pair.privateKey, certificateBytes(unsigned)));
  return { ...unsigned, signature: base64Of(signature) };
}

describe.each(["Ed25519", "ES256"] as const)("verifyCertificate with %s", (algorithm) => {
  test("holds when the certificate went through a file", async () => {
    const certificate = await signed(algorithm);
    expect(await verifyCertificate(JSON.parse(JSON.stringify(certificate)))).toEqual({ ok: true, value: certificate });
  });

  test.each<readonly [string, Partial<ErasureCertificate>]>([
    ["the name", { person: { employeeNumber: "1001", name: "韩梅梅" } }],
    ["that it has a name", { person: null }],
    ["the bytes", { bytes: "pending" }],
    ["the day", { doneAt: "2026-11-23T03:00:01.000Z" }],
    ["the epochs", { epochs: [3, 5] }],
    ["what was erased", { what: "record" }],
    ["the receipt", { receipt: "000124-7F3A9C21" }],
  ])("is forged when %s was changed", async (_, change) => {
    expect(await verifyCertificate({ ...(await signed(algorithm)), ...change })).toMatchObject({ ok: false, error: { kind: "certificate/forged" } });
  });

  test("is another key's when the device is another", async () => {
    expect(await verifyCertificate({ ...(await signed(algorithm)), device: "0".repeat(20) })).toMatchObject({ ok: false, error: { kind: "certificate/other-key" } });
  });

  test("is no certificate with a field too many or a file of something else", async () => {
    expect(await verifyCertificate({ ...(await signed(algorithm)), note: "" })).toMatchObject({ ok: false, error: { kind: "certificate/malformed" } });
    expect(await verifyCertificate(null)).toMatchObject({ ok: false, error: { kind: "certificate/malformed" } });
  });
});
