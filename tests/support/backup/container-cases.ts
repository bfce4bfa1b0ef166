import { encode } from "cborg";
import { expect, test } from "vitest";
import { BACKUP_FORMAT, BACKUP_VERSION } from "../../../src/domain/backup/frames.ts";
import type { BackupFrame, BackupHead, ExactEntry } from "../../../src/domain/backup/frames.ts";
import type { EpochMs } from "../../../src/domain/clock.ts";
import { encryptTo } from "../../../src/adapters/backup/age.ts";
import { AgeContainer } from "../../../src/adapters/backup/container.ts";

export const HEAD: BackupHead = {
  format: BACKUP_FORMAT,
  v: BACKUP_VERSION,
  kind: "daily",
  tenant: "7f0d6c1e-6a0c-4b53-9f43-0f6b3f3f8a11",
  device: "00112233445566778899",
  siteId: "site-1",
  siteName: "Gate 3",
  organisation: "Harbour Works",
  createdAt: 1_772_411_400_000 as EpochMs,
  upToSeq: 2,
  validUntil: null,
};

const ENTRIES: readonly ExactEntry[] = [
  [Uint8Array.of(1, 2, 3), Uint8Array.of(4), Uint8Array.of(5), null],
  [Uint8Array.of(6), null, null, null],
];
const FRAMES: readonly BackupFrame[] = [
  ["head", HEAD],
  ["people", [{ name: "Ada" }, { name: "王小明" }]],
  ["papers", [{ id: "rules", kind: "rules", subject: null, untilUtcDay: null, value: { versions: [] } }]],
  ["entries", ENTRIES],
];

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

async function readAll(file: Blob, identity: string): Promise<{ readonly frames: readonly BackupFrame[]; readonly failure: string | null }> {
  const frames: BackupFrame[] = [];
  for await (const frame of new AgeContainer().read(file, identity)) {
    if (!frame.ok) return { frames, failure: frame.error.kind };
    frames.push(frame.value);
  }
  return { frames, failure: null };
}

