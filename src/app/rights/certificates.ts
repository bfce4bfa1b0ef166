import { failure } from "../../domain/errors.ts";
import { certificateBytes } from "../../domain/people/erasure-certificate.ts";
import type { ErasureCertificate, UnsignedCertificate } from "../../domain/people/erasure-certificate.ts";
import type { DoneErasure } from "../../domain/people/erasure.ts";
import type { ErasedAs } from "../../domain/people/stored.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RightsFailure } from "../api/rights.ts";
import type { Store } from "../ports/store.ts";
import { base64Of } from "./verify-certificate.ts";

/** The device's signature and the public key that it is checked with. */
export interface DeviceSigner {
  readonly algorithm: "Ed25519" | "ES256";
  /** SPKI. */
  publicKey(): Promise<Uint8Array>;
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

/** Makes the certificate of an erasure that was carried out. Nothing is kept of it: it says what the log says, signed. */
export async function makeCertificate(store: Store, signer: DeviceSigner, done: DoneErasure, as: ErasedAs | null): Promise<Result<ErasureCertificate, RightsFailure>> {
  const [entry] = await store.latest(1, done.seq + 1);
  if (entry?.header.seq !== done.seq) return err(failure("rights/no-certificate", "no such entry"));
  const unsigned: UnsignedCertificate = {
    kind: "clockface-erasure-certificate",
    v: 1,
    number: done.certificate,
    organisation: store.settings?.organisation ?? "",
    site: store.settings?.siteName ?? "",
    person: as === null ? null : { employeeNumber: as.employeeNumber, name: as.name },
    what: done.what,
    reason: done.reason,
    askedAt: new Date(done.askedAt).toISOString(),
    doneAt: new Date(done.doneAt).toISOString(),
    epochs: [...done.epochs],
    bytes: done.bytes,
    receipt: entry.receipt,
    device: store.deviceId,
    algorithm: signer.algorithm,
    publicKey: base64Of(await signer.publicKey()),
  };
  return ok({ ...unsigned, signature: base64Of(await signer.sign(certificateBytes(unsigned))) });
}
