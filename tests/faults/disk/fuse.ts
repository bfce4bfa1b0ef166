/**
 * The kernel's side of FUSE, protocol 7.31: requests come from /dev/fuse as bytes, answers go back the same way. Only what
 * a browser's profile needs; the rest answers ENOSYS, which the kernel takes as "not offered".
 */
import { constants } from "node:os";

import type { AnyNode, FileNode, Tree } from "./tree.ts";
import { ROOT_INO } from "./tree.ts";

const { ENOENT, EEXIST, ENOTDIR, EISDIR, ENOTEMPTY, ENOSYS, EINVAL, EIO, EOPNOTSUPP } = constants.errno;

/** Largest write in one request, bytes. */
export const MAX_WRITE = 1 << 20;
const HEADER_BYTES = 40;
/** The kernel need not ask again: nobody else changes these files. Seconds. */
const VALID_S = 86_400;
const ASYNC_READ = 1 << 0;
const BIG_WRITES = 1 << 5;
const PARALLEL_FOLDERS = 1 << 18;
const MAX_PAGES = 1 << 22;
const KEEP_CACHE = 1 << 1;
const SET_SIZE = 1 << 3;
const SET_MTIME = 1 << 5;
const SET_MTIME_NOW = 1 << 8;
const RENAME_NOREPLACE = 1;
const RENAME_EXCHANGE = 2;
const BLOCK = 512;

const OPERATIONS = {
  lookup: 1, forget: 2, getattr: 3, setattr: 4, readlink: 5, symlink: 6, mknod: 8, mkdir: 9, unlink: 10, rmdir: 11, rename: 12, link: 13,
  open: 14, read: 15, write: 16, statfs: 17, release: 18, fsync: 20, flush: 25, init: 26, opendir: 27, readdir: 28, releasedir: 29,
  fsyncdir: 30, create: 35, interrupt: 36, destroy: 38, batchForget: 42, fallocate: 43, rename2: 45,
} as const;
const OPERATION = new Map<number, keyof typeof OPERATIONS>(Object.entries(OPERATIONS).map(([name, code]) => [code, name as keyof typeof OPERATIONS]));

/** The answer to a request: bytes, or an error number. */
type Answer = Buffer | number;
const DONE = Buffer.alloc(0);

interface Request {
  readonly ino: number;
  readonly body: Buffer;
}

/** Answers requests from a tree. */
export class FuseServer {
  /** After a cut nothing answers any more. */
  dead = false;
  readonly counts = { requests: 0, writes: 0, syncs: 0 };
  readonly #listings = new Map<number, readonly (readonly [string, number])[]>();

  constructor(private readonly tree: Tree) {}

  /** The bytes to write back, or null where the kernel expects none. */
  answer(request: Buffer): Buffer | null {
    const operation = OPERATION.get(request.readUInt32LE(4));
    this.counts.requests++;
    if (operation === "forget" || operation === "batchForget" || operation === "interrupt") return null;
    const answer = this.dead ? EIO : operation === undefined ? ENOSYS : this.#handlers[operation]({ ino: u64(request, 16), body: request.subarray(HEADER_BYTES) });
    const bytes = typeof answer === "number" ? DONE : answer;
    const out = Buffer.alloc(16 + bytes.length);
    out.writeUInt32LE(out.length, 0);
    out.writeInt32LE(typeof answer === "number" ? -answer : 0, 4);
    request.copy(out, 8, 8, 16);
    bytes.copy(out, 16);
    return out;
  }

