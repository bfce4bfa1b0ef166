import { gzipSync } from "node:zlib";

/** A gzip-compressed ustar archive of regular files, as npm writes its packages. */
export function tarGz(files: Readonly<Record<string, string>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    content.copy(body);
    return [header(path, content.length), body];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function header(path: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  const split = path.length > 100 ? path.lastIndexOf("/") : -1;
  block.write(path.slice(split + 1), 0);
  block.write("0000644\0", 100);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write(" ".repeat(8), 148);
  block.write("ustar\0", 257);
  block.write("00", 263);
  if (split > 0) block.write(path.slice(0, split), 345);
  block.write("0", 156);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
