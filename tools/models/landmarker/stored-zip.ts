/** The task library maps the models inside the bundle; their data must start so. */
const ALIGNMENT = 16;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const ZIP_VERSION = 10;

/**
 * Writes a ZIP archive of uncompressed, 16-byte aligned entries without dates, so that equal input gives equal
 * bytes. Names must be ASCII.
 */
export function storedZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of files) {
    const name = Buffer.from(path, "ascii");
    const crc = crc32(content);
    const unaligned = (offset + LOCAL_HEADER_BYTES + name.length) % ALIGNMENT;
    const padding = (ALIGNMENT - unaligned) % ALIGNMENT;

    const local = Buffer.alloc(LOCAL_HEADER_BYTES + name.length + padding);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(ZIP_VERSION, 4);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(padding, 28);
    name.copy(local, LOCAL_HEADER_BYTES);

    const central = Buffer.alloc(CENTRAL_HEADER_BYTES + name.length);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(ZIP_VERSION, 4);
    central.writeUInt16LE(ZIP_VERSION, 6);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(content.length, 20);
    central.writeUInt32LE(content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    name.copy(central, CENTRAL_HEADER_BYTES);

    parts.push(local, Buffer.from(content));
    directory.push(central);
    offset += local.length + content.length;
  }
  const directoryBytes = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** CRC-32 as ZIP uses it (reflected 0xEDB88320). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
