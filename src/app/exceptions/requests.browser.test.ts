import { afterEach, describe, expect, it } from "vitest";
import { addPerson, deleteStores, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { addUser, confirm, setUpSite, signIn } from "../../adapters/storage/testing/site.ts";
import type { TestUser } from "../../adapters/storage/testing/site.ts";
import type { Core } from "../../adapters/storage/core.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import { computeDays } from "../../domain/attendance/engine/compute-days.ts";
import type { RuleBook, SiteRules } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { at } from "../../domain/exceptions/testing/requests.ts";
import { bookOf, GROUP, RULES } from "../../domain/exceptions/testing/rules.ts";
import { failure } from "../../domain/errors.ts";
import { cancellable } from "../../domain/exceptions/content-days.ts";
import type { AppealOutcome, ExceptionRequest, RequestContent, RequestId } from "../../domain/exceptions/types.ts";
import type { Person } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { RequestInput } from "../api/attendance.ts";
import { LogReckoning } from "../attendance/reckoning.ts";
import type { ReckoningDependencies } from "../attendance/reckoning.ts";
import { SiteNotes } from "../attendance/notes.ts";
import { readPlans } from "../attendance/plans.ts";
import type { RuleSource } from "../attendance/ports.ts";
import { Subject } from "../observable.ts";
import { makeCertificate } from "../rights/certificates.ts";
import { Retention } from "../rights/retention.ts";
import { verifyCertificate } from "../rights/verify-certificate.ts";
import { createExceptions } from "./create-exceptions.ts";
import type { Exceptions } from "./create-exceptions.ts";
import { RequestPapers } from "./request-papers.ts";

afterEach(deleteStores);

/** No other tablet is known here. */
const ALONE: ReckoningDependencies["others"] = { entries: () => Promise.resolve([]), watermarks: () => Promise.resolve([]), devices: () => Promise.resolve([]), subscribe: () => () => undefined };

interface RequestScene extends Exceptions {
  readonly clock: SetClock;
  readonly core: Core;
  readonly keeper: TestUser;
  readonly reckoning: LogReckoning;
  readonly book: Subject<RuleBook>;
  readonly ada: Person;
  readonly ben: Person;
  /** Moves the clock on to a time in Shanghai; whoever is signed in has long been signed out. */
  until(local: string): void;
  as(user: TestUser): Promise<void>;
  user(name: string, role: "supervisor" | "hr" | "auditor", department?: string): Promise<TestUser>;
  entries(): Promise<readonly Entry[]>;
}

/** A site on Monday 2 March 2026, 08:30, with two people of one department; HR is signed in. */
async function requestScene(rules: SiteRules = RULES): Promise<RequestScene> {
  const clock = new SetClock();
  const { core, keeper } = await setUpSite(clock);
  const { store, access } = core;
  const ada = await addPerson(core, "E-1");
  const ben = await addPerson(core, "E-2", "Ben Low");
  const book = new Subject(bookOf(rules));
  const source: RuleSource = { book, plans: (ring) => readPlans(store, ring) };
  const papers = new RequestPapers(store);
  const reckoning = new LogReckoning({
    store,
    rules: source,
    requests: papers,
    history: { entries: () => Promise.resolve([]) },
    others: ALONE,
    computer: { compute: (input) => Promise.resolve(ok(computeDays(input))), close: () => undefined },
    session: core.sessions.current,
    after: () => () => undefined,
  });
  const parts = createExceptions({ store, access, session: core.sessions.current, rules: source, reckoning, papers, after: () => () => undefined });
  return {
    ...parts,
    clock,
    core,
    keeper,
    reckoning,
    book,
    ada,
    ben,
    until: (local) => clock.pass(Date.parse(`${local}:00+08:00`) - clock.wallMs),
    as: async (user) => {
      core.sessions.signOut();
      await signIn(core, clock, user);
    },
    user: async (name, role, department) => {
      const expiresAt = role === "auditor" ? { expiresAt: (clock.wallMs + 30 * 86_400_000) as never } : {};
      return addUser(core, clock, name, [{ role, ...(department === undefined ? {} : { department }), ...expiresAt }], keeper);
    },
    entries: async () => [...(await store.latest(200))].reverse(),
  };
}

const MONDAY_IN: Extract<RequestContent, { readonly kind: "make-up" }> = { kind: "make-up", day: "2026-03-02", direction: "in", wallMs: at("2026-03-02T09:00") };
const asked = (content: RequestContent, more: Partial<RequestInput> = {}): RequestInput => ({ content, reason: "the reader was dark", attachments: [], ...more });
const kindOf = (result: { readonly ok: true } | { readonly ok: false; readonly error: { readonly kind: string } }): string => (result.ok ? "ok" : result.error.kind);

describe("a make-up punch", () => {
  it("counts once supervisor and HR have approved it, and not before", async () => {
    const scene = await requestScene();
    const { own, requests, ada, clock } = scene;
    const supervisor = await scene.user("Sam", "supervisor", "Assembly");
    const elsewhere = await scene.user("Lou", "supervisor", "Logistics");
    scene.until("2026-03-03T10:00");
    expect(valueOf(await own.allowance(ada.id, "2026-03-02"))).toMatchObject({ quota: 3, used: 0, remaining: 3, lastDay: "2026-03-05", late: null });
    const { id, state } = valueOf(await own.submit(ada.id, asked(MONDAY_IN)));
    expect(state).toBe("supervisor");
    expect(kindOf(await own.submit(ada.id, asked(MONDAY_IN)))).toBe("request/waiting-already");
    expect(valueOf(await own.allowance(ada.id, "2026-03-02"))).toMatchObject({ used: 1, remaining: 2 });

    await scene.as(elsewhere);
    expect(valueOf(await requests.list({}))).toEqual([]);
    expect(kindOf(await requests.facts(id))).toMatch(/request\/no-such|access\/not-allowed/);
    expect(requests.waiting.value).toBe(0);

    await scene.as(supervisor);
    expect(valueOf(await requests.list({ mine: true })).map(({ request, mine }) => [request.id, mine])).toEqual([[id, true]]);
    await expect.poll(() => requests.waiting.value).toBe(1);
    const facts = valueOf(await requests.facts(id));
    expect(facts).toMatchObject({ waitsFor: "supervisor", mine: true, earlier: 0, allowance: { remaining: 3 } });
    expect(facts.days[0]?.now.punches.some(({ requestId }) => requestId === id)).toBe(false);
    expect(facts.days[0]?.then?.punches.some(({ requestId }) => requestId === id)).toBe(true);
    expect(kindOf((await requests.decide([id], { kind: "reject", comment: "" }))[0]!.result)).toBe("request/reason-missing");
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "" }))[0]!.result)).toBe("request/not-yours");

    await scene.as(scene.keeper);
    clock.pass(60_000);
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");
    const [kept] = await own.list(ada.id);
    expect(kept).toMatchObject({ state: "approved", passed: 2, unseen: true });
    expect(kept?.steps.map(({ action, as }) => [action, as])).toEqual([["submitted", undefined], ["approved", "supervisor"], ["approved", "hr"]]);
    const entries = await scene.entries();
    expect(entries.filter(({ subject }) => subject === ada.id).map(({ header }) => header.type).filter((type) => /request|made/.test(type))).toEqual(["request", "request-step", "request-step", "request-step", "made-up"]);
    expect(kept?.effect?.seq).toBe(entries.find(({ header }) => header.type === "made-up")?.header.seq);
    const day = valueOf(await scene.reckoning.days({ from: "2026-03-02", to: "2026-03-02", people: [ada.id] })).people[0]?.days[0];
    expect(day?.marks).toContain("made-up");
    expect(day?.requestIds).toEqual([id]);
    await own.seen(ada.id, [id]);
    expect((await own.list(ada.id))[0]).toMatchObject({ unseen: false, steps: { length: 4 } });
  });

  it("is refused for its window and for the quota, and granted as a special case by HR alone", async () => {
    const scene = await requestScene({ ...RULES, groups: [{ ...GROUP, makeUp: { ...GROUP.makeUp, quota: 1 } }] });
    const { own, requests, ada } = scene;
    const supervisor = await scene.user("Sam", "supervisor", "Assembly");
    scene.until("2026-03-06T10:00");
    const late = await own.submit(ada.id, asked(MONDAY_IN));
    expect(late).toMatchObject({ ok: false, error: { kind: "request/window", late: "window", allowance: { lastDay: "2026-03-05" } } });
    expect(await own.list(ada.id)).toEqual([]);
    valueOf(await own.submit(ada.id, asked({ ...MONDAY_IN, day: "2026-03-05", wallMs: at("2026-03-05T09:00") })));
    expect(kindOf(await own.submit(ada.id, asked({ ...MONDAY_IN, day: "2026-03-04", wallMs: at("2026-03-04T09:00") })))).toBe("request/quota");
    const { id, state } = valueOf(await own.submit(ada.id, asked(MONDAY_IN, { specialCase: true })));
    expect(state).toBe("late");

    await scene.as(supervisor);
    expect(kindOf((await requests.decide([id], { kind: "special-case", comment: "please" }))[0]!.result)).toBe("access/not-allowed");
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "" }))[0]!.result)).toBe("request/not-now");
    await scene.as(scene.keeper);
    expect(valueOf(await requests.facts(id)).mine).toBe(true);
    expect(kindOf((await requests.decide([id], { kind: "special-case", comment: "" }))[0]!.result)).toBe("request/reason-missing");
    expect(kindOf((await requests.decide([id], { kind: "special-case", comment: "the tablet was being repaired" }))[0]!.result)).toBe("ok");
    expect((await own.list(ada.id)).find((one) => one.id === id)).toMatchObject({ state: "approved", steps: [{ action: "refused-late", late: "window" }, { action: "special-case", as: "hr" }] });
  });

  it("filed for somebody is told to them, and decided by somebody else", async () => {
    const scene = await requestScene();
    const { own, requests, ada } = scene;
    const second = await scene.user("Second", "hr");
    scene.until("2026-03-03T10:00");
    await scene.as(scene.keeper);
    expect(kindOf(await requests.file(ada.id, asked(MONDAY_IN), " "))).toBe("request/reason-missing");
    const { id } = valueOf(await requests.file(ada.id, asked(MONDAY_IN), "in hospital"));
    expect((await own.list(ada.id))[0]).toMatchObject({ unseen: true, onBehalf: { by: scene.keeper.userId, reason: "in hospital" }, steps: [{ action: "submitted", by: scene.keeper.userId }, { action: "noticed", by: "rules" }] });
    expect(valueOf(await requests.facts(id)).mine).toBe(false);
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "yes" }))[0]!.result)).toBe("request/own");
    expect(requests.delegates(id).map(({ name }) => name)).toEqual(["Second"]);
    await scene.as(second);
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "in place of the supervisor" }))[0]!.result)).toBe("ok");
    expect((await own.list(ada.id))[0]?.state).toBe("approved");
  });

  it("shows what was declared of health to whoever decides, and says so in the log", async () => {
    const scene = await requestScene({ ...RULES, groups: [{ ...GROUP, makeUp: { ...GROUP.makeUp, health: ["condition", "temperature"], healthRequired: ["temperature"] } }] });
    const { own, requests, ada } = scene;
    const auditor = await scene.user("Audit", "auditor");
    scene.until("2026-03-03T10:00");
    expect(kindOf(await own.submit(ada.id, asked(MONDAY_IN)))).toBe("request/health-missing");
    const { id } = valueOf(await own.submit(ada.id, asked({ ...MONDAY_IN, health: { temperature: 37.9 } })));
    await scene.as(auditor);
    expect(valueOf(await requests.facts(id)).request.content).toMatchObject({ health: {} });
    expect(kindOf(await requests.health(id))).toBe("access/not-allowed");
    expect(JSON.stringify((await scene.entries()).map(({ content }) => content))).not.toContain("37.9");
    await scene.as(scene.keeper);
    expect(valueOf(await requests.facts(id)).request.content).toMatchObject({ health: {} });
    expect(valueOf(await requests.health(id))).toEqual({ temperature: 37.9 });
    expect((await scene.entries()).at(-1)?.content).toMatchObject({ type: "viewed", body: { what: "health", personId: ada.id, by: scene.keeper.userId } });
  });
});