/** Anything at all, sealed as a backup is. */
async function sealed(recipient: string, content: Uint8Array<ArrayBuffer>, compressed = true): Promise<Blob> {
  const stream = new Blob([content]).stream();
  const plain = compressed ? stream.pipeThrough(new CompressionStream("gzip")) : stream;
  return new Response((await encryptTo(recipient, plain)) as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
}

function framed(...values: readonly unknown[]): Uint8Array<ArrayBuffer> {
  const parts = values.flatMap((value) => {
    const body = encode(value);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, body.length);
    return [length, body];
  });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Run in Node and in the browser: the file is the same. */
export function containerCases(): void {
  const container = new AgeContainer();

  test("a backup file gives back what was put in when the identity is the right one", async () => {
    const { identity, recipient } = await container.makeKey();
    expect(await container.recipientOf(identity)).toBe(recipient);
    const { file, hash } = await container.write(recipient, from(FRAMES));
    const read = await readAll(file, `  ${identity.toLowerCase().slice(0, 30)}\n ${identity.slice(30)} `);
    expect(read.failure).toBeNull();
    expect(read.frames.slice(0, -1)).toEqual(FRAMES);
    expect(read.frames.at(-1)).toEqual(["end", { counts: { people: 2, users: 0, roles: 0, entries: 2, checkpoints: 0, coSignatures: 0, tombstones: 0, templates: 0, papers: 1 }, hash }]);
  });

  test("a backup file of the first version, which knew no papers, is still read", async () => {
    const { identity, recipient } = await container.makeKey();
    const frames = [["head", { ...HEAD, v: 1 }], ["people", [{ name: "Ada" }]]];
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", framed(...frames)));
    const counts = { people: 1, users: 0, roles: 0, entries: 0, checkpoints: 0, coSignatures: 0, tombstones: 0, templates: 0 };
    const read = await readAll(await sealed(recipient, framed(...frames, ["end", { counts, hash }])), identity);
    expect(read.failure).toBeNull();
    expect(read.frames.map(([kind]) => kind)).toEqual(["head", "people", "end"]);
  });

  test("a backup file tells nothing when it is looked at without the identity", async () => {
    const { recipient } = await container.makeKey();
    const { file } = await container.write(recipient, from(FRAMES));
    const text = new TextDecoder("latin1").decode(await file.arrayBuffer());
    expect(text).not.toContain("Ada");
    expect(text.startsWith("age-encryption.org/v1\n-> X25519 ")).toBe(true);
  });

  test("a backup file is refused when the identity is another or none", async () => {
    const { recipient } = await container.makeKey();
    const other = await container.makeKey();
    const { file } = await container.write(recipient, from(FRAMES));
    expect(await readAll(file, other.identity)).toEqual({ frames: [], failure: "backup/wrong-key" });
    for (const nonsense of ["", "AGE-SECRET-KEY-1", recipient, other.identity.slice(0, -1), `${other.identity.slice(0, -1)}${other.identity.endsWith("Q") ? "P" : "Q"}`]) {
      expect(await readAll(file, nonsense)).toEqual({ frames: [], failure: "backup/bad-identity" });
    }
  });

  test("a backup file is refused when it is cut short anywhere or any byte differs", async () => {
    const { identity, recipient } = await container.makeKey();
    const { file } = await container.write(recipient, from(FRAMES));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const step = Math.max(1, Math.floor(bytes.length / 60));
    for (let at = 0; at < bytes.length; at += step) {
      const cut = await readAll(new Blob([bytes.slice(0, at)]), identity);
      expect(cut.failure, `cut at ${at}`).toMatch(at === 0 ? /^backup\/empty$/ : /^backup\/(truncated|not-a-backup|wrong-key)$/);
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      const changed = await readAll(new Blob([flipped]), identity);
      expect(changed.failure, `flipped at ${at}`).toMatch(/^backup\/(truncated|not-a-backup|wrong-key)$/);
    }
  });

  test("a file of another program is refused when it is opened as a backup", async () => {
    const { identity, recipient } = await container.makeKey();
    const failureOf = async (file: Blob): Promise<string | null> => (await readAll(file, identity)).failure;
    expect(await failureOf(new Blob([]))).toBe("backup/empty");
    expect(await failureOf(new Blob(["%PDF-1.7 and so on and so on"]))).toBe("backup/not-a-backup");
    expect(await failureOf(await sealed(recipient, new TextEncoder().encode("a letter"), false))).toBe("backup/not-a-backup");
    expect(await failureOf(await sealed(recipient, new TextEncoder().encode("a letter that is longer than a length")))).toBe("backup/not-a-backup");
    expect(await failureOf(await sealed(recipient, new Uint8Array(0)))).toBe("backup/not-a-backup");
    expect(await failureOf(await sealed(recipient, framed(["head", { format: "other", v: 1 }])))).toBe("backup/not-a-backup");
  });

  test("a backup is refused when its format is newer, its frames are others or its end is missing", async () => {
    const { identity, recipient } = await container.makeKey();
    const failureOf = async (...values: readonly unknown[]): Promise<string | null> => (await readAll(await sealed(recipient, framed(...values)), identity)).failure;
    expect(await failureOf(["head", { format: BACKUP_FORMAT, v: BACKUP_VERSION + 1, what: "is to come" }])).toBe("backup/newer-format");
    expect(await failureOf(["head", { ...HEAD, more: 1 }])).toBe("backup/malformed");
    expect(await failureOf(["head", HEAD], ["people", "nobody"])).toBe("backup/malformed");
    expect(await failureOf(["head", HEAD], ["__proto__", []])).toBe("backup/malformed");
    expect(await failureOf(["head", HEAD], ["head", HEAD])).toBe("backup/malformed");
    expect(await failureOf(["head", HEAD], ["people", []])).toBe("backup/truncated");
    const end = ["end", { counts: { people: 0, users: 0, roles: 0, entries: 0, checkpoints: 0, coSignatures: 0, tombstones: 0, templates: 0 }, hash: new Uint8Array(32) }];
    expect(await failureOf(["head", HEAD], end)).toBe("backup/hash-wrong");
  });

  test("a bomb is refused before it has become large when a small file would", async () => {
    const { identity, recipient } = await container.makeKey();
    const bomb = await sealed(recipient, new Uint8Array(64 * 1024 * 1024));
    expect(bomb.size).toBeLessThan(100_000);
    const startedAt = performance.now();
    // A length of nought, then nothing that could be a head: refused as what it is not, or as too large, and soon.
    expect((await readAll(bomb, identity)).failure).toMatch(/^backup\/(too-large|not-a-backup)$/);
    const inside = framed(["head", HEAD], ["people", [new Uint8Array(7 * 1024 * 1024)]], ["people", [new Uint8Array(7 * 1024 * 1024)]]);
    expect((await readAll(await sealed(recipient, inside), identity)).failure).toBe("backup/too-large");
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
}
