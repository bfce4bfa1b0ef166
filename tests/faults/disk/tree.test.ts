import { describe, expect, it } from "vitest";

import { Random } from "../random.ts";
import type { CutMode } from "./file-data.ts";
import { ROOT_INO, Tree, type FileNode } from "./tree.ts";

function made(tree: Tree, name: string, text: string): FileNode {
  const node = tree.make(ROOT_INO, name, "file", 0o100600) as FileNode;
  node.data.write(0, Buffer.from(text));
  tree.resized(node);
  return node;
}

const text = (tree: Tree, name: string): string | null => {
  const node = tree.child(ROOT_INO, name);
  return node?.kind === "file" ? node.data.read(0, node.data.size).toString() : null;
};

describe("a disk after a cut", () => {
  it("has what was synced and nothing else", () => {
    const tree = new Tree();
    const kept = made(tree, "kept", "one");
    tree.sync(kept.ino);
    kept.data.write(3, Buffer.from(" and more"));
    made(tree, "lost", "two");
    const lost = tree.cut("kept", new Random(1));
    expect([text(tree, "kept"), text(tree, "lost")]).toEqual(["one", null]);
    expect(lost.names).toBe(1);
  });

  it("has the old file or the new one when one was renamed over the other", () => {
    for (const synced of [false, true]) {
      const tree = new Tree();
      tree.sync(made(tree, "current", "old").ino);
      const next = made(tree, "next", "new");
      tree.sync(next.ino);
      tree.rename(ROOT_INO, "next", ROOT_INO, "current");
      if (synced) tree.sync(ROOT_INO);
      tree.cut("kept", new Random(1));
      expect([text(tree, "current"), text(tree, "next")]).toEqual(synced ? ["new", null] : ["old", "new"]);
    }
  });

  it("has a synced file's name only where the journal or its folder was synced", () => {
    const after = (mode: CutMode, folder: boolean): string | null => {
      const tree = new Tree();
      tree.sync(made(tree, "new", "text").ino);
      if (folder) tree.sync(ROOT_INO);
      tree.cut(mode, new Random(1));
      return text(tree, "new");
    };
    expect([after("kept", false), after("posix", false), after("posix", true)]).toEqual(["text", null, "text"]);
  });

  it("has a beginning of what a file grew by when it was torn, in whole pages or to its end", () => {
    const lengths = new Set<number>();
    for (let seed = 0; seed < 60; seed++) {
      const tree = new Tree();
      const node = made(tree, "log", "x");
      tree.sync(node.ino);
      node.data.write(1, Buffer.alloc(10_000, "y"));
      tree.resized(node);
      tree.cut("torn", new Random(seed));
      const found = text(tree, "log") ?? "";
      expect(found).toBe(`x${"y".repeat(found.length - 1)}`);
      lengths.add(found.length);
    }
    expect([...lengths].sort((a, b) => a - b)).toEqual([1, 4096, 8192, 10_001]);
  });
});