describe("files of a request", () => {
  async function photo(width: number, height: number, type: string): Promise<Blob> {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#c33";
    context.fillRect(0, 0, width / 2, height);
    return canvas.convertToBlob({ type });
  }

  it("are taken by what they are, drawn anew and shrunk, and opened under the eyes of the log", async () => {
    const scene = await requestScene();
    const { own, requests, ada, core } = scene;
    scene.until("2026-03-03T10:00");
    const plain = await photo(2000, 1000, "image/jpeg");
    const bytes = new Uint8Array(await plain.arrayBuffer());
    const place = new TextEncoder().encode("Exif\0\0 taken at the clinic in Rose Lane");
    const tagged = new Blob([bytes.slice(0, 2), new Uint8Array([0xff, 0xe1, 0, place.length + 2]), place, bytes.slice(2)], { type: "text/plain" });
    const pdf = new Blob(["%PDF-1.7 nothing more"]);
    const files = [{ name: "where.txt", file: tagged }, { name: "test.png", file: await photo(300, 200, "image/png") }, { name: "report.jpg", file: pdf }];
    const refused = async (file: Blob, name = "a.jpg"): Promise<string> => kindOf(await own.submit(ada.id, asked(MONDAY_IN, { attachments: [{ name, file }] })));
    expect(await refused(new Blob(["<html>"], { type: "image/jpeg" }))).toBe("attachment/type");
    expect(await refused(new Blob([bytes.slice(0, 20)]))).toBe("attachment/unreadable");
    expect(await refused(new Blob(["%PDF-", new Uint8Array(5 * 1024 * 1024)]))).toBe("attachment/size");
    expect(kindOf(await own.submit(ada.id, asked(MONDAY_IN, { attachments: [...files, ...files] })))).toBe("attachment/too-many");
    const { id, attachments } = valueOf(await own.submit(ada.id, asked(MONDAY_IN, { attachments: files })));
    expect(attachments.map(({ type }) => type)).toEqual(["image/jpeg", "image/jpeg", "application/pdf"]);

    await scene.as(scene.keeper);
    const opened: Blob[] = [];
    for (const one of attachments) opened.push(valueOf(await requests.attachment(id, one.id)));
    const text = await Promise.all(opened.map((blob) => blob.text()));
    expect(text[0]).not.toContain("Rose Lane");
    expect(text[2]).toBe("%PDF-1.7 nothing more");
    const picture = await createImageBitmap(opened[0]!);
    expect([picture.width, picture.height]).toEqual([1600, 800]);
    expect((await scene.entries()).filter(({ content }) => content?.type === "viewed" && content.body.what === "attachment")).toHaveLength(1);
    expect(kindOf(await requests.attachment(id, crypto.randomUUID()))).toBe("request/no-such");
    expect(await core.store.papers({ kinds: ["attachment"], subject: scene.ben.id })).toEqual([]);
  });
});

