import { EMPTY_FRONTIER, HASH_BYTES, MOST_LEAVES, TILE_LEAVES, appendLeaves, folded, nodeHash } from "./merkle.ts";
import type { Frontier } from "./types.ts";

/** Where a proof's hashes come from. Both ranges count from 0 and leave out their end. */
export interface TreeReader {
  leaves(from: number, to: number): Promise<readonly Uint8Array[]>;
  /** Hashes of whole tiles. */
  tiles(from: number, to: number): Promise<readonly Uint8Array[]>;
}

/** Leaves `from` to `to`, without `to`: one subtree of a proof. */
type Range = readonly [from: number, to: number];

/**
 * Inclusion proof of RFC 9162, 2.1.3.1: 32 bytes each, from the leaf upwards.
 *
 * @param index of the leaf, from 0
 * @throws RangeError when the tree of `size` has no such leaf, or the reader lacks one that it was asked for
 */
export async function inclusionProof(reader: TreeReader, index: number, size: number): Promise<readonly Uint8Array[]> {
  if (!isSize(size) || !Number.isInteger(index) || index < 0 || index >= size) throw new RangeError("no such leaf");
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  return hashesOf(reader, ranges.reverse());
}

/**
 * Consistency proof of RFC 9162, 2.1.4.1, from the tree of `first` leaves to that of `second`. Empty when one is empty
 * or both are the same.
 *
 * @throws RangeError when `first` is greater than `second`, or the reader lacks a leaf that it was asked for
 */
export async function consistencyProof(reader: TreeReader, first: number, second: number): Promise<readonly Uint8Array[]> {
  if (!isSize(first) || !isSize(second) || first > second) throw new RangeError("sizes out of order");
  if (first === 0 || first === second) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, second];
  let whole = true;
  while (first !== to) {
    const middle = from + split(to - from);
    if (first <= middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
      whole = false;
    }
  }
  if (!whole) ranges.push([from, to]);
  return hashesOf(reader, ranges.reverse());
}

/** Root of the tree of the first `size` leaves, and its right edge. */
export async function frontierAt(reader: TreeReader, size: number): Promise<Frontier> {
  if (!isSize(size)) throw new RangeError("no such tree");
  const hashes: Uint8Array[] = [];
  let from = 0;
  for (let bit = 2 ** 30; bit >= 1; bit /= 2) {
    if (from + bit > size) continue;
    hashes.push(await hashOf(reader, [from, from + bit]));
    from += bit;
  }
  return { size, hashes };
}

/** Verification of RFC 9162, 2.1.3.2. */
export function provesInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isSize(size) || !Number.isInteger(index) || index < 0 || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [node, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if ((node & 1) === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while ((node & 1) === 0 && node !== 0) [node, last] = [node >>> 1, last >>> 1];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [node >>> 1, last >>> 1];
  }
  return last === 0 && same(hash, root);
}

/**
 * Verification of RFC 9162, 2.1.4.2: the tree of `second` leaves begins with that of `first`. An empty tree begins every
 * other one; the same size needs the same root.
 */
export function provesConsistency(first: number, second: number, firstRoot: Uint8Array, secondRoot: Uint8Array, proof: readonly Uint8Array[]): boolean {
  if (!isSize(first) || !isSize(second) || first > second || !areHashes([firstRoot, secondRoot, ...proof])) return false;
  if (first === second) return proof.length === 0 && same(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0;
  // The older root is itself the proof's first hash where it is a whole subtree.
  const path = (first & (first - 1)) === 0 ? [firstRoot, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined || proof.length === 0) return false;
  let [node, last] = [first - 1, second - 1];
  while ((node & 1) === 1) [node, last] = [node >>> 1, last >>> 1];
  let [older, newer] = [start, start];
  for (const hash of rest) {
    if (last === 0) return false;
    if ((node & 1) === 1 || node === last) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      while ((node & 1) === 0 && node !== 0) [node, last] = [node >>> 1, last >>> 1];
    } else {
      newer = nodeHash(newer, hash);
    }
    [node, last] = [node >>> 1, last >>> 1];
  }
  return last === 0 && same(older, firstRoot) && same(newer, secondRoot);
}

/** A reader over all leaves in memory. */
export function readerOf(leaves: readonly Uint8Array[]): TreeReader {
  const { tiles } = appendLeaves(EMPTY_FRONTIER, leaves);
  return {
    leaves: (from, to) => Promise.resolve(leaves.slice(from, to)),
    tiles: (from, to) => Promise.resolve(tiles.slice(from, to).map(({ hash }) => hash)),
  };
}

/** Largest power of two below `size`, which is at least 2. */
function split(size: number): number {
  return 2 ** (31 - Math.clz32(size - 1));
}

async function hashesOf(reader: TreeReader, ranges: readonly Range[]): Promise<readonly Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  for (const range of ranges) hashes.push(await hashOf(reader, range));
  return hashes;
}

/** Hash of a subtree of a proof: it begins at a multiple of its size, rounded up to a power of two. */
async function hashOf(reader: TreeReader, [from, to]: Range): Promise<Uint8Array> {
  const wholeTo = to - from < TILE_LEAVES ? from : to - (to % TILE_LEAVES);
  const tiles = wholeTo === from ? [] : await reader.tiles(from / TILE_LEAVES, wholeTo / TILE_LEAVES);
  const leaves = wholeTo === to ? [] : await reader.leaves(wholeTo, to);
  if (tiles.length !== (wholeTo - from) / TILE_LEAVES || leaves.length !== to - wholeTo) throw new RangeError("the reader has not all of the tree");
  // Tiles are the leaves of a tree of their own: its right edge and that of the loose leaves, side by side.
  const edge = [...appendLeaves(EMPTY_FRONTIER, tiles).frontier.hashes, ...appendLeaves(EMPTY_FRONTIER, leaves).frontier.hashes];
  return folded(edge) ?? new Uint8Array(HASH_BYTES);
}

function isSize(size: number): boolean {
  return Number.isInteger(size) && size >= 0 && size <= MOST_LEAVES;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
