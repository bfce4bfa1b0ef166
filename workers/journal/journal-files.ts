import type { JournalCursor, JournalEnd, JournalFrame, JournalPlace, JournalStretch, JournalWorker, JournalWorkerFailure } from "../../src/contracts/journal.ts";
import { failure } from "../../src/domain/errors.ts";
import { err, ok } from "../../src/domain/result.ts";
import type { Result } from "../../src/domain/result.ts";
import { Folder } from "./folder.ts";
import { BrokenWrite, catchUp, fits, penAt, seal, takeUp, write } from "./generation.ts";
import type { Pen } from "./generation.ts";
import { frameBytes, FRAMES_AT, HEADING_ROOM } from "./layout.ts";
import type { Heading } from "./layout.ts";
import { Rewriting } from "./rewriting.ts";

interface Listed {
  readonly number: number;
  readonly heading: Heading | null;
}

interface Chain {
  readonly generation: number;
  readonly last: number;
  readonly links: readonly Listed[];
  readonly broken: number;
  /** Everything behind this head of the log is in them; 0 for all there is. */
  readonly reaches: number;
}

/** {@link JournalWorker} on files. Every step takes the journal's lock, so that several tabs may have one each. */
export class JournalFiles implements JournalWorker {
  #place: JournalPlace | null = null;
  #folder: Folder | null = null;
  #pen: Pen | null = null;
  #spares: readonly { readonly number: number; readonly bytes: number }[] = [];
  #damaged = 0;
  #rewriting: Rewriting | null = null;
  #chain: Chain | null = null;

  open(place: JournalPlace): Promise<Result<JournalEnd, JournalWorkerFailure>> {
    this.#place = place;
    return this.#locked(async (_pen, folder) => ok(await this.#describe(folder)));
  }

  end(): Promise<Result<JournalEnd, JournalWorkerFailure>> {
    return this.#locked(async (_pen, folder) => ok(await this.#describe(folder)));
  }

