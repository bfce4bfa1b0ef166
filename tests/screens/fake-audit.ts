import type { Audit, LogEntryRow, LogPage, LogQuery, ProofState } from "../../src/app/api/audit.ts";
import { Subject } from "../../src/app/observable.ts";
import type { EntryDraft, EntryType } from "../../src/domain/attendance/entries.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import { verifyPackage } from "../../src/domain/log/verify.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { err, ok } from "../../src/domain/result.ts";

const now = Date.now();
const HUB = "5d1c0a77e2b94f06c3aa";
const PHONE = "b8214ce7790d4a5f1e62";
const PERSON = "00000000-0000-4000-8000-000000000001" as PersonId;

const TYPES: readonly EntryType[] = ["boot", "punch", "punch", "sign-in", "viewed", "viewed-list", "punch", "attempt", "witnessed", "person-changed", "punch", "exported", "time-jump", "settings"];

function row(seq: number): LogEntryRow {
  const type = TYPES[seq % TYPES.length] ?? "boot";
  return { seq, type, wallMs: (now - (1_280 - seq) * 240_000) as EpochMs, timeState: seq % 211 === 0 ? "T2" : "T1", receipt: `${String(seq).padStart(6, "0")}-7F3A9C21`, content: contentOf(type) };
}

/** Punches are closed to whoever reads here. */
function contentOf(type: EntryType): LogEntryRow["content"] {
  const contents: Partial<Record<EntryType, Omit<EntryDraft, "subject">>> = {
    viewed: { type: "viewed", body: { personId: PERSON, by: "11111111-1111-4111-8111-111111111111", role: "hr", what: "person" } },
    "viewed-list": { type: "viewed-list", body: { by: "11111111-1111-4111-8111-111111111111", role: "auditor", what: "log", department: null, people: 0 } },
    witnessed: { type: "witnessed", body: { size: 1_200, kind: "hub", witness: HUB } },
    boot: { type: "boot", body: { version: "0.3.0", previousSeq: 900 } },
    "sign-in": { type: "sign-in", body: { outcome: "accepted", factor: "totp", purpose: "session" } },
    "time-jump": { type: "time-jump", body: { beforeMs: now, afterMs: now - 3_600_000, driftMs: 3_600_000 } },
  };
  return (contents[type] ?? null) as LogEntryRow["content"];
}

/** The log of a tablet that a hub and a phone have witnessed; nothing of it is computed. */
export class FakeAudit implements Audit {
  readonly calls: (readonly unknown[])[] = [];
  entriesThere = 1_280;
  readonly state = new Subject<ProofState>({
    entries: 1_280,
    checkpoint: { size: 1_279, at: (now - 900_000) as EpochMs, reason: "hour" },
    witnesses: [
      { kind: "hub", witness: HUB, size: 1_200, at: (now - 5_400_000) as EpochMs },
      { kind: "phone", witness: PHONE, size: 1_010, at: (now - 86_400_000) as EpochMs },
    ],
    witnessedUpTo: 1_200,
    unwitnessedSince: (now - 5_000_000) as EpochMs,
    late: false,
    alarms: [],
    endedAt: null,
  });

  entries({ types, before, limit }: LogQuery): ReturnType<Audit["entries"]> {
    this.calls.push(["entries"]);
    const rows: LogEntryRow[] = [];
    let seq = (before ?? this.entriesThere + 1) - 1;
    for (; seq >= 1 && rows.length < limit; seq--) {
      const one = row(seq);
      if (types === undefined || types.length === 0 || types.includes(one.type)) rows.push(one);
    }
    const page: LogPage = { rows, next: seq >= 1 ? seq + 1 : null };
    return Promise.resolve(ok(page));
  }

  checkpointNow(): ReturnType<Audit["checkpointNow"]> {
    this.calls.push(["checkpointNow"]);
    return Promise.resolve(ok());
  }

  /** A package can be set to be verified; without one, nothing can be. */
  packed: AsyncIterable<Uint8Array> | null = null;
  async verify(onProgress: (entries: number) => void): ReturnType<Audit["verify"]> {
    this.calls.push(["verify"]);
    if (this.packed === null) return err(failure("audit/failed"));
    return ok(await verifyPackage(this.packed, { verify: () => Promise.resolve(true), onProgress }));
  }

  makePackage(): ReturnType<Audit["makePackage"]> {
    this.calls.push(["makePackage"]);
    return Promise.resolve(ok({ file: new Blob(["package"]), name: "3f0a9c2e77b1d4058e21-2026-11-22.clockface-audit" }));
  }

  phoneRequest(witness: string | null): ReturnType<Audit["phoneRequest"]> {
    this.calls.push(["phoneRequest", witness]);
    return Promise.resolve(ok(`clockface-witness1~${"pGNrZXlzZ2V4YW1wbGU".repeat(24)}`));
  }

  acceptPhone(text: string): ReturnType<Audit["acceptPhone"]> {
    this.calls.push(["acceptPhone", text]);
    return Promise.resolve(text.startsWith("clockface-cosigned1~") ? ok({ witness: PHONE, size: 1_280 }) : err(failure("witness/unreadable")));
  }

  acceptHubKey(): ReturnType<Audit["acceptHubKey"]> {
    this.calls.push(["acceptHubKey"]);
    return Promise.resolve(ok());
  }

  endDevice(reason: string): ReturnType<Audit["endDevice"]> {
    this.calls.push(["endDevice", reason]);
    this.state.next({ ...this.state.value, endedAt: this.entriesThere + 1 });
    return Promise.resolve(ok());
  }
}
