/** The log of a LevelDB database: records in blocks, each split where a block ends (LevelDB's log_format.md). */
const BLOCK_BYTES = 32_768;
const HEADER_BYTES = 7;
const FULL = 1;
const FIRST = 2;
const MIDDLE = 3;
const LAST = 4;
/** A checksum is stored changed, so that one over bytes with a checksum in them does not fit by chance. */
const MASK = 0xa282ead8;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

/** CRC-32C. */
function crc32c(parts: readonly Uint8Array[]): number {
  let crc = 0xffffffff;
  for (const part of parts) for (const byte of part) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

export interface LogRecord {
  /** Where it begins in the file. */
  readonly at: number;
  readonly bytes: Buffer;
}

/** Every whole record up to the first that is not; nothing is checked but the form. */
export function recordsOf(log: Buffer): readonly LogRecord[] {
  const records: LogRecord[] = [];
  let parts: Buffer[] = [];
  let begun = 0;
  for (let at = 0; at + HEADER_BYTES <= log.length; ) {
    const left = BLOCK_BYTES - (at % BLOCK_BYTES);
    if (left < HEADER_BYTES) {
      at += left;
      continue;
    }
    const length = log.readUInt16LE(at + 4);
    const type = log[at + 6] ?? 0;
    const end = at + HEADER_BYTES + length;
    if (type < FULL || type > LAST || end > log.length) break;
    if (type === FULL || type === FIRST) {
      parts = [];
      begun = at;
    }
    parts.push(log.subarray(at + HEADER_BYTES, end));
    if (type === FULL || type === LAST) records.push({ at: begun, bytes: Buffer.concat(parts) });
    at = end;
  }
  return records;
}

/** The log that these records make. */
export function logOf(records: readonly LogRecord[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  const put = (part: Buffer): void => {
    parts.push(part);
    at += part.length;
  };
  for (const { bytes } of records) {
    for (let from = 0, begun = false, done = false; !done; begun = true) {
      let left = BLOCK_BYTES - (at % BLOCK_BYTES);
      if (left < HEADER_BYTES) {
        put(Buffer.alloc(left));
        left = BLOCK_BYTES;
      }
      const part = bytes.subarray(from, from + left - HEADER_BYTES);
      from += part.length;
      done = from === bytes.length;
      const type = done ? (begun ? LAST : FULL) : begun ? MIDDLE : FIRST;
      const header = Buffer.alloc(HEADER_BYTES);
      const crc = crc32c([Uint8Array.of(type), part]);
      header.writeUInt32LE(((((crc >>> 15) | (crc << 17)) >>> 0) + MASK) >>> 0, 0);
      header.writeUInt16LE(part.length, 4);
      header[6] = type;
      put(Buffer.concat([header, part]));
    }
  }
  return Buffer.concat(parts);
}