  reserve(bytes: number): Promise<Result<{ readonly room: number }, JournalWorkerFailure>> {
    return this.#locked(async (pen, folder) => {
      if (!fits(pen, bytes) && !this.#spareFor(bytes)) await this.#makeSpare(folder, bytes);
      return ok({ room: this.#room() });
    });
  }

  append(frame: JournalFrame): Promise<Result<{ readonly room: number }, JournalWorkerFailure>> {
    return this.#locked(async (pen, folder) => {
      const ready = fits(pen, frame.payload.length) ? pen : await this.#rotate(pen, folder, frame.payload.length);
      this.#pen = await write(ready, frame);
      return ok({ room: this.#room() });
    });
  }

  async read(from: JournalCursor | null, afterSeq: number): Promise<Result<JournalStretch, JournalWorkerFailure>> {
    const located = await this.#locked(async (pen, folder) => {
      const chain = await this.#links(pen, folder, afterSeq);
      return ok({ chain: chain.links, broken: from === null ? chain.broken : 0, folder });
    });
    if (!located.ok) return located;
    const { chain, broken, folder } = located.value;
    const passed = chain.findLastIndex(({ heading }) => (heading?.startSeq ?? 0) < afterSeq);
    const index = from === null ? Math.max(0, passed) : chain.findIndex((one) => one.number === from.file);
    const here = chain[index];
    if (here === undefined) return ok({ frames: [], damaged: broken, next: null });
    const after = chain[index + 1];
    const onward = after ? { file: after.number, offset: FRAMES_AT } : null;
    try {
      const segment = await folder.open(here.number);
      try {
        const heading = segment.heading();
        if (!heading) return ok({ frames: [], damaged: broken + 1, next: onward });
        const scan = await segment.scan(heading, Math.max(FRAMES_AT, from?.offset ?? 0), true);
        const short = heading.state === "sealed" && scan.end < heading.used ? 1 : 0;
        return ok({ frames: scan.frames, damaged: broken + scan.damaged + short, next: onward });
      } finally {
        segment.close();
      }
    } catch {
      return ok({ frames: [], damaged: broken + 1, next: onward });
    }
  }

  inspect(): Promise<Result<{ readonly segments: number; readonly damaged: number }, JournalWorkerFailure>> {
    return this.#locked(async (pen, folder) => {
      this.#chain = null;
      const { links, broken } = await this.#links(pen, folder);
      let damaged = broken + pen.damaged + this.#damaged;
      for (const { number, heading } of links) {
        if (!heading || (await folder.sizeOf(number).catch(() => 0)) < heading.used + HEADING_ROOM) damaged++;
      }
      return ok({ segments: links.length, damaged });
    });
  }

  beginRewrite(): Promise<Result<{ readonly started: boolean }, JournalWorkerFailure>> {
    return this.#locked(async (pen, folder, place) => {
      if (this.#rewriting) return ok({ started: false });
      this.#rewriting = await Rewriting.begin(`${place.lockName}-rewrite`, pen, (bytes) => this.#makeFile(folder, bytes), folder);
      return ok({ started: this.#rewriting !== null });
    });
  }

  async addToRewrite(frame: JournalFrame): Promise<Result<void, JournalWorkerFailure>> {
    const rewriting = this.#rewriting;
    if (!rewriting) return err(failure("journal/failed", "no rewrite"));
    return this.#locked(async () => {
      await rewriting.add(frame);
      return ok();
    });
  }

  async finishRewrite(): Promise<Result<void, JournalWorkerFailure>> {
    const rewriting = this.#rewriting;
    if (!rewriting) return err(failure("journal/failed", "no rewrite"));
    return this.#locked(async (pen, folder) => {
      const { links } = await this.#links(pen, folder);
      for (const { number, heading } of links.filter((one) => one.number >= rewriting.from.file)) {
        if (!heading) continue;
        const segment = await folder.open(number);
        const scan = await segment.scan(heading, number === rewriting.from.file ? rewriting.from.offset : FRAMES_AT, true).finally(() => segment.close());
        for (const frame of scan.frames) await rewriting.add(frame);
      }
      // In this order: a cut between the two leaves the old generation, marked, which is then taken up again.
      pen.segment.writeHeading({ ...pen.heading, state: "superseded", used: pen.end, frames: pen.frames });
      this.#pen = rewriting.complete();
      pen.segment.close();
      this.#rewriting = null;
      this.#damaged = 0;
      this.#chain = null;
      return ok();
    });
  }

  async abandonRewrite(): Promise<Result<void, JournalWorkerFailure>> {
    const rewriting = this.#rewriting;
    this.#rewriting = null;
    if (!rewriting) return ok();
    return this.#locked(async (_pen, folder) => {
      for (const number of rewriting.abandon()) await folder.remove(number);
      return ok();
    });
  }

  async prepareAhead(): Promise<Result<{ readonly room: number }, JournalWorkerFailure>> {
    const swept = await this.#locked(async (pen, folder, place) => {
      await this.#sweep(pen, folder, place);
      return ok();
    });
    if (!swept.ok) return swept;
    for (;;) {
      // One segment for each turn of the lock: no punch waits for more than one.
      const made = await this.#locked(async (_pen, folder, place) => {
        if (this.#spares.length >= place.spares) return ok({ room: this.#room(), done: true });
        await this.#makeSpare(folder, 0);
        return ok({ room: this.#room(), done: false });
      });
      if (!made.ok) return made;
      if (made.value.done) break;
    }
    return this.#locked(async (_pen, folder, place) => {
      await this.#nameAhead(folder, place.names);
      return ok({ room: this.#room() });
    });
  }

  close(): Promise<void> {
    this.#rewriting?.abandon();
    this.#rewriting = null;
    this.#pen?.segment.close();
    this.#pen = null;
    this.#folder = null;
    return Promise.resolve();
  }

  // ---- finding the place

  async #locked<T>(step: (pen: Pen, folder: Folder, place: JournalPlace) => Promise<Result<T, JournalWorkerFailure>>): Promise<Result<T, JournalWorkerFailure>> {
    const place = this.#place;
    if (!place) return err(failure("journal/failed", "not open"));
    try {
      return await navigator.locks.request(place.lockName, async () => {
        this.#folder ??= await Folder.open(place);
        if (!this.#folder) return err(failure("journal/unsupported"));
        this.#pen = await this.#refreshed(this.#folder);
        try {
          return await step(this.#pen, this.#folder, place);
        } finally {
          if (!this.#pen.segment.shared) {
            this.#pen.segment.close();
            this.#pen = null;
          }
        }
      });
    } catch (error) {
      if (error instanceof BrokenWrite) {
        this.#pen = error.pen;
        return err(failureOf(error.cause));
      }
      // Whatever is wrong with the files, the next step looks at them anew.
      this.#pen?.segment.close();
      this.#pen = null;
      this.#folder = null;
      return err(failureOf(error));
    }
  }

  async #refreshed(folder: Folder): Promise<Pen> {
    const pen = this.#pen;
    const heading = pen?.segment.heading();
    if (pen && heading?.state === "in-use" && heading.generation === pen.heading.generation) return catchUp(pen);
    pen?.segment.close();
    return this.#find(folder);
  }

  /** The segment in use lies near the highest number: only spares are above it, and what a rewrite left. */
  async #find(folder: Folder): Promise<Pen> {
    const spares: { readonly number: number; readonly bytes: number }[] = [];
    const others: { readonly number: number; readonly heading: Heading }[] = [];
    let unreadable = 0;
    for (const number of (await folder.numbers()).toReversed()) {
      const heading = await folder.headingOf(number);
      if (heading?.state === "spare") spares.unshift({ number, bytes: await folder.sizeOf(number) });
      else if (heading?.state === "in-use" && heading.complete) {
        this.#spares = spares;
        return penAt(await folder.open(number), heading);
      } else if (heading) others.push({ number, heading });
      else unreadable++;
    }
    this.#spares = spares;
    this.#damaged = unreadable;
    return this.#resume(folder, others);
  }

  /** No segment is in use: the journal is new, a rewrite was cut short, or the segment is lost. */
  async #resume(folder: Folder, others: readonly { readonly number: number; readonly heading: Heading }[]): Promise<Pen> {
    const known = others.filter(({ heading }) => heading.state !== "in-use");
    const newest = Math.max(0, ...known.map(({ heading }) => heading.generation));
    const last = known.find(({ heading }) => heading.generation === newest && heading.state === "superseded") ?? known.find(({ heading }) => heading.generation === newest);
    if (last?.heading.state === "superseded") {
      const segment = await folder.open(last.number);
      const heading: Heading = { ...last.heading, state: "in-use", complete: true };
      segment.writeHeading(heading);
      return penAt(segment, heading);
    }
    if (this.#spares.length === 0) await this.#makeSpare(folder, 0);
    const [first] = this.#spares;
    if (!first) throw new Error("no spare segment");
    this.#spares = this.#spares.slice(1);
    const startSeq = last ? await lastSeqOf(folder, last.number, last.heading) : 0;
    const generation = last ? newest : Math.max(0, ...others.map(({ heading }) => heading.generation)) + 1;
    return takeUp(folder, first.number, { generation, previous: last?.number ?? 0, complete: true, gapped: last?.heading.gapped ?? false, startSeq });
  }

  /**
   * The segments of the generation in force, in their order, and how many links between them are broken.
   *
   * @param afterSeq those that end before this head of the log may be left out; 0 for all
   */
  async #links(pen: Pen, folder: Folder, afterSeq = 0): Promise<Chain> {
    const { generation } = pen.heading;
    const known = this.#chain;
    if (known?.generation === generation && known.last === pen.segment.number && known.reaches <= afterSeq) return known;
    const links: Listed[] = [];
    let reaches = 0;
    for (const number of (await folder.numbers()).toReversed()) {
      if (number > pen.segment.number) continue;
      const heading = await folder.headingOf(number);
      if (heading?.generation !== generation || heading.state === "spare") continue;
      links.unshift({ number, heading });
      if (heading.startSeq >= afterSeq) continue;
      reaches = afterSeq;
      break;
    }
    const [first] = links;
    let broken = reaches === 0 && first?.heading?.previous !== 0 ? 1 : 0;
    for (const [index, { heading }] of links.entries()) if (index > 0 && heading?.previous !== links[index - 1]?.number) broken++;
    this.#chain = { generation, last: pen.segment.number, links, broken, reaches };
    return this.#chain;
  }

  // ---- making room

  #room(): number {
    const pen = this.#pen;
    const spare = this.#spares.reduce((sum, { bytes }) => sum + bytes - 2 * HEADING_ROOM, 0);
    return (pen ? pen.segment.limit - pen.end : 0) + spare;
  }

  #spareFor(payload: number): { readonly number: number; readonly bytes: number } | undefined {
    const above = this.#pen?.segment.number ?? 0;
    return this.#spares.find(({ number, bytes }) => number > above && bytes >= frameBytes(payload) + 2 * HEADING_ROOM);
  }

  async #rotate(pen: Pen, folder: Folder, payload: number): Promise<Pen> {
    if (!this.#spareFor(payload)) await this.#makeSpare(folder, payload);
    const spare = this.#spareFor(payload);
    if (!spare) throw new Error("no spare segment");
    if (pen.torn) pen.segment.blankFrom(pen.end);
    // Sealed first: there are never two segments in use. A cut between the two is taken up where it was.
    seal(pen);
    const next = await takeUp(folder, spare.number, { generation: pen.heading.generation, previous: pen.segment.number, complete: true, gapped: pen.heading.gapped, startSeq: pen.seq }, pen.revision);
    // Smaller ones below it, which a long frame has passed by, are no room any more: nothing is written behind the last.
    this.#spares = this.#spares.filter(({ number }) => number > spare.number);
    this.#damaged += pen.damaged;
    pen.segment.close();
    this.#pen = next;
    return next;
  }

  async #makeSpare(folder: Folder, payload: number): Promise<void> {
    const number = await this.#makeFile(folder, payload);
    this.#spares = [...this.#spares, { number, bytes: await folder.sizeOf(number) }];
  }

  async #makeFile(folder: Folder, payload: number): Promise<number> {
    const [blank] = await folder.blanks();
    const number = blank ?? ((await folder.numbers()).at(-1) ?? 0) + 1;
    await folder.make(number, frameBytes(payload) + 2 * HEADING_ROOM, Date.now());
    return number;
  }

  /** Many at a time, so that those that are there are old. */
  async #nameAhead(folder: Folder, wanted: number): Promise<void> {
    const blanks = await folder.blanks();
    if (blanks.length > wanted / 2) return;
    const last = blanks.at(-1) ?? (await folder.numbers()).at(-1) ?? 0;
    for (let number = last + 1; number <= last + wanted - blanks.length; number++) await folder.name(number);
  }

  /** What another generation left goes when the names of this one are surely on the disk. */
  async #sweep(pen: Pen, folder: Folder, place: JournalPlace): Promise<void> {
    const now = Date.now();
    const settled = now - pen.heading.madeAtMs > place.nameSettlesMs;
    const spares: { readonly number: number; readonly bytes: number }[] = [];
    const rewritten = this.#rewriting !== null || (await navigator.locks.query()).held?.some(({ name }) => name === `${place.lockName}-rewrite`) === true;
    for (const number of await folder.numbers()) {
      const heading = await folder.headingOf(number);
      if (heading?.state === "spare" && number > pen.segment.number) spares.push({ number, bytes: await folder.sizeOf(number) });
      else if (rewritten || !settled) continue;
      else if (heading ? heading.generation !== pen.heading.generation || heading.state === "spare" : now - (await folder.writtenAtMs(number)) > place.nameSettlesMs) await folder.remove(number);
    }
    this.#spares = spares;
    this.#chain = null;
  }

  async #describe(folder: Folder): Promise<JournalEnd> {
    const numbers = await folder.numbers();
    const sizes = await Promise.all(numbers.map((number) => folder.sizeOf(number).catch(() => 0)));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const pen = this.#pen;
    return {
      seq: pen?.seq ?? 0,
      revision: pen?.revision ?? 0,
      gapped: pen?.heading.gapped ?? false,
      segments: numbers.length - this.#spares.length,
      bytes,
      damaged: this.#damaged + (pen?.damaged ?? 0),
      cutShortTo: pen?.cutShortTo ?? null,
      room: this.#room(),
    };
  }
}

async function lastSeqOf(folder: Folder, number: number, heading: Heading): Promise<number> {
  const segment = await folder.open(number);
  try {
    return (await penAt(segment, heading)).seq;
  } finally {
    segment.close();
  }
}

function failureOf(error: unknown): JournalWorkerFailure {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "unknown";
  return name === "QuotaExceededError" ? failure("journal/full") : failure("journal/failed", error instanceof Error ? `${name}: ${error.message}` : name);
}
