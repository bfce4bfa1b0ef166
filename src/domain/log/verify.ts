import { sha256 } from "@noble/hashes/sha2.js";
import { Intake } from "./intake.ts";
import { EMPTY_FRONTIER, appendLeaves, rootOf } from "./merkle.ts";
import { PackageUnreadable, readPackage, sealBytes } from "./package.ts";
import type { PackageCounts, PackageFacts } from "./package.ts";
import { same } from "./proofs.ts";
import type { Finding, VerifyReport, WitnessReach } from "./report.ts";
import { isSignedCheckpoint, isSignedCoSignature, keyIdOf, parseCheckpoint, parseCoSignature } from "./statements.ts";
import type { VerifySignature } from "./statements.ts";
import { structureOf } from "./structure.ts";
import type { Structure } from "./structure.ts";
import type { Checkpoint, CoSignature } from "./types.ts";

export interface VerifyOptions {
  readonly verify: VerifySignature;
  /** Co-signatures that the verifying person was given by the witnesses themselves. */
  readonly beside?: readonly CoSignature[];
  /** Called now and then with the entries read so far. */
  readonly onProgress?: (entries: number) => void;
}

/** More findings than anybody reads; the rest is counted. */
const MOST_FINDINGS = 1_000;
const NO_COUNTS: PackageCounts = { entries: 0, bodies: 0, checkpoints: 0, coSignatures: 0 };

/**
 * Checks a package whole: every entry against the one after it, every body against its commitment, the tree against every
 * checkpoint and co-signature, the file against its seal.
 *
 * @param chunks the package's bytes, not compressed any more
 * @throws PackageUnreadable when the file is no package
 */
export async function verifyPackage(chunks: AsyncIterable<Uint8Array>, options: VerifyOptions): Promise<VerifyReport> {
  const read = await readAll(chunks, options);
  const { facts, intake } = read;
  const structure = structureOf(intake.rows);
  const findings: Finding[] = [...intake.findings, ...structure.faults, ...(await sealFindings(read, options.verify))];
  const statements = new Statements(structure, facts, findings);
  await statements.checkpoints(read.checkpoints, options.verify);
  await statements.coSignatures(read.coSignatures, options.beside ?? [], options.verify);
  if (structure.length < facts.entries) findings.push({ kind: "cut-off", seq: structure.length + 1, to: facts.entries, told: "facts" });
  const inOrder = findings.sort((a, b) => place(a) - place(b));
  return {
    facts,
    counts: read.counts ?? NO_COUNTS,
    findings: inOrder.slice(0, MOST_FINDINGS),
    findingsLeftOut: Math.max(0, inOrder.length - MOST_FINDINGS),
    entries: structure.length,
    firstAt: intake.firstAt,
    lastAt: intake.lastAt,
    bodiesFit: intake.bodiesFit,
    bodiesAbsent: intake.bodiesAbsent,
    headersAbsent: intake.headersAbsent,
    types: intake.types,
    doubtfulTimes: intake.doubtfulTimes,
    ...statements.result(),
    missingCoSignatures: intake.witnessed.filter(({ size, witness }) => !statements.has(size, witness)),
    endedAt: intake.endedAt,
    looks: intake.looks,
    names: intake.names,
  };
}

interface Read {
  readonly facts: PackageFacts;
  readonly intake: Intake;
  readonly checkpoints: readonly unknown[];
  readonly coSignatures: readonly unknown[];
  readonly counts: PackageCounts | null;
  readonly seal: { readonly digest: Uint8Array; readonly signature: Uint8Array } | null;
}

