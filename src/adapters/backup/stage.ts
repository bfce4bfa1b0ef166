import { decode } from "cborg";
import * as v from "valibot";
import type { RestoreStage, StagedLog } from "../../app/backup/ports.ts";
import type { Paper } from "../../app/ports/store.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { parseFrame } from "../../domain/backup/frames.ts";
import type { ExactEntry } from "../../domain/backup/frames.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { canonicalBytes } from "../crypto/digest.ts";
import { openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import { openBucket } from "../storage/bucket.ts";
import { Rows } from "./rows.ts";

const DATABASE = "clockface-restore";
const STORES = { about: [], logs: [], chunks: [], templates: [], papers: [] } as const;
/** In place of an installation's id: what is staged belongs to none yet. */
const TENANT = "restore";

const chunkShape = v.strictObject({ index: v.number(), sealed: v.instance(Uint8Array) });
const paperRunShape = v.strictObject({ replace: v.boolean(), sealed: v.instance(Uint8Array) });
const aboutShape = v.strictObject({ id: v.string(), key: v.instance(CryptoKey), whole: v.boolean() });

/**
 * What a restore has laid out, in a bucket of its own under a key of its own: deleting the bucket destroys both with
 * their bytes.
 */
export class BucketStage implements RestoreStage {
  readonly #prefix: string;
  #bucket: string | null = null;
  #rows: Rows | null = null;
  #key: NamedKey | null = null;
  #chunks = 0;
  #paperRuns = 0;

  /** @param prefix sets another set of stores apart */
  constructor(prefix: string) {
    this.#prefix = `${prefix}restore-`;
  }

  async begin(id: string): Promise<void> {
    await this.discard();
    // A name of its own: browsers do not bear being killed while a bucket is deleted and made anew under the same one.
    this.#bucket = `${this.#prefix}${crypto.randomUUID().slice(0, 8)}`;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const rows = await this.#open();
    this.#key = { id: "stage", epoch: 0, key };
    this.#chunks = 0;
    this.#paperRuns = 0;
    await rows.write([{ store: "about", key: "about", value: { id, key, whole: false } }]);
  }

  async log(log: StagedLog): Promise<void> {
    await (await this.#open()).write([{ store: "logs", key: log.index, value: log }]);
  }

  async entries(index: number, entries: readonly ExactEntry[]): Promise<void> {
    const rows = await this.#open();
    const number = this.#chunks++;
    const sealed = await sealRecord(TENANT, this.#staged(), placeOf(number), canonicalBytes(["entries", entries]));
    await rows.write([{ store: "chunks", key: number, value: { index, sealed } }]);
  }

  async templates(templates: readonly SealedTemplate[]): Promise<void> {
    const rows = await this.#open();
    await rows.write(templates.map((template) => ({ store: "templates", key: template.personId, value: template })));
  }

  async papers(papers: readonly Paper[], replace: boolean): Promise<void> {
    const rows = await this.#open();
    const number = this.#paperRuns++;
    const sealed = await sealRecord(TENANT, this.#staged(), paperPlaceOf(number), canonicalBytes(["papers", papers]));
    await rows.write([{ store: "papers", key: number, value: { replace, sealed } }]);
  }

  async waitingPapers(): Promise<readonly number[]> {
    const rows = await this.#open();
    return rows.has("papers") ? ((await rows.keys("papers")) as readonly number[]) : [];
  }

  async paperRun(number: number): Promise<{ readonly papers: readonly Paper[]; readonly replace: boolean }> {
    const row = v.parse(paperRunShape, await (await this.#open()).get("papers", number));
    const opened = await openRecord(TENANT, this.#staged(), paperPlaceOf(number), row.sealed);
    const frame = opened.ok ? parseFrame(decode(opened.value)) : null;
    if (frame?.[0] !== "papers") throw new Error("the stage is damaged");
    return { papers: frame[1] as readonly Paper[], replace: row.replace };
  }

  async papersSettled(number: number): Promise<void> {
    await (await this.#open()).write([], [{ store: "papers", key: number }]);
  }

  async end(): Promise<void> {
    const rows = await this.#open();
    const about = v.parse(aboutShape, await rows.get("about", "about"));
    await rows.write([{ store: "about", key: "about", value: { ...about, whole: true } }]);
  }

  async staged(): Promise<string | null> {
    for (const name of await this.#names()) {
      this.close();
      this.#bucket = name;
      // What cannot be opened was being deleted when somebody pulled the plug.
      const about = v.safeParse(aboutShape, await this.#open().then((rows) => rows.get("about", "about"), () => undefined));
      if (!about.success || !about.output.whole) continue;
      this.#key = { id: "stage", epoch: 0, key: about.output.key };
      return about.output.id;
    }
    return null;
  }

  async waitingTemplates(): Promise<readonly SealedTemplate[]> {
    return (await (await this.#open()).all("templates")) as readonly SealedTemplate[];
  }

  async templateSettled(personId: PersonId): Promise<void> {
    await (await this.#open()).write([], [{ store: "templates", key: personId }]);
  }

  async logs(): Promise<readonly StagedLog[]> {
    return (await (await this.#open()).all("logs")) as readonly StagedLog[];
  }

  async chunk(number: number): Promise<{ readonly index: number; readonly entries: readonly ExactEntry[] }> {
    const row = v.parse(chunkShape, await (await this.#open()).get("chunks", number));
    const opened = await openRecord(TENANT, this.#staged(), placeOf(number), row.sealed);
    const frame = opened.ok ? parseFrame(decode(opened.value)) : null;
    if (frame?.[0] !== "entries") throw new Error("the stage is damaged");
    return { index: row.index, entries: frame[1] };
  }

  async chunks(): Promise<number> {
    return (await this.#open()).count("chunks");
  }

  async discard(): Promise<void> {
    this.close();
    this.#key = null;
    for (const name of await this.#names()) await deleteStage(name);
    this.#bucket = null;
  }

  close(): void {
    this.#rows?.close();
    this.#rows = null;
  }

  async #open(): Promise<Rows> {
    if (this.#bucket === null) throw new Error("nothing is staged");
    this.#rows ??= await Rows.open(await openBucket(this.#bucket), DATABASE, STORES);
    return this.#rows;
  }

  async #names(): Promise<readonly string[]> {
    const { storageBuckets } = navigator;
    if (storageBuckets) return (await storageBuckets.keys()).filter((name) => name.startsWith(this.#prefix));
    const databases = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
    return databases.filter((name) => name.startsWith(`${DATABASE}@${this.#prefix}`)).map((name) => name.slice(DATABASE.length + 1));
  }

  #staged(): NamedKey {
    if (!this.#key) throw new Error("nothing is staged");
    return this.#key;
  }
}

async function deleteStage(name: string): Promise<void> {
  const { storageBuckets } = navigator;
  if (storageBuckets) {
    await storageBuckets.delete(name);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(`${DATABASE}@${name}`);
    request.onsuccess = request.onblocked = () => resolve();
    request.onerror = () => reject(request.error ?? new Error("not deleted"));
  });
}

const placeOf = (number: number): { store: string; recordId: string; schema: number } => ({ store: "restore", recordId: String(number), schema: 1 });
const paperPlaceOf = (number: number): { store: string; recordId: string; schema: number } => ({ store: "restore-papers", recordId: String(number), schema: 1 });
