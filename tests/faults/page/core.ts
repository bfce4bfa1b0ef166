import { wrap, type Remote } from "comlink";

import { leafHash } from "../../../src/adapters/crypto/digest.ts";
import { bucketNames } from "../../../src/adapters/storage/bucket.ts";
import { createCore, type Core } from "../../../src/adapters/storage/core.ts";
import { HubTokenSeal } from "../../../src/adapters/storage/hub-token-seal.ts";
import { openEntry } from "../../../src/adapters/storage/log-codec.ts";
import { SyncStore } from "../../../src/adapters/sync/sync-store.ts";
import { RequestPapers } from "../../../src/app/exceptions/request-papers.ts";
import type { Paper, Store } from "../../../src/app/ports/store.ts";
import { Retention } from "../../../src/app/rights/retention.ts";
import type { MatcherWorker } from "../../../src/contracts/matcher.ts";
import { punchOf } from "../../../src/domain/attendance/entries.ts";
import type { Punch } from "../../../src/domain/attendance/types.ts";
import { FEATURE_DIMENSIONS } from "../../../src/domain/biometrics/types.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../src/domain/clock.ts";
import type { Attachment, ExceptionRequest, RequestContent, RequestId } from "../../../src/domain/exceptions/types.ts";
import type { PersonId } from "../../../src/domain/people/types.ts";
import { consentInForce } from "../../../src/domain/people/stored.ts";
import { act, tell } from "./activities.ts";
import { loosen } from "./loosen.ts";
import { ITINERARY, REASON, SETUP } from "./setup.ts";
import { tapKeys, type TappedKey } from "./tap.ts";
import { STEP_MS, type Audit, type CoreOnPage, type Opened, type SeenPunch } from "./types.ts";

const MODEL_SET = "faults";
/** Two parts of a paper. */
const FILE_BYTES = 60_000;

class PageClock implements Clock {
  #wallMs = 0;
  #monoMs = 0;

  begin(wallMs: number): void {
    this.#wallMs = wallMs;
    this.#monoMs = 1_000;
  }

  move(wallMs: number, monoMs: number): void {
    this.#wallMs += wallMs;
    this.#monoMs += monoMs;
  }

  wall(): EpochMs {
    return this.#wallMs as EpochMs;
  }

  monotonic(): MonotonicMs {
    return this.#monoMs as MonotonicMs;
  }
}

const clock = new PageClock();
let core: Core | null = null;
let matcher: Remote<MatcherWorker> | null = null;
let tapped: readonly TappedKey[] = [];
let acting: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;
/** Templates that the matcher could not open, and why. */
const refused = new Map<PersonId, string>();

