import { describe, expect, test } from "vitest";
import { signatureVerifier } from "../../adapters/crypto/verify-signature.ts";
import { headerBytes, makeCoSignature, makeSigner, packed, sampleLog, sha, signAll, streamOf } from "../../../tests/support/log/sample.ts";
import type { SampleLog } from "../../../tests/support/log/sample.ts";
import { Random } from "../../../tests/faults/random.ts";
import { EMPTY_FRONTIER, appendLeaves, leafHashOf, rootOf } from "./merkle.ts";
import { PackageUnreadable } from "./package.ts";
import { isWhole } from "./report.ts";
import type { Finding, VerifyReport } from "./report.ts";
import type { CoSignature } from "./types.ts";
import { verifyPackage } from "./verify.ts";

const [device, hub, phone] = [makeSigner(), makeSigner(), makeSigner()];
const random = new Random(4);
const fresh = (): SampleLog => sampleLog({ entries: 730, device, hub, phone, hubEvery: 2, random: (length) => random.bytes(length) });
const report = (log: SampleLog, beside: readonly CoSignature[] = []): Promise<VerifyReport> => verifyPackage(packed(log, device), { verify: signatureVerifier(), beside });
const findings = async (log: SampleLog, beside?: readonly CoSignature[]): Promise<readonly Finding[]> => (await report(log, beside)).findings;

/** The entry with another header; its hash in the list is brought along or not. */
function changeHeader(log: SampleLog, seq: number, listToo: boolean): void {
  const entry = log.entries[seq - 1]!;
  const header = entry.header!.map((byte, at) => (at === entry.header!.length - 5 ? byte ^ 1 : byte));
  log.entries[seq - 1] = { ...entry, header, leaf: listToo ? leafHashOf(header) : entry.leaf };
}

/** Every entry from `seq` on is written anew, with its link, as somebody with the device's key could. */
function rewriteFrom(log: SampleLog, seq: number): void {
  for (let at = seq - 1; at < log.entries.length; at++) {
    const entry = log.entries[at]!;
    const content = { salt: random.bytes(32), body: entry.content?.body ?? new Uint8Array(3) };
    const header = headerBytes(device.id, at + 1, "punch", sha(content.salt, content.body), at === 0 ? new Uint8Array(32) : log.entries[at - 1]!.leaf);
    log.entries[at] = { ...entry, header, content, leaf: leafHashOf(header) };
  }
}

describe("a package as the device made it", () => {
  test("is whole, and says who vouches for how much", async () => {
    const whole = await report(fresh());
    expect(whole.findings).toEqual([]);
    expect(isWhole(whole)).toBe(true);
    expect(whole.entries).toBe(730);
    expect(whole.sealedUpTo).toBe(730);
    expect(whole.checkpoints).toBe(8);
    expect(whole.bodiesFit + whole.bodiesAbsent).toBe(730);
    expect(whole.bodiesAbsent).toBe(73);
    expect(whole.witnesses.map(({ kind, upTo }) => [kind, upTo])).toEqual([["hub", 730], ["phone", 500]]);
    expect(whole.doubtfulTimes).toEqual([{ state: "T2", seq: 211, to: 211 }, { state: "T2", seq: 422, to: 422 }, { state: "T2", seq: 633, to: 633 }]);
    expect(whole.looks[0]).toMatchObject({ seq: 7, type: "viewed", role: "hr", what: "person" });
  });

  test("is whole when a header can no longer be opened on the device", async () => {
    const log = fresh();
    log.entries[99] = { ...log.entries[99]!, header: null, content: null };
    const whole = await report(log);
    expect(whole.findings).toEqual([]);
    expect(whole.headersAbsent).toBe(1);
  });
});

