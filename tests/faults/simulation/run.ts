import { createHash } from "node:crypto";
import type { Segment } from "../../../src/app/ports/outbox.ts";
import type { Fetch } from "../../../src/adapters/sync/push.ts";
import { Random } from "../random.ts";
import { SimulatedHub } from "./hub.ts";
import { SimulatedTablet } from "./tablet.ts";
import { Timeline } from "./timeline.ts";

const MINUTE_MS = 60_000;
/** The network misbehaves for so long; then it is let be, and all must come together. */
const TROUBLE_MS = 30 * MINUTE_MS;
/** Longer than the longest wait between two attempts. */
const CALM_MS = 20 * MINUTE_MS;
const TABLETS = ["gate1", "gate2", "gate3"];

export interface SimulationOutcome {
  readonly failures: readonly string[];
  /** Hash of everything that happened, in order. */
  readonly trace: string;
  readonly segments: number;
  readonly requests: number;
  readonly duplicates: number;
}

/** What the network and the hub may do to one request. */
type Fate = "well" | "request-lost" | "answer-lost" | "twice" | "late" | "half-stored" | "busy" | "few-nodes" | "portal" | "garbled";
const FATES: readonly Fate[] = ["well", "well", "well", "request-lost", "answer-lost", "twice", "late", "half-stored", "busy", "few-nodes", "portal", "garbled"];

/** One run of three tablets and a hub, from its seed. */
export async function simulate(seed: number): Promise<SimulationOutcome> {
  const random = new Random(seed);
  const timeline = new Timeline();
  const hub = new SimulatedHub();
  const trace = createHash("sha256");
  const note = (line: string): void => void trace.update(`${String(timeline.nowMs)} ${line}\n`);
  const failures: string[] = [];
  const counts = { requests: 0, duplicates: 0 };
  const cut = new Set<string>();
  let calm = false;

  const network = (device: string): Fetch => (_url, init) => {
    const draw = random.fork(`${device}-${String(counts.requests++)}`);
    const fate: Fate = calm ? "well" : cut.has(device) ? "request-lost" : draw.pick(FATES);
    const docs = (JSON.parse(init.body as string) as { readonly docs: readonly Segment[] }).docs;
    note(`${device} sends ${String(docs.length)}: ${fate}`);
    const store = (upTo?: number): Response => {
      for (const { _id } of docs) if (hub.documents.has(_id)) counts.duplicates++;
      const rows = hub.store(device, docs, upTo);
      note(`hub: ${rows.map(({ id, ok, error }) => `${id.slice(0, 18)} ${ok === true ? "ok" : (error ?? "")}`).join(", ")}`);
      return new Response(JSON.stringify(rows), { status: 201 });
    };
    const lost = (): Promise<Response> => timeline.waits<null>((resume) => timeline.after(draw.between(1_000, 30_000), () => resume(null))).then(() => Promise.reject(new TypeError("no answer")));
    const answered = (answer: () => Response, delayMs = draw.between(5, 3_000)): Promise<Response> => timeline.waits<Response>((resume) => timeline.after(delayMs, () => resume(answer())));
    switch (fate) {
      case "well":
        return answered(store);
      case "request-lost":
        return lost();
      case "answer-lost":
        timeline.after(draw.between(5, 1_000), () => void store());
        return lost();
      case "twice":
        // The same request comes a second time, long after its answer.
        timeline.after(draw.between(5_000, 5 * MINUTE_MS), () => void store());
        return answered(store);
      case "late":
        timeline.after(draw.between(30_000, 10 * MINUTE_MS), () => void store());
        return lost();
      case "half-stored":
        timeline.after(draw.between(5, 1_000), () => void store(draw.below(docs.length + 1)));
        return lost();
      case "busy":
        return answered(() => new Response("", { status: draw.pick([429, 500, 503]), headers: draw.chance(0.5) ? { "Retry-After": String(draw.between(1, 120)) } : {} }));
      case "few-nodes":
        // Too few nodes have it, each row says ok all the same, and those few are lost.
        return answered(() => new Response(JSON.stringify(docs.map(({ _id }) => ({ id: _id, ok: true }))), { status: 202 }));
      case "portal":
        return answered(() => new Response("<html>", { status: 200 }));
      case "garbled":
        return answered(() => {
          store();
          return new Response('[{"id":', { status: 201 });
        });
    }
  };

  const tablets = TABLETS.map((device) => new SimulatedTablet({ device, timeline, random: random.fork(device), hub, fetch: network(device) }));
  for (const tablet of tablets) await tablet.pair();
  for (const tablet of tablets) plan(tablet);

  function plan(tablet: SimulatedTablet): void {
    const draw = random.fork(`plan-${tablet.device}`);
    for (let atMs = draw.below(MINUTE_MS); atMs < TROUBLE_MS; atMs += draw.between(500, 2 * MINUTE_MS)) {
      timeline.at(atMs, () => {
        tablet.punch();
        if (draw.chance(0.4)) tablet.seal();
        tablet.push(draw.pick(["entry", "timer", "background", "visible"]));
        // The service worker has woken too, and knows nothing of the page's attempt.
        if (draw.chance(0.2)) tablet.push("background");
      });
    }
    for (let part = 0; part < 3; part++) {
      const fromMs = draw.below(TROUBLE_MS);
      timeline.at(fromMs, () => cut.add(tablet.device));
      timeline.at(fromMs + draw.between(MINUTE_MS, 10 * MINUTE_MS), () => {
        cut.delete(tablet.device);
        tablet.push("online");
      });
    }
    for (let atMs = draw.below(10 * MINUTE_MS); atMs < TROUBLE_MS; atMs += draw.between(MINUTE_MS, 10 * MINUTE_MS)) {
      timeline.at(atMs, () => {
        if (cut.has(tablet.device)) return;
        timeline.does(async () => {
          if (!(await tablet.checkpoint())) failures.push(`seed ${String(seed)}: an honest log of ${tablet.device} was taken for a forged one`);
          note(`${tablet.device} is witnessed up to ${String(tablet.leaves.length)}`);
        });
      });
    }
    for (let atMs = TROUBLE_MS + MINUTE_MS; atMs < TROUBLE_MS + CALM_MS; atMs += MINUTE_MS / 2) {
      timeline.at(atMs, () => {
        tablet.seal();
        tablet.push("timer");
      });
    }
  }

  timeline.at(TROUBLE_MS, () => {
    calm = true;
    cut.clear();
  });
  await timeline.runTo(TROUBLE_MS + CALM_MS);
  for (const tablet of tablets) failures.push(...wrong(seed, tablet, hub));

  // Whoever puts an earlier image back and goes on from it is found at the next witness.
  const [forger] = tablets;
  const witnessed = hub.witnessed.get(TABLETS[0] ?? "")?.size ?? 0;
  if (forger !== undefined && witnessed > 1) {
    forger.rollBack(random.below(witnessed));
    for (let more = random.below(40); more > 0; more--) forger.punch();
    if (await forger.checkpoint()) failures.push(`seed ${String(seed)}: a log that was rolled back was witnessed`);
  }
  return { failures, trace: trace.digest("hex"), segments: hub.documents.size, ...counts };
}