const page: CoreOnPage = {
  async open({ startMs, relaxed = false, prefix, quotaBytes, journal, tap = false, matcher: wanted = false }): Promise<Opened> {
    if (relaxed) loosen();
    if (tap) tapped = tapKeys();
    clock.begin(startMs);
    const opened = await createCore({
      clock,
      version: "faults",
      forgetFace: async (personId) => {
        await matcher?.remove(personId);
      },
      ...(prefix === undefined ? {} : { prefix }),
      ...(quotaBytes === undefined ? {} : { quotaBytes }),
      ...(journal === undefined ? {} : { journal }),
    });
    core = valueOf(opened);
    Object.assign(globalThis, { core });
    const readyMs = performance.now();
    if (wanted) await openMatcher();
    const { store } = core;
    return { readyMs, setUp: store.settings !== null, people: [...store.people.keys()], length: store.length, epoch: core.gallery().epoch };
  },

  async setUp() {
    valueOf(await opened().setup.run(SETUP));
  },

  people: () => [...opened().store.people.keys()],

  async addPeople(count) {
    const ids: string[] = [];
    for (let number = 1; number <= count; number++) {
      const added = await opened().people.add({ employeeNumber: `QX-${70_000 + number}`, name: `Zephyrine Okonkwo-${number}`, department: "Assembly", employmentType: "full-time" });
      ids.push(valueOf(added).id);
    }
    return ids;
  },

  async enrol(people, references = 3) {
    const plain: Record<string, readonly string[]> = {};
    const worker = matcher ?? (await openMatcher());
    for (const id of people as readonly PersonId[]) {
      const features = Array.from({ length: references }, chanceFeatures);
      plain[id] = features.map((one) => base64(new Uint8Array(one.buffer)));
      valueOf(await opened().people.giveConsent(id, "faults", "en"));
      const row = valueOf(await worker.seal(id, features, clock.wall()));
      valueOf(await opened().people.storeTemplate(row));
      valueOf(await worker.add(row));
    }
    return plain;
  },

  punch(personId) {
    clock.move(STEP_MS, STEP_MS);
    return page.punchNow(personId);
  },

  async punchNow(personId) {
    return seen(valueOf(await opened().ledger.punch({ personId: personId as PersonId, method: "pin" })).punch);
  },

  async file(personId) {
    const subject = personId as PersonId;
    const request = crypto.randomUUID();
    const file = crypto.getRandomValues(new Uint8Array(FILE_BYTES));
    const { store } = opened();
    valueOf(
      await store.exclusively(() =>
        store.commit({
          entries: [{ type: "request", subject, body: { personId: subject, request, kind: "leave", content: "{}", reason: REASON, attachments: [fileOf(request)], by: "self" } }],
          papers: ([entry]) => [
            { id: request, kind: "request", subject, untilUtcDay: null, value: { seq: entry?.header.seq, reason: REASON } },
            { id: fileOf(request), kind: "attachment", subject, untilUtcDay: null, value: file },
          ],
        }),
      ),
    );
    return base64(file);
  },

  async declare(personId) {
    const subject = personId as PersonId;
    const id = crypto.randomUUID() as RequestId;
    const file = crypto.getRandomValues(new Uint8Array(FILE_BYTES));
    const { store } = opened();
    const before = tapped.length;
    const attachment: Attachment = { id: fileOf(id), type: "application/pdf", bytes: file.length, hash: "0".repeat(64) };
    const at = clock.wall();
    const content: RequestContent = { kind: "make-up", day: "2026-03-02", direction: "in", wallMs: at, health: { itinerary: ITINERARY } };
    const request: ExceptionRequest = { id, personId: subject, content, reason: REASON, attachments: [attachment], state: "approved", route: ["hr"], passed: 1, rulesVersion: 1, deadlineMs: null, steps: [{ at, action: "approved", by: "rules", entry: { device: store.deviceId, seq: 1 } }] };
    const papers: readonly Paper[] = [...new RequestPapers(store).papersOf(request), { id: attachment.id, kind: "attachment", subject, untilUtcDay: null, value: file }];
    valueOf(await store.exclusively(() => store.commit({ entries: [], papers })));
    return { papers: papers.filter(({ kind }) => kind !== "request").map((paper) => paper.id), file: base64(file), keys: tapped.slice(before).map(({ bytes }) => bytes) };
  },

  async runSchedule() {
    const { store, erasures } = opened();
    const { erased } = valueOf(await new Retention({ store, erasures, scheduler: { after: () => () => undefined }, isQuiet: () => true }).run(true));
    await rekey();
    return erased;
  },

  act(activity, people) {
    const stop = new AbortController();
    const ended = act(page, activity, people, stop.signal).catch((error: unknown) => tell({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }));
    acting = { stop, ended };
  },

  async rest() {
    acting?.stop.abort();
    await acting?.ended;
    acting = null;
  },

  async turn() {
    valueOf(await opened().store.turnEpoch({ reason: "age", withoutFaces: [], withoutRecords: [] }));
    await rekey();
  },

  async withdraw(personId) {
    valueOf(await opened().people.withdrawConsent(personId as PersonId));
    await rekey();
  },

  async issuePin(personId) {
    return valueOf(await opened().people.issuePin(personId as PersonId));
  },

  async keepToken(token) {
    await new SyncStore(opened().database.sync, new HubTokenSeal(bucketNames())).keepPairing({ hub: location.origin, site: "gate", token });
  },

  async secrets() {
    const rows = [...opened().store.templates.values()].map(({ personId, envelope, wrappedKey }) => [personId, { envelope: base64(envelope), wrappedKey: base64(wrappedKey) }] as const);
    const contentKeys = (await opened().keys.vault.contentKeys.toArray()).map(({ paper, envelope }) => [paper, base64(envelope)] as const);
    return { keys: tapped, sealed: Object.fromEntries(rows), contentKeys: Object.fromEntries(contentKeys) };
  },

  audit: () => audit(opened()),
  pass: (ms) => clock.move(ms, ms),
  move: (wallMs, monoMs) => clock.move(wallMs, monoMs),
  anchor: (trustedMs) => opened().store.anchorTime(trustedMs as EpochMs),

  close() {
    core?.close();
    core = null;
  },
};

function opened(): Core {
  if (!core) throw new Error("the core is not open");
  return core;
}