describe("the verifier names", () => {
  test.each([[1, false], [1, true], [350, false], [350, true], [729, false], [729, true], [730, false]])("entry %i when its header was edited (list too: %s)", async (seq, listToo) => {
    const log = fresh();
    changeHeader(log, seq, listToo);
    const found = await findings(log);
    expect(found).toContainEqual(expect.objectContaining({ kind: "edited", seq }));
    expect(found.filter(({ kind }) => kind === "edited")).toHaveLength(1);
    // Put right, the rest still fits every checkpoint.
    expect(found.filter(({ kind }) => kind === "rewritten")).toEqual([]);
  });

  test("the last entry's stretch when it was edited together with the list", async () => {
    const log = fresh();
    changeHeader(log, 730, true);
    expect(await findings(log)).toContainEqual({ kind: "rewritten", seq: 701, to: 730 });
  });

  test("the entry whose body was edited", async () => {
    const log = fresh();
    const entry = log.entries[41]!;
    log.entries[41] = { ...entry, content: { salt: entry.content!.salt, body: entry.content!.body.map((byte, at) => (at === 9 ? byte ^ 2 : byte)) } };
    expect(await findings(log)).toEqual([{ kind: "body", seq: 42, type: "punch" }]);
  });

  test("the entry that was dropped, also the first", async () => {
    for (const seq of [1, 300, 729]) {
      const log = fresh();
      log.entries.splice(seq - 1, 1);
      expect(await findings(log)).toEqual([{ kind: "dropped", seq }]);
    }
  });

  test("every entry of a run that was dropped", async () => {
    const log = fresh();
    log.entries.splice(199, 3);
    const found = await findings(log);
    expect(found.filter(({ kind }) => kind === "dropped").map((finding) => "seq" in finding && finding.seq)).toEqual([200, 201, 202]);
  });

  test("where entries were cut off at the end", async () => {
    const log = fresh();
    log.entries.splice(650);
    const found = await findings(log);
    expect(found).toContainEqual({ kind: "cut-off", seq: 651, to: 730, told: "checkpoint" });
    expect(found).toContainEqual({ kind: "cut-off", seq: 651, to: 730, told: "hub" });
    expect(found).toContainEqual({ kind: "cut-off", seq: 651, to: 730, told: "facts" });
  });

  test("the entry that was inserted, and the one that is there twice", async () => {
    const inserted = fresh();
    const forged = headerBytes(device.id, 120, "punch", sha(), inserted.entries[118]!.leaf);
    inserted.entries.splice(120, 0, { seq: 120, leaf: leafHashOf(forged), header: forged, content: null });
    expect(await findings(inserted)).toEqual([{ kind: "inserted", seq: 120 }]);
    const twice = fresh();
    twice.entries.splice(600, 0, twice.entries[119]!);
    expect(await findings(twice)).toEqual([{ kind: "duplicated", seq: 120 }]);
  });

  test("the entries that changed places", async () => {
    const log = fresh();
    [log.entries[99], log.entries[499]] = [log.entries[499]!, log.entries[99]!];
    expect(await findings(log)).toEqual([{ kind: "reordered", seq: 100 }, { kind: "reordered", seq: 500 }]);
  });

  test("the stretch that was rewritten with all links, by the checkpoint", async () => {
    const log = fresh();
    rewriteFrom(log, 333);
    expect(await findings(log)).toContainEqual({ kind: "rewritten", seq: 301, to: 400 });
  });

  test("what was rewritten and signed anew with the device's key, by the witness", async () => {
    const log = fresh();
    const { coSignatures } = log;
    rewriteFrom(log, 333);
    signAll(log, { device, every: 100, hubEvery: 2 });
    expect(await findings(log)).toEqual([]);
    log.coSignatures = coSignatures;
    const found = await findings(log);
    expect(found).toContainEqual(expect.objectContaining({ kind: "rewritten-after-witness", by: "hub", seq: 201, to: 400, witness: hub.id }));
    expect(found.filter(({ kind }) => kind === "rewritten")).toEqual([]);
  });

  test("a roll back by what a witness put beside the file", async () => {
    const log = fresh();
    const latest = log.coSignatures.find(({ size, kind }) => size === 730 && kind === "hub")!;
    log.entries.splice(600);
    log.facts = { ...log.facts, entries: 600 };
    signAll(log, { device, every: 100, hubEvery: 2 });
    expect(await findings(log)).toEqual([]);
    expect(await findings(log, [latest])).toEqual([{ kind: "cut-off", seq: 601, to: 730, told: "hub" }]);
  });

  test("a checkpoint and a co-signature that were altered", async () => {
    const log = fresh();
    log.checkpoints[3] = { ...log.checkpoints[3]!, size: 399 };
    log.coSignatures[0] = { ...log.coSignatures[0]!, root: log.coSignatures[0]!.root.map((byte) => byte ^ 1) };
    expect(await findings(log)).toEqual([
      { kind: "co-signature-forged", seq: log.coSignatures[0].size, witness: hub.id },
      { kind: "checkpoint-forged", seq: 399 },
    ]);
  });

  test("two histories of one length that the device signed", async () => {
    const log = fresh();
    const other = fresh();
    log.checkpoints.push(other.checkpoints[2]!);
    expect(await findings(log)).toContainEqual({ kind: "fork", seq: 300 });
  });

  test("a file that was changed after it was sealed", async () => {
    const log = fresh();
    const chunks: Uint8Array[] = [];
    for await (const chunk of packed(log, makeSigner())) chunks.push(chunk);
    const found = await verifyPackage(streamOf(...chunks), { verify: signatureVerifier() });
    expect(found.findings).toEqual([{ kind: "seal" }]);
    const unsealed = await verifyPackage(streamOf(...chunks.slice(0, -1)), { verify: signatureVerifier() });
    expect(unsealed.findings).toEqual([{ kind: "seal-missing" }]);
  });

  test("a key that is not the device's", async () => {
    const log = fresh();
    log.facts = { ...log.facts, publicKey: makeSigner().spki };
    expect((await findings(log)).map(({ kind }) => kind)).toContain("device-key");
  });

  test("a co-signature of a witness whose key is another's", async () => {
    const log = fresh();
    const { frontier } = appendLeaves(EMPTY_FRONTIER, log.entries.slice(0, 400).map(({ leaf }) => leaf));
    log.coSignatures.push({ ...makeCoSignature(makeSigner(), "hub", device.id, 400, rootOf(frontier), 0), witness: hub.id });
    expect(await findings(log)).toEqual([{ kind: "co-signature-forged", seq: 400, witness: hub.id }]);
  });
});

describe("a file that is no package", () => {
  const fault = async (bytes: Uint8Array): Promise<string> => {
    try {
      await verifyPackage(streamOf(bytes), { verify: signatureVerifier() });
      return "none";
    } catch (error) {
      return error instanceof PackageUnreadable ? error.fault : String(error);
    }
  };

  test("is told apart from one that was cut short", async () => {
    expect(await fault(new Uint8Array(0))).toBe("not-a-package");
    expect(await fault(new TextEncoder().encode("<!doctype html>, and more of it"))).toBe("not-a-package");
    const chunks: Uint8Array[] = [];
    for await (const chunk of packed(fresh(), device)) chunks.push(chunk);
    const whole = new Uint8Array(Buffer.concat(chunks));
    expect(await fault(whole)).toBe("none");
    expect(await fault(whole.subarray(0, whole.length - 3))).toBe("cut-short");
  });
});
