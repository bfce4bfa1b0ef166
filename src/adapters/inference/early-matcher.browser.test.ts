import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GalleryContents } from "../../app/ports/recogniser.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { FEATURE_DIMENSIONS } from "../../domain/biometrics/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { EarlyMatcher, openMatcher, spawnMatcher } from "./early-matcher.ts";
import type { MatcherClient, MatcherFacts } from "./early-matcher.ts";

const [ANN, BEN, CAI] = ["a", "b", "c"].map((end) => `00000000-0000-4000-8000-00000000000${end}` as PersonId) as [PersonId, PersonId, PersonId];
const MODEL_SET = "models";

const at = (value: number): Float32Array => {
  const reference = new Float32Array(FEATURE_DIMENSIONS.clear);
  reference[7] = value;
  return reference;
};

function valueOf<T>(result: Result<T, { readonly kind: string }>): T {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

describe("matcher that is filled before the store is open", () => {
  const clients: MatcherClient[] = [];
  let facts: MatcherFacts;
  let rows: readonly SealedTemplate[];

  function spawn(): MatcherClient {
    const client = spawnMatcher(() => undefined);
    clients.push(client);
    return client;
  }

  function seal(client: MatcherClient, personId: PersonId, value: number): Promise<SealedTemplate> {
    return client.call((remote) => remote.seal(personId, [at(value)], 1)).then(valueOf);
  }

  async function found(client: MatcherClient, value: number): Promise<readonly PersonId[]> {
    const list = await client.call((remote) => remote.search(at(value), 3));
    return valueOf(list).candidates.map(({ personId }) => personId);
  }

  function early(more: Partial<GalleryContents> = {}): EarlyMatcher {
    const { tenant, epoch, epochKey } = facts;
    const matcher = EarlyMatcher.start(spawn(), { tenant, epoch, epochKey, templates: rows, ...more });
    if (!matcher) throw new Error("nothing lies ready");
    return matcher;
  }

  beforeEach(async () => {
    const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
    facts = { profile: "clear", modelSet: MODEL_SET, tenant: "tenant", epoch: 1, epochKey };
    const client = spawn();
    valueOf(await openMatcher(client, facts, []));
    rows = [await seal(client, ANN, 0), await seal(client, BEN, 10), await seal(client, CAI, 20)];
  });

  afterEach(() => clients.splice(0).forEach((client) => client.end()));

  test("holds what the store says, whoever went, came or was enrolled anew meanwhile", async () => {
    const renewed = await seal(clients[0]!, BEN, 14);
    const matcher = early({ templates: rows.slice(0, 2) });
    expect(matcher.isFor(facts)).toBe(true);
    expect(valueOf(await matcher.settle([renewed, rows[2]!]))).toMatchObject({ people: 2, references: 2, refused: [] });
    expect(await found(matcher.client, 13)).toEqual([BEN, CAI]);
    expect(await found(matcher.client, 0)).toEqual([BEN, CAI]);
    expect(valueOf(await matcher.client.call((remote) => remote.search(at(15), 1))).candidates).toEqual([{ personId: BEN, score: -1 }]);
  });

  test("tells of a row that it cannot open only where it counts", async () => {
    const damaged = { ...rows[0]!, envelope: rows[0]!.envelope.map((byte, index) => (index === rows[0]!.envelope.length - 1 ? byte ^ 1 : byte)) };
    const templates = [rows[1]!, damaged];
    expect(valueOf(await early({ templates }).settle(templates)).refused).toMatchObject([{ personId: ANN, failure: { kind: "template/decryption-failed" } }]);
    expect(valueOf(await early({ templates }).settle([rows[1]!]))).toMatchObject({ people: 1, refused: [] });
  });

  test.each<{ readonly what: string; readonly other: Partial<MatcherFacts> }>([
    { what: "installation", other: { tenant: "other" } },
    { what: "epoch", other: { epoch: 2 } },
    { what: "profile", other: { profile: "accurate" } },
    { what: "model set", other: { modelSet: "newer" } },
    { what: "rotation", other: { transform: { id: "site-transform-000001", envelope: new Uint8Array() } } },
  ])("is of no use for another $what", ({ other }) => {
    expect(early().isFor({ ...facts, ...other })).toBe(false);
  });

  test("is of no use once its worker is gone", () => {
    const matcher = early();
    matcher.client.end();
    expect(matcher.isFor(facts)).toBe(false);
  });

  test("is not begun when nothing lies ready", () => {
    expect(EarlyMatcher.start(spawn(), { tenant: "tenant", epoch: 1, epochKey: facts.epochKey, templates: [] })).toBeNull();
  });
});
