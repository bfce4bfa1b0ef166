import { unsnappy } from "./snappy.ts";

const TABLE_MAGIC = Buffer.from("57fb808b247547db", "hex");
const FOOTER_BYTES = 48;
const LOG_BLOCK_BYTES = 32_768;
const LOG_HEADER_BYTES = 7;
/** What Chromium puts before a value of IndexedDB that it compressed. */
const COMPRESSED_VALUE = Buffer.from([0xff, 0x11, 0x02]);

/** Everything that a file of a profile says in another form than its plain bytes: blocks of tables, records of logs, compressed values. */
export function unpacked(name: string, content: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  if (content.subarray(-TABLE_MAGIC.length).equals(TABLE_MAGIC)) parts.push(...tableBlocks(content));
  if (name.endsWith(".log")) parts.push(logRecords(content));
  for (const part of [content, ...parts]) {
    for (let at = part.indexOf(COMPRESSED_VALUE); at >= 0; at = part.indexOf(COMPRESSED_VALUE, at + 1)) {
      const value = unsnappy(part.subarray(at + COMPRESSED_VALUE.length));
      if (value) parts.push(value);
    }
    // Values inside of what was unpacked are met when their turn comes: the list grows while it is walked.
    if (parts.length > 200_000) break;
  }
  return parts;
}

/** The blocks of a LevelDB table, by its index. */
function tableBlocks(table: Buffer): readonly Buffer[] {
  const footer = table.subarray(-FOOTER_BYTES);
  const meta = handle(footer, 0);
  const index = block(table, handle(footer, meta.next));
  if (!index) return [];
  const blocks: Buffer[] = [index];
  // Entries: lengths of the shared and own part of the key and of the value, key, value. The value is a block's place.
  const end = index.length - 4 * (1 + index.readUInt32LE(index.length - 4));
  for (let at = 0; at < end; ) {
    const shared = varint(index, at);
    const own = varint(index, shared.next);
    const length = varint(index, own.next);
    const value = length.next + own.value;
    const one = block(table, handle(index, value));
    if (one) blocks.push(one);
    at = value + length.value;
  }
  return blocks;
}

function block(table: Buffer, { offset, size }: { readonly offset: number; readonly size: number }): Buffer | null {
  const bytes = table.subarray(offset, offset + size);
  return table[offset + size] === 1 ? unsnappy(bytes) : bytes;
}

function handle(bytes: Buffer, at: number): { readonly offset: number; readonly size: number; readonly next: number } {
  const offset = varint(bytes, at);
  const size = varint(bytes, offset.next);
  return { offset: offset.value, size: size.value, next: size.next };
}

function varint(bytes: Buffer, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next: at };
  }
}

/** The records of a LevelDB log one after the other, without the headings that break them up. */
function logRecords(log: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + LOG_HEADER_BYTES <= log.length; ) {
    const left = LOG_BLOCK_BYTES - (at % LOG_BLOCK_BYTES);
    if (left < LOG_HEADER_BYTES) {
      at += left;
      continue;
    }
    const length = log.readUInt16LE(at + 4);
    parts.push(log.subarray(at + LOG_HEADER_BYTES, at + LOG_HEADER_BYTES + length));
    at += LOG_HEADER_BYTES + length;
  }
  return Buffer.concat(parts);
}
