/** RFC 6238, appendix B: the secret and the rows of SHA-1, as seconds and eight digits. Six digits are the last six of them. */
export const SECRET = new Uint8Array([49, 50, 51, 52, 53, 54, 55, 56, 57, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 48]);

export const ROWS: readonly (readonly [seconds: number, digits: string])[] = [
  [59, "94287082"],
  [1111111109, "07081804"],
  [1111111111, "14050471"],
  [1234567890, "89005924"],
  [2000000000, "69279037"],
  [20000000000, "65353130"],
];
