import type { MatcherFailure, SealedTemplate } from "../../src/contracts/matcher.ts";
import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { associatedData, decodeEnvelope, encodeEnvelope, NONCE_BYTES } from "../../src/domain/envelope.ts";
import type { Envelope, EnvelopeContext } from "../../src/domain/envelope.ts";
import { failure } from "../../src/domain/errors.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import type { Result } from "../../src/domain/result.ts";
import { err, ok } from "../../src/domain/result.ts";
import type { SiteRotation } from "./site-rotation.ts";

const FACE_KEY_STORE = "face-keys";
const TEMPLATE_STORE = "templates";
/** Version of what the envelopes hold: a raw key; float32 little-endian references. */
const SCHEMA = 1;
const AES_256_GCM = { name: "AES-GCM", length: 256 } as const;
const FLOAT_BYTES = 4;

export interface SealingContext {
  readonly tenant: string;
  readonly profile: RecogniserProfile;
  readonly modelSet: string;
  readonly epoch: number;
  readonly epochKey: CryptoKey;
  /** The site's rotation, and those that rows from before may have been turned by. */
  readonly rotation?: SiteRotation;
  readonly earlierRotations?: readonly SiteRotation[];
}

type Facts = Pick<SealedTemplate, "personId" | "profile" | "modelSet" | "createdAtMs" | "references" | "refreshedAtMs" | "transform">;

/** A fresh face key seals the references, turned by the site's rotation already; the epoch key wraps the face key. */
export async function sealTemplate(
  context: SealingContext,
  { personId, createdAtMs, refreshedAtMs }: Pick<Facts, "personId" | "createdAtMs" | "refreshedAtMs">,
  references: readonly Float32Array[],
): Promise<SealedTemplate> {
  const { tenant, profile, modelSet, epoch, epochKey, rotation } = context;
  const facts: Facts = {
    personId,
    profile,
    modelSet,
    createdAtMs,
    references: references.length,
    ...(refreshedAtMs === undefined ? {} : { refreshedAtMs }),
    ...(rotation === undefined ? {} : { transform: rotation.id }),
  };
  const faceKey = await crypto.subtle.generateKey(AES_256_GCM, true, ["encrypt", "decrypt"]);

  const wrapNonce = freshNonce();
  const wrapped = await crypto.subtle.wrapKey("raw", faceKey, epochKey, aesGcm(wrapNonce, faceKeyContext(tenant, personId, epoch)));

  const nonce = freshNonce();
  const plain = toBytes(references);
  try {
    const sealed = await crypto.subtle.encrypt(aesGcm(nonce, templateContext(tenant, facts, epoch)), faceKey, plain);
    return {
      ...facts,
      epoch,
      wrappedKey: encodeEnvelope({ keyId: epochKeyId(epoch), epoch, nonce: wrapNonce, sealed: new Uint8Array(wrapped) }),
      envelope: encodeEnvelope({ keyId: faceKeyId(personId), epoch, nonce, sealed: new Uint8Array(sealed) }),
    };
  } finally {
    plain.fill(0);
  }
}

/** The references of a row, turned by the site's rotation, the only copy in clear. The caller overwrites them when they are no longer needed. */
export async function openTemplate(context: SealingContext, row: SealedTemplate): Promise<Result<readonly Float32Array<ArrayBuffer>[], MatcherFailure>> {
  if (row.profile !== context.profile || row.modelSet !== context.modelSet) return err(failure("template/other-model"));
  const wrapped = decodeEnvelope(row.wrappedKey);
  const envelope = decodeEnvelope(row.envelope);
  if (!wrapped.ok || !envelope.ok) return err(failure("template/decryption-failed", "malformed"));
  const plain = await decrypt(context, row, wrapped.value, envelope.value);
  if (!plain) return err(failure("template/decryption-failed", "tag"));
  const read = readReferences(plain, row.references, FEATURE_DIMENSIONS[context.profile]);
  if (read.ok && turned(context, row.transform, read.value)) return read;
  plain.fill(0);
  return read.ok ? err(failure("template/other-model", "transform")) : read;
}