  readonly #handlers: Readonly<Record<keyof typeof OPERATIONS, (request: Request) => Answer>> = {
    init: ({ body }) => init(body),
    destroy: () => DONE,
    forget: () => DONE,
    batchForget: () => DONE,
    interrupt: () => DONE,
    lookup: ({ ino, body }) => this.#entry(this.tree.child(ino, name(body, 0))),
    getattr: ({ ino }) => this.#attributes(ino),
    setattr: ({ ino, body }) => this.#set(ino, body),
    readlink: ({ ino }) => {
      const node = this.tree.node(ino);
      return node?.kind === "link" ? node.target : EINVAL;
    },
    symlink: ({ ino, body }) => this.#make(ino, name(body, 0), "link", 0o120777, Buffer.from(body.subarray(body.indexOf(0) + 1, body.lastIndexOf(0)))),
    mknod: ({ ino, body }) => this.#make(ino, name(body, 16), "file", body.readUInt32LE(0)),
    mkdir: ({ ino, body }) => this.#make(ino, name(body, 8), "folder", 0o40000 | (body.readUInt32LE(0) & 0o7777)),
    create: ({ ino, body }) => {
      const made = this.#make(ino, name(body, 16), "file", body.readUInt32LE(4));
      return typeof made === "number" ? made : Buffer.concat([made, opened()]);
    },
    unlink: ({ ino, body }) => this.#remove(ino, name(body, 0)),
    rmdir: ({ ino, body }) => this.#remove(ino, name(body, 0)),
    rename: ({ ino, body }) => this.#rename(ino, u64(body, 0), body.subarray(8), 0),
    rename2: ({ ino, body }) => this.#rename(ino, u64(body, 0), body.subarray(16), body.readUInt32LE(8)),
    link: ({ ino, body }) => {
      const node = this.tree.node(u64(body, 0));
      if (!node) return ENOENT;
      this.tree.link(ino, name(body, 8), node.ino);
      return this.#entry(node);
    },
    open: ({ ino }) => (this.tree.node(ino) ? opened() : ENOENT),
    opendir: ({ ino }) => (this.tree.folder(ino) ? opened() : ENOTDIR),
    release: () => DONE,
    releasedir: () => DONE,
    flush: () => DONE,
    read: ({ ino, body }) => {
      const node = this.tree.node(ino);
      return node?.kind === "file" ? node.data.read(u64(body, 8), body.readUInt32LE(16)) : EISDIR;
    },
    write: ({ ino, body }) => {
      const node = this.tree.node(ino);
      if (node?.kind !== "file") return EISDIR;
      const length = body.readUInt32LE(16);
      const { size } = node.data;
      node.data.write(u64(body, 8), body.subarray(40, 40 + length));
      if (node.data.size !== size) this.tree.resized(node);
      node.mtimeMs = Date.now();
      this.counts.writes++;
      return words(length, 0);
    },
    fsync: ({ ino }) => this.#sync(ino),
    fsyncdir: ({ ino }) => this.#sync(ino),
    readdir: ({ ino, body }) => this.#list(ino, u64(body, 8), body.readUInt32LE(16)),
    fallocate: ({ ino, body }) => {
      const node = this.tree.node(ino);
      if (node?.kind !== "file" || body.readUInt32LE(24) !== 0) return EOPNOTSUPP;
      const end = u64(body, 8) + u64(body, 16);
      if (end > node.data.size) this.#resize(node, end);
      return DONE;
    },
    statfs: () => statistics(),
  };

  #resize(node: FileNode, size: number): void {
    node.data.truncate(size);
    this.tree.resized(node);
  }

  #sync(ino: number): Answer {
    this.tree.sync(ino);
    this.counts.syncs++;
    return DONE;
  }

  #make(folder: number, called: string, kind: AnyNode["kind"], mode: number, target?: Buffer): Answer {
    if (!this.tree.folder(folder)) return ENOENT;
    if (this.tree.child(folder, called)) return EEXIST;
    return this.#entry(this.tree.make(folder, called, kind, mode, target));
  }

  #remove(folder: number, called: string): Answer {
    const node = this.tree.child(folder, called);
    if (!node) return ENOENT;
    if (node.kind === "folder" && node.entries.size > 0) return ENOTEMPTY;
    this.tree.remove(folder, called);
    return DONE;
  }

  #rename(from: number, to: number, names: Buffer, flags: number): Answer {
    const [called, next] = [name(names, 0), name(names, names.indexOf(0) + 1)];
    const target = this.tree.child(to, next);
    if (!this.tree.child(from, called) || !this.tree.folder(to)) return ENOENT;
    if (flags === RENAME_EXCHANGE) {
      if (!target) return ENOENT;
      this.tree.exchange(from, called, to, next);
      return DONE;
    }
    if (flags === RENAME_NOREPLACE && target) return EEXIST;
    if (target?.kind === "folder" && target.entries.size > 0) return ENOTEMPTY;
    this.tree.rename(from, called, to, next);
    return DONE;
  }

  #set(ino: number, body: Buffer): Answer {
    const node = this.tree.node(ino);
    if (!node) return ENOENT;
    const valid = body.readUInt32LE(0);
    if ((valid & SET_SIZE) !== 0 && node.kind === "file") {
      this.#resize(node, u64(body, 16));
      node.mtimeMs = Date.now();
    }
    if ((valid & SET_MTIME_NOW) !== 0) node.mtimeMs = Date.now();
    else if ((valid & SET_MTIME) !== 0) node.mtimeMs = u64(body, 40) * 1000 + body.readUInt32LE(60) / 1e6;
    return this.#attributes(ino);
  }

  #attributes(ino: number): Answer {
    const node = this.tree.node(ino);
    if (!node) return ENOENT;
    const out = Buffer.alloc(104);
    putU64(out, VALID_S, 0);
    attributes(node).copy(out, 16);
    return out;
  }

  #entry(node: AnyNode | undefined): Answer {
    const out = Buffer.alloc(128);
    putU64(out, VALID_S, 16);
    // Number 0: there is no such name, and the kernel may remember that.
    if (!node) return out;
    putU64(out, node.ino, 0);
    putU64(out, VALID_S, 24);
    attributes(node).copy(out, 40);
    return out;
  }

  #list(ino: number, from: number, room: number): Answer {
    const folder = this.tree.folder(ino);
    if (!folder) return ENOTDIR;
    // As it was when the reading began: who deletes while reading skips nothing.
    if (from === 0) this.#listings.set(ino, [[".", ino], ["..", ROOT_INO], ...folder.entries]);
    const entries = this.#listings.get(ino) ?? [];
    const out: Buffer[] = [];
    let length = 0;
    for (const [index, [called, child]] of entries.entries()) {
      if (index < from) continue;
      const text = Buffer.from(called);
      const entry = Buffer.alloc(24 + Math.ceil(text.length / 8) * 8);
      if (length + entry.length > room) break;
      putU64(entry, child, 0);
      putU64(entry, index + 1, 8);
      entry.writeUInt32LE(text.length, 16);
      entry.writeUInt32LE((this.tree.node(child)?.mode ?? 0o40000) >> 12, 20);
      text.copy(entry, 24);
      out.push(entry);
      length += entry.length;
    }
    return Buffer.concat(out);
  }
}

