import { afterEach, describe, expect, test } from "vitest";
import goldenUrl from "../../../models/golden/pipeline-portrait.json?url";
import type { Recogniser, Tracking } from "../../app/ports/recogniser.ts";
import type { FaceSample, FrameReport } from "../../contracts/landmark.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { createRecogniser } from "./recogniser.ts";
import { movingPortrait, portrait } from "./testing/moving-portrait.ts";

const COLLINS = "5f2c3f0e-0000-4000-8000-000000000001" as PersonId;
const NOBODY = "5f2c3f0e-0000-4000-8000-000000000002" as PersonId;

/** Part of the scale from which two probes are of one picture: camera frames are scaled and moved, so never quite equal. */
const SAME_FACE: Readonly<Record<RecogniserProfile, number>> = { accurate: 1.9, clear: -0.2 };

interface Golden extends Readonly<Record<RecogniserProfile, readonly number[]>> {
  readonly pad: { readonly near: number; readonly far: number };
}

function value<T>(result: Result<T, { readonly kind: string; readonly detail?: string }>): T {
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail ?? ""}`);
  return result.value;
}

/** Two portraits side by side, or nothing but grey. */
async function picture(kind: "two faces" | "no face"): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(512, 256);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2D context");
  context.fillStyle = "#808080";
  context.fillRect(0, 0, 512, 256);
  if (kind === "two faces") {
    const one = await portrait();
    for (const left of [0, 256]) context.drawImage(one, 100, 10, 256, 256, left, 0, 256, 256);
  }
  return canvas.transferToImageBitmap();
}

/** Follows the track until `count` reports have come and one of them, asked for, carries a sample. */
async function followed(recogniser: Recogniser, track: MediaStreamTrack, count: number): Promise<{ readonly reports: readonly FrameReport[]; readonly sample: FaceSample }> {
  const reports: FrameReport[] = [];
  let sample: FaceSample | undefined;
  let tracking: Tracking | undefined;
  await new Promise<void>((resolve, reject) => {
    const onReport = (report: FrameReport): void => {
      reports.push(report);
      sample ??= report.sample;
      if (reports.length >= count && sample) resolve();
    };
    recogniser.track(track, onReport).then((started) => {
      tracking = value(started);
      tracking.requestSample();
    }, reject);
  });
  await tracking?.stop();
  if (!sample) throw new Error("no sample");
  return { reports, sample };
}

function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let product = 0;
  let squares = 0;
  let otherSquares = 0;
  for (let index = 0; index < one.length; index++) {
    product += (one[index] ?? 0) * (other[index] ?? Number.NaN);
    squares += (one[index] ?? 0) ** 2;
    otherSquares += (other[index] ?? Number.NaN) ** 2;
  }
  return product / Math.sqrt(squares * otherSquares);
}

function damaged(row: SealedTemplate, personId: PersonId): SealedTemplate {
  const envelope = row.envelope.slice();
  envelope[envelope.length - 20] = (envelope[envelope.length - 20] ?? 0) ^ 1;
  return { ...row, personId, envelope };
}

describe("recogniser", () => {
  const created: Recogniser[] = [];
  let epochKey: CryptoKey;

  async function opened(profile: RecogniserProfile, threads: 1 | 2, templates: readonly SealedTemplate[] = []): Promise<Recogniser> {
    epochKey = templates.length > 0 ? epochKey : await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
    const recogniser = createRecogniser({ threads });
    created.push(recogniser);
    value(await recogniser.open({ profile, tenant: "tenant", epoch: 1, epochKey, templates }));
    return recogniser;
  }

  afterEach(() => created.splice(0).forEach((recogniser) => recogniser.close()));

  test.for<[RecogniserProfile, 1 | 2]>([
    ["accurate", 1],
    ["accurate", 2],
    ["clear", 1],
    ["clear", 2],
  ])("makes the golden probe of the portrait, and finds it in camera frames, when the profile is %s with %i threads", { timeout: 120_000 }, async ([profile, threads]) => {
    const recogniser = await opened(profile, threads);
    expect(recogniser.status.value).toMatchObject({ kind: "ready", inference: { threads, backend: "wasm" } });
    const golden = (await (await fetch(goldenUrl)).json()) as Golden;

    const still = value(await recogniser.extract(value(await recogniser.analyse(await portrait())).sample));
    expect(cosine(still.probe, golden[profile])).toBeGreaterThanOrEqual(0.999);
    expect(still.pad.near).toBeCloseTo(golden.pad.near, 2);
    expect(still.pad.far).toBeCloseTo(golden.pad.far, 2);

    const row = value(await recogniser.seal(COLLINS, [still.probe], 0));
    value(await recogniser.add(row));
    const camera = await movingPortrait();
    const { reports, sample } = await followed(recogniser, camera.track, 5);
    camera.stop();
    expect(reports.map(({ faces }) => faces.length)).toEqual(reports.map(() => 1));
    expect(reports.every(({ width, height }) => width === 640 && height === 480)).toBe(true);

    const found = value(await recogniser.search(value(await recogniser.extract(sample)).probe, 3));
    expect(found).toMatchObject({ people: 1, candidates: [{ personId: COLLINS }] });
    expect(found.candidates[0]?.score).toBeGreaterThan(SAME_FACE[profile]);
    value(await recogniser.remove(COLLINS));
    expect(value(await recogniser.search(new Float32Array(still.probe.length), 3))).toMatchObject({ people: 0, candidates: [] });
  });

  test("loads the whole rows and refuses the damaged one after a restart", { timeout: 120_000 }, async () => {
    const before = await opened("clear", 1);
    const probe = value(await before.extract(value(await before.analyse(await portrait())).sample)).probe;
    const row = value(await before.seal(COLLINS, [probe], 0));
    before.close();
    const after = await opened("clear", 1, [damaged(row, NOBODY), row]);
    expect(after.status.value).toMatchObject({
      kind: "ready",
      gallery: { people: 1, references: 1, refused: [{ personId: NOBODY, failure: { kind: "template/decryption-failed" } }] },
    });
    expect(value(await after.search(probe, 1)).candidates).toMatchObject([{ personId: COLLINS }]);
  });

  test.for<["two faces" | "no face", string]>([
    ["two faces", "landmark/several-faces"],
    ["no face", "landmark/no-face"],
  ])("refuses a picture with %s", { timeout: 120_000 }, async ([kind, failure]) => {
    const recogniser = await opened("clear", 1);
    expect(await recogniser.analyse(await picture(kind))).toMatchObject({ ok: false, error: { kind: failure } });
  });

  test("answers with failures before it is open and after it was closed, and opens again", { timeout: 120_000 }, async () => {
    const recogniser = createRecogniser({ threads: 1 });
    created.push(recogniser);
    expect(await recogniser.analyse(await portrait())).toMatchObject({ error: { kind: "landmark/graph-failed" } });
    expect(await recogniser.search(new Float32Array(128), 1)).toMatchObject({ error: { kind: "matcher/not-open" } });
    const again = await opened("clear", 1);
    const waiting = again.analyse(await portrait());
    again.close();
    expect(await waiting).toMatchObject({ ok: false });
    expect(again.status.value).toEqual({ kind: "closed" });
    value(await again.open({ profile: "clear", tenant: "tenant", epoch: 1, epochKey, templates: [] }));
    expect(value(await again.analyse(await portrait())).faces).toHaveLength(1);
  });
});
