import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RosterFileFailure } from "../api/administration.ts";
import { Pauses } from "../pauses.ts";

const STEP_BYTES = 256 * 1024;

/**
 * The text of a file, strictly decoded: bytes that do not belong to the encoding are never replaced. Spreadsheets in
 * China write GB18030 (of which GBK is a part) where others write UTF-8.
 */
export async function decodeText(bytes: Uint8Array): Promise<Result<{ readonly text: string; readonly encoding: "UTF-8" | "GB18030" | "UTF-16" }, RosterFileFailure>> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    const text = await decodeAs("utf-16le", bytes);
    return text === null ? err(failure("roster/not-text")) : ok({ text, encoding: "UTF-16" });
  }
  if (bytes.includes(0)) return err(failure("roster/not-text", "zero byte"));
  const utf8 = await decodeAs("utf-8", bytes);
  if (utf8 !== null) return ok({ text: utf8, encoding: "UTF-8" });
  const gb18030 = await decodeAs("gb18030", bytes);
  return gb18030 === null ? err(failure("roster/not-utf8")) : ok({ text: gb18030, encoding: "GB18030" });
}

/** Drops a byte order mark; null when the bytes are not in this encoding. */
async function decodeAs(encoding: string, bytes: Uint8Array): Promise<string | null> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const pauses = new Pauses();
  const parts: string[] = [];
  try {
    for (let start = 0; start < bytes.length; start += STEP_BYTES) {
      parts.push(decoder.decode(bytes.subarray(start, start + STEP_BYTES), { stream: true }));
      await pauses.ifDue();
    }
    parts.push(decoder.decode());
    return parts.join("");
  } catch {
    return null;
  }
}