function init(body: Buffer): Buffer {
  const out = Buffer.alloc(64);
  out.writeUInt32LE(7, 0);
  out.writeUInt32LE(31, 4);
  out.writeUInt32LE(body.readUInt32LE(8), 8);
  out.writeUInt32LE(ASYNC_READ | BIG_WRITES | PARALLEL_FOLDERS | MAX_PAGES, 12);
  out.writeUInt16LE(32, 16);
  out.writeUInt16LE(24, 18);
  out.writeUInt32LE(MAX_WRITE, 20);
  out.writeUInt32LE(1, 24);
  out.writeUInt16LE(MAX_WRITE / 4096, 28);
  return out;
}

function attributes(node: AnyNode): Buffer {
  const out = Buffer.alloc(88);
  const size = node.kind === "file" ? node.data.size : node.kind === "link" ? node.target.length : 0;
  putU64(out, node.ino, 0);
  putU64(out, size, 8);
  putU64(out, Math.ceil(size / BLOCK), 16);
  for (const [index, ms] of [node.atimeMs, node.mtimeMs, node.mtimeMs].entries()) {
    putU64(out, Math.floor(ms / 1000), 24 + index * 8);
    out.writeUInt32LE(Math.floor((ms % 1000) * 1e6), 48 + index * 4);
  }
  out.writeUInt32LE(node.mode, 60);
  out.writeUInt32LE(node.kind === "folder" ? 2 : 1, 64);
  out.writeUInt32LE(4096, 80);
  return out;
}

/** As large as any disk. */
function statistics(): Buffer {
  const out = Buffer.alloc(80);
  for (const [index, count] of [2 ** 26, 2 ** 25, 2 ** 25, 2 ** 20, 2 ** 19].entries()) putU64(out, count, index * 8);
  out.writeUInt32LE(4096, 40);
  out.writeUInt32LE(255, 44);
  out.writeUInt32LE(4096, 48);
  return out;
}

const opened = (): Buffer => {
  const out = Buffer.alloc(16);
  out.writeUInt32LE(KEEP_CACHE, 8);
  return out;
};

function words(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) out.writeUInt32LE(value, index * 4);
  return out;
}

function name(bytes: Buffer, from: number): string {
  return bytes.toString("utf8", from, bytes.indexOf(0, from));
}

function u64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

function putU64(bytes: Buffer, value: number, at: number): void {
  bytes.writeUInt32LE(value % 2 ** 32, at);
  bytes.writeUInt32LE(Math.floor(value / 2 ** 32), at + 4);
}
