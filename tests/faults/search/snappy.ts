/** What a snappy block says; null where it is none. Reads until the length that the block begins with is reached. */
export function unsnappy(block: Buffer, limitBytes = 64 * 2 ** 20): Buffer | null {
  let at = 0;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = block[at++];
    if (byte === undefined || shift > 28) return null;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (length === 0 || length > limitBytes) return null;
  const out = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const tag = block[at++];
    if (tag === undefined) return null;
    if ((tag & 3) === 0) {
      let run = tag >> 2;
      if (run >= 60) {
        const bytes = run - 59;
        if (at + bytes > block.length) return null;
        run = block.readUIntLE(at, bytes);
        at += bytes;
      }
      run++;
      if (done + run > length || at + run > block.length) return null;
      block.copy(out, done, at, at + run);
      at += run;
      done += run;
      continue;
    }
    const copy = copyOf(block, at, tag);
    if (copy === null || copy.offset === 0 || copy.offset > done || done + copy.run > length) return null;
    at = copy.next;
    // Byte by byte: a copy may reach into what it writes.
    for (let left = copy.run; left > 0; left--, done++) out[done] = out[done - copy.offset] ?? 0;
  }
  return out;
}

function copyOf(block: Buffer, at: number, tag: number): { readonly run: number; readonly offset: number; readonly next: number } | null {
  const bytes = (tag & 3) === 3 ? 4 : tag & 3;
  if (at + bytes > block.length) return null;
  if (bytes === 1) return { run: ((tag >> 2) & 7) + 4, offset: ((tag >> 5) << 8) | (block[at] ?? 0), next: at + 1 };
  return { run: (tag >> 2) + 1, offset: block.readUIntLE(at, bytes), next: at + bytes };
}
