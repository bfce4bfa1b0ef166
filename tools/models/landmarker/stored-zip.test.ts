import { expect, test } from "vitest";
import { crc32, storedZip } from "./stored-zip.ts";

test("crc32 gives the check value of the algorithm", () => {
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
});

test("storedZip lays every file, uncompressed, at a multiple of 16 bytes", () => {
  const files = new Map([
    ["a.txt", Buffer.from("first")],
    ["folder/b.bin", Buffer.from([1, 2, 3])],
  ]);
  const zip = Buffer.from(storedZip(files));
  expect(zip.readUInt32LE(zip.length - 22)).toBe(0x06054b50);
  expect(zip.readUInt16LE(zip.length - 12)).toBe(files.size);
  let entry = zip.readUInt32LE(zip.length - 6);
  for (const [path, content] of files) {
    expect(zip.readUInt32LE(entry)).toBe(0x02014b50);
    const nameLength = zip.readUInt16LE(entry + 28);
    expect(zip.toString("ascii", entry + 46, entry + 46 + nameLength)).toBe(path);
    const local = zip.readUInt32LE(entry + 42);
    expect(zip.readUInt32LE(local)).toBe(0x04034b50);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    expect(start % 16).toBe(0);
    expect(zip.subarray(start, start + zip.readUInt32LE(local + 22))).toEqual(content);
    entry += 46 + nameLength;
  }
});
