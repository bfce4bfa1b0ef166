import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";

/** The questions that both PIPL (article 56) and GDPR (article 35(7)) ask, in the order in which they are answered. */
export const ASSESSMENT_PARTS = ["purpose", "data", "basis", "alternatives", "risks", "measures", "retention", "recipients", "opinion"] as const;
export type AssessmentPart = (typeof ASSESSMENT_PARTS)[number];

/** Longest answer, characters. */
export const PART_MAX_LENGTH = 5000;
/** Longest name, reference or place, characters. */
const LINE_MAX_LENGTH = 200;

const tidy = (text: string): string => text.normalize("NFC").replace(/[^\P{Cc}\n]+/gu, " ").trim();
const line = v.pipe(v.string(), v.transform(tidy), v.nonEmpty(), v.maxLength(LINE_MAX_LENGTH));
const answer = v.pipe(v.string(), v.transform(tidy), v.nonEmpty(), v.maxLength(PART_MAX_LENGTH));
const day = v.pipe(v.string(), v.isoDate());

const signed = {
  /** Who answers for it. */
  signedBy: line,
  signedOn: day,
  nextReviewOn: day,
};

const here = v.strictObject({
  kind: v.literal("here"),
  purpose: answer,
  data: answer,
  basis: answer,
  alternatives: answer,
  risks: answer,
  measures: answer,
  retention: answer,
  recipients: answer,
  opinion: answer,
  ...signed,
});

/** `reference`: under which name or number the paper is kept, and where. */
const elsewhere = v.strictObject({ kind: v.literal("elsewhere"), reference: line, ...signed });

const draftSchema = v.variant("kind", [here, elsewhere]);

/** As it is handed in: written with the form, or done elsewhere and cited. Days are `YYYY-MM-DD`. */
export type AssessmentDraft = v.InferOutput<typeof draftSchema>;

/** One version of the site's impact assessment (个人信息保护影响评估, DPIA). An earlier one is never changed or taken away. */
export interface Assessment {
  readonly version: number;
  readonly at: EpochMs;
  readonly by: UserId;
  readonly draft: AssessmentDraft;
}

const stored = v.strictObject({
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  at: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)),
  by: v.pipe(v.string(), v.transform((id) => id as UserId)),
  draft: draftSchema,
});

export function parseAssessment(value: unknown): Assessment | null {
  const parsed = v.safeParse(stored, value);
  return parsed.success ? parsed.output : null;
}

/** A field of the form, and what is wrong with it. */
export type AssessmentProblem = { readonly field: string; readonly kind: "empty" | "too-long" | "bad-day" | "in-the-future" | "not-after" };

/**
 * What was entered, tidied; or what keeps it from being recorded.
 *
 * @param today calendar day at the site
 */
export function checkAssessment(entered: unknown, today: string): { readonly draft: AssessmentDraft } | { readonly problems: readonly AssessmentProblem[] } {
  const parsed = v.safeParse(draftSchema, entered);
  if (!parsed.success) return { problems: parsed.issues.map((issue) => ({ field: v.getDotPath(issue) ?? "kind", kind: KINDS[issue.type] ?? "empty" })) };
  const { signedOn, nextReviewOn } = parsed.output;
  const problems: AssessmentProblem[] = [];
  if (signedOn > today) problems.push({ field: "signedOn", kind: "in-the-future" });
  if (nextReviewOn <= signedOn || nextReviewOn <= today) problems.push({ field: "nextReviewOn", kind: "not-after" });
  return problems.length > 0 ? { problems } : { draft: parsed.output };
}

const KINDS: Readonly<Record<string, AssessmentProblem["kind"]>> = { max_length: "too-long", iso_date: "bad-day" };
