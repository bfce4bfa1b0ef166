import { signatureVerifier } from "../../src/adapters/crypto/verify-signature.ts";
import { EMPTY_FRONTIER, appendLeaves, leafHashOf, rootOf } from "../../src/domain/log/merkle.ts";
import type { PackedEntry } from "../../src/domain/log/package.ts";
import { consistencyProof, readerOf } from "../../src/domain/log/proofs.ts";
import type { Finding } from "../../src/domain/log/report.ts";
import { verifyPackage } from "../../src/domain/log/verify.ts";
import { judge } from "../../src/domain/log/witnessing.ts";
import { headerBytes, makeCheckpoint, makeSigner, packed, sampleLog, sha, signAll, type SampleLog, type Signer } from "../support/log/sample.ts";
import { Random } from "./random.ts";
import type { FaultTest } from "./types.ts";

const [SHORT, LONG] = [1_000, 10_000];
/** Entries in a log, and in between two checkpoints; the hub signs every second checkpoint. */
const ENTRIES = 60;
const EVERY = 8;
const HUB_EVERY = 2;

interface Case {
  readonly log: SampleLog;
  readonly random: Random;
  readonly device: Signer;
}

/** Changes the log, and gives what must be found: whether a list of findings names it. */
type Mutation = (given: Case) => (findings: readonly Finding[]) => boolean;

const named = (kind: Finding["kind"], seq: number) => (findings: readonly Finding[]) => findings.some((finding) => finding.kind === kind && "seq" in finding && finding.seq <= seq && ("to" in finding ? (finding.to ?? finding.seq) : finding.seq) >= seq);
const flipped = (bytes: Uint8Array, random: Random): Uint8Array => {
  const at = random.below(bytes.length);
  const bit = 1 << random.below(8);
  return bytes.map((byte, index) => (index === at ? byte ^ bit : byte));
};

/** Writes everything from `seq` on anew, with its links: who does this leaves no broken chain. */
function rewriteFrom({ log, random, device }: Case, seq: number): void {
  for (let at = seq - 1; at < log.entries.length; at++) {
    const before = log.entries[at]!;
    const content = { salt: random.bytes(32), body: before.content?.body ?? random.bytes(20) };
    const header = headerBytes(device.id, at + 1, "punch", sha(content.salt, content.body), log.entries[at - 1]?.leaf ?? new Uint8Array(32));
    log.entries[at] = { seq: at + 1, header, content, leaf: leafHashOf(header) };
  }
}

function changeHeader({ log, random }: Case, seq: number, listToo: boolean): void {
  const entry = log.entries[seq - 1]!;
  const header = flipped(entry.header!, random);
  log.entries[seq - 1] = { ...entry, header, leaf: listToo ? leafHashOf(header) : entry.leaf };
}

