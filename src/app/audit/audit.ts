import { sha256 } from "@noble/hashes/sha2.js";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { hexOf } from "../../domain/log/cbor.ts";
import type { PackageFacts } from "../../domain/log/package.ts";
import type { VerifyReport } from "../../domain/log/report.ts";
import { formatRequest, readCoSignature } from "../../domain/log/statements.ts";
import type { VerifySignature } from "../../domain/log/statements.ts";
import { verifyPackage } from "../../domain/log/verify.ts";
import { may } from "../../domain/people/access.ts";
import type { Operation } from "../../domain/people/access.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Audit, AuditFailure, LogEntryRow, LogPage, LogQuery, PhoneFailure, ProofState } from "../api/audit.ts";
import { Subject } from "../observable.ts";
import type { Access, Actor } from "../ports/access.ts";
import type { DeviceIdentity, ProofStore } from "../ports/proof.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { Cancelled, packageFrames } from "./package-frames.ts";
import type { Append, ProofAlarms } from "./proof-alarms.ts";
import { NO_PROOF, proofState } from "./proof-state.ts";
import type { Witnesses } from "./witnesses.ts";

/** Entries that a page looks through for rare types before it is handed out, so that a list answers soon. */
const SCAN_AT_MOST = 4_000;
const SCAN_STEP = 200;

export interface AuditDependencies {
  readonly store: Store;
  readonly access: Access;
  readonly proof: ProofStore;
  readonly device: DeviceIdentity;
  readonly alarms: ProofAlarms;
  readonly checkpoints: Checkpoints;
  readonly witnesses: Witnesses;
  readonly append: Append;
  readonly verify: VerifySignature;
  /** Of the app. */
  readonly version: string;
  /** Whether a hub is there to witness. */
  readonly paired: () => Promise<boolean>;
  readonly askHub: () => Promise<void>;
}

/** {@link Audit} on the device's own log. */
export class LogAudit implements Audit {
  readonly state = new Subject<ProofState>(NO_PROOF);
  readonly #dependencies: AuditDependencies;

  constructor(dependencies: AuditDependencies) {
    this.#dependencies = dependencies;
  }

  /** Reads the state of the proof again. */
  async refresh(): Promise<void> {
    const { proof, alarms, store, paired } = this.#dependencies;
    this.state.next(await proofState({ proof, alarms, entries: store.length, endedAt: store.endedAt, paired: await paired(), now: store.now().wallMs }));
  }

  async entries({ types, before, limit }: LogQuery): Promise<Result<LogPage, AuditFailure>> {
    const { access, store } = this.#dependencies;
    const allowed = this.#allowed("log.read");
    if (!allowed.ok) return allowed;
    const looked = await access.viewed({ what: "log", department: null, people: 0 });
    if (!looked.ok) return looked;
    const wanted = types === undefined || types.length === 0 ? null : new Set(types);
    const rows: LogEntryRow[] = [];
    let next: number | null = before ?? store.length + 1;
    for (let scanned = 0; next !== null && rows.length < limit && scanned < SCAN_AT_MOST; scanned += SCAN_STEP) {
      const step = await store.latest(wanted === null ? limit - rows.length : SCAN_STEP, next, allowed.value.ring);
      for (const { header, receipt, content } of step) {
        if (rows.length === limit) break;
        next = header.seq;
        if (wanted === null || wanted.has(header.type)) rows.push({ seq: header.seq, type: header.type, wallMs: header.wallMs, timeState: header.timeState, receipt, content });
      }
      if (step.length === 0 || next <= 1) next = null;
    }
    return ok({ rows, next });
  }