/** Walks the log from the first entry: numbers, chain, commitments, and what is kept beside it. */
async function audit({ store, database, gallery }: Core): Promise<Audit> {
  const problems: string[] = [];
  const punches: SeenPunch[] = [];
  const types: string[] = [];
  const requests = new Map<string, number>();
  let prev: Uint8Array = new Uint8Array(32);
  const rows = await database.log.orderBy("seq").toArray();
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1) problems.push(`entry ${row.seq} where ${index + 1} is due`);
    const opened = await openEntry(store.ring, row);
    if (!opened.ok) {
      problems.push(`entry ${row.seq}: ${opened.error.kind}`);
      continue;
    }
    const { entry, headerBytes, bodyFailure } = opened.value;
    if (entry.header.seq !== row.seq) problems.push(`row ${row.seq} holds entry ${entry.header.seq}`);
    if (!equal(entry.header.prev, prev)) problems.push(`entry ${row.seq} does not follow the one before`);
    if (bodyFailure) problems.push(`entry ${row.seq}: ${bodyFailure.kind}`);
    prev = await leafHash(headerBytes);
    types.push(entry.header.type);
    if (entry.content?.type === "request") requests.set(entry.content.body.request, row.seq);
    const punch = punchOf(entry);
    if (punch) punches.push(seen(punch));
  }
  if (rows.length !== store.length) problems.push(`${rows.length} entries and a head that says ${store.length}`);
  for (const id of store.people.keys()) {
    const last = punches.findLast(({ personId }) => personId === id);
    const kept = store.standing(id).latest?.punch.seq;
    if (last?.seq !== kept) problems.push(`the last punch of a person is ${last?.seq ?? "none"} in the log and ${kept ?? "none"} beside it`);
  }
  problems.push(...(await auditPapers(store, requests)));
  for (const id of store.templates.keys()) {
    const person = store.people.get(id);
    if (!person || !consentInForce(person)) problems.push("a template without a consent");
  }
  for (const kind of refused.values()) problems.push(`a template does not open: ${kind}`);
  const quarantined = (await store.quarantined()).map(({ store: of, id, kind }) => `${of} ${id} ${kind}`);
  return { length: store.length, problems, punches, types, quarantined, people: store.people.size, templates: [...store.templates.keys()], epoch: gallery().epoch };
}

const fileOf = (request: string): string => `file-${request}`;

/** Each request of the log has its paper and its file, and there is no paper without a request. */
async function auditPapers(store: Store, requests: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const problems: string[] = [];
  const papers = new Map((await store.papers({ kinds: ["request", "attachment"] })).map(({ id, value }) => [id, value]));
  for (const [id, seq] of requests) {
    const request = papers.get(id) as { readonly seq?: number } | undefined;
    if (request?.seq !== seq) problems.push(`the request of entry ${seq} is not kept beside the log`);
    const file = papers.get(fileOf(id));
    if (!(file instanceof Uint8Array) || file.length !== FILE_BYTES) problems.push(`the file of entry ${seq} is not kept beside the log`);
  }
  if (papers.size > requests.size * 2) problems.push(`${papers.size - requests.size * 2} papers without an entry`);
  return problems;
}

/** The app's own matcher with everybody's templates. */
async function openMatcher(): Promise<Remote<MatcherWorker>> {
  const made = wrap<MatcherWorker>(new Worker(new URL("../../../workers/matcher/matcher.worker.ts", import.meta.url), { type: "module", name: "matcher" }));
  const { templates, ...keys } = opened().gallery();
  valueOf(await made.open({ profile: "accurate", modelSet: MODEL_SET, ...keys }));
  for (const { personId, failure } of valueOf(await made.load(templates)).refused) refused.set(personId, failure.kind);
  matcher = made;
  return made;
}

async function rekey(): Promise<void> {
  const { epoch, epochKey } = opened().gallery();
  if (matcher) valueOf(await matcher.rekey(epoch, epochKey));
}

/** Features of nobody: a unit vector in a chance direction. */
function chanceFeatures(): Float32Array<ArrayBuffer> {
  const drawn = crypto.getRandomValues(new Int16Array(FEATURE_DIMENSIONS.accurate));
  const norm = Math.hypot(...drawn);
  return Float32Array.from(drawn, (one) => one / norm);
}

function seen({ seq, receipt, personId, wallMs, timeState }: Punch): SeenPunch {
  return { seq, receipt, personId, wallMs, timeState };
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly kind: string; readonly detail?: string } }): T {
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail ?? ""}`.trim());
  return result.value;
}

Object.assign(globalThis, { faults: page });
