import { afterEach, describe, expect, test } from "vitest";
import portraitUrl from "../../../models/golden/portrait/portrait.png?url";
import type { Recogniser } from "../../app/ports/recogniser.ts";
import type { FrameReport } from "../../contracts/landmark.ts";
import { FEATURE_DIMENSIONS } from "../../domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { createRecogniser } from "./recogniser.ts";

const COLLINS = "5f2c3f0e-0000-4000-8000-000000000001" as PersonId;

async function portrait(): Promise<ImageBitmap> {
  return createImageBitmap(await (await fetch(portraitUrl)).blob());
}

/** A track that shows the portrait as a camera would, 15 times a second, moving a little. */
async function movingPortrait(): Promise<{ readonly track: MediaStreamTrack; readonly stop: () => void }> {
  const picture = await portrait();
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2D context");
  let frame = 0;
  const draw = (): void => {
    frame++;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 64 + 10 * Math.sin(frame / 10), -10);
  };
  draw();
  const timer = setInterval(draw, 66);
  const track = canvas.captureStream(15).getVideoTracks()[0];
  if (!track) throw new Error("no track");
  return {
    track,
    stop: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}

async function opened(recogniser: Recogniser, profile: RecogniserProfile): Promise<Recogniser> {
  const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
  const result = await recogniser.open({ profile, tenant: "tenant", epoch: 1, epochKey, templates: [] });
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail ?? ""}`);
  return recogniser;
}

describe("recogniser", () => {
  const open: Recogniser[] = [];
  afterEach(() => open.splice(0).forEach((recogniser) => recogniser.close()));

  test.for<[RecogniserProfile, 1 | 2]>([
    ["accurate", 1],
    ["accurate", 2],
    ["clear", 2],
  ])("finds the enrolled person in camera frames when the profile is %s with %i threads", async ([profile, threads]) => {
    const recogniser = createRecogniser({ threads });
    open.push(recogniser);
    await opened(recogniser, profile);
    const still = await recogniser.analyse(await portrait());
    if (!still.ok) throw new Error(still.error.kind);
    const reference = await recogniser.extract(still.value.sample);
    if (!reference.ok) throw new Error(reference.error.kind);
    expect(reference.value.probe).toHaveLength(FEATURE_DIMENSIONS[profile]);
    const row = await recogniser.seal(COLLINS, [reference.value.probe], 0);
    if (!row.ok) throw new Error(row.error.kind);
    expect(await recogniser.add(row.value)).toMatchObject({ ok: true });

    const camera = await movingPortrait();
    const reports: FrameReport[] = [];
    const started = await new Promise<FrameReport>((resolve, reject) => {
      void recogniser
        .track(camera.track, (report) => {
          reports.push(report);
          if (report.sample) resolve(report);
        })
        .then((tracking) => (tracking.ok ? tracking.value.requestSample() : reject(new Error(tracking.error.kind))));
    });
    const probe = started.sample && (await recogniser.extract(started.sample));
    camera.stop();
    if (!probe?.ok) throw new Error("no probe");
    const found = await recogniser.search(probe.value.probe, 3);
    expect(found).toMatchObject({ ok: true, value: { people: 1, candidates: [{ personId: COLLINS }] } });
  });
});
