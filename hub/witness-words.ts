import { formatCoSignature } from "../src/domain/log/statements.ts";
import type { WitnessBook } from "./witness.ts";

const ALARMS = {
  smaller: "shows fewer entries than were signed: its log was rolled back",
  fork: "shows as many entries as were signed, and others: its log was rewritten",
  inconsistent: "shows a log that does not begin with what was signed: it was rewritten",
} as const;

const when = (ms: number): string => new Date(ms).toISOString().replace("T", " ").slice(0, 19);

/** What `npm run hub -- witness` prints. */
export function witnessLines(book: WitnessBook): readonly string[] {
  const lines = [`This hub signs as ${book.id}. An auditor compares this with what the verifier names.`, ""];
  if (book.devices.length === 0) lines.push("No tablet has shown its log yet.");
  for (const { device, latest } of book.devices) {
    lines.push(`${device}  ${latest.size} entries, signed ${when(latest.wallMs)} UTC`, `  ${formatCoSignature(latest)}`);
  }
  lines.push("", book.alarms.length === 0 ? "No alarms." : "ALARMS");
  for (const { at, device, alarm, size, signedSize } of book.alarms) lines.push(`${when(at)} UTC  ${device} ${ALARMS[alarm]} (${size} shown, ${signedSize} signed)`);
  return lines;
}
