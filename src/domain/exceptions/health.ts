import type { HealthField } from "../attendance/rules/types.ts";
import { failure } from "../errors.ts";
import type { Failure } from "../errors.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { HealthDeclaration } from "./types.ts";

/** A body's temperature outside this is a slip of the finger, degrees Celsius. */
const TEMPERATURE_AT_LEAST = 34;
const TEMPERATURE_AT_MOST = 43;
const ITINERARY_MAX_LENGTH = 500;

export type HealthFailure = Failure<"request/health-missing" | "request/attachment-missing"> & { readonly field: HealthField };

/**
 * What is kept of a health declaration: the parts that the rules ask for, and nothing else that was handed over.
 *
 * @param asked parts that are asked for
 * @param required those of them that are to be filled in
 */
export function checkHealth(declared: HealthDeclaration | undefined, attachments: number, asked: readonly HealthField[], required: readonly HealthField[]): Result<HealthDeclaration | null, HealthFailure> {
  const itinerary = declared?.itinerary?.trim().slice(0, ITINERARY_MAX_LENGTH);
  const { condition, temperature } = declared ?? {};
  const missing = (field: HealthField): Result<never, HealthFailure> => err({ ...failure(field === "attachment" ? "request/attachment-missing" : "request/health-missing"), field });
  if (asked.includes("temperature") && temperature !== undefined && !(temperature >= TEMPERATURE_AT_LEAST && temperature <= TEMPERATURE_AT_MOST)) return missing("temperature");
  const given: Readonly<Record<HealthField, boolean>> = { condition: condition !== undefined, temperature: temperature !== undefined, itinerary: itinerary !== undefined && itinerary !== "", attachment: attachments > 0 };
  const absent = required.find((field) => !given[field]);
  if (absent !== undefined) return missing(absent);
  const kept: HealthDeclaration = {
    ...(asked.includes("condition") && condition !== undefined ? { condition } : {}),
    ...(asked.includes("temperature") && temperature !== undefined ? { temperature: Math.round(temperature * 10) / 10 } : {}),
    ...(asked.includes("itinerary") && itinerary !== undefined && itinerary !== "" ? { itinerary } : {}),
  };
  return ok(Object.keys(kept).length === 0 ? null : kept);
}