describe("what came with a request", () => {
  const HEALTH: SiteRules = { ...RULES, groups: [{ ...GROUP, approval: ["hr"], makeUp: { ...GROUP.makeUp, health: ["itinerary"], healthRequired: [] } }] };
  const file = { name: "note.pdf", file: new Blob(["%PDF-1.7 nothing more"]) };
  const scheduler = { after: () => () => undefined };

  async function decided(): Promise<RequestScene & { readonly id: RequestId; readonly attachment: string; readonly retention: Retention }> {
    const scene = await requestScene(HEALTH);
    const { core, own, requests, ada } = scene;
    scene.until("2026-03-03T10:00");
    const { id, attachments } = valueOf(await own.submit(ada.id, asked({ ...MONDAY_IN, health: { itinerary: "Rose Lane" } }, { attachments: [file] })));
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "seen" }))[0]!.result)).toBe("ok");
    return { ...scene, id, attachment: attachments[0]!.id, retention: new Retention({ store: core.store, erasures: core.erasures, scheduler, isQuiet: () => true }) };
  }

  it("is erased by the schedule after its months, with an entry and a certificate, and the request stays", async () => {
    const { core, own, requests, ada, id, attachment, retention, until, as, keeper } = await decided();
    const { store } = core;
    until("2026-06-03T09:59");
    expect(valueOf(await retention.run(true))).toEqual({ erased: 0 });
    expect(await store.papers({ kinds: ["health", "attachment"] })).toHaveLength(2);
    until("2026-06-03T10:01");
    await as(keeper);
    valueOf(await core.freezes.setHold(ada.id, true, "hr"));
    expect(valueOf(await retention.run(true))).toEqual({ erased: 0 });
    expect(valueOf(await requests.health(id))).toEqual({ itinerary: "Rose Lane" });
    valueOf(await core.freezes.setHold(ada.id, false, "hr"));
    expect(valueOf(await retention.run(true))).toEqual({ erased: 2 });

    const erased = { health: expect.any(Number) as number, attachment: expect.any(Number) as number };
    expect((await own.list(ada.id))[0]).toMatchObject({ id, state: "approved", erased, attachments: [{ id: attachment }] });
    expect(valueOf(await requests.facts(id)).request).toMatchObject({ erased, content: { kind: "make-up", health: {} } });
    expect(kindOf(await requests.health(id))).toBe("request/no-such");
    expect(kindOf(await requests.attachment(id, attachment))).toBe("request/no-such");
    expect(await store.papers({ kinds: ["health", "attachment"] })).toEqual([]);
    expect(await core.keys.vault.contentKeys.count()).toBe(0);
    expect(store.erasures).toMatchObject({ pending: [], done: [{ what: "health", bytes: "destroyed", epochs: [1, 2], requests: [id] }, { what: "attachment", bytes: "destroyed" }] });
    for (const done of store.erasures.done) {
      const certificate = valueOf(await makeCertificate(store, core.signer, done, core.erasures.knownAs(done)));
      expect(certificate).toMatchObject({ what: done.what, reason: "retention", person: { employeeNumber: "E-1" } });
      expect(await verifyCertificate(JSON.parse(JSON.stringify(certificate)))).toMatchObject({ ok: true });
    }
    expect(valueOf(await retention.run(true))).toEqual({ erased: 0 });
  });

  it("is out of use at once when the bytes could not be destroyed, and is destroyed later", async () => {
    const { core, own, ada, retention, until } = await decided();
    const { store } = core;
    until("2026-07-01T10:00");
    const turn = store.turnEpoch.bind(store);
    store.turnEpoch = () => Promise.resolve(err(failure("store/full")));
    expect(kindOf(await retention.run(true))).not.toBe("ok");
    store.turnEpoch = turn;
    expect((await own.list(ada.id))[0]?.erased).toMatchObject({ health: expect.any(Number) as number });
    expect(await store.papers({ kinds: ["health", "attachment"] })).toEqual([]);
    expect(store.erasures.pending.map(({ what }) => what)).toEqual(["health", "attachment"]);
    expect(valueOf(await core.erasures.carryOut())).toHaveLength(2);
    expect((await store.latest(2)).map(({ content }) => content?.type)).toEqual(["erased", "erased"]);
  });

  it("is told of as not destroyed alone where it lay under the record key", async () => {
    const { core, id, retention, until } = await decided();
    const { store } = core;
    const paper = (await store.paper(id))!;
    const { apart, ...before } = paper.value as ExceptionRequest;
    expect(apart).toBe(true);
    const value = { ...before, content: { ...MONDAY_IN, health: { itinerary: "Rose Lane" } } };
    valueOf(await store.exclusively(() => store.commit({ entries: [], papers: [{ ...paper, value }] })));
    until("2026-07-01T10:00");
    expect(valueOf(await retention.run(true))).toEqual({ erased: 2 });
    expect(JSON.stringify((await store.paper(id))?.value)).not.toContain("Rose Lane");
    expect(store.erasures.done.map(({ bytes }) => bytes)).toEqual(["pending", "pending"]);
  });

  it("goes with a record that ends in the same turn, and the log says both", async () => {
    const { core, ada, retention, until } = await decided();
    const { store } = core;
    valueOf(await store.exclusively(() => store.commit({ settings: { ...store.settings!, retention: { unusedFaceMonths: 6, recordMonths: 3, attemptMonths: 3, healthMonths: 3, attachmentMonths: 3 } }, entries: [] })));
    valueOf(await core.people.leave(ada.id));
    until("2026-08-01T10:00");
    expect(valueOf(await retention.run(true))).toEqual({ erased: 3 });
    expect(store.people.has(ada.id)).toBe(false);
    expect(store.erasures.pending).toEqual([]);
    expect(store.erasures.done.map(({ what }) => what).toSorted()).toEqual(["attachment", "health", "record"]);
  });

  it("goes along, on its own, with what an appeal puts before HR anew", async () => {
    const scene = await requestScene(HEALTH);
    const { core, own, requests, ada } = scene;
    scene.until("2026-03-03T10:00");
    const refused = valueOf(await own.submit(ada.id, asked({ ...MONDAY_IN, health: { itinerary: "Rose Lane" } }, { attachments: [file] })));
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([refused.id], { kind: "reject", comment: "no" }))[0]!.result)).toBe("ok");
    const appeal = valueOf(await own.submit(ada.id, asked({ kind: "appeal", about: { requestId: refused.id } })));
    expect(kindOf((await requests.decide([appeal.id], { kind: "approve", comment: "let us see", outcome: { kind: "reopened" } }))[0]!.result)).toBe("ok");
    const made = (await own.list(ada.id)).find((one) => one.appeal === appeal.id)!;
    expect(valueOf(await requests.health(made.id))).toEqual({ itinerary: "Rose Lane" });
    const retention = new Retention({ store: core.store, erasures: core.erasures, scheduler, isQuiet: () => true });
    scene.until("2026-07-01T10:00");
    expect(valueOf(await retention.run(true))).toEqual({ erased: 2 });
    await scene.as(scene.keeper);
    expect(kindOf(await requests.health(refused.id))).toBe("request/no-such");
    expect(valueOf(await requests.health(made.id))).toEqual({ itinerary: "Rose Lane" });
    expect(await valueOf(await requests.attachment(made.id, made.attachments[0]!.id)).text()).toBe("%PDF-1.7 nothing more");
  });

  it("is in a draft what it was when it is gone on with", async () => {
    const { own, ada, core } = await requestScene(HEALTH);
    const draft = valueOf(await own.keepDraft(ada.id, asked({ ...MONDAY_IN, health: { itinerary: "Rose Lane" } })));
    expect((await own.list(ada.id))[0]?.content).toMatchObject({ health: { itinerary: "Rose Lane" } });
    expect((await core.store.paper(draft.id))?.value).toMatchObject({ content: { health: {} } });
    valueOf(await own.withdraw(ada.id, draft.id));
    expect(await core.store.papers({ kinds: ["request", "health"] })).toEqual([]);
  });
});

