import { failure } from "../../domain/errors.ts";
import type { ContainerFailure } from "../../app/backup/ports.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";

/** First line of every age file (age-encryption.org/v1). */
const FIRST_LINE = new TextEncoder().encode("age-encryption.org/v1\n");

/** Loaded when it is needed: a kiosk that makes one backup a day does without it otherwise. */
const age = () => import("age-encryption");

/** An X25519 pair in age's own writing. */
export async function makeBackupKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await age();
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** As it was printed or read from a QR code: case and white space do not matter. */
export function tidyIdentity(text: string): string {
  return text.replace(/\s+/gu, "").toUpperCase();
}

/** Null when it is no X25519 identity. */
export async function recipientOf(identity: string): Promise<string | null> {
  const { identityToRecipient } = await age();
  const tidy = tidyIdentity(identity);
  if (!tidy.startsWith("AGE-SECRET-KEY-1")) return null;
  try {
    return await identityToRecipient(tidy);
  } catch {
    return null;
  }
}

/** @throws RangeError when it is no recipient: that is a bug, or settings that somebody tampered with */
export async function encryptTo(recipient: string, plain: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new RangeError("no age recipient");
  }
  return encrypter.encrypt(plain);
}

/** Reads the header at once; a payload that is cut short or damaged breaks the stream. */
export async function decryptWith(identity: string, file: Blob): Promise<Result<ReadableStream<Uint8Array>, ContainerFailure>> {
  if (file.size === 0) return err(failure("backup/empty"));
  const first = new Uint8Array(await file.slice(0, FIRST_LINE.length).arrayBuffer());
  if (first.length < FIRST_LINE.length ? !FIRST_LINE.subarray(0, first.length).every((byte, index) => first[index] === byte) : FIRST_LINE.some((byte, index) => first[index] !== byte)) {
    return err(failure("backup/not-a-backup", "no age file"));
  }
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(tidyIdentity(identity));
  } catch {
    return err(failure("backup/bad-identity"));
  }
  try {
    return ok(await decrypter.decrypt(file.stream()));
  } catch (error) {
    return err(error instanceof Error && error.message.startsWith("no identity matched") ? failure("backup/wrong-key") : failure("backup/truncated", "header"));
  }
}
