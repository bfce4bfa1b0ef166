import { certificateBytes, parseCertificate } from "../../domain/people/erasure-certificate.ts";
import type { ErasureCertificate } from "../../domain/people/erasure-certificate.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";

/** `malformed`: no certificate. `other-key`: the key is not the device's that it names. `forged`: something was changed after signing. */
export type CertificateFailure = Failure<"certificate/malformed" | "certificate/other-key" | "certificate/forged">;

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/**
 * Checks a certificate by what it holds itself: the signature over its content, and that the key is the one of the device
 * that it names. Whether that device is the site's own, the reader decides by {@link ErasureCertificate.device}, which
 * stands on the tablet's device page and in every package for auditors.
 *
 * @param value parsed JSON
 */
export async function verifyCertificate(value: unknown): Promise<Result<ErasureCertificate, CertificateFailure>> {
  const certificate = parseCertificate(value);
  if (certificate === null) return err(failure("certificate/malformed"));
  const spki = bytesOf(certificate.publicKey);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", spki));
  const device = Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (device !== certificate.device) return err(failure("certificate/other-key"));
  try {
    const algorithm = certificate.algorithm === "Ed25519" ? "Ed25519" : ES256;
    const key = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
    const sound = await crypto.subtle.verify(algorithm, key, bytesOf(certificate.signature), certificateBytes(certificate));
    return sound ? ok(certificate) : err(failure("certificate/forged"));
  } catch {
    return err(failure("certificate/other-key"));
  }
}

export function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