describe("leave, drafts and swaps", () => {
  it("take from the balance, do not overlap, and are kept as drafts in no log", async () => {
    const scene = await requestScene({ ...RULES, groups: [{ ...GROUP, approval: ["hr"] }] });
    const { own, requests, ada, core, clock } = scene;
    const leave = (fromDay: string, toDay: string): RequestContent => ({ kind: "leave", leaveKind: "annual", fromMs: at(`${fromDay}T09:00`), toMs: at(`${toDay}T18:00`), minutes: 0 });
    expect(valueOf(await own.leaveMinutes(ada.id, at("2026-03-09T09:00"), at("2026-03-09T10:00"), "annual"))).toBe(240);
    const before = core.store.length;
    const draft = valueOf(await own.keepDraft(ada.id, asked(leave("2026-03-09", "2026-03-11"))));
    expect(core.store.length).toBe(before);
    await scene.as(scene.keeper);
    expect(valueOf(await requests.list({}))).toEqual([]);
    const { id } = valueOf(await own.submit(ada.id, asked(leave("2026-03-09", "2026-03-11"), { draft: draft.id })));
    expect((await own.list(ada.id)).map((one) => one.id)).toEqual([id]);
    expect(await own.balances(ada.id)).toEqual([{ leaveKind: "annual", granted: 2400, used: 0, pending: 1440, remaining: 960 }]);
    expect(await own.submit(ada.id, asked(leave("2026-03-11", "2026-03-12")))).toMatchObject({ ok: false, error: { kind: "request/overlap", with: id } });
    expect(kindOf(await own.submit(ada.id, asked(leave("2026-03-16", "2026-03-18"))))).toBe("request/balance");
    await confirm(core, clock, scene.keeper);
    valueOf(await requests.adjustBalance(ada.id, "annual", 480, "carried over"));
    expect(kindOf(await own.submit(ada.id, asked(leave("2026-03-16", "2026-03-18"))))).toBe("ok");
    expect(valueOf(await requests.balances(ada.id))).toMatchObject({ balances: [{ granted: 2880, pending: 2880, remaining: 0 }], entries: [{ minutes: 480, reason: "carried over" }] });
    valueOf(await own.withdraw(ada.id, id));
    expect(await own.balances(ada.id)).toMatchObject([{ pending: 1440, remaining: 1440 }]);
  });

  it("of shifts are agreed by the colleague, and change both plans at once", async () => {
    const scene = await requestScene();
    const { own, requests, ada, ben, core } = scene;
    const plan = { personId: ben.id, assignments: [], days: [{ day: "2026-03-04", shiftIds: [], cause: "roster" as const }, { day: "2026-03-07", shiftIds: ["day"], cause: "roster" as const }] };
    await core.store.exclusively(() => core.store.commit({ entries: [], papers: [{ id: `plan:${ben.id}`, kind: "plan", subject: ben.id, untilUtcDay: null, value: plan }] }));
    const { id } = valueOf(await own.submit(ada.id, asked({ kind: "swap", day: "2026-03-04", withPersonId: ben.id, withDay: "2026-03-07" })));
    expect(kindOf(await own.agree(ada.id, id, true))).toBe("request/not-yours");
    expect((await own.swaps(ben.id)).map((one) => one.id)).toEqual([id]);
    valueOf(await own.agree(ben.id, id, true));
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "both agree" }))[0]!.result)).toBe("ok");
    const plans = await Promise.all([ada, ben].map(async (person) => ((await core.store.paper(`plan:${person.id}`))?.value as { readonly days: readonly { readonly day: string; readonly shiftIds: readonly string[] }[] }).days.map(({ day, shiftIds }) => [day, shiftIds])));
    expect(plans).toEqual([[["2026-03-04", []], ["2026-03-07", ["day"]]], [["2026-03-04", ["day"]], ["2026-03-07", []]]]);
    expect((await scene.entries()).filter(({ header }) => header.type === "plan")).toHaveLength(2);
  });
});