/** Which stretch between the device's own checkpoints, or the hub's, holds an entry. */
const endOf = (seq: number, every: number): number => Math.min(ENTRIES, Math.ceil(seq / every) * every);

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "header, its hash left": (given) => {
    const seq = given.random.between(1, ENTRIES);
    changeHeader(given, seq, false);
    return named("edited", seq);
  },
  "hash in the list": ({ log, random }) => {
    const entry = random.pick(log.entries);
    log.entries[entry.seq - 1] = { ...entry, leaf: flipped(entry.leaf, random) };
    return (findings) => named("listed", entry.seq)(findings) || (entry.seq === ENTRIES && named("edited", entry.seq)(findings));
  },
  "header, its hash changed too": (given) => {
    const seq = given.random.between(1, ENTRIES);
    changeHeader(given, seq, true);
    // Nothing follows the last entry; the checkpoint over it speaks instead.
    return (findings) => named("edited", seq)(findings) || (seq >= ENTRIES - 1 && named("rewritten", seq)(findings));
  },
  "body or salt": ({ log, random }) => {
    const with_ = log.entries.filter(({ content }) => content !== null);
    const entry = random.pick(with_);
    const { salt, body } = entry.content!;
    log.entries[entry.seq - 1] = { ...entry, content: random.chance(0.5) ? { salt: flipped(salt, random), body } : { salt, body: flipped(body, random) } };
    return named("body", entry.seq);
  },
  "two bodies exchanged": ({ log, random }) => {
    const with_ = log.entries.filter(({ content }) => content !== null);
    const one = random.pick(with_);
    const other = random.pick(with_.filter((entry) => entry !== one));
    log.entries[one.seq - 1] = { ...one, content: other.content };
    log.entries[other.seq - 1] = { ...other, content: one.content };
    return (findings) => named("body", one.seq)(findings) && named("body", other.seq)(findings);
  },
  swapped: ({ log, random }) => {
    const a = random.below(ENTRIES);
    const b = (a + random.between(1, ENTRIES - 1)) % ENTRIES;
    [log.entries[a], log.entries[b]] = [log.entries[b]!, log.entries[a]!];
    return (findings) => named("reordered", a + 1)(findings) || named("reordered", b + 1)(findings);
  },
  dropped: ({ log, random }) => {
    const seq = random.between(1, ENTRIES - 1);
    log.entries.splice(seq - 1, 1);
    return named("dropped", seq);
  },
  inserted: ({ log, random, device }) => {
    const at = random.below(ENTRIES);
    const header = headerBytes(device.id, at + 1, "punch", random.bytes(32), log.entries[at - 1]?.leaf ?? new Uint8Array(32));
    const entry: PackedEntry = { seq: at + 1, header, leaf: leafHashOf(header), content: null };
    log.entries.splice(at + random.below(2), 0, entry);
    // Of two last entries, none is followed by one that says which it was: the checkpoint over them does.
    return (findings) => named("inserted", at + 1)(findings);
  },
  duplicated: ({ log, random }) => {
    const entry = random.pick(log.entries);
    log.entries.splice(random.below(ENTRIES + 1), 0, entry);
    return named("duplicated", entry.seq);
  },
  "tail cut": ({ log, random }) => {
    const left = random.between(1, ENTRIES - 1);
    log.entries.splice(left);
    log.facts = { ...log.facts, entries: left };
    return named("cut-off", left + 1);
  },
  "rewritten with all links": (given) => {
    const seq = given.random.between(1, ENTRIES);
    rewriteFrom(given, seq);
    return named("rewritten", endOf(seq, EVERY));
  },
  "rewritten and signed anew with the device's key": (given) => {
    const { log, random, device } = given;
    const { coSignatures } = log;
    const seq = random.between(1, lastWitnessed(log));
    rewriteFrom(given, seq);
    signAll(log, { device, every: EVERY, hubEvery: HUB_EVERY });
    log.coSignatures = coSignatures;
    return named("rewritten-after-witness", seq);
  },
  "rolled back with the device's key, the witness's word left in": (given) => {
    const { log, random, device } = given;
    const { coSignatures } = log;
    const left = random.between(1, lastWitnessed(log) - 1);
    log.entries.splice(left);
    log.facts = { ...log.facts, entries: left };
    signAll(log, { device, every: EVERY, hubEvery: HUB_EVERY });
    log.coSignatures = coSignatures;
    return named("cut-off", left + 1);
  },
  "checkpoint altered": ({ log, random }) => {
    const at = random.below(log.checkpoints.length);
    const one = log.checkpoints[at]!;
    const changed = random.pick([{ root: flipped(one.root, random) }, { size: one.size + 1 }, { signature: flipped(one.signature, random) }, { wallMs: (one.wallMs + 1) as typeof one.wallMs }]);
    log.checkpoints[at] = { ...one, ...changed };
    return (findings) => findings.some(({ kind }) => kind === "checkpoint-forged");
  },
  "co-signature altered": ({ log, random }) => {
    const at = random.below(log.coSignatures.length);
    const one = log.coSignatures[at]!;
    const changed = random.pick([{ root: flipped(one.root, random) }, { size: one.size - 1 }, { signature: flipped(one.signature, random) }, { witness: flipWitness(one.witness) }, { publicKey: makeSigner().spki }]);
    log.coSignatures[at] = { ...one, ...changed };
    return (findings) => findings.some(({ kind }) => kind === "co-signature-forged");
  },
  "another history signed for one length": ({ log, random, device }) => {
    const one = random.pick(log.checkpoints);
    log.checkpoints.push(makeCheckpoint(device, one.size, random.bytes(32)));
    return (findings) => findings.some(({ kind }) => kind === "fork" || kind === "rewritten");
  },
};