async function readAll(chunks: AsyncIterable<Uint8Array>, { onProgress }: VerifyOptions): Promise<Read> {
  let facts: PackageFacts | null = null;
  let intake: Intake | null = null;
  let counts: PackageCounts | null = null;
  let seal: Read["seal"] = null;
  const checkpoints: unknown[] = [];
  const coSignatures: unknown[] = [];
  for await (const { item, digestBefore } of readPackage(chunks)) {
    if (seal !== null) throw new PackageUnreadable("malformed");
    switch (item.kind) {
      case "facts":
        facts = item.facts;
        intake = new Intake(facts);
        break;
      case "entries":
        for (const entry of item.entries) intake?.take(entry);
        onProgress?.(intake?.rows.length ?? 0);
        break;
      case "checkpoints":
        checkpoints.push(...item.checkpoints);
        break;
      case "co-signatures":
        coSignatures.push(...item.coSignatures);
        break;
      case "seal":
        ({ counts } = item);
        seal = { digest: digestBefore(), signature: item.signature };
        break;
    }
  }
  if (facts === null || intake === null) throw new PackageUnreadable("not-a-package");
  return { facts, intake, checkpoints, coSignatures, counts, seal };
}

async function sealFindings({ facts, intake, checkpoints, coSignatures, counts, seal }: Read, verify: VerifySignature): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (keyIdOf(facts.publicKey) !== facts.device) findings.push({ kind: "device-key" });
  if (seal === null || counts === null) return [...findings, { kind: "seal-missing" }];
  if (!(await verify(facts.algorithm, facts.publicKey, seal.signature, sealBytes(facts.device, seal.digest, counts)))) findings.push({ kind: "seal" });
  const found: PackageCounts = { entries: intake.rows.length, bodies: intake.bodies, checkpoints: checkpoints.length, coSignatures: coSignatures.length };
  if ((Object.keys(found) as (keyof PackageCounts)[]).some((key) => found[key] !== counts[key])) findings.push({ kind: "counts" });
  return findings;
}

/** Holds what the device and the witnesses signed against the log as it is. */
class Statements {
  readonly #structure: Structure;
  readonly #facts: PackageFacts;
  readonly #findings: Finding[];
  readonly #reach = new Map<string, WitnessReach>();
  readonly #present = new Set<string>();
  /** Roots by size, filled by {@link Statements.#rootsAt}. */
  readonly #roots = new Map<number, Uint8Array>();
  #fitting = 0;
  #sealedUpTo = 0;
  #notCompared = 0;

  constructor(structure: Structure, facts: PackageFacts, findings: Finding[]) {
    this.#structure = structure;
    this.#facts = facts;
    this.#findings = findings;
  }