describe("cancelling what was approved", () => {
  const LEAVE: RequestContent = { kind: "leave", leaveKind: "annual", fromMs: at("2026-03-09T09:00"), toMs: at("2026-03-10T18:00"), minutes: 0 };
  const cancelOf = ({ id, content }: ExceptionRequest): RequestContent => ({ kind: "cancel", cancels: id, content: cancellable(content)! });

  /** Approved by HR, who is signed in. */
  async function approvedLeave(scene: RequestScene): Promise<ExceptionRequest> {
    const { own, requests, ada } = scene;
    const { id } = valueOf(await own.submit(ada.id, asked(LEAVE)));
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([id], { kind: "approve", comment: "in place of the supervisor" }))[0]!.result)).toBe("ok");
    return (await own.list(ada.id)).find((one) => one.id === id)!;
  }

  it("is decided as the first one was, adds entries and edits none, and gives the balance and the days back", async () => {
    const scene = await requestScene();
    const { own, requests, ada, reckoning } = scene;
    const supervisor = await scene.user("Sam", "supervisor", "Assembly");
    const leave = await approvedLeave(scene);
    const days = async () => valueOf(await reckoning.days({ from: "2026-03-09", to: "2026-03-11", people: [ada.id] })).people[0]?.days ?? [];
    expect(await own.balances(ada.id)).toMatchObject([{ used: 960, remaining: 1440 }]);
    expect((await days()).map(({ marks }) => marks.includes("leave"))).toEqual([true, true, false]);
    const before = await scene.entries();

    expect(kindOf(await own.submit(ada.id, { ...asked(cancelOf(leave)), reason: "" }))).toBe("request/reason-missing");
    const cancel = valueOf(await own.submit(ada.id, asked(cancelOf(leave))));
    expect(cancel).toMatchObject({ state: "supervisor", route: leave.route });
    expect(await own.submit(ada.id, asked(cancelOf(leave)))).toMatchObject({ ok: false, error: { kind: "request/waiting-already", with: cancel.id } });
    expect((await days()).map(({ marks }) => marks.includes("leave"))).toEqual([true, true, false]);

    await scene.as(supervisor);
    expect(valueOf(await requests.facts(leave.id))).toMatchObject({ cancelling: cancel.id });
    const facts = valueOf(await requests.facts(cancel.id));
    expect(facts).toMatchObject({ mine: true, balance: { used: 960 } });
    expect(facts.days.map(({ now, then }) => [now.marks.includes("leave"), then?.marks.includes("leave"), then?.reasons.some(({ code }) => code === "cancelled")])).toEqual([[true, false, true], [true, false, true]]);
    expect(kindOf((await requests.decide([cancel.id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");
    expect((await own.list(ada.id)).find(({ id }) => id === leave.id)?.state).toBe("approved");
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([cancel.id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");

    const kept = await own.list(ada.id);
    expect(kept.find(({ id }) => id === cancel.id)).toMatchObject({ state: "approved", unseen: true });
    const taken = kept.find(({ id }) => id === leave.id);
    expect(taken?.state).toBe("cancelled");
    expect(taken?.steps.slice(0, -1)).toEqual(leave.steps);
    expect(taken?.steps.at(-1)).toMatchObject({ action: "cancelled", by: scene.keeper.userId, cancelledBy: cancel.id });
    expect(await own.balances(ada.id)).toMatchObject([{ used: 0, pending: 0, remaining: 2400 }]);
    expect((await days()).map(({ marks, reasons }) => [marks.includes("leave"), reasons.filter(({ code }) => code === "cancelled")])).toEqual([
      [false, [{ code: "cancelled", requestId: leave.id, what: "leave" }]],
      [false, [{ code: "cancelled", requestId: leave.id, what: "leave" }]],
      [false, []],
    ]);
    const after = await scene.entries();
    expect(after.slice(0, before.length).map(({ leaf }) => leaf.join())).toEqual(before.map(({ leaf }) => leaf.join()));
    const step = after.find(({ content }) => content?.type === "request-step" && content.body.action === "cancelled");
    expect(step?.content?.body).toMatchObject({ request: leave.id, state: "cancelled", cancelledBy: cancel.id });
    expect(taken?.steps.at(-1)?.entry.seq).toBe(step?.header.seq);
    expect(kindOf(await own.submit(ada.id, asked(cancelOf(leave))))).toBe("request/not-now");
    expect(kindOf(await own.submit(ada.id, asked(LEAVE)))).toBe("ok");
  });

  it("is asked for by HR in the person's place with a reason, told to the person, and decided by somebody else", async () => {
    const scene = await requestScene();
    const { own, requests, ada } = scene;
    const second = await scene.user("Second", "hr");
    const leave = await approvedLeave(scene);
    expect(kindOf(await requests.file(ada.id, asked(cancelOf(leave)), " "))).toBe("request/reason-missing");
    const cancel = valueOf(await requests.file(ada.id, asked(cancelOf(leave)), "told us by phone"));
    expect((await own.list(ada.id)).find(({ id }) => id === cancel.id)).toMatchObject({ unseen: true, onBehalf: { by: scene.keeper.userId, reason: "told us by phone" } });
    expect(kindOf((await requests.decide([cancel.id], { kind: "approve", comment: "mine" }))[0]!.result)).toBe("request/own");
    await scene.as(second);
    expect(kindOf((await requests.decide([cancel.id], { kind: "approve", comment: "in place of the supervisor" }))[0]!.result)).toBe("ok");
    expect((await own.list(ada.id)).find(({ id }) => id === leave.id)?.state).toBe("cancelled");
  });

  it("is nobody's once the month is closed: neither asked for nor granted", async () => {
    const scene = await requestScene({ ...RULES, groups: [{ ...GROUP, approval: ["hr"] }] });
    const { own, requests, ada, core, deadlines } = scene;
    const leave = await approvedLeave(scene);
    const cancel = valueOf(await own.submit(ada.id, asked(cancelOf(leave))));
    const month = { id: `month:${ada.id}:2026-03`, kind: "month" as const, subject: ada.id, untilUtcDay: 20_543, value: { personId: ada.id, month: "2026-03", locked: { at: scene.clock.wallMs as EpochMs, by: "u", contentHash: "", days: [], entry: { device: "d", seq: 1 } } } };
    await core.store.exclusively(() => core.store.commit({ entries: [], papers: [month] }));
    const before = core.store.length;
    expect(kindOf((await requests.decide([cancel.id], { kind: "approve", comment: "" }))[0]!.result)).toBe("request/closed");
    expect(core.store.length).toBe(before);
    expect((await own.list(ada.id)).find(({ id }) => id === leave.id)?.state).toBe("approved");
    valueOf(await own.withdraw(ada.id, cancel.id));
    expect(kindOf(await own.submit(ada.id, asked(cancelOf(leave), { specialCase: true })))).toBe("request/closed");
    expect(await deadlines.run()).toBe(0);
  });

  it("of overtime is refused while the leave that it earned is used or asked for, when it is asked and when it is decided", async () => {
    const scene = await requestScene({ ...RULES, groups: [{ ...GROUP, approval: ["hr"] }] });
    const { own, requests, ada, core } = scene;
    const approve = async (content: RequestContent): Promise<ExceptionRequest> => {
      const { id } = valueOf(await own.submit(ada.id, asked(content)));
      await scene.as(scene.keeper);
      expect(kindOf((await requests.decide([id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");
      return (await own.list(ada.id)).find((one) => one.id === id)!;
    };
    const day = (date: string, from: string, to: string) => ({ fromMs: at(`2026-03-${date}T${from}`), toMs: at(`2026-03-${date}T${to}`), minutes: 0 });
    for (const date of ["03", "04"]) {
      for (const [time, direction] of [["09:00", "in"], ["20:00", "out"]] as const) {
        scene.until(`2026-03-${date}T${time}`);
        valueOf(await core.ledger.punch({ personId: ada.id, method: "pin", direction }));
      }
    }
    scene.until("2026-03-05T08:00");
    const first = await approve({ kind: "overtime", compensation: "leave", ...day("03", "18:00", "20:00") });
    const second = await approve({ kind: "overtime", compensation: "leave", ...day("04", "18:00", "20:00") });
    const compensatory = async () => (await own.balances(ada.id)).find(({ leaveKind }) => leaveKind === "compensatory");
    expect(await compensatory()).toMatchObject({ granted: 360, remaining: 360 });
    const before = valueOf(await own.submit(ada.id, asked(cancelOf(first))));
    const leave = await approve({ kind: "leave", leaveKind: "compensatory", ...day("09", "09:00", "15:00") });
    expect(await compensatory()).toMatchObject({ used: 300, remaining: 60 });

    expect(kindOf(await own.submit(ada.id, asked(cancelOf(second))))).toBe("request/leave-used");
    const length = core.store.length;
    expect(kindOf((await requests.decide([before.id], { kind: "approve", comment: "" }))[0]!.result)).toBe("request/leave-used");
    expect(core.store.length).toBe(length);
    expect(await compensatory()).toMatchObject({ granted: 360, remaining: 60 });

    valueOf(await requests.adjustBalance(ada.id, "compensatory", 120, "agreed with the works council"));
    expect(kindOf((await requests.decide([before.id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");
    expect(await compensatory()).toMatchObject({ granted: 300, used: 300, remaining: 0 });
    expect(kindOf(await own.submit(ada.id, asked(cancelOf(second))))).toBe("request/leave-used");
    await approve(cancelOf(leave));
    await approve(cancelOf(second));
    expect(await compensatory()).toMatchObject({ granted: 120, used: 0, remaining: 120 });
  });

  it("of a swap is agreed by the colleague and gives both their shifts back, unless a day was planned otherwise since", async () => {
    const scene = await requestScene();
    const { own, requests, ada, ben, core } = scene;
    const plan = { personId: ben.id, assignments: [], days: [{ day: "2026-03-04", shiftIds: ["night"], cause: "roster" as const }] };
    await core.store.exclusively(() => core.store.commit({ entries: [], papers: [{ id: `plan:${ben.id}`, kind: "plan", subject: ben.id, untilUtcDay: null, value: plan }] }));
    const swapped = async (): Promise<ExceptionRequest> => {
      const { id } = valueOf(await own.submit(ada.id, asked({ kind: "swap", day: "2026-03-04", withPersonId: ben.id, withDay: "2026-03-04" })));
      valueOf(await own.agree(ben.id, id, true));
      await scene.as(scene.keeper);
      expect(kindOf((await requests.decide([id], { kind: "approve", comment: "both agree" }))[0]!.result)).toBe("ok");
      return (await own.list(ada.id)).find((one) => one.id === id)!;
    };
    const planned = async (): Promise<unknown> => Promise.all([ada, ben].map(async ({ id }) => ((await core.store.paper(`plan:${id}`))?.value as { readonly days: readonly { readonly day: string; readonly shiftIds: readonly string[]; readonly cause: string }[] }).days.map(({ day, shiftIds, cause }) => [day, shiftIds, cause])));
    const first = await swapped();
    expect(await planned()).toEqual([[["2026-03-04", ["night"], "swap"]], [["2026-03-04", ["day"], "swap"]]]);
    const cancel = valueOf(await own.submit(ada.id, asked(cancelOf(first))));
    expect(cancel.state).toBe("colleague");
    expect((await own.swaps(ben.id)).map(({ id }) => id)).toEqual([cancel.id]);
    valueOf(await own.agree(ben.id, cancel.id, true));
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([cancel.id], { kind: "approve", comment: "both agree" }))[0]!.result)).toBe("ok");
    expect(await planned()).toEqual([[], [["2026-03-04", ["night"], "roster"]]]);
    expect((await scene.entries()).filter(({ content }) => content?.type === "plan" && content.body.content.includes(first.id) && content.body.content.includes("cancels"))).toHaveLength(2);
    for (const { id } of [ada, ben]) {
      const [day] = valueOf(await scene.reckoning.days({ from: "2026-03-04", to: "2026-03-04", people: [id] })).people[0]?.days ?? [];
      expect(day?.reasons.filter(({ code }) => code === "cancelled")).toEqual([{ code: "cancelled", requestId: first.id, what: "swap" }]);
    }

    const second = await swapped();
    const other = { personId: ada.id, assignments: [], days: [{ day: "2026-03-04", shiftIds: [], cause: "roster" as const }] };
    await core.store.exclusively(() => core.store.commit({ entries: [], papers: [{ id: `plan:${ada.id}`, kind: "plan", subject: ada.id, untilUtcDay: null, value: other }] }));
    const late = valueOf(await own.submit(ada.id, asked(cancelOf(second))));
    valueOf(await own.agree(ben.id, late.id, true));
    expect(kindOf((await requests.decide([late.id], { kind: "approve", comment: "both agree" }))[0]!.result)).toBe("request/plan-changed");
    expect((await own.list(ada.id)).find(({ id }) => id === second.id)?.state).toBe("approved");
  });
});

describe("an appeal that is approved", () => {
  const hrAlone = (): Promise<RequestScene> => requestScene({ ...RULES, groups: [{ ...GROUP, approval: ["hr"] }] });
  const decided = async ({ requests }: RequestScene, id: RequestId, outcome?: AppealOutcome): Promise<string> => kindOf((await requests.decide([id], { kind: "approve", comment: "the gate was dark", ...(outcome === undefined ? {} : { outcome }) }))[0]!.result);

  it("against a day makes a correction that was approved with it, or nothing at all", async () => {
    const scene = await hrAlone();
    const { own, requests, ada, core, clock } = scene;
    clock.pass(30 * 60_000);
    const { punch } = valueOf(await core.ledger.punch({ personId: ada.id, method: "pin", direction: "out" }));
    scene.until("2026-03-03T10:00");
    const appeal = valueOf(await own.submit(ada.id, asked({ kind: "appeal", about: { day: "2026-03-02" } })));
    await scene.as(scene.keeper);
    expect(valueOf(await requests.facts(appeal.id))).toMatchObject({ mine: true, outcomes: ["corrected", "answered"] });
    const before = core.store.length;
    const turned = (seq: number, day = "2026-03-02"): AppealOutcome => ({ kind: "corrected", content: { kind: "correction", cites: { device: punch.deviceId, seq }, day, change: { kind: "direction", direction: "in" } } });
    expect(await decided(scene, appeal.id)).toBe("request/outcome-missing");
    expect(await decided(scene, appeal.id, { kind: "note-withdrawn" })).toBe("request/outcome-missing");
    expect(await decided(scene, appeal.id, turned(punch.seq, "2026-03-01"))).toBe("request/outcome-missing");
    expect(await decided(scene, appeal.id, turned(punch.seq + 1))).toBe("request/no-such");
    expect(core.store.length).toBe(before);
    expect(await decided(scene, appeal.id, turned(punch.seq))).toBe("ok");

    const kept = await own.list(ada.id);
    const made = kept.find(({ content }) => content.kind === "correction");
    expect(kept.find(({ id }) => id === appeal.id)?.steps.at(-1)).toMatchObject({ action: "approved", outcome: "corrected", made: made?.id, comment: "the gate was dark" });
    expect(made).toMatchObject({ state: "approved", appeal: appeal.id, reason: "the gate was dark", unseen: true, steps: [{ action: "submitted", by: scene.keeper.userId }, { action: "approved", as: "hr" }] });
    const entries = await scene.entries();
    expect(entries.slice(before).map(({ header }) => header.type).filter((type) => type !== "viewed")).toEqual(["request-step", "request", "request-step", "request-step", "corrected"]);
    const seqs = new Map(entries.map(({ header }) => [header.seq, header.type]));
    expect([...made!.steps.map(({ entry }) => seqs.get(entry.seq)), seqs.get(made!.effect!.seq)]).toEqual(["request-step", "request-step", "corrected"]);
    const day = valueOf(await scene.reckoning.days({ from: "2026-03-02", to: "2026-03-02", people: [ada.id] })).people[0]?.days[0];
    expect(day?.punches.find(({ seq }) => seq === punch.seq)).toMatchObject({ direction: "in", requestId: made?.id });
    expect(day?.marks).toContain("corrected");
  });

  it("against a note withdraws it in the same step, or answers it in words", async () => {
    const scene = await hrAlone();
    const { own, ada, core } = scene;
    await scene.as(scene.keeper);
    const notes = new SiteNotes({ store: core.store, access: core.access, newId: () => crypto.randomUUID() });
    valueOf(await notes.write(ada.id, "2026-03-02", "warning", "Came late."));
    valueOf(await notes.write(ada.id, "2026-03-02", "note", "Left the gate open."));
    const [first, second] = valueOf(await notes.of(ada.id));
    const appeals = [];
    for (const note of [first, second]) appeals.push(valueOf(await own.submit(ada.id, asked({ kind: "appeal", about: { noteId: note!.id } }))));
    expect(await decided(scene, appeals[0]!.id, { kind: "note-withdrawn" })).toBe("ok");
    expect(await decided(scene, appeals[1]!.id, { kind: "answered" })).toBe("ok");
    expect(valueOf(await notes.of(ada.id)).map(({ id, withdrawn }) => [id, withdrawn?.reason])).toEqual([[first!.id, "the gate was dark"], [second!.id, undefined]]);
    expect((await scene.entries()).filter(({ content }) => content?.type === "violation-note" && content.body.phase === "withdrawn")).toHaveLength(1);
    expect((await own.list(ada.id)).map(({ steps }) => steps.at(-1)?.outcome).toSorted()).toEqual(["answered", "note-withdrawn"]);
    const again = valueOf(await own.submit(ada.id, asked({ kind: "appeal", about: { noteId: first!.id } })));
    expect(await decided(scene, again.id, { kind: "note-withdrawn" })).toBe("request/no-such");
  });
});

describe("an appeal against a decision", () => {
  async function refused(scene: RequestScene, content: RequestContent = MONDAY_IN, more: Partial<RequestInput> = {}): Promise<ExceptionRequest> {
    const { own, requests, ada, ben } = scene;
    scene.clock.pass(60_000);
    const { id, state } = valueOf(await own.submit(ada.id, asked(content, more)));
    if (state === "colleague") valueOf(await own.agree(ben.id, id, true));
    await scene.as(scene.keeper);
    expect(kindOf((await requests.decide([id], { kind: "reject", comment: "nobody saw it" }))[0]!.result)).toBe("ok");
    return (await own.list(ada.id)).find((one) => one.id === id)!;
  }
  const appealed = async ({ own, ada }: RequestScene, { id }: ExceptionRequest): Promise<ExceptionRequest> => valueOf(await own.submit(ada.id, asked({ kind: "appeal", about: { requestId: id } }, { reason: "Ben saw me" })));
  const reopen = async ({ requests }: RequestScene, { id }: ExceptionRequest): Promise<string> => kindOf((await requests.decide([id], { kind: "approve", comment: "Ben confirms it", outcome: { kind: "reopened" } }))[0]!.result);

  it("puts what was refused before HR anew, in entries that cite it, and leaves the refusal as it was", async () => {
    const scene = await requestScene();
    const { own, requests, ada } = scene;
    scene.until("2026-03-03T10:00");
    const old = await refused(scene, MONDAY_IN, { attachments: [{ name: "seen.pdf", file: new Blob(["%PDF-1.7 seen"]) }] });
    scene.until("2026-03-08T10:00");
    const appeal = await appealed(scene, old);
    await scene.as(scene.keeper);
    expect(valueOf(await requests.facts(appeal.id))).toMatchObject({ outcomes: ["reopened", "answered"] });
    const before = await scene.entries();
    expect(await reopen(scene, appeal)).toBe("ok");

    const kept = await own.list(ada.id);
    expect(kept.find(({ id }) => id === old.id)).toEqual(old);
    const made = kept.find((one) => one.appeal === appeal.id);
    expect(kept.find(({ id }) => id === appeal.id)).toMatchObject({ state: "approved", unseen: true });
    expect(kept.find(({ id }) => id === appeal.id)?.steps.at(-1)).toMatchObject({ outcome: "reopened", made: made?.id, comment: "Ben confirms it" });
    // The days for making it up are over; it had been handed in within them.
    expect(made).toMatchObject({ content: MONDAY_IN, reason: "the reader was dark", attachments: old.attachments.map(({ type, bytes, hash }) => ({ type, bytes, hash })), state: "hr", route: ["hr"], passed: 0, unseen: true, steps: [{ action: "submitted", by: scene.keeper.userId }] });
    // A copy of its own: each ends with its own decision.
    expect(made?.attachments[0]?.id).not.toBe(old.attachments[0]?.id);
    expect(await valueOf(await requests.attachment(made!.id, made!.attachments[0]!.id)).text()).toBe("%PDF-1.7 seen");
    const after = await scene.entries();
    expect(after.slice(0, before.length).map(({ leaf }) => leaf.join())).toEqual(before.map(({ leaf }) => leaf.join()));
    expect(after.slice(before.length).map(({ header }) => header.type).filter((type) => type !== "viewed")).toEqual(["request-step", "request", "request-step"]);
    expect(after.findLast(({ content }) => content?.type === "request")?.content?.body).toMatchObject({ request: made?.id, appeal: appeal.id, by: scene.keeper.userId });

    const again = await appealed(scene, old);
    expect(valueOf(await requests.facts(again.id)).outcomes).toEqual(["answered"]);
    expect(await reopen(scene, again)).toBe("request/not-now");
    expect(valueOf(await requests.facts(made!.id))).toMatchObject({ mine: true, days: [{ then: { marks: expect.arrayContaining(["made-up"]) as string[] } }] });
    expect(await (valueOf(await requests.attachment(made!.id, made!.attachments[0]!.id))).text()).toBe("%PDF-1.7 seen");
    expect(kindOf((await requests.decide([made!.id], { kind: "approve", comment: "" }))[0]!.result)).toBe("ok");
    const [day] = valueOf(await scene.reckoning.days({ from: "2026-03-02", to: "2026-03-02", people: [ada.id] })).people[0]?.days ?? [];
    expect(day?.marks).toContain("made-up");
  });

  it("does not go beyond the rules by the way: what they refuse waits as a special case, what overlaps says so, and a colleague's no stays", async () => {
    const scene = await requestScene({ ...RULES, groups: [{ ...GROUP, makeUp: { ...GROUP.makeUp, quota: 1 } }] });
    const { own, requests, ada, ben } = scene;
    scene.until("2026-03-03T10:00");
    const old = await refused(scene);
    valueOf(await own.submit(ada.id, asked({ kind: "make-up", day: "2026-03-02", direction: "out", wallMs: at("2026-03-02T18:00") })));
    const appeal = await appealed(scene, old);
    expect(await reopen(scene, appeal)).toBe("ok");
    expect((await own.list(ada.id)).find((one) => one.appeal === appeal.id)).toMatchObject({ state: "late", steps: [{ action: "refused-late", late: "quota" }] });

    const trip: RequestContent = { kind: "trip", fromMs: at("2026-03-05T09:00"), toMs: at("2026-03-05T18:00"), place: "Suzhou" };
    const away = await refused(scene, trip);
    valueOf(await own.submit(ada.id, asked({ ...trip, place: "Wuxi" })));
    expect(await reopen(scene, await appealed(scene, away))).toBe("request/overlap");

    const swap: RequestContent = { kind: "swap", day: "2026-03-06", withPersonId: ben.id, withDay: "2026-03-06" };
    const { id } = valueOf(await own.submit(ada.id, asked(swap)));
    valueOf(await own.agree(ben.id, id, false));
    const declined = await appealed(scene, (await own.list(ada.id)).find((one) => one.id === id)!);
    expect(valueOf(await requests.facts(declined.id)).outcomes).toEqual(["answered"]);
    expect(await reopen(scene, declined)).toBe("request/not-now");

    const second = await refused(scene, swap);
    const third = await appealed(scene, second);
    expect(await reopen(scene, third)).toBe("ok");
    expect((await own.swaps(ben.id)).map(({ appeal: came }) => came)).toEqual([third.id]);
  });
});

describe("time", () => {
  it("reminds, passes on to HR, and ends what waits when its month is closed", async () => {
    const scene = await requestScene();
    const { own, ada, deadlines, core } = scene;
    scene.until("2026-03-03T10:00");
    const { id } = valueOf(await own.submit(ada.id, asked(MONDAY_IN)));
    const actions = async (): Promise<readonly string[]> => (await own.list(ada.id)).find((one) => one.id === id)?.steps.map(({ action }) => action) ?? [];
    expect(await deadlines.run()).toBe(0);
    scene.until("2026-03-04T05:00");
    expect(await deadlines.run()).toBe(1);
    expect(await deadlines.run()).toBe(0);
    scene.until("2026-03-04T10:00");
    expect(await deadlines.run()).toBe(1);
    expect(await actions()).toEqual(["submitted", "reminded", "passed-on"]);
    expect((await own.list(ada.id))[0]).toMatchObject({ state: "hr", deadlineMs: at("2026-03-05T10:00"), unseen: true });
    const month = { id: `month:${ada.id}:2026-03`, kind: "month" as const, subject: ada.id, untilUtcDay: 20_543, value: { personId: ada.id, month: "2026-03", locked: { at: scene.clock.wallMs as EpochMs, by: "u", contentHash: "", days: [], entry: { device: "d", seq: 1 } } } };
    await core.store.exclusively(() => core.store.commit({ entries: [], papers: [month] }));
    expect(await deadlines.run()).toBe(1);
    expect(await actions()).toEqual(["submitted", "reminded", "passed-on", "expired"]);
    expect(kindOf(await own.submit(ada.id, asked({ ...MONDAY_IN, day: "2026-03-03", wallMs: at("2026-03-03T09:00") })))).toBe("request/locked");
  });
});
