import { sha256 } from "@noble/hashes/sha2.js";
import { TILE_LEVEL } from "./types.ts";
import type { Frontier, Tile } from "./types.ts";

/** Bytes of a hash. */
export const HASH_BYTES = 32;
/** Leaves under one tile. */
export const TILE_LEAVES = 1 << TILE_LEVEL;
/** A larger tree is refused, whoever speaks of it: sizes stay whole 32-bit numbers. */
export const MOST_LEAVES = 0x7fff_ffff;

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** Leaf hash of RFC 9162, 2.1.1: SHA-256 over a zero byte and the data. For a log entry, the data are its header's exact bytes. */
export function leafHashOf(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 1);
  bytes.set(data, 1);
  return sha256(bytes);
}

/** Node hash of RFC 9162, 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_BYTES);
  return sha256(bytes);
}

/**
 * Adds leaf hashes at the right edge. Gives the tiles that became whole, in their order.
 *
 * @throws RangeError when the tree would grow beyond {@link MOST_LEAVES}
 */
export function appendLeaves(frontier: Frontier, leaves: readonly Uint8Array[]): { readonly frontier: Frontier; readonly tiles: readonly Tile[] } {
  if (frontier.size + leaves.length > MOST_LEAVES) throw new RangeError("the tree is full");
  const hashes = [...frontier.hashes];
  const tiles: Tile[] = [];
  let { size } = frontier;
  for (const leaf of leaves) {
    let node = leaf;
    let level = 0;
    // A one in the size's binary form is a whole subtree that waits for its right sibling.
    for (let rest = size; (rest & 1) === 1; rest >>>= 1) {
      const left = hashes.pop();
      if (left === undefined) throw new RangeError("the frontier does not fit its size");
      node = nodeHash(left, node);
      level += 1;
      if (level === TILE_LEVEL) tiles.push({ index: size >>> TILE_LEVEL, hash: node });
    }
    hashes.push(node);
    size += 1;
  }
  return { frontier: { size, hashes }, tiles };
}

/** Root of the tree, 32 bytes; the hash of nothing for the empty one. */
export function rootOf(frontier: Frontier): Uint8Array {
  return folded(frontier.hashes) ?? sha256(new Uint8Array(0));
}

/** Joins subtrees, largest first, from the right; null when there are none. */
export function folded(hashes: readonly Uint8Array[]): Uint8Array | null {
  return hashes.reduceRight<Uint8Array | null>((right, left) => (right === null ? left : nodeHash(left, right)), null);
}

/** Whether a frontier can be one: as many hashes as its size has ones, each of 32 bytes. */
export function isFrontier({ size, hashes }: Frontier): boolean {
  let ones = 0;
  for (let rest = size; rest > 0; rest >>>= 1) ones += rest & 1;
  return Number.isInteger(size) && size >= 0 && size <= MOST_LEAVES && hashes.length === ones && hashes.every((hash) => hash.length === HASH_BYTES);
}
