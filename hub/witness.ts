import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";

import { exportJWK, exportSPKI, generateKeyPair, importJWK, type CryptoKey, type JWK } from "jose";
import { object, parse, picklist, number, string, type InferOutput } from "valibot";

import { signatureVerifier } from "../src/adapters/crypto/verify-signature.ts";
import type { EpochMs } from "../src/domain/clock.ts";
import { fromBase64url, hexOf, base64urlOf } from "../src/domain/log/cbor.ts";
import { coSignatureBytes, formatCoSignature, keyIdOf, readCoSignature, type WitnessRequest } from "../src/domain/log/statements.ts";
import type { CoSignature } from "../src/domain/log/types.ts";
import { judge } from "../src/domain/log/witnessing.ts";
import { HubError, readJson, replaceFile, type DataFolder } from "./data-folder.ts";

const DEVICE_FILE = /^([0-9a-f]{20})\.json$/;

const Kept = object({ publicKey: string(), cosigned: string() });
const Alarm = object({ at: number(), device: string(), alarm: picklist(["smaller", "fork", "inconsistent"]), size: number(), root: string(), signedSize: number(), signedRoot: string() });

/** A device that showed another history than the one that was signed, with what it showed. */
export type WitnessAlarmRow = InferOutput<typeof Alarm>;

export interface WitnessedDevice {
  readonly device: string;
  readonly latest: CoSignature;
}

/** What the hub says to a checkpoint. `cosigned`: its latest co-signature of this device, as text. */
export type WitnessAnswer =
  | { readonly kind: "signed"; readonly cosigned: string }
  | { readonly kind: "base" | "alarm"; readonly reason: string; readonly cosigned: string | null }
  | { readonly kind: "unsigned" };

/**
 * The hub as a witness: for each device the last tree that it signed, its own key, and the alarms. Whatever it has
 * answered is on disk before.
 */
export class WitnessBook {
  readonly #path: string;
  readonly #privateKey: CryptoKey;
  readonly #spki: Uint8Array;
  readonly id: string;
  readonly #verify = signatureVerifier();
  readonly #latest = new Map<string, { readonly publicKey: string; readonly cosignature: CoSignature }>();
  readonly #alarms: WitnessAlarmRow[];
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(path: string, privateKey: CryptoKey, spki: Uint8Array) {
    this.#path = path;
    this.#privateKey = privateKey;
    this.#spki = spki;
    this.id = keyIdOf(spki);
    for (const name of readdirSync(path)) {
      const device = DEVICE_FILE.exec(name)?.[1];
      if (device !== undefined) this.#latest.set(device, read(join(path, name)));
    }
    this.#alarms = readAlarms(join(path, "alarms.jsonl"));
  }

  /** @throws HubError when a file is damaged: a witness that forgets is none. */
  static async open(folder: DataFolder): Promise<WitnessBook> {
    const path = join(folder.path, "witness");
    const keyPath = join(path, "key.json");
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!existsSync(keyPath)) {
      const { privateKey } = await generateKeyPair("ES256", { extractable: true });
      replaceFile(keyPath, `${JSON.stringify(await exportJWK(privateKey))}\n`, 0o600);
      syncFolder(path);
    }
    const jwk = readJson(keyPath) as JWK;
    try {
      const { kty, crv, x, y } = jwk;
      const publicKey = (await importJWK({ kty, crv, x, y } as JWK, "ES256", { extractable: true })) as CryptoKey;
      const pem = await exportSPKI(publicKey);
      const spki = new Uint8Array(Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ""), "base64"));
      return new WitnessBook(path, (await importJWK(jwk, "ES256")) as CryptoKey, spki);
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      throw new HubError(`${keyPath} holds no ES256 key. Put it back from a copy of the data folder.`, { cause });
    }
  }

  /** By device. */
  get devices(): readonly WitnessedDevice[] {
    return [...this.#latest].map(([device, { cosignature }]) => ({ device, latest: cosignature })).sort((a, b) => a.device.localeCompare(b.device));
  }

  /** Oldest first. */
  get alarms(): readonly WitnessAlarmRow[] {
    return this.#alarms;
  }

  /**
   * Judges a request, and signs what extends what was signed before. One after the other.
   *
   * @param device who asks: the token's device
   */
  ask(device: string, request: WitnessRequest, nowMs: number): Promise<WitnessAnswer> {
    const turn = this.#turn.then(() => this.#ask(device, request, nowMs));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #ask(device: string, request: WitnessRequest, nowMs: number): Promise<WitnessAnswer> {
    const { checkpoint } = request;
    const before = this.#latest.get(device)?.cosignature ?? null;
    const cosigned = before === null ? null : formatCoSignature(before);
    if (checkpoint.device !== device) return { kind: "unsigned" };
    const judgement = await judge(this.#verify, request, before);
    switch (judgement.kind) {
      case "unsigned":
        return { kind: "unsigned" };
      case "base":
        return { kind: "base", reason: String(before?.size ?? 0), cosigned };
      case "alarm":
        this.#raise({ at: nowMs, device, alarm: judgement.alarm, size: checkpoint.size, root: hexOf(checkpoint.root), signedSize: before?.size ?? 0, signedRoot: before === null ? "" : hexOf(before.root) });
        return { kind: "alarm", reason: judgement.alarm, cosigned };
      case "again":
        return { kind: "signed", cosigned: cosigned ?? "" };
      case "sign":
        return { kind: "signed", cosigned: await this.#sign(request, before?.size ?? 0, nowMs) };
    }
  }

  async #sign({ checkpoint, publicKey }: WitnessRequest, previousSize: number, nowMs: number): Promise<string> {
    const { device, size, root } = checkpoint;
    const statement = { v: 1, kind: "hub", witness: this.id, publicKey: this.#spki, algorithm: "ES256", device, size, root, previousSize, wallMs: nowMs as EpochMs } as const;
    const signature = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.#privateKey, coSignatureBytes(statement)));
    const cosignature: CoSignature = { ...statement, signature };
    const cosigned = formatCoSignature(cosignature);
    const kept = { publicKey: base64urlOf(publicKey), cosigned };
    replaceFile(join(this.#path, `${device}.json`), `${JSON.stringify(kept)}\n`, 0o600);
    syncFolder(this.#path);
    this.#latest.set(device, { publicKey: kept.publicKey, cosignature });
    return cosigned;
  }

  /** The same alarm again is the same alarm. */
  #raise(alarm: WitnessAlarmRow): void {
    if (this.#alarms.some((one) => one.device === alarm.device && one.alarm === alarm.alarm && one.size === alarm.size && one.root === alarm.root)) return;
    const file = openSync(join(this.#path, "alarms.jsonl"), "a", 0o600);
    try {
      writeSync(file, `${JSON.stringify(alarm)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(this.#path);
    this.#alarms.push(alarm);
  }
}

function read(path: string): { readonly publicKey: string; readonly cosignature: CoSignature } {
  const { publicKey, cosigned } = parse(Kept, readJson(path));
  const cosignature = readCoSignature(cosigned);
  if (cosignature === null || fromBase64url(publicKey) === null) throw new HubError(`${path} is damaged. Put it back from a copy of the data folder: without it the hub would sign another history.`);
  return { publicKey, cosignature };
}

/** A last line that a power cut left unfinished was never answered for. */
function readAlarms(path: string): WitnessAlarmRow[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => parse(Alarm, JSON.parse(line)));
}

/** Makes a new name in the folder last. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