/** Everything once, nothing else, in unbroken order. */
function wrong(seed: number, tablet: SimulatedTablet, hub: SimulatedHub): readonly string[] {
  const failures: string[] = [];
  const held = [...hub.documents.values()].filter(({ _id }) => _id.startsWith(`${tablet.device}:`));
  const sent = new Map(tablet.queue.segments.map((segment) => [segment._id, segment.c]));
  if (held.some(({ _id, c }) => sent.get(_id) !== c)) failures.push(`seed ${String(seed)}: the hub holds what ${tablet.device} never sealed`);
  if (held.length !== sent.size) failures.push(`seed ${String(seed)}: ${tablet.device} sealed ${String(sent.size)} segments, the hub holds ${String(held.length)}`);
  for (const [id, outcome] of tablet.queue.settled) {
    if (outcome === "stored" && !hub.documents.has(id)) failures.push(`seed ${String(seed)}: ${id} is taken for stored and is not`);
    if (outcome === "quarantined") failures.push(`seed ${String(seed)}: ${id} was put aside`);
  }
  if (tablet.queue.settled.size !== sent.size) failures.push(`seed ${String(seed)}: ${tablet.device} still waits with ${String(sent.size - tablet.queue.settled.size)} segments`);
  const covered = tablet.sealed.reduce((to, one) => (one.from === to ? one.to : Number.NaN), 0);
  if (covered !== tablet.leaves.length) failures.push(`seed ${String(seed)}: ${tablet.device} recorded ${String(tablet.leaves.length)} entries, ${String(covered)} are sealed in order`);
  return failures;
}
