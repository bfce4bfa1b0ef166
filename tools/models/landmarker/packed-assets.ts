import { ModelError } from "../errors.ts";

interface AssetSpan {
  readonly filename: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits an Emscripten file package: one file of data and a script whose metadata says which span is which file.
 *
 * @returns base name -> content (views of `data`)
 * @throws ModelError `models/source-unexpected` when the script holds no such metadata
 */
export function unpackAssets(data: Uint8Array, loaderScript: string): Map<string, Uint8Array> {
  const list = /"files":\s*(\[[^\]]*\])/.exec(loaderScript)?.[1];
  const spans: unknown = list === undefined ? undefined : JSON.parse(list);
  if (!Array.isArray(spans) || !spans.every(isSpan)) {
    throw new ModelError("models/source-unexpected", "The packed assets' loader lists no files.");
  }
  return new Map(
    spans.map(({ filename, start, end }) => [filename.slice(filename.lastIndexOf("/") + 1), data.subarray(start, end)]),
  );
}

function isSpan(value: unknown): value is AssetSpan {
  return (
    typeof value === "object" &&
    value !== null &&
    "filename" in value &&
    typeof value.filename === "string" &&
    "start" in value &&
    typeof value.start === "number" &&
    "end" in value &&
    typeof value.end === "number"
  );
}
