/**
 * AssemblyScript, compiled by tools/matcher. Compares probes with references in single precision, four values at a time.
 *
 * Every vector has a whole number of blocks of 64 bytes. Addresses are those of the imported memory; the caller lays it out.
 * A row's score with each probe is written to `scores`, row by row.
 */

const BLOCK: usize = 64;
const SCORE: usize = 4;

/** Sums the lanes. */
function total(a: v128): f32 {
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

/** Four sums, one of each argument. */
function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

function product(probe: usize, row: usize): v128 {
  return f32x4.mul(v128.load(probe), v128.load(row));
}

function square(probe: usize, row: v128): v128 {
  const difference = f32x4.sub(v128.load(probe), row);
  return f32x4.mul(difference, difference);
}

/** The dot product of one probe with each row. */
export function dot1(probe: usize, rows: usize, count: usize, bytes: usize, scores: usize): void {
  const end = rows + count * bytes;
  for (let row = rows; row < end; row += bytes) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += BLOCK) {
      a = f32x4.add(a, product(probe + at, row + at));
      b = f32x4.add(b, product(probe + at + 16, row + at + 16));
      c = f32x4.add(c, product(probe + at + 32, row + at + 32));
      d = f32x4.add(d, product(probe + at + 48, row + at + 48));
    }
    store<f32>(scores, total(f32x4.add(f32x4.add(a, b), f32x4.add(c, d))));
    scores += SCORE;
  }
}

/** The dot products of four probes with each row. */
export function dot4(probes: usize, rows: usize, count: usize, bytes: usize, scores: usize): void {
  const end = rows + count * bytes;
  for (let row = rows; row < end; row += bytes) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const values = v128.load(row + at);
      const probe = probes + at;
      a = f32x4.add(a, f32x4.mul(v128.load(probe), values));
      b = f32x4.add(b, f32x4.mul(v128.load(probe + bytes), values));
      c = f32x4.add(c, f32x4.mul(v128.load(probe + 2 * bytes), values));
      d = f32x4.add(d, f32x4.mul(v128.load(probe + 3 * bytes), values));
    }
    v128.store(scores, totals(a, b, c, d));
    scores += 4 * SCORE;
  }
}

/** Minus the Euclidean distance of one probe to each row. */
export function distance1(probe: usize, rows: usize, count: usize, bytes: usize, scores: usize): void {
  const end = rows + count * bytes;
  for (let row = rows; row < end; row += bytes) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += BLOCK) {
      a = f32x4.add(a, square(probe + at, v128.load(row + at)));
      b = f32x4.add(b, square(probe + at + 16, v128.load(row + at + 16)));
      c = f32x4.add(c, square(probe + at + 32, v128.load(row + at + 32)));
      d = f32x4.add(d, square(probe + at + 48, v128.load(row + at + 48)));
    }
    store<f32>(scores, -sqrt<f32>(total(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)))));
    scores += SCORE;
  }
}

/** Minus the Euclidean distances of four probes to each row. */
export function distance4(probes: usize, rows: usize, count: usize, bytes: usize, scores: usize): void {
  const end = rows + count * bytes;
  for (let row = rows; row < end; row += bytes) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const values = v128.load(row + at);
      const probe = probes + at;
      a = f32x4.add(a, square(probe, values));
      b = f32x4.add(b, square(probe + bytes, values));
      c = f32x4.add(c, square(probe + 2 * bytes, values));
      d = f32x4.add(d, square(probe + 3 * bytes, values));
    }
    v128.store(scores, f32x4.neg(f32x4.sqrt(totals(a, b, c, d))));
    scores += 4 * SCORE;
  }
}
