import type { CarryFailure, ClosePair, LeftOut, LoadReport, MatcherFailure, MatcherWorker, SealedTemplate, SearchScope } from "../../src/contracts/matcher.ts";
import type { CandidateList } from "../../src/domain/biometrics/types.ts";
import { failure } from "../../src/domain/errors.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import type { Result } from "../../src/domain/result.ts";
import { err, ok } from "../../src/domain/result.ts";
import { packFor, unpackWith } from "./carry.ts";
import { findClosePairs } from "./close-pairs.ts";
import { Gallery } from "./gallery.ts";
import { leaveEachOut } from "./leave-one-out.ts";
import { SiteRotation } from "./site-rotation.ts";
import { allFinite, openTemplate, sealTemplate } from "./template-seal.ts";
import type { SealingContext } from "./template-seal.ts";

/** Rows that are decrypted at the same time. */
const BATCH = 64;

interface Open {
  context: SealingContext;
  readonly gallery: Gallery;
  /** Null for everybody. */
  roster: ReadonlySet<PersonId> | null;
}

export class MatcherService implements MatcherWorker {
  #open: Open | undefined;
  /** Changes of the gallery wait for each other, so that the last one asked for is the one that stays. */
  #queue: Promise<unknown> = Promise.resolve();

  open(options: Parameters<MatcherWorker["open"]>[0]): Promise<Result<void, MatcherFailure>> {
    return this.#enqueue(async () => {
      this.#open?.gallery.clear();
      this.#open = undefined;
      const context = await contextOf(options);
      if (context === null) return err(failure("matcher/no-transform"));
      this.#open = { context, gallery: new Gallery(context.profile), roster: null };
      return ok();
    });
  }

  rekey(epoch: number, epochKey: CryptoKey): Promise<Result<void, MatcherFailure>> {
    return this.#enqueue((): Promise<Result<void, MatcherFailure>> => {
      if (!this.#open) return Promise.resolve(err(failure("matcher/not-open")));
      this.#open.context = { ...this.#open.context, epoch, epochKey };
      return Promise.resolve(ok());
    });
  }

  load(rows: readonly SealedTemplate[]): Promise<Result<LoadReport, MatcherFailure>> {
    return this.#enqueue(async () => {
      if (!this.#open) return err(failure("matcher/not-open"));
      const { context, gallery } = this.#open;
      const startedAt = performance.now();
      const refused: { personId: PersonId; failure: MatcherFailure }[] = [];
      const resealed: SealedTemplate[] = [];
      const opening = (from: number) => rows.slice(from, from + BATCH).map((row) => ({ row, references: openTemplate(context, row) }));
      let next = opening(0);
      for (let from = 0; from < rows.length; from += BATCH) {
        const batch = next;
        // The browser opens the next ones while these are taken in.
        next = opening(from + BATCH);
        for (const { row, references: opened } of batch) {
          const references = await opened;
          if (references.ok) {
            if (row.transform !== context.rotation?.id) resealed.push(await sealTemplate(context, row, references.value));
            keep(gallery, row.personId, references.value);
          } else refused.push({ personId: row.personId, failure: references.error });
        }
      }
      return ok({ people: gallery.people, references: gallery.references, ms: performance.now() - startedAt, refused, resealed });
    });
  }

  async seal(personId: PersonId, references: readonly Float32Array[], createdAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>> {
    if (!this.#open) return err(failure("matcher/not-open"));
    const { context, gallery } = this.#open;
    if (references.length === 0) return err(failure("matcher/wrong-length", "no references"));
    const wrong = references.map((reference) => check(reference, gallery)).find((problem) => problem !== undefined);
    if (wrong) return err(wrong);
    for (const reference of references) context.rotation?.turn(reference);
    const sealed = await sealTemplate(context, { personId, createdAtMs }, references);
    // The references came here to be sealed and are of no use in clear any more.
    for (const reference of references) reference.fill(0);
    return ok(sealed);
  }

  add(row: SealedTemplate): Promise<Result<void, MatcherFailure>> {
    return this.#enqueue(async () => {
      if (!this.#open) return err(failure("matcher/not-open"));
      const references = await openTemplate(this.#open.context, row);
      if (!references.ok) return references;
      keep(this.#open.gallery, row.personId, references.value);
      return ok();
    });
  }

  remove(personId: PersonId): Promise<Result<void, MatcherFailure>> {
    return this.#enqueue((): Promise<Result<void, MatcherFailure>> => {
      this.#open?.gallery.remove(personId);
      return Promise.resolve(this.#open ? ok() : err(failure("matcher/not-open")));
    });
  }

  setRoster(people: readonly PersonId[] | null): Promise<Result<void, MatcherFailure>> {
    return this.#enqueue((): Promise<Result<void, MatcherFailure>> => {
      if (!this.#open) return Promise.resolve(err(failure("matcher/not-open")));
      this.#open.roster = people === null ? null : new Set(people);
      return Promise.resolve(ok());
    });
  }

  search(probe: Float32Array, limit: number, scope: SearchScope = "everyone"): Promise<Result<CandidateList, MatcherFailure>> {
    if (!this.#open) return Promise.resolve(err(failure("matcher/not-open")));
    const wrong = check(probe, this.#open.gallery);
    if (wrong) return Promise.resolve(err(wrong));
    const startedAt = performance.now();
    this.#open.context.rotation?.turn(probe);
    const found = searchScope(this.#open, probe, Math.max(1, Math.floor(limit)), scope);
    return Promise.resolve(ok({ ...found, ms: performance.now() - startedAt }));
  }

  closePairs(minimum: number, limit: number, among: readonly PersonId[] | null): Promise<Result<readonly ClosePair[], MatcherFailure>> {
    return this.#inSlices((gallery) => findClosePairs(gallery, minimum, limit, among));
  }

  leaveOneOut(): Promise<Result<readonly LeftOut[], MatcherFailure>> {
    return this.#inSlices(leaveEachOut);
  }

  async sealRefreshed(row: SealedTemplate, probe: Float32Array, refreshedAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>> {
    if (!this.#open) return err(failure("matcher/not-open"));
    const { context, gallery } = this.#open;
    const wrong = check(probe, gallery);
    if (wrong) return err(wrong);
    const opened = await openTemplate(context, row);
    if (!opened.ok) return opened;
    context.rotation?.turn(probe);
    const enrolled = row.refreshedAtMs === undefined ? opened.value : opened.value.slice(0, -1);
    try {
      return ok(await sealTemplate(context, { ...row, refreshedAtMs }, [...enrolled, probe]));
    } finally {
      for (const reference of [...opened.value, probe]) reference.fill(0);
    }
  }

  async packFor(rows: readonly SealedTemplate[], recipient: string): Promise<Result<{ readonly people: number; readonly sealed: Uint8Array }, MatcherFailure | CarryFailure>> {
    return this.#open ? packFor(this.#open.context, rows, recipient) : err(failure("matcher/not-open"));
  }

  async unpackWith(sealed: Uint8Array, identity: string): Promise<Result<readonly SealedTemplate[], MatcherFailure | CarryFailure>> {
    return this.#open ? unpackWith(this.#open.context, sealed, identity) : err(failure("matcher/not-open"));
  }

  /** What takes long does not wait its turn, and nothing waits for it. */
  async #inSlices<T>(work: (gallery: Gallery) => Promise<T>): Promise<Result<T, MatcherFailure>> {
    const open = this.#open;
    if (!open) return err(failure("matcher/not-open"));
    const result = await work(open.gallery);
    return this.#open === open ? ok(result) : err(failure("matcher/not-open", "opened anew meanwhile"));
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** Null when the site's transform cannot be opened: nothing would be recognised without it. */
async function contextOf({ transform, earlierTransforms, ...facts }: Parameters<MatcherWorker["open"]>[0]): Promise<SealingContext | null> {
  if (transform === undefined) return facts;
  const [rotation, ...earlier] = await Promise.all([transform, ...(earlierTransforms ?? [])].map((one) => SiteRotation.open(one, facts, facts.profile)));
  return rotation ? { ...facts, rotation, earlierRotations: earlier.filter((one) => one !== null) } : null;
}

function searchScope({ gallery, roster }: Open, probe: Float32Array, limit: number, scope: SearchScope): Omit<CandidateList, "ms"> {
  if (typeof scope === "object") {
    const candidates = gallery.verify(probe, scope.personId);
    return { candidates, people: candidates.length };
  }
  if (scope === "everyone" || roster === null) return { candidates: gallery.search(probe, limit), people: gallery.people };
  return { candidates: gallery.search(probe, limit, roster), people: gallery.countOf(roster) };
}

/** Takes the references into the gallery and overwrites the copies they came in. */
function keep(gallery: Gallery, personId: PersonId, references: readonly Float32Array[]): void {
  gallery.set(personId, references);
  for (const reference of references) reference.fill(0);
}

function check(vector: Float32Array, { dimensions }: Gallery): MatcherFailure | undefined {
  if (vector.length !== dimensions) return failure("matcher/wrong-length", `${vector.length} instead of ${dimensions}`);
  return allFinite(vector) ? undefined : failure("matcher/not-finite");
}
