import { decodeJwt } from "jose";

/**
 * What the QR code of a pairing says: where the hub is, which site it serves, and the tablet's token.
 * Written `clockface1~<origin>~<site>~<token>`; none of the parts can hold a `~`.
 */
export interface PairingText {
  /** Origin of the hub: scheme, host and port. */
  readonly hub: string;
  readonly site: string;
  /** ES256 JSON Web Token. */
  readonly token: string;
}

const MARK = "clockface1";
const SITE = /^[a-z][a-z0-9-]{0,39}$/;
const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

export function formatPairingText(pairing: PairingText): string {
  return [MARK, pairing.hub, pairing.site, pairing.token].join("~");
}

/** Reads a scanned or pasted text; white space that e-mail programs add is left out. Null when it is no pairing. */
export function parsePairingText(text: string): PairingText | null {
  const [mark, hub, site, token, ...rest] = text.replace(/\s+/g, "").split("~");
  if (mark !== MARK || hub === undefined || site === undefined || token === undefined || rest.length > 0) return null;
  if (!SITE.test(site) || !TOKEN.test(token)) return null;
  const url = URL.parse(hub);
  if (url === null || url.origin !== hub || !["http:", "https:"].includes(url.protocol)) return null;
  return { hub, site, token };
}

/** What a token says about itself. Nothing here is verified: only the hub can do that. */
export interface TokenClaims {
  readonly device: string;
  readonly roles: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Null when the token is not a token. */
export function readTokenClaims(token: string): TokenClaims | null {
  try {
    const { sub, exp, roles } = decodeJwt(token);
    if (sub === undefined || exp === undefined || !Array.isArray(roles)) return null;
    return { device: sub, roles: roles.filter((role) => typeof role === "string"), expiresAtMs: exp * 1000 };
  } catch {
    return null;
  }
}
