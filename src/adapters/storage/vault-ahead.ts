import type { GalleryContents } from "../../app/ports/recogniser.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { bucketNames } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";
import { readGallery } from "./gallery-snapshot.ts";
import { keysAhead } from "./key-store.ts";
import { knownTransforms } from "./site-transforms.ts";

interface Ahead {
  readonly contents: GalleryContents;
  /** The same templates by the id of their row. */
  readonly byRow: ReadonlyMap<string, SealedTemplate>;
}

/**
 * What of the keys' bucket a start needs most, read while the store is still being opened. Nothing is written or mended, and
 * nothing is believed: the store says later which epoch is in force and which templates count. Not where faces wait for an
 * administrator, nor where the browser has no buckets.
 */
export class VaultAhead {
  #read: Promise<Ahead | null>;

  constructor(prefix = "") {
    // Whatever is wrong there, the start itself finds and mends.
    this.#read = readAhead(bucketNames(prefix)).catch(() => null);
  }

  /** For the matcher; null when nothing lies ready. */
  get contents(): Promise<GalleryContents | null> {
    return this.#read.then((ahead) => ahead?.contents ?? null);
  }

  /** The templates that lie together, by the id of their row, once: they are not kept here. Null when another epoch is in force. */
  async take(tenant: string, epoch: number): Promise<ReadonlyMap<string, SealedTemplate> | null> {
    const ahead = await this.#read;
    this.#read = Promise.resolve(null);
    return ahead?.contents.tenant === tenant && ahead.contents.epoch === epoch ? ahead.byRow : null;
  }
}

async function readAhead(names: BucketNames): Promise<Ahead | null> {
  const keys = await keysAhead(names);
  if (keys === null) return null;
  const { tenant, epochKey, vault } = keys;
  try {
    const [transforms, byRow] = await Promise.all([knownTransforms(vault), readGallery(vault)]);
    if (byRow.size === 0 || transforms === null) return null;
    return { byRow, contents: { tenant, epoch: epochKey.epoch, epochKey: epochKey.key, ...transforms, templates: [...byRow.values()] } };
  } finally {
    vault.close();
  }
}