  async checkpoints(values: readonly unknown[], verify: VerifySignature): Promise<void> {
    const valid: Checkpoint[] = [];
    for (const value of values) {
      const one = parseCheckpoint(value);
      if (one === null) this.#findings.push({ kind: "statement-malformed" });
      else if (one.device === this.#facts.device && (await isSignedCheckpoint(verify, one, this.#facts.publicKey))) valid.push(one);
      else this.#findings.push({ kind: "checkpoint-forged", seq: one.size });
    }
    valid.sort((a, b) => a.size - b.size);
    for (const [at, one] of valid.entries()) {
      const before = valid[at - 1];
      if (before?.size === one.size && !same(before.root, one.root)) this.#findings.push({ kind: "fork", seq: one.size });
    }
    this.#rootsAt(valid.map(({ size }) => size));
    let [lastFit, blamed] = [0, false];
    for (const one of valid) {
      const told = this.#compare(one.size, one.root);
      if (told === "fits") {
        lastFit = one.size;
        this.#fitting += 1;
        blamed = false;
      } else if (told === "differs" && !blamed) {
        // All that come after differ as well; the first tells where.
        this.#findings.push({ kind: "rewritten", seq: lastFit + 1, to: one.size });
        blamed = true;
      } else if (told === "beyond") this.#cutOff(one.size, "checkpoint");
      else if (told === "unknown") this.#notCompared += 1;
    }
    this.#sealedUpTo = lastFit;
  }

  async coSignatures(values: readonly unknown[], beside: readonly CoSignature[], verify: VerifySignature): Promise<void> {
    const valid: { readonly one: CoSignature; readonly from: WitnessReach["from"] }[] = [];
    for (const [from, value] of [...values.map((value) => ["package", value] as const), ...beside.map((value) => ["beside", value] as const)]) {
      const one = parseCoSignature(value);
      if (one === null) this.#findings.push({ kind: "statement-malformed" });
      else if (one.device === this.#facts.device && (await isSignedCoSignature(verify, one))) valid.push({ one, from });
      else this.#findings.push({ kind: "co-signature-forged", seq: one.size, witness: one.witness });
    }
    valid.sort((a, b) => a.one.size - b.one.size);
    this.#rootsAt(valid.map(({ one }) => one.size));
    const lastFit = new Map<string, number>();
    const blamed = new Set<string>();
    for (const { one, from } of valid) {
      const told = this.#compare(one.size, one.root);
      this.#present.add(`${one.witness}:${one.size}`);
      if (told === "fits") {
        lastFit.set(one.witness, one.size);
        this.#reaches(one, from);
      } else if (told === "differs" && !blamed.has(one.witness)) {
        this.#findings.push({ kind: "rewritten-after-witness", seq: (lastFit.get(one.witness) ?? 0) + 1, to: one.size, witness: one.witness, by: one.kind, wallMs: one.wallMs });
        blamed.add(one.witness);
      } else if (told === "beyond") this.#cutOff(one.size, one.kind);
      else if (told === "unknown") this.#notCompared += 1;
    }
  }

  has(size: number, witness: string): boolean {
    return this.#present.has(`${witness}:${size}`);
  }

  result(): Pick<VerifyReport, "checkpoints" | "sealedUpTo" | "notCompared" | "witnesses" | "witnessedUpTo"> {
    const witnesses = [...this.#reach.values()].sort((a, b) => b.upTo - a.upTo);
    return { checkpoints: this.#fitting, sealedUpTo: this.#sealedUpTo, notCompared: this.#notCompared, witnesses, witnessedUpTo: witnesses[0]?.upTo ?? 0 };
  }

  #reaches(one: CoSignature, from: WitnessReach["from"]): void {
    const before = this.#reach.get(one.witness);
    this.#reach.set(one.witness, { kind: one.kind, witness: one.witness, from, upTo: one.size, wallMs: one.wallMs, coSignatures: (before?.coSignatures ?? 0) + 1 });
  }

  /** One finding for each kind of teller, up to the most that it has seen. */
  #cutOff(to: number, told: "checkpoint" | "hub" | "phone"): void {
    const at = this.#findings.findIndex((finding) => finding.kind === "cut-off" && finding.told === told);
    const finding: Finding = { kind: "cut-off", seq: this.#structure.length + 1, to, told };
    if (at < 0) this.#findings.push(finding);
    else this.#findings[at] = finding;
  }

  #compare(size: number, root: Uint8Array): "fits" | "differs" | "beyond" | "unknown" {
    if (size > this.#structure.length) return "beyond";
    const own = this.#roots.get(size);
    if (own === undefined) return "unknown";
    return same(own, root) ? "fits" : "differs";
  }

  /** Works out the roots at these sizes, in one pass over the leaves. */
  #rootsAt(sizes: readonly number[]): void {
    const wanted = [...new Set(sizes)].filter((size) => size <= this.#structure.length && !this.#roots.has(size)).sort((a, b) => a - b);
    let frontier = EMPTY_FRONTIER;
    if (wanted[0] === 0) this.#roots.set(0, sha256(new Uint8Array(0)));
    for (const size of wanted) {
      const leaves: Uint8Array[] = [];
      for (let seq = frontier.size + 1; seq <= size; seq++) {
        const leaf = this.#structure.leaf(seq);
        // Beyond an entry of which no trace is left, no root can be worked out.
        if (leaf === null) return;
        leaves.push(leaf);
      }
      ({ frontier } = appendLeaves(frontier, leaves));
      this.#roots.set(size, rootOf(frontier));
    }
  }
}

/** What concerns the file as a whole comes first. */
function place(finding: Finding): number {
  return "seq" in finding ? finding.seq : 0;
}
