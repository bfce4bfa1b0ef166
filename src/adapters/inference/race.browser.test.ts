import { afterEach, describe, expect, test } from "vitest";
import type { Recogniser } from "../../app/ports/recogniser.ts";
import { createRecogniser } from "./recogniser.ts";
import { sameChoice } from "./runtime-choice.ts";
import { portrait } from "./testing/moving-portrait.ts";

describe("the race of a recogniser", () => {
  const created: Recogniser[] = [];

  async function opened(): Promise<Recogniser> {
    const recogniser = createRecogniser();
    created.push(recogniser);
    const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
    expect(await recogniser.open({ profile: "clear", tenant: "tenant", epoch: 1, epochKey, templates: [] })).toMatchObject({ ok: true });
    return recogniser;
  }

  afterEach(() => {
    created.splice(0).forEach((recogniser) => recogniser.close());
    localStorage.removeItem("clockface.runtime");
  });

  test("ends with a way that works, which the next start takes at once", { timeout: 240_000 }, async () => {
    const recogniser = await opened();
    const status = recogniser.status;
    const inference = await new Promise<Extract<typeof status.value, { kind: "ready" }>["inference"]>((resolve) => {
      status.subscribe((now) => {
        if (now.kind === "ready" && now.inference.race) resolve(now.inference);
      });
    });
    const race = inference.race?.results ?? [];
    expect(race.length).toBeGreaterThan(1);
    // The adapter of these tests computes on the processor.
    expect(race.find(({ backend }) => backend === "webgpu")).toMatchObject({ medianMs: null });
    const chosen = race.find((result) => sameChoice(result, inference));
    expect(chosen?.medianMs).toBeGreaterThan(0);

    const analysed = await recogniser.analyse(await portrait());
    if (!analysed.ok) throw new Error(analysed.error.kind);
    expect(await recogniser.extract(analysed.value.sample)).toMatchObject({ ok: true });
    recogniser.close();

    const again = await opened();
    expect(again.status.value).toMatchObject({ kind: "ready", inference: { backend: inference.backend, threads: inference.threads, race: inference.race } });
  });
});
