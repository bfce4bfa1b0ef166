import * as v from "valibot";
import { openBucket } from "../storage/bucket.ts";
import { Rows } from "./rows.ts";

const STORES = { items: [] } as const;
const FOLDER = "folder";

export interface ShelfPlace<Page> {
  readonly bucket: string;
  readonly database: string;
  /** What the page is called in it. */
  readonly key: string;
  readonly page: v.GenericSchema<unknown, Page>;
  readonly empty: Page;
}

/** One page in a bucket of its own, and beside it the folder that was chosen for files. */
export class Shelf<Page> {
  readonly #place: ShelfPlace<Page>;
  #rows: Promise<Rows> | null = null;

  constructor(place: ShelfPlace<Page>) {
    this.#place = place;
  }

  /** Lost or unreadable: as if there had been none. */
  async read(): Promise<Page> {
    const { key, page, empty } = this.#place;
    const parsed = v.safeParse(page, await (await this.#open()).get("items", key));
    return parsed.success ? parsed.output : empty;
  }

  async write(content: Page): Promise<void> {
    await (await this.#open()).write([{ store: "items", key: this.#place.key, value: content }]);
  }

  async folder(): Promise<unknown> {
    return (await this.#open()).get("items", FOLDER);
  }

  async keepFolder(handle: unknown): Promise<void> {
    const rows = await this.#open();
    await (handle === null ? rows.write([], [{ store: "items", key: FOLDER }]) : rows.write([{ store: "items", key: FOLDER, value: handle }]));
  }

  #open(): Promise<Rows> {
    const { bucket, database } = this.#place;
    this.#rows ??= openBucket(bucket).then((home) => Rows.open(home, database, STORES));
    return this.#rows;
  }
}
