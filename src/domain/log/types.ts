import type { EpochMs } from "../clock.ts";

/**
 * The right edge of a Merkle tree (RFC 9162, 2.1): the hashes of its largest whole subtrees, largest first. Enough to
 * append leaves and to give the root; a few hundred bytes for any size.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/** Levels of a tile: the root of 256 consecutive leaves is kept, so that proofs over a million leaves read a few thousand rows. */
export const TILE_LEVEL = 8;

/** The root of the whole subtree over leaves `index << TILE_LEVEL` and the 255 after it. */
export interface Tile {
  readonly index: number;
  readonly hash: Uint8Array;
}

/** A signed statement of the log's size and root. The signature is over deterministic CBOR of all but itself. */
export interface Checkpoint {
  readonly v: 1;
  readonly device: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly wallMs: EpochMs;
  readonly reason: "count" | "hour" | "day-close" | "boot" | "asked";
  readonly algorithm: "Ed25519" | "ES256";
  readonly signature: Uint8Array;
}

/** Somebody else's signature under a checkpoint's bytes, given only after a consistency proof from the one before. */
export interface CoSignature {
  readonly v: 1;
  readonly kind: "hub" | "phone";
  /** First 20 hexadecimal digits of the SHA-256 of the witness's public key (SPKI). */
  readonly witness: string;
  readonly publicKey: Uint8Array;
  readonly algorithm: "Ed25519" | "ES256";
  readonly device: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Size of the checkpoint that this witness had signed before; 0 for its first. */
  readonly previousSize: number;
  readonly wallMs: EpochMs;
  readonly signature: Uint8Array;
}
