/**
 * Copies little-endian float32 bytes, at any alignment, into an array. The tool runs on little-endian machines alone,
 * as Node does everywhere that Chromium runs.
 */
export function littleEndianFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
