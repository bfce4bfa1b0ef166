import { errors, jwtVerify, SignJWT } from "jose";

import { HubError, type DataFolder } from "./data-folder.ts";

/** No token is good for longer: the same limit binds who gives them out and who checks them. */
export const LONGEST_TOKEN_S = 30 * 24 * 60 * 60;

/** Beside site and device in a token's roles: the tablet may read what the site's other tablets sent. */
export const READER_ROLE = "read:segments";

const DEVICE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export interface Bearer {
  readonly device: string;
  readonly roles: readonly string[];
  readonly expiresAtS: number;
}

export interface Refusal {
  readonly status: 400 | 401 | 403;
  readonly error: "bad_request" | "unauthorized" | "forbidden";
  readonly reason: string;
}

/**
 * A token for one device of the folder's site.
 * @param reader whether it may read what other devices of the site have sent, as well
 * @throws HubError when the name cannot be a device's, or the time is longer than 30 days.
 */
export async function issueToken(folder: DataFolder, device: string, lifetimeS: number, nowS: number, reader = false): Promise<string> {
  if (!DEVICE.test(device)) throw new HubError(`"${device}" cannot be a device's name. Copy it from the tablet: Administration, Device.`);
  if (!(lifetimeS > 0 && lifetimeS <= LONGEST_TOKEN_S)) throw new HubError("A token lasts at most 30 days.");
  // A token given in the same second as one was taken back must not count as taken back itself.
  const issuedAt = Math.max(nowS, (folder.revokedSince(device) ?? 0) + 1);
  return new SignJWT({ roles: [folder.site, device, ...(reader ? [READER_ROLE] : [])] })
    .setProtectedHeader({ alg: "ES256", typ: "JWT" })
    .setSubject(device)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeS)
    .sign(folder.privateKey);
}

const refuse = (status: Refusal["status"], error: Refusal["error"], reason: string): { readonly refusal: Refusal } => ({ refusal: { status, error, reason } });

/**
 * Checks an `Authorization` header for a site: 401 without a token, with an expired one or one taken back; 400 when it is
 * malformed, signed by another key or says more than it may; 403 when it is for another site. The same answers as CouchDB gives.
 */
export async function checkToken(folder: DataFolder, header: string | undefined, site: string, nowS: number): Promise<{ readonly bearer: Bearer } | { readonly refusal: Refusal }> {
  if (header === undefined) return refuse(401, "unauthorized", "a bearer token is needed");
  const token = /^Bearer ([A-Za-z0-9_.-]+)$/.exec(header)?.[1];
  if (token === undefined) return refuse(400, "bad_request", "the authorization is malformed");
  let claims;
  try {
    claims = (await jwtVerify(token, folder.publicKey, { algorithms: ["ES256"], requiredClaims: ["sub", "iat", "exp"], currentDate: new Date(nowS * 1000) })).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refuse(401, "unauthorized", "the token has expired");
    if (error instanceof errors.JOSEError) return refuse(400, "bad_request", "the token is not valid");
    throw error;
  }
  const { sub: device, iat, exp, roles } = claims;
  if (device === undefined || iat === undefined || exp === undefined || !DEVICE.test(device)) return refuse(400, "bad_request", "the token is incomplete");
  if (exp - nowS > LONGEST_TOKEN_S) return refuse(400, "bad_request", "the token lasts too long");
  if (!Array.isArray(roles) || !roles.every((role) => typeof role === "string") || !roles.includes(device)) return refuse(400, "bad_request", "the token's roles are malformed");
  const revokedSince = folder.revokedSince(device);
  if (revokedSince !== null && iat <= revokedSince) return refuse(401, "unauthorized", "the token was taken back");
  if (site !== folder.site || !roles.includes(site)) return refuse(403, "forbidden", "the token is for another site");
  return { bearer: { device, roles, expiresAtS: exp } };
}