  async checkpointNow(): Promise<Result<void, AuditFailure>> {
    const allowed = this.#allowed("log.read");
    if (!allowed.ok) return allowed;
    return this.#trying(async () => {
      await this.#dependencies.checkpoints.make("asked");
      await this.#dependencies.askHub();
      await this.refresh();
    });
  }

  async verify(onProgress: (entries: number) => void, signal: AbortSignal): Promise<Result<VerifyReport, AuditFailure>> {
    const allowed = this.#allowed("log.read");
    if (!allowed.ok) return allowed;
    return this.#trying(async () => verifyPackage(await this.#frames("log.read", allowed.value, signal), { verify: this.#dependencies.verify, onProgress }));
  }

  async makePackage(onProgress: (entries: number) => void, signal: AbortSignal): Promise<Result<{ readonly file: Blob; readonly name: string }, AuditFailure>> {
    const allowed = this.#allowed("audit.package");
    if (!allowed.ok) return allowed;
    const { actor, ring } = allowed.value;
    const packed = await this.#trying(async () => gzipped(counting(await this.#frames("audit.package", allowed.value, signal), onProgress)));
    if (!packed.ok) return packed;
    const { file, hash } = packed.value;
    const written = await this.#dependencies.append({ type: "exported", subject: null, body: { by: actor.userId, role: roleOf(actor, "audit.package", this.#now()), what: "audit-package", department: null, people: ring.reach.size, contentHash: hash } });
    if (!written) return err(failure("access/not-logged"));
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    return ok({ file, name: `${this.#dependencies.device.deviceId}-${day}.clockface-audit` });
  }

  async phoneRequest(witness: string | null): Promise<Result<string, PhoneFailure>> {
    const allowed = this.#allowed("log.read");
    if (!allowed.ok) return allowed;
    const { checkpoints, witnesses } = this.#dependencies;
    try {
      await checkpoints.make("asked");
      const before = witness === null ? null : await witnesses.latest("phone", witness);
      const request = await witnesses.request(before?.size ?? 0);
      await this.refresh();
      return request === null ? err(failure("witness/no-checkpoint")) : ok(formatRequest(request));
    } catch {
      return err(failure("witness/store-failed"));
    }
  }

  async acceptPhone(text: string): Promise<Result<{ readonly witness: string; readonly size: number }, PhoneFailure>> {
    const allowed = this.#allowed("log.read");
    if (!allowed.ok) return allowed;
    const read = readCoSignature(text);
    if (read?.kind !== "phone") return err(failure("witness/unreadable"));
    try {
      const accepted = await this.#dependencies.witnesses.accept(read);
      await this.refresh();
      return accepted.ok ? ok({ witness: read.witness, size: read.size }) : accepted;
    } catch {
      return err(failure("witness/store-failed"));
    }
  }

  async acceptHubKey(): Promise<Result<void, AuditFailure>> {
    const allowed = this.#allowed("sync.change");
    if (!allowed.ok) return allowed;
    return this.#trying(async () => {
      await this.#dependencies.witnesses.acceptHubKey();
      await this.#dependencies.askHub();
      await this.refresh();
    });
  }

  async endDevice(reason: string): Promise<Result<void, AuditFailure>> {
    const { store, append, checkpoints, askHub } = this.#dependencies;
    const allowed = this.#allowed("device.change");
    if (!allowed.ok) return allowed;
    if (store.endedAt !== null) return err(failure("audit/already-ended"));
    const written = await append({ type: "device-end", subject: null, body: { by: allowed.value.actor.userId, reason: reason.trim().slice(0, 200) } });
    if (!written) return err(failure("audit/failed"));
    return this.#trying(async () => {
      await checkpoints.make("asked");
      await askHub();
      await this.refresh();
    });
  }

  #allowed(operation: Operation): Result<{ readonly actor: Actor; readonly ring: RecordRing }, AuditFailure & PhoneFailure> {
    const { access } = this.#dependencies;
    const checked = access.check(operation);
    if (!checked.ok) return checked;
    const { ring } = access;
    return ring === null ? err(failure("access/not-signed-in")) : ok({ actor: checked.value, ring });
  }

  /** Signs the log as it is, and begins a package of it. */
  async #frames(operation: Operation, { actor, ring }: { readonly actor: Actor; readonly ring: RecordRing }, signal: AbortSignal): Promise<AsyncGenerator<Uint8Array<ArrayBuffer>>> {
    const { proof, device, store, checkpoints, version } = this.#dependencies;
    await checkpoints.make("asked");
    const [checkpoint, coSignatures] = await Promise.all([proof.lastCheckpoint(), proof.coSignatures()]);
    const witnesses = new Map(coSignatures.map(({ kind, witness, publicKey }) => [witness, { kind, witness, publicKey }]));
    const facts: PackageFacts = {
      device: device.deviceId,
      algorithm: device.algorithm,
      publicKey: device.publicKey,
      site: siteOf(store),
      exportedAt: this.#now(),
      exportedBy: { user: actor.userId, role: roleOf(actor, operation, this.#now()) },
      version,
      entries: Math.max(checkpoint?.size ?? 0, store.length),
      witnesses: [...witnesses.values()],
    };
    return packageFrames({ proof, device, facts, ring, signal });
  }

  #now(): EpochMs {
    return this.#dependencies.store.now().wallMs;
  }

  /** What fails here is the store, or somebody who does not want to wait. */
  async #trying<T>(work: () => Promise<T>): Promise<Result<T, AuditFailure>> {
    try {
      return ok(await work());
    } catch (error) {
      return err(error instanceof Cancelled ? failure("audit/cancelled") : failure("audit/failed", error instanceof Error ? error.name : undefined));
    }
  }
}

function roleOf(actor: Actor, operation: Operation, now: EpochMs): string {
  return actor.grants.find((grant) => may([grant], operation, now))?.role ?? "";
}

function siteOf({ settings }: Store): PackageFacts["site"] {
  const { organisation = "", siteId = "", siteName = "", zone = "UTC", lawRegion = "" } = settings ?? {};
  return { organisation, siteId, siteName, zone, lawRegion };
}

/** Tells how far it is; a frame holds up to 256 entries. */
async function* counting(frames: AsyncIterable<Uint8Array<ArrayBuffer>>, onProgress: (entries: number) => void): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let count = 0;
  for await (const frame of frames) {
    yield frame;
    onProgress(count);
    count += 256;
  }
}

async function gzipped(frames: AsyncGenerator<Uint8Array<ArrayBuffer>>): Promise<{ readonly file: Blob; readonly hash: string }> {
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await frames.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  const hash = sha256.create();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of source.pipeThrough(new CompressionStream("gzip"))) {
    const bytes = new Uint8Array(part);
    hash.update(bytes);
    parts.push(bytes);
  }
  return { file: new Blob(parts, { type: "application/octet-stream" }), hash: hexOf(hash.digest()) };
}
