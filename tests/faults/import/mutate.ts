import type { Random } from "../random.ts";

/** What files are known to hold that trips a reader: byte order marks, names of JavaScript, formulas, endless quotes. */
const AWKWARD: readonly Uint8Array[] = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0x00],
  [0xb9, 0xa4, 0xba, 0xc5],
  [0xff, 0xff, 0xff, 0xff],
  ...['__proto__', "constructor", "toString", '"', '""""', "\r", "\n\n\n", "=HYPERLINK(0)", "\u202e", "😀", "9".repeat(400), ",".repeat(400), "<script>", "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>"].map((text) => [...new TextEncoder().encode(text)]),
].map((bytes) => Uint8Array.from(bytes));

/** The bytes with one to eight changes: flipped, dropped, doubled, zeroed, cut off, or with something awkward between them. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let out = Array.from(bytes);
  for (let change = random.between(1, 8); change > 0; change--) {
    const at = random.below(Math.max(1, out.length));
    const length = random.between(1, 64);
    switch (random.below(7)) {
      case 0:
        out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        out.splice(at, length);
        break;
      case 2:
        out.splice(at, 0, ...out.slice(at, at + length));
        break;
      case 3:
        out.fill(0, at, at + length);
        break;
      case 4:
        out = out.slice(0, at);
        break;
      case 5:
        out.splice(at, 0, ...random.bytes(length));
        break;
      default:
        out.splice(at, 0, ...random.pick(AWKWARD));
    }
  }
  return Uint8Array.from(out);
}
