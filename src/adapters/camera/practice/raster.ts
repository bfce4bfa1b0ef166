/** RGBA pixels, row by row, as one 32-bit word each in the machine's order (little-endian: red lowest). */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly words: Uint32Array<ArrayBuffer>;
}

export function raster(width: number, height: number): Raster {
  return { width, height, words: new Uint32Array(width * height) };
}

/**
 * Draws a textured mesh over what is there, farthest triangle first. In software on purpose: it gives the same
 * pixels on every machine, and many kiosks and test machines have no graphics processor.
 *
 * @param source x, y of each point in pixels of `texture`, three values a point (the third is not read)
 * @param placed x, y, z of each point in pixels of `target`
 * @param triangles indices of points, three by three
 */
export function drawMesh(target: Raster, texture: Raster, source: Float32Array, placed: Float32Array, triangles: Uint16Array): void {
  const count = triangles.length / 3;
  const depths = new Float32Array(count);
  const order = new Uint16Array(count);
  for (let index = 0; index < count; index++) {
    order[index] = index;
    depths[index] = depth(placed, triangles, index);
  }
  order.sort((one, other) => (depths[other] ?? 0) - (depths[one] ?? 0));
  for (const index of order) drawTriangle(target, texture, source, placed, triangles[index * 3] ?? 0, triangles[index * 3 + 1] ?? 0, triangles[index * 3 + 2] ?? 0);
}

function depth(placed: Float32Array, triangles: Uint16Array, index: number): number {
  let sum = 0;
  for (let corner = 0; corner < 3; corner++) sum += placed[(triangles[index * 3 + corner] ?? 0) * 3 + 2] ?? 0;
  return sum;
}

function drawTriangle(target: Raster, texture: Raster, source: Float32Array, placed: Float32Array, a: number, b: number, c: number): void {
  const [ax, ay] = [placed[a * 3] ?? 0, placed[a * 3 + 1] ?? 0];
  const [bx, by] = [placed[b * 3] ?? 0, placed[b * 3 + 1] ?? 0];
  const [cx, cy] = [placed[c * 3] ?? 0, placed[c * 3 + 1] ?? 0];
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
  if (Math.abs(area) < 1e-6) return;
  const firstRow = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const lastRow = Math.min(target.height - 1, Math.ceil(Math.max(ay, by, cy) - 0.5) - 1);
  if (lastRow < firstRow) return;

  const [au, av] = [source[a * 3] ?? 0, source[a * 3 + 1] ?? 0];
  const [bu, bv] = [(source[b * 3] ?? 0) - au, (source[b * 3 + 1] ?? 0) - av];
  const [cu, cv] = [(source[c * 3] ?? 0) - au, (source[c * 3 + 1] ?? 0) - av];
  // Texture coordinates are linear over the triangle: u(x, y) = au + (x - ax) ux + (y - ay) uy.
  const ux = (bu * (cy - ay) - cu * (by - ay)) / area;
  const uy = (cu * (bx - ax) - bu * (cx - ax)) / area;
  const vx = (bv * (cy - ay) - cv * (by - ay)) / area;
  const vy = (cv * (bx - ax) - bv * (cx - ax)) / area;

  for (let row = firstRow; row <= lastRow; row++) {
    const y = row + 0.5;
    // An edge that the row does not cross gives NaN, which every comparison leaves aside.
    const ab = crossing(ax, ay, bx, by, y);
    const bc = crossing(bx, by, cx, cy, y);
    const ca = crossing(cx, cy, ax, ay, y);
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    if (ab < from) from = ab;
    if (ab > to) to = ab;
    if (bc < from) from = bc;
    if (bc > to) to = bc;
    if (ca < from) from = ca;
    if (ca > to) to = ca;
    const first = Math.max(0, Math.ceil(from - 0.5));
    const end = Math.min(target.width, Math.ceil(to - 0.5));
    if (first >= end) continue;
    const u = au + (first + 0.5 - ax) * ux + (y - ay) * uy;
    const v = av + (first + 0.5 - ax) * vx + (y - ay) * vy;
    drawSpan(target.words, row * target.width + first, end - first, texture, u - 0.5, v - 0.5, ux, vx);
  }
}

/** Where an edge crosses a row, or NaN. The same for either direction of the edge, so that neighbours leave no gap. */
function crossing(ax: number, ay: number, bx: number, by: number, y: number): number {
  if (ay > by) return crossing(bx, by, ax, ay, y);
  return y >= ay && y < by ? ax + ((y - ay) * (bx - ax)) / (by - ay) : Number.NaN;
}

const RED_BLUE = 0x00ff00ff;

/** Bilinear samples along a line of the texture; two channels of eight bits are mixed in one word at a time. */
function drawSpan(words: Uint32Array, start: number, length: number, texture: Raster, u: number, v: number, ux: number, vx: number): void {
  const { width, height, words: texels } = texture;
  const [lastU, lastV] = [width - 1.001, height - 1.001];
  for (let index = 0; index < length; index++) {
    const x = u < 0 ? 0 : u > lastU ? lastU : u;
    const y = v < 0 ? 0 : v > lastV ? lastV : v;
    u += ux;
    v += vx;
    const column = x | 0;
    const row = y | 0;
    const across = ((x - column) * 256) | 0;
    const down = ((y - row) * 256) | 0;
    const at = row * width + column;
    const nw = texels[at] ?? 0;
    const ne = texels[at + 1] ?? 0;
    const sw = texels[at + width] ?? 0;
    const se = texels[at + width + 1] ?? 0;
    const low = mix(mix(nw & RED_BLUE, ne & RED_BLUE, across), mix(sw & RED_BLUE, se & RED_BLUE, across), down);
    const high = mix(mix((nw >>> 8) & RED_BLUE, (ne >>> 8) & RED_BLUE, across), mix((sw >>> 8) & RED_BLUE, (se >>> 8) & RED_BLUE, across), down);
    const alpha = high >>> 16;
    if (alpha === 0) continue;
    if (alpha >= 254) {
      words[start + index] = (low | (high << 8) | 0xff000000) >>> 0;
      continue;
    }
    const under = words[start + index] ?? 0;
    const mixedLow = mix(under & RED_BLUE, low, alpha);
    const mixedHigh = mix((under >>> 8) & 0xff, high & 0xff, alpha);
    words[start + index] = (mixedLow | (mixedHigh << 8) | 0xff000000) >>> 0;
  }
}

/** `part` of 256 from one to the other, in both channels. */
function mix(one: number, other: number, part: number): number {
  return ((Math.imul(one, 256 - part) + Math.imul(other, part)) >>> 8) & RED_BLUE;
}
