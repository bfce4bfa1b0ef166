/** A document as CouchDB hands it to a validation function. */
export interface CandidateDocument {
  readonly [field: string]: unknown;
}

/** Who sends it, as CouchDB and express-pouchdb describe the bearer of a token. */
export interface UserContext {
  readonly name?: string | null;
  readonly roles?: readonly string[];
}

/**
 * The `validate_doc_update` of an up-database: documents are added and never changed.
 *
 * CouchDB passes `oldDoc = null` for a branch that is not connected to the stored one (`new_edits: false` with an
 * invented revision), so that looking at `oldDoc` alone does not make a database append-only. The identifier therefore
 * carries the SHA-256 of the content, which is computed again here: under one identifier there is only one content.
 *
 * The function is stored as its own source text and run by another engine: it must use nothing but its arguments and
 * the language's own objects, and hold no inner functions (a compiler may wrap those in helpers of its own).
 *
 * @returns why the document is refused, null when it may be stored.
 */
export function refusalOf(newDoc: CandidateDocument, oldDoc: CandidateDocument | null, userCtx: UserContext): string | null {
  if (newDoc["_deleted"]) return "documents are never deleted";

  const fields = Object.keys(newDoc);
  for (let i = 0; i < fields.length; i += 1) {
    if (["_id", "_rev", "_revisions", "kind", "c"].indexOf(fields[i] as string) === -1) return "a field is not allowed";
  }

  const id = newDoc["_id"];
  const kind = newDoc["kind"];
  const c = newDoc["c"];
  if (typeof id !== "string" || typeof kind !== "string" || typeof c !== "string") return "a field is missing";
  if (kind !== "seg") return "the kind is not known";
  // 16 KiB in base64url without padding.
  if (c.length > 21846 || !/^[A-Za-z0-9_-]+$/.test(c)) return "the content is not a segment";
  const parts = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63}):[0-9]{12}:([0-9a-f]{64})$/.exec(id);
  if (parts === null) return "the identifier is malformed";
  if (parts[1] !== userCtx.name) return "the segment is another device's";

  // The same bytes sent again are answered "conflict" by the database itself, which means "stored". With a revision
  // it would be an edit.
  if (oldDoc && (newDoc["_rev"] || oldDoc["kind"] !== kind || oldDoc["c"] !== c)) return "documents are never changed";

  // SHA-256 (FIPS 180-4) of the ASCII text kind + "." + c.
  const text = kind + "." + c;
  const k = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ];
  const h = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
  const wordCount = (((text.length + 8) >> 6) + 1) * 16;
  const words: number[] = [];
  for (let i = 0; i < wordCount; i += 1) words.push(0);
  for (let i = 0; i < text.length; i += 1) words[i >> 2] = (words[i >> 2] as number) | (text.charCodeAt(i) << (24 - (i % 4) * 8));
  words[text.length >> 2] = (words[text.length >> 2] as number) | (0x80 << (24 - (text.length % 4) * 8));
  words[wordCount - 1] = text.length * 8;
  const w: number[] = [];
  for (let i = 0; i < 64; i += 1) w.push(0);
  for (let start = 0; start < wordCount; start += 16) {
    let [a, b, cc, d, e, f, g, hh] = h as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) {
        w[i] = words[start + i] as number;
      } else {
        const x = w[i - 15] as number;
        const y = w[i - 2] as number;
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
      }
      const e1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (hh + e1 + ((e & f) ^ (~e & g)) + (k[i] as number) + (w[i] as number)) | 0;
      const a0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (a0 + ((a & b) ^ (a & cc) ^ (b & cc))) | 0;
      hh = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = cc;
      cc = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const next = [a, b, cc, d, e, f, g, hh];
    for (let i = 0; i < 8; i += 1) h[i] = ((h[i] as number) + (next[i] as number)) | 0;
  }
  let digest = "";
  for (let i = 0; i < 8; i += 1) digest += ("00000000" + ((h[i] as number) >>> 0).toString(16)).slice(-8);
  return digest === parts[2] ? null : "the identifier does not fit the content";
}

/** The design document that makes an up-database append-only; the same for the hub and for CouchDB. */
export function appendOnlyDesign(): { readonly _id: string; readonly language: string; readonly validate_doc_update: string } {
  return {
    _id: "_design/append-only",
    language: "javascript",
    validate_doc_update: `function (newDoc, oldDoc, userCtx) { var reason = (${refusalOf.toString()})(newDoc, oldDoc, userCtx); if (reason !== null) throw { forbidden: reason }; }`,
  };
}
