import { expect, test } from "vitest";
import { SyncStore } from "./sync-store.ts";
import type { TokenSeal } from "./sync-store.ts";
import { MemoryRows } from "./testing/memory.ts";

const PAIRING = { hub: "http://hub.test", site: "gate", token: "aaa.bbb.ccc" };

/** As if by a key: no byte is what it was. */
const turned = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);
const SEAL: TokenSeal = {
  seal: (token) => Promise.resolve(turned(new TextEncoder().encode(token))),
  open: (sealed) => Promise.resolve(new TextDecoder().decode(turned(sealed))),
};

const keptText = async (rows: MemoryRows): Promise<string> => {
  const value = (await rows.get("pairing"))?.value as object;
  return JSON.stringify(Object.values(value).map((one: unknown) => (one instanceof Uint8Array ? new TextDecoder("latin1").decode(one) : one)));
};

test("SyncStore keeps no token in clear, and gives it back", async () => {
  const rows = new MemoryRows();
  await new SyncStore(rows, SEAL).keepPairing(PAIRING);
  expect(await keptText(rows)).toContain("hub.test");
  expect(await keptText(rows)).not.toContain("bbb");
  expect(await new SyncStore(rows, SEAL).pairing()).toEqual(PAIRING);
});

test("SyncStore seals what an earlier version kept in clear, when it is first read", async () => {
  const rows = new MemoryRows();
  await rows.put({ key: "pairing", value: PAIRING });
  const store = new SyncStore(rows, SEAL);
  expect(await store.pairing()).toEqual(PAIRING);
  expect(await keptText(rows)).not.toContain("bbb");
  expect(await store.pairing()).toEqual(PAIRING);
});

test("SyncStore leaves a pairing that came while the clear one was sealed", async () => {
  const rows = new MemoryRows();
  await rows.put({ key: "pairing", value: PAIRING });
  const other = { ...PAIRING, token: "ddd.eee.fff" };
  const seal: TokenSeal = {
    ...SEAL,
    seal: async (token) => {
      await new SyncStore(rows, SEAL).keepPairing(other);
      return SEAL.seal(token);
    },
  };
  await new SyncStore(rows, seal).pairing();
  expect(await new SyncStore(rows, SEAL).pairing()).toEqual(other);
});

test("SyncStore stays paired, with a token that the hub refuses, when its token cannot be opened", async () => {
  const rows = new MemoryRows();
  await new SyncStore(rows, SEAL).keepPairing(PAIRING);
  expect(await new SyncStore(rows, { ...SEAL, open: () => Promise.resolve(null) }).pairing()).toEqual({ ...PAIRING, token: "" });
});
