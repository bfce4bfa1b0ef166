import { sha256 } from "@noble/hashes/sha2.js";
import { decode } from "cborg";
import type { EpochMs } from "../clock.ts";
import { OF_ATTENDANCE } from "./after-end.ts";
import { decoded } from "./cbor.ts";
import { HASH_BYTES, leafHashOf } from "./merkle.ts";
import type { PackageFacts, PackedEntry } from "./package.ts";
import { same } from "./proofs.ts";
import type { DoubtfulTime, Finding, Look } from "./report.ts";
import { Rows } from "./rows.ts";

/** Bodies that the report tells of. The others are only held against their commitments. */
const TOLD = new Set(["viewed", "viewed-list", "exported", "witnessed", "device-end", "person-added", "person-changed", "user-added", "setup"]);
/** Numbers beyond this are inventions. */
const MOST_SEQ = 0x7fff_fff0;

interface Header {
  readonly device: unknown;
  readonly seq: unknown;
  readonly type: unknown;
  readonly wallMs: unknown;
  readonly timeState: unknown;
  readonly bodyCommit: unknown;
  readonly prev: unknown;
}

/** Takes a package's entries in, one by one, and keeps of them what the report needs. */
export class Intake {
  readonly rows = new Rows();
  readonly findings: Finding[] = [];
  readonly types = new Map<string, number>();
  readonly doubtfulTimes: DoubtfulTime[] = [];
  readonly looks: Look[] = [];
  readonly names = new Map<string, string>();
  readonly witnessed: { readonly seq: number; readonly size: number; readonly witness: string }[] = [];
  bodies = 0;
  bodiesFit = 0;
  bodiesAbsent = 0;
  headersAbsent = 0;
  firstAt: EpochMs | null = null;
  lastAt: EpochMs | null = null;
  endedAt: number | null = null;

  constructor(private readonly facts: PackageFacts) {}

  take(entry: PackedEntry): void {
    if (entry.content !== null) this.bodies += 1;
    const seq = entry.seq >= 1 && entry.seq <= MOST_SEQ ? entry.seq : 0;
    if (entry.header === null) {
      this.headersAbsent += 1;
      this.rows.add(seq, entry.leaf, null, entry.leaf);
      return;
    }
    const own = leafHashOf(entry.header);
    const header = headerOf(entry.header);
    const told = this.#numberOf(seq, header, same(own, entry.leaf));
    const prev = header?.prev instanceof Uint8Array && header.prev.length === HASH_BYTES ? header.prev : new Uint8Array(HASH_BYTES).fill(255);
    this.rows.add(told, own, prev, entry.leaf);
    const type = typeof header?.type === "string" ? header.type : "?";
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
    if (header === null) return;
    if (header.device !== this.facts.device) this.findings.push({ kind: "foreign", seq: told, type });
    this.#takeTime(told, header);
    const body = this.#takeBody(told, type, header, entry.content);
    if (this.endedAt !== null && told > this.endedAt && OF_ATTENDANCE.has(type)) this.findings.push({ kind: "after-end", seq: told, type });
    if (type === "device-end") this.endedAt ??= told;
    if (body !== null) this.#tell(told, type, wallOf(header), body);
  }

  /**
   * The number in the list and the one in the header are the same, or somebody changed one of them: then the place among
   * the others decides. Of a header that has no longer its hash, only the list's counts.
   */
  #numberOf(listed: number, header: Header | null, isFit: boolean): number {
    if (header === null || !isFit || !isSeq(header.seq) || header.seq === listed) return listed;
    const next = this.rows.length === 0 ? 1 : this.rows.seq(this.rows.length - 1) + 1;
    return header.seq === next ? header.seq : listed;
  }

  #takeTime(seq: number, header: Header): void {
    const at = wallOf(header);
    this.firstAt ??= at;
    this.lastAt = at;
    if (header.timeState !== "T2" && header.timeState !== "T3") return;
    const run = this.doubtfulTimes.at(-1);
    if (run?.state === header.timeState && run.to === seq - 1) this.doubtfulTimes[this.doubtfulTimes.length - 1] = { ...run, to: seq };
    else this.doubtfulTimes.push({ state: header.timeState, seq, to: seq });
  }

  #takeBody(seq: number, type: string, header: Header, content: PackedEntry["content"]): Readonly<Record<string, unknown>> | null {
    if (content === null) {
      this.bodiesAbsent += 1;
      return null;
    }
    const bytes = new Uint8Array(content.salt.length + content.body.length);
    bytes.set(content.salt);
    bytes.set(content.body, content.salt.length);
    if (!(header.bodyCommit instanceof Uint8Array) || !same(sha256(bytes), header.bodyCommit)) {
      this.findings.push({ kind: "body", seq, type });
      return null;
    }
    this.bodiesFit += 1;
    if (!TOLD.has(type)) return null;
    const value = decoded(content.body);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  }

  #tell(seq: number, type: string, wallMs: EpochMs, body: Readonly<Record<string, unknown>>): void {
    const text = (key: string): string => (typeof body[key] === "string" ? body[key] : "");
    const count = (key: string): number => (typeof body[key] === "number" ? body[key] : 0);
    switch (type) {
      case "viewed":
        this.looks.push({ seq, wallMs, type, by: text("by"), role: text("role"), what: text("what"), personId: text("personId"), department: null, people: 1 });
        break;
      case "viewed-list":
      case "exported":
        this.looks.push({ seq, wallMs, type, by: text("by"), role: text("role"), what: text("what"), personId: null, department: text("department") || null, people: count("people") });
        break;
      case "witnessed":
        this.witnessed.push({ seq, size: count("size"), witness: text("witness") });
        break;
      case "person-added":
      case "person-changed":
        this.names.set(text("personId"), text("name"));
        break;
      case "user-added":
        this.names.set(text("user"), text("name"));
        break;
    }
  }
}

function headerOf(bytes: Uint8Array): Header | null {
  try {
    const value: unknown = decode(bytes);
    return typeof value === "object" && value !== null ? (value as Header) : null;
  } catch {
    return null;
  }
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= MOST_SEQ;
}

const wallOf = (header: Header): EpochMs => (typeof header.wallMs === "number" ? header.wallMs : 0) as EpochMs;