const flipWitness = (id: string): string => (id.startsWith("0") ? `1${id.slice(1)}` : `0${id.slice(1)}`);
const lastWitnessed = (log: SampleLog): number => Math.max(...log.coSignatures.map(({ size }) => size));

const copyOf = ({ facts, entries, checkpoints, coSignatures }: SampleLog): SampleLog => ({ facts, entries: [...entries], checkpoints: [...checkpoints], coSignatures: [...coSignatures] });

/** Rolls the log back, and lets it grow again: the witness that has seen the old one must refuse, whatever is signed. */
async function atTheNextWitness({ log, random, device }: Case): Promise<boolean> {
  const signed = random.pick(log.coSignatures);
  const left = random.below(signed.size);
  const regrown = { ...copyOf(log), entries: log.entries.slice(0, left) };
  const target = random.pick([left, signed.size, ENTRIES + 10]);
  for (let seq = left + 1; seq <= target; seq++) {
    const header = headerBytes(device.id, seq, "punch", random.bytes(32), regrown.entries.at(-1)?.leaf ?? new Uint8Array(32));
    regrown.entries.push({ seq, header, leaf: leafHashOf(header), content: null });
  }
  const leaves = regrown.entries.map(({ leaf }) => leaf);
  const checkpoint = makeCheckpoint(device, target, rootOf(appendLeaves(EMPTY_FRONTIER, leaves).frontier));
  const proof = target > signed.size ? await consistencyProof(readerOf(leaves), signed.size, target) : [];
  const told = await judge(signatureVerifier(), { checkpoint, publicKey: device.spki, from: signed.size, proof }, signed);
  return told.kind === "alarm";
}

export default {
  name: "log-mutations",
  holds: "every change to the log is named, up to the last checkpoint and with the device's key up to the last witness; a roll back at the next witness",
  async run({ seed, short, log }) {
    const random = new Random(seed);
    const [device, hub, phone] = [makeSigner(), makeSigner(), makeSigner()];
    const verify = signatureVerifier();
    const whole = sampleLog({ entries: ENTRIES, device, hub, phone, every: EVERY, hubEvery: HUB_EVERY, random: (length) => random.bytes(length) });
    const failures: string[] = [];
    const first = await verifyPackage(packed(whole, device), { verify });
    if (first.findings.length > 0) failures.push(`the untouched log is accused: ${JSON.stringify(first.findings)}`);
    const names = [...Object.keys(MUTATIONS), "roll back at the next witness"];
    const n = short ? SHORT : LONG;
    for (let index = 0; index < n; index++) {
      const name = names[index % names.length]!;
      const given: Case = { log: copyOf(whole), random: random.fork(index), device };
      const mutate = MUTATIONS[name];
      if (mutate === undefined) {
        if (!(await atTheNextWitness(given))) failures.push(`${name} (case ${index}): the witness signed`);
        continue;
      }
      const found = mutate(given);
      const { findings } = await verifyPackage(packed(given.log, device), { verify });
      if (!found(findings)) failures.push(`${name} (case ${index}): ${JSON.stringify(findings.slice(0, 5))}`);
      if ((index + 1) % 1_000 === 0) log(`${index + 1} of ${n}`);
    }
    return { n, failures, figures: { mutations: names.length } };
  },
} satisfies FaultTest;
