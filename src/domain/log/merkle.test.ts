import { createHash } from "node:crypto";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { EMPTY_FRONTIER, appendLeaves, isFrontier, leafHashOf, rootOf } from "./merkle.ts";
import { consistencyProof, frontierAt, inclusionProof, provesConsistency, provesInclusion, readerOf } from "./proofs.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const hash = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());

/** The tree straight from the definition, RFC 9162, 2.1.1, with another SHA-256. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hash(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

const many = (count: number): Uint8Array[] => Array.from({ length: count }, (_, index) => hash(Uint8Array.of(index & 255, (index >> 8) & 255, index >> 16)));
const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at % bytes.length ? byte ^ 1 : byte));

describe("known answers of Certificate Transparency", () => {
  const data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(unhex);
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const leaves = data.map(leafHashOf);

  test("the empty tree has the hash of nothing", () => {
    expect(hex(rootOf(EMPTY_FRONTIER))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  test.each(roots.map((root, index) => [index + 1, root] as const))("the tree of %i leaves has its root", (size, root) => {
    expect(hex(rootOf(appendLeaves(EMPTY_FRONTIER, leaves.slice(0, size)).frontier))).toBe(root);
  });

  test.each([
    [0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]],
    [5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]],
    [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
    [1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]],
  ] as const)("leaf %i is in the tree of %i", async (index, size, expected) => {
    const proof = await inclusionProof(readerOf(leaves), index, size);
    expect(proof.map(hex)).toEqual(expected);
    expect(provesInclusion(index, size, leaves[index]!, proof, unhex(roots[size - 1]!))).toBe(true);
  });

  test.each([
    [1, 1, []],
    [1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]],
    [6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]],
    [2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]],
    [6, 7, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]],
  ] as const)("the tree of %i begins that of %i", async (first, second, expected) => {
    const proof = await consistencyProof(readerOf(leaves), first, second);
    expect(proof.map(hex)).toEqual(expected);
    expect(provesConsistency(first, second, unhex(roots[first - 1]!), unhex(roots[second - 1]!), proof)).toBe(true);
  });
});

const size = fc.integer({ min: 1, max: 1500 });

describe("a tree that grows", () => {
  test.prop([size, fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 8 })])("has the root and the tiles of the naive one, in whatever runs it is appended", (total, runs) => {
    const leaves = many(total);
    let frontier = EMPTY_FRONTIER;
    const tiles = [];
    for (let at = 0; at < total; ) {
      const run = runs.shift() ?? total;
      const step = appendLeaves(frontier, leaves.slice(at, at + run));
      frontier = step.frontier;
      tiles.push(...step.tiles);
      at += run;
    }
    expect(isFrontier(frontier)).toBe(true);
    expect(frontier.size).toBe(total);
    expect(hex(rootOf(frontier))).toBe(hex(naiveRoot(leaves)));
    expect(tiles.map(({ index, hash: tile }) => [index, hex(tile)])).toEqual(Array.from({ length: Math.floor(total / 256) }, (_, index) => [index, hex(naiveRoot(leaves.slice(index * 256, index * 256 + 256)))]));
  });

  test.prop([size, fc.nat()])("is found again at any size before", async (total, at) => {
    const leaves = many(total);
    const before = at % (total + 1);
    expect(await frontierAt(readerOf(leaves), before)).toEqual(appendLeaves(EMPTY_FRONTIER, leaves.slice(0, before)).frontier);
  });
});

describe("proofs", () => {
  test.prop([size, fc.nat(), fc.nat()])("of inclusion hold for the leaf and for no other", async (total, at, noise) => {
    const leaves = many(total);
    const index = at % total;
    const root = naiveRoot(leaves);
    const proof = await inclusionProof(readerOf(leaves), index, total);
    const holds = (...[i, n, leaf, path, top]: Parameters<typeof provesInclusion>): boolean => provesInclusion(i, n, leaf, path, top);
    expect(holds(index, total, leaves[index]!, proof, root)).toBe(true);
    expect(holds(index, total, flip(leaves[index]!, noise), proof, root)).toBe(false);
    expect(holds(index, total, leaves[index]!, proof, flip(root, noise))).toBe(false);
    expect(holds(index, total, leaves[index]!, [...proof, root], root)).toBe(false);
    expect(holds(index + 1, total, leaves[index]!, proof, root)).toBe(false);
    for (const [step] of proof.entries()) {
      expect(holds(index, total, leaves[index]!, proof.map((part, i) => (i === step ? flip(part, noise) : part)), root)).toBe(false);
      expect(holds(index, total, leaves[index]!, proof.filter((_, i) => i !== step), root)).toBe(false);
    }
  });

  test.prop([size, fc.nat(), fc.nat()])("of consistency hold for the tree before and for no other", async (total, at, noise) => {
    const leaves = many(total);
    const first = 1 + (at % total);
    const [older, newer] = [naiveRoot(leaves.slice(0, first)), naiveRoot(leaves)];
    const proof = await consistencyProof(readerOf(leaves), first, total);
    expect(provesConsistency(first, total, older, newer, proof)).toBe(true);
    expect(provesConsistency(first, total, flip(older, noise), newer, proof)).toBe(false);
    expect(provesConsistency(first, total, older, flip(newer, noise), proof)).toBe(false);
    expect(provesConsistency(first, total, older, newer, [...proof, newer])).toBe(false);
    if (first < total) expect(provesConsistency(first + 1, total, older, newer, proof)).toBe(false);
    for (const [step] of proof.entries()) {
      expect(provesConsistency(first, total, older, newer, proof.map((part, i) => (i === step ? flip(part, noise) : part)))).toBe(false);
      expect(provesConsistency(first, total, older, newer, proof.filter((_, i) => i !== step))).toBe(false);
    }
  });

  test.prop([fc.integer({ min: 2, max: 600 }), fc.nat(), fc.nat()])("of consistency do not exist when a leaf before was changed", async (total, at, which) => {
    const leaves = many(total);
    const first = 1 + (at % (total - 1));
    const changed = leaves.map((leaf, index) => (index === which % first ? flip(leaf, which) : leaf));
    const proof = await consistencyProof(readerOf(changed), first, total);
    expect(provesConsistency(first, total, naiveRoot(leaves.slice(0, first)), naiveRoot(changed), proof)).toBe(false);
  });

  test("of consistency do not go back in time, nor beyond what a number holds", () => {
    const [a, b] = [naiveRoot(many(3)), naiveRoot(many(4))];
    expect(provesConsistency(4, 3, b, a, [])).toBe(false);
    expect(provesConsistency(3, 3, a, b, [])).toBe(false);
    expect(provesConsistency(0, 4, rootOf(EMPTY_FRONTIER), b, [])).toBe(true);
    expect(provesConsistency(3, 2 ** 32 + 4, a, b, [])).toBe(false);
    expect(provesConsistency(2 ** 32, 2 ** 32, a, a, [])).toBe(false);
    expect(provesInclusion(2 ** 32, 2 ** 32 + 1, a, [], a)).toBe(false);
  });

  test("say so when leaves are missing", async () => {
    const reader = readerOf(many(300));
    await expect(inclusionProof(reader, 5, 400)).rejects.toThrow(RangeError);
    await expect(consistencyProof(reader, 200, 400)).rejects.toThrow(RangeError);
    await expect(consistencyProof(reader, 200, 100)).rejects.toThrow(RangeError);
  });
});
