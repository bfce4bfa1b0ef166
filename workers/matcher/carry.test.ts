import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { beforeEach, describe, expect, test } from "vitest";
import type { PersonId } from "../../src/domain/people/types.ts";
import { MatcherService } from "./matcher-service.ts";

const ANN = "00000000-0000-4000-8000-00000000000a" as PersonId;
const BEN = "00000000-0000-4000-8000-00000000000b" as PersonId;
const DIMENSIONS = 128;

function reference(value: number): Float32Array {
  const values = new Float32Array(DIMENSIONS);
  values[3] = value;
  return values;
}

function value<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly kind: string } }): T {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

async function matcher(tenant: string, modelSet = "model-one"): Promise<MatcherService> {
  const service = new MatcherService();
  const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
  await service.open({ profile: "clear", modelSet, tenant, epoch: 1, epochKey });
  return service;
}

describe("faces on their way to another tablet", () => {
  let identity: string;
  let recipient: string;

  beforeEach(async () => {
    identity = await generateX25519Identity();
    recipient = await identityToRecipient(identity);
  });

  test("a face is found on the other tablet when it was carried there", async () => {
    const here = await matcher("here");
    const rows = [value(await here.seal(ANN, [reference(0), reference(1)], 5)), value(await here.sealRefreshed(value(await here.seal(BEN, [reference(10)], 6)), reference(12), 9))];
    const parcel = value(await here.packFor(rows, recipient));
    expect(parcel.people).toBe(2);
    const there = await matcher("there");
    const arrived = value(await there.unpackWith(parcel.sealed, identity));
    expect(arrived).toMatchObject([
      { personId: ANN, references: 2, createdAtMs: 5, epoch: 1 },
      { personId: BEN, references: 2, createdAtMs: 6, refreshedAtMs: 9 },
    ]);
    expect(value(await there.load(arrived))).toMatchObject({ people: 2, refused: [] });
    expect(value(await there.search(reference(11), 1)).candidates[0]).toMatchObject({ personId: BEN });
    expect(value(await here.load(arrived)).refused).toHaveLength(2);
  });

  test("no reference is in clear when faces leave the matcher", async () => {
    const here = await matcher("here");
    const known = Float32Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(index + 1));
    const pattern = new TextDecoder("latin1").decode(new Uint8Array(known.buffer.slice(0, 16)));
    const row = value(await here.seal(ANN, [known], 5));
    const { sealed } = value(await here.packFor([row], recipient));
    expect(new TextDecoder("latin1").decode(sealed)).not.toContain(pattern);
  });

  test("a parcel is refused when the identity is another, a byte differs or the models are others", async () => {
    const here = await matcher("here");
    const { sealed } = value(await here.packFor([value(await here.seal(ANN, [reference(1)], 5))], recipient));
    expect(await here.unpackWith(sealed, await generateX25519Identity())).toMatchObject({ error: { kind: "template/carry-failed" } });
    expect(await here.unpackWith(sealed, "nonsense")).toMatchObject({ error: { kind: "template/carry-failed" } });
    const damaged = sealed.slice();
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    expect(await here.unpackWith(damaged, identity)).toMatchObject({ error: { kind: "template/carry-failed" } });
    expect(await (await matcher("there", "model-two")).unpackWith(sealed, identity)).toMatchObject({ error: { kind: "template/other-model" } });
    expect(await here.packFor([], "nobody")).toMatchObject({ error: { kind: "template/carry-failed" } });
  });

  test("a row is left out when it cannot be opened", async () => {
    const here = await matcher("here");
    const foreign = value(await (await matcher("elsewhere")).seal(BEN, [reference(1)], 5));
    expect(value(await here.packFor([foreign], recipient)).people).toBe(0);
  });
});
