/**
 * Files as a disk holds them: what was written, and what of it would be there after the power went. A file's bytes are
 * durable after its own fsync. Names are kept in a journal, as ext4, F2FS, XFS and btrfs do: an fsync makes every change of
 * names durable up to the last one that concerned the file or folder, in order; a rename is there whole or not at all.
 * POSIX alone promises less, names only after an fsync of their own folder: see {@link CutMode} `posix`.
 */
import type { Random } from "../random.ts";
import { FileData, type CutMode } from "./file-data.ts";

export const ROOT_INO = 1;

interface Node {
  readonly ino: number;
  readonly mode: number;
  /** Number of the last change of names when this node itself last changed: its sync brings all of them to the disk. */
  lastChange: number;
  atimeMs: number;
  mtimeMs: number;
}
export interface FileNode extends Node {
  readonly kind: "file";
  readonly data: FileData;
}
export interface LinkNode extends Node {
  readonly kind: "link";
  readonly target: Buffer;
}
export interface FolderNode extends Node {
  readonly kind: "folder";
  entries: Map<string, number>;
  /** What the journal has on the disk, but for changes that are still waiting in {@link Tree}. */
  durable: Map<string, number>;
  /** Number of the last change that a sync of this very folder covered. */
  syncedUpTo: number;
}
export type AnyNode = FileNode | LinkNode | FolderNode;

/** One change of names, whole: a rename is two. `ino` null: the name is gone. */
interface NameChange {
  readonly number: number;
  readonly steps: readonly { readonly folder: number; readonly name: string; readonly ino: number | null }[];
}

/** What a cut threw away. */
export interface Lost {
  readonly pages: number;
  readonly names: number;
  /** Files whose bytes were not all synced, and how many pages of each. */
  readonly files: Readonly<Record<string, number>>;
}

export class Tree {
  #nodes = new Map<number, AnyNode>();
  #changes: NameChange[] = [];
  #nextIno = ROOT_INO;
  #nextChange = 1;
  /** Changes up to this one are in the journal on the disk. */
  #journalled = 0;

  constructor() {
    this.#keep({ kind: "folder", ino: this.#nextIno++, mode: 0o40700, lastChange: 0, atimeMs: Date.now(), mtimeMs: Date.now(), entries: new Map(), durable: new Map(), syncedUpTo: 0 });
  }

  node(ino: number): AnyNode | undefined {
    return this.#nodes.get(ino);
  }

  folder(ino: number): FolderNode | undefined {
    const node = this.#nodes.get(ino);
    return node?.kind === "folder" ? node : undefined;
  }

  child(folder: number, name: string): AnyNode | undefined {
    const ino = this.folder(folder)?.entries.get(name);
    return ino === undefined ? undefined : this.#nodes.get(ino);
  }

  make(folder: number, name: string, kind: AnyNode["kind"], mode: number, target?: Buffer): AnyNode {
    const common = { ino: this.#nextIno++, mode, lastChange: this.#nextChange, atimeMs: Date.now(), mtimeMs: Date.now() };
    const node: AnyNode =
      kind === "file"
        ? { ...common, kind, data: new FileData() }
        : kind === "link"
          ? { ...common, kind, target: target ?? Buffer.alloc(0) }
          : { ...common, kind, entries: new Map(), durable: new Map(), syncedUpTo: 0 };
    this.#keep(node);
    this.#change([{ folder, name, ino: node.ino }]);
    return node;
  }

  link(folder: number, name: string, ino: number): void {
    this.#change([{ folder, name, ino }]);
  }

  remove(folder: number, name: string): void {
    this.#change([{ folder, name, ino: null }]);
  }

  rename(from: number, name: string, to: number, newName: string): void {
    const ino = this.folder(from)?.entries.get(name);
    if (ino === undefined) return;
    this.#change([
      { folder: from, name, ino: null },
      { folder: to, name: newName, ino },
    ]);
  }

  exchange(from: number, name: string, to: number, newName: string): void {
    const one = this.folder(from)?.entries.get(name);
    const other = this.folder(to)?.entries.get(newName);
    if (one === undefined || other === undefined) return;
    this.#change([
      { folder: from, name, ino: other },
      { folder: to, name: newName, ino: one },
    ]);
  }

  /** The file's length changed: that waits in the journal with all changes before it. */
  resized(node: FileNode): void {
    node.lastChange = this.#nextChange - 1;
  }

  /** Of a file its bytes; of both, every change of names up to the node's own last. */
  sync(ino: number): void {
    const node = this.#nodes.get(ino);
    if (!node) return;
    this.#journalled = Math.max(this.#journalled, node.lastChange);
    if (node.kind === "file") node.data.sync();
    else if (node.kind === "folder") node.syncedUpTo = this.#nextChange - 1;
  }

  /** What the operating system does by itself within half a minute. */
  settle(): void {
    for (const ino of this.#nodes.keys()) this.sync(ino);
    for (const node of this.#nodes.values()) if (node.kind === "folder") node.durable = new Map(node.entries);
    this.#changes = [];
    this.#journalled = this.#nextChange - 1;
  }

  /** The power goes: what is not durable is gone. Which of it is there all the same, where some may be, the seed decides. */
  cut(mode: CutMode, random: Random): Lost {
    let pages = 0;
    let names = 0;
    const last = this.#nextChange - 1;
    const reached = mode === "torn" || mode === "scrambled" ? random.between(this.#journalled, last) : this.#journalled;
    for (const { number, steps } of this.#changes) {
      for (const { folder, name, ino } of steps) {
        const of = this.folder(folder);
        if (!of) continue;
        if (number <= (mode === "posix" ? of.syncedUpTo : reached)) set(of.durable, name, ino);
        else names++;
      }
    }
    const left = new Map<number, AnyNode>();
    const files: Record<string, number> = {};
    const visit = (ino: number, path: string): void => {
      const node = this.#nodes.get(ino);
      if (!node || left.has(ino)) return;
      left.set(ino, node);
      if (node.kind === "file") {
        if (node.data.unsynced > 0) files[path] = node.data.unsynced;
        pages += node.data.cut(mode, random);
      }
      if (node.kind !== "folder") return;
      node.entries = new Map(node.durable);
      node.syncedUpTo = last;
      for (const [name, child] of node.entries) visit(child, `${path}/${name}`);
    };
    visit(ROOT_INO, "");
    this.#nodes = left;
    this.#changes = [];
    this.#journalled = last;
    return { pages, names, files };
  }

  #keep(node: AnyNode): void {
    this.#nodes.set(node.ino, node);
  }

  #change(steps: NameChange["steps"]): void {
    this.#changes.push({ number: this.#nextChange++, steps });
    for (const { folder, name, ino } of steps) {
      const of = this.folder(folder);
      if (!of) continue;
      set(of.entries, name, ino);
      of.lastChange = this.#nextChange - 1;
      of.mtimeMs = Date.now();
    }
  }
}

function set(entries: Map<string, number>, name: string, ino: number | null): void {
  if (ino === null) entries.delete(name);
  else entries.set(name, ino);
}
