import { encode } from "uqr";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { StoredPhoneWitness } from "../../app/audit/phone-witness.ts";
import { signatureVerifier } from "../../adapters/crypto/verify-signature.ts";
import { createDeviceKey, signAsDevice } from "../../adapters/crypto/device-keys.ts";
import type { DeviceKey } from "../../adapters/crypto/device-keys.ts";
import { PhoneDatabase } from "../../adapters/sync/witness-phone.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { EMPTY_FRONTIER, appendLeaves, leafHashOf, rootOf } from "../../domain/log/merkle.ts";
import { consistencyProof, readerOf } from "../../domain/log/proofs.ts";
import { checkpointBytes, formatRequest, isAbout, isSignedCoSignature, readCoSignature, readRequest } from "../../domain/log/statements.ts";
import { showLocale } from "../i18n/localize.ts";
import "./cf-witness.ts";
import type { WitnessElement } from "./cf-witness.ts";
import { readQr } from "./read-qr.ts";

let device: DeviceKey;
let name: string;
let database: PhoneDatabase;
let phone: StoredPhoneWitness;

const verify = signatureVerifier();
const leavesOf = (count: number, seed: number): Uint8Array[] => Array.from({ length: count }, (_, index) => leafHashOf(Uint8Array.of(seed, index & 255, index >> 8)));
const make = (store: PhoneDatabase): StoredPhoneWitness => new StoredPhoneWitness({ store, verify, now: () => 5 as EpochMs, openCamera: () => Promise.resolve(null) });

beforeEach(async () => {
  device = await createDeviceKey();
  name = `witness-${crypto.randomUUID()}`;
  database = new PhoneDatabase(name);
  phone = make(database);
});

afterEach(async () => {
  await database.close();
  indexedDB.deleteDatabase(name);
  document.body.replaceChildren();
});

async function request(leaves: readonly Uint8Array[], from: number): Promise<string> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", device.publicKey));
  const root = rootOf(appendLeaves(EMPTY_FRONTIER, leaves).frontier);
  const statement = { v: 1, device: device.deviceId, size: leaves.length, root, wallMs: 1 as EpochMs, reason: "asked", algorithm: device.algorithm } as const;
  const checkpoint = { ...statement, signature: await signAsDevice(device, checkpointBytes(statement)) };
  return formatRequest({ checkpoint, publicKey, from, proof: from < leaves.length ? await consistencyProof(readerOf(leaves), from, leaves.length) : [] });
}

async function told(text: string, by = phone): Promise<string> {
  const answer = await by.sign(text);
  return answer.ok ? String(answer.value.size) : answer.error.kind;
}

describe("a phone as a witness", () => {
  test("signs what extends what it had signed, also after it was closed, with a key that cannot be taken out", async () => {
    const leaves = leavesOf(700, 1);
    expect(await told(await request(leaves.slice(0, 300), 0))).toBe("300");
    const id = await phone.id();
    await database.close();
    database = new PhoneDatabase(name);
    const again = make(database);
    expect(await again.id()).toBe(id);
    const answer = await again.sign(await request(leaves, 300));
    const signed = readCoSignature(answer.ok ? answer.value.text : "")!;
    expect(await isSignedCoSignature(verify, signed)).toBe(true);
    expect(isAbout(signed, readRequest(await request(leaves, 300))!.checkpoint)).toBe(true);
    expect([signed.kind, signed.witness, signed.previousSize]).toEqual(["phone", id, 300]);
    expect((await again.tablets()).map(({ device: of, size }) => [of, size])).toEqual([[device.deviceId, 700]]);
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    const pair = await new Promise<CryptoKeyPair>((resolve) => {
      const reading = opened.transaction("keys").objectStore("keys").get("own");
      reading.onsuccess = () => resolve(reading.result as CryptoKeyPair);
    });
    opened.close();
    expect(pair.privateKey.extractable).toBe(false);
  });

  test("refuses a log that was rolled back or rewritten, what the tablet did not sign, and a proof from elsewhere", async () => {
    const leaves = leavesOf(400, 1);
    const other = [...leaves.slice(0, 150), ...leavesOf(400, 2)];
    expect(await told(await request(leaves.slice(0, 200), 0))).toBe("200");
    expect(await told(await request(leaves.slice(0, 150), 0))).toBe("witness/smaller");
    expect(await told(await request(other.slice(0, 200), 200))).toBe("witness/fork");
    expect(await told(await request(other.slice(0, 300), 200))).toBe("witness/inconsistent");
    expect(await told(await request(leaves, 100))).toBe("witness/base");
    expect(await told("something else")).toBe("witness/unreadable");
    const good = readRequest(await request(leaves, 200))!;
    expect(await told(formatRequest({ ...good, checkpoint: { ...good.checkpoint, size: 399 } }))).toBe("witness/unsigned");
    expect(await told(formatRequest(good))).toBe("400");
  });

  test("shows on its page what it signed, or why it did not, from pasted text", async () => {
    await showLocale("en");
    const page = document.createElement("cf-witness");
    page.witness = phone;
    document.body.append(page);
    const paste = async (text: string): Promise<void> => {
      await page.updateComplete;
      const root = page.shadowRoot!;
      const field = root.querySelector<HTMLTextAreaElement>("#pasted")!;
      field.value = text;
      field.dispatchEvent(new Event("input"));
      await page.updateComplete;
      root.querySelector<HTMLButtonElement>("details button")!.click();
      await expect.poll(() => heading(page)).toMatch(/^(Signed|Not signed)$/);
    };
    const leaves = leavesOf(90, 1);
    await paste(await request(leaves, 0));
    expect(heading(page)).toBe("Signed");
    expect(readCoSignature(page.shadowRoot!.querySelector<HTMLTextAreaElement>("textarea.answer")!.value)?.size).toBe(90);
    expect(page.shadowRoot!.querySelector("svg.qr")).not.toBeNull();
    [...page.shadowRoot!.querySelectorAll("button")].at(-1)!.click();
    await paste(await request(leaves.slice(0, 40), 0));
    expect(heading(page)).toBe("Not signed");
    expect(page.shadowRoot!.querySelector("[role=alert]")?.textContent).toContain("fewer entries than the 90");
  });
});

const heading = (page: WitnessElement): string => page.shadowRoot?.querySelector("h1")?.textContent.trim() ?? "";

describe("reading a code from the picture", () => {
  test("gives the text of the largest proof that a tablet shows", async () => {
    // A million entries need some twenty hashes on the way.
    const base = readRequest(await request(leavesOf(600, 1), 300))!;
    const text = formatRequest({ ...base, proof: Array.from({ length: 20 }, () => crypto.getRandomValues(new Uint8Array(32))) });
    const { size, data } = encode(text, { border: 4 });
    const scale = 6;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size * scale;
    const draw = canvas.getContext("2d")!;
    const paint = (): void => {
      draw.fillStyle = "#fff";
      draw.fillRect(0, 0, canvas.width, canvas.height);
      draw.fillStyle = "#000";
      for (const [y, row] of data.entries()) for (const [x, dark] of row.entries()) if (dark) draw.fillRect(x * scale, y * scale, scale, scale);
    };
    paint();
    const video = document.createElement("video");
    video.muted = true;
    video.srcObject = canvas.captureStream(10);
    document.body.append(video);
    const painting = setInterval(paint, 100);
    await video.play();
    expect(await readQr(video, (found) => readRequest(found) !== null, AbortSignal.timeout(30_000))).toBe(text);
    clearInterval(painting);
  });
});
