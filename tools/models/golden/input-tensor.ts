import type { ManifestEntry } from "../manifest.ts";

type InputDescription = NonNullable<ManifestEntry["input"]>;

/**
 * @param rgb width x height x 3 bytes, row by row, of the size the model wants
 * @returns the tensor's values: one plane per colour in the model's order, normalised as the manifest says
 */
export function inputTensor(rgb: Uint8Array, { width, height, colourOrder, mean, divisor }: InputDescription): Float32Array {
  const plane = width * height;
  if (rgb.length !== 3 * plane) throw new RangeError(`${rgb.length} bytes are not ${width} x ${height} RGB pixels`);
  const channels = colourOrder === "RGB" ? [0, 1, 2] : [2, 1, 0];
  return Float32Array.from(
    { length: 3 * plane },
    (_, index) => ((rgb[3 * (index % plane) + (channels[Math.floor(index / plane)] ?? 0)] ?? 0) - mean) / divisor,
  );
}