/** Whether rows with this transform can be brought to the site's present one. */
function knows({ rotation, earlierRotations }: SealingContext, transform: string | undefined): boolean {
  if (rotation === undefined) return transform === undefined;
  return transform === undefined || transform === rotation.id || (earlierRotations ?? []).some(({ id }) => id === transform);
}

/** Brings references to the site's present rotation, in place; false when they were turned by one that is not known. */
function turned(context: SealingContext, transform: string | undefined, references: readonly Float32Array[]): boolean {
  const { rotation, earlierRotations } = context;
  if (!knows(context, transform)) return false;
  if (rotation === undefined || transform === rotation.id) return true;
  const earlier = earlierRotations?.find(({ id }) => id === transform);
  for (const reference of references) {
    earlier?.turnBack(reference);
    rotation.turn(reference);
  }
  return true;
}

function readReferences(plain: Uint8Array<ArrayBuffer>, count: number, dimensions: number): Result<readonly Float32Array<ArrayBuffer>[], MatcherFailure> {
  if (plain.length !== count * dimensions * FLOAT_BYTES) return err(failure("matcher/wrong-length"));
  const values = new Float32Array(plain.buffer);
  if (!allFinite(values)) return err(failure("matcher/not-finite"));
  return ok(Array.from({ length: count }, (_, row) => values.subarray(row * dimensions, (row + 1) * dimensions)));
}

/** Undefined when a tag is wrong: the row was damaged, moved, or sealed by another key. */
async function decrypt({ tenant, epochKey }: SealingContext, row: SealedTemplate, wrapped: Envelope, envelope: Envelope): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const faceKey = await crypto.subtle.unwrapKey(
      "raw",
      wrapped.sealed,
      epochKey,
      aesGcm(wrapped.nonce, faceKeyContext(tenant, row.personId, row.epoch)),
      AES_256_GCM,
      false,
      ["decrypt"],
    );
    // The envelope keeps the epoch it was made in: a new epoch wraps the face key anew and leaves the envelope alone.
    const parameters = aesGcm(envelope.nonce, templateContext(tenant, row, envelope.epoch));
    return new Uint8Array(await crypto.subtle.decrypt(parameters, faceKey, envelope.sealed));
  } catch {
    return undefined;
  }
}

function faceKeyContext(tenant: string, personId: PersonId, epoch: number): EnvelopeContext {
  return { tenant, store: FACE_KEY_STORE, recordId: personId, schema: SCHEMA, keyId: epochKeyId(epoch), epoch };
}

/** Everything that a row says of its references is bound to them. A row that was never refreshed is bound as it was before there was refreshing. */
function templateContext(tenant: string, { personId, profile, modelSet, createdAtMs, references, refreshedAtMs, transform }: Facts, epoch: number): EnvelopeContext {
  const recordId = JSON.stringify([personId, profile, modelSet, createdAtMs, references, ...(refreshedAtMs === undefined ? [] : [refreshedAtMs]), ...(transform === undefined ? [] : [transform])]);
  return { tenant, store: TEMPLATE_STORE, recordId, schema: SCHEMA, keyId: faceKeyId(personId), epoch };
}

function aesGcm(iv: Uint8Array<ArrayBuffer>, context: EnvelopeContext): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: associatedData(context) };
}

function freshNonce(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
}

function epochKeyId(epoch: number): string {
  return `epoch-${epoch}`;
}

function faceKeyId(personId: PersonId): string {
  return `face-${personId}`;
}

/** A browser's floats are little-endian, as those in WebAssembly's memory are anywhere. */
function toBytes(references: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const values = new Float32Array(references.reduce((length, reference) => length + reference.length, 0));
  let at = 0;
  for (const reference of references) {
    values.set(reference, at);
    at += reference.length;
  }
  return new Uint8Array(values.buffer);
}

/** True when no value is infinite or no number. */
export function allFinite(values: Float32Array): boolean {
  // A plain loop: a call for each value takes longer than opening the envelope.
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) return false;
  }
  return true;
}
