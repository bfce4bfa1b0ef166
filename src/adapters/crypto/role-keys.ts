import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import type { OpenedUser, RoleKeys } from "../../app/ports/user-keys.ts";
import type { OpenedRoleKey } from "../../app/ports/store.ts";
import { keepsEarlier } from "../../domain/people/access.ts";
import type { RoleKeyId } from "../../domain/people/access.ts";
import { ROLE_SCHEMA } from "../../domain/people/users.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import { canonicalBytes } from "./digest.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Member = RoleRecord["members"][number];
type Earlier = RoleRecord["earlier"][number];
type Unchained = NonNullable<RoleRecord["unchained"]>[number];

interface Pair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

const INFO = new TextEncoder().encode("clockface role key 1");

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Role keys sealed with HPKE (RFC 9180, base mode; X25519, HKDF-SHA256, AES-256-GCM). */
export class StoredRoleKeys implements RoleKeys {
  constructor(private readonly tenant: string) {}

  async create(id: RoleKeyId, members: readonly UserRecord[]): Promise<RoleRecord> {
    return this.#record(id, 1, await freshPair(), members);
  }

  adopt(id: RoleKeyId, pair: Pair, members: readonly UserRecord[]): Promise<RoleRecord> {
    return this.#record(id, 1, pair, members);
  }

  async withMember(record: RoleRecord, held: readonly OpenedRoleKey[], user: UserRecord): Promise<RoleRecord> {
    const privateKey = heldOf(held, record.id, record.version);
    if (!privateKey) throw new Error("a role that is not held cannot be given");
    const others = record.members.filter((member) => member.user !== user.id);
    return { ...record, members: [...others, await this.#forMember(record.id, record.version, privateKey, user)] };
  }

  async next(record: RoleRecord, members: readonly UserRecord[], held: readonly OpenedRoleKey[]): Promise<RoleRecord> {
    const ready = (await this.chained(record, held)) ?? record;
    const made = await this.#record(record.id, record.version + 1, await freshPair(), members);
    if (!keepsEarlier(record.id)) return made;
    const privateKey = heldOf(held, record.id, record.version);
    const waiting = ready.unchained ?? [];
    if (privateKey && waiting.length === 0) {
      return { ...made, earlier: [await this.#forVersion(record.id, { version: record.version, publicKey: record.publicKey, privateKey }, made), ...ready.earlier] };
    }
    const stillThere = new Set(members.map((user) => user.id));
    const left = (one: Unchained): Unchained => ({ ...one, members: one.members.filter((member) => stillThere.has(member.user)) });
    const unchained = [...waiting, { version: record.version, publicKey: record.publicKey, members: record.members }].map(left);
    return { ...made, earlier: ready.earlier, unchained };
  }

  async chained(record: RoleRecord, held: readonly OpenedRoleKey[]): Promise<RoleRecord | null> {
    const { unchained = [], ...rest } = record;
    if (unchained.length === 0) return null;
    // All or none: an earlier version is sealed to the one right after it.
    const added: Earlier[] = [];
    let after: { readonly version: number; readonly publicKey: Uint8Array } = record;
    for (const one of unchained.toReversed()) {
      const privateKey = heldOf(held, record.id, one.version);
      if (!privateKey) return null;
      added.push(await this.#forVersion(record.id, { ...one, privateKey }, after));
      after = one;
    }
    return { ...rest, earlier: [...added, ...record.earlier] };
  }

  async open(record: RoleRecord, opened: OpenedUser): Promise<readonly OpenedRoleKey[]> {
    const found = new Map<number, Bytes>();
    for (const one of [{ version: record.version, members: record.members }, ...(record.unchained ?? [])]) {
      const mine = one.members.find((member) => member.user === opened.userId);
      const privateKey = mine ? await opening(opened.privateKey, mine, memberContext(this.tenant, record.id, one.version, opened.userId)) : null;
      if (privateKey) found.set(one.version, privateKey);
    }
    for (const one of record.earlier) {
      const after = found.get(one.version + 1);
      const privateKey = after ? await opening(after, one, earlierContext(this.tenant, record.id, one.version)) : null;
      if (privateKey) found.set(one.version, privateKey);
    }
    return [...found].map(([version, privateKey]) => ({ id: record.id, version, privateKey }));
  }

  async #record(id: RoleKeyId, version: number, { publicKey, privateKey }: Pair, members: readonly UserRecord[]): Promise<RoleRecord> {
    const sealed = await Promise.all(members.map((user) => this.#forMember(id, version, privateKey, user)));
    return { id, version, publicKey: new Uint8Array(publicKey), members: sealed, earlier: [] };
  }

  async #forMember(id: RoleKeyId, version: number, privateKey: Uint8Array, user: UserRecord): Promise<Member> {
    return { user: user.id, ...(await sealing(user.publicKey, privateKey, memberContext(this.tenant, id, version, user.id))) };
  }

  async #forVersion(id: RoleKeyId, of: Pair & { readonly version: number }, after: { readonly publicKey: Uint8Array }): Promise<Earlier> {
    return { version: of.version, publicKey: new Uint8Array(of.publicKey), ...(await sealing(after.publicKey, of.privateKey, earlierContext(this.tenant, id, of.version))) };
  }
}

function heldOf(held: readonly OpenedRoleKey[], id: RoleKeyId, version: number): Uint8Array | undefined {
  return held.find((one) => one.id === id && one.version === version)?.privateKey;
}

const memberContext = (tenant: string, id: RoleKeyId, version: number, user: string): Bytes => canonicalBytes([ROLE_SCHEMA, tenant, id, version, "member", user]);
const earlierContext = (tenant: string, id: RoleKeyId, version: number): Bytes => canonicalBytes([ROLE_SCHEMA, tenant, id, version, "earlier"]);

async function freshPair(): Promise<Pair> {
  const pair = await suite.kem.generateKeyPair();
  return { publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)), privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)) };
}

async function sealing(publicKey: Uint8Array, plain: Uint8Array, context: Bytes): Promise<{ readonly enc: Bytes; readonly sealed: Bytes }> {
  const sender = await suite.createSenderContext({ recipientPublicKey: await suite.kem.deserializePublicKey(new Uint8Array(publicKey).buffer), info: INFO });
  const sealed = await sender.seal(new Uint8Array(plain).buffer, context.buffer);
  return { enc: new Uint8Array(sender.enc), sealed: new Uint8Array(sealed) };
}

async function opening(privateKey: Uint8Array, { enc, sealed }: { readonly enc: Uint8Array; readonly sealed: Uint8Array }, context: Bytes): Promise<Bytes | null> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(new Uint8Array(privateKey).buffer);
    const recipient = await suite.createRecipientContext({ recipientKey, enc: new Uint8Array(enc).buffer, info: INFO });
    return new Uint8Array(await recipient.open(new Uint8Array(sealed).buffer, context.buffer));
  } catch {
    return null;
  }
}
