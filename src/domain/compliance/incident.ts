import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";

const HOUR_MS = 3_600_000;

/**
 * Who has to be told by when, hours from when it was found.
 *
 * - `h1`, `h4`: 国家网络安全事件报告管理办法 (in force 2025-11-01): operators of critical infrastructure within one hour, other
 *   operators within four, for incidents from "larger" (较大) upwards.
 * - `h72`: GDPR article 33, the supervisory authority.
 */
export const CLOCKS = { h1: 1, h4: 4, h72: 72 } as const;
export type ClockName = keyof typeof CLOCKS;
export const CLOCK_NAMES = Object.keys(CLOCKS) as readonly ClockName[];

/** `low`: nobody's data were open to anybody. `serious`: some were. `severe`: faces or health data were, or many people's. */
export const SEVERITIES = ["low", "serious", "severe"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Kinds of data that an incident may touch. */
export const INCIDENT_DATA = ["faces", "details", "punches", "requests", "health", "attachments", "users", "keys"] as const;
export type IncidentData = (typeof INCIDENT_DATA)[number];

export const TEXT_MAX_LENGTH = 4000;
/** No site has more. */
const PEOPLE_AT_MOST = 10_000_000;

const text = v.pipe(v.string(), v.transform((entered) => entered.normalize("NFC").replace(/[^\P{Cc}\n]+/gu, " ").trim()), v.nonEmpty(), v.maxLength(TEXT_MAX_LENGTH));
const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const people = v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(PEOPLE_AT_MOST)));
const user = v.pipe(v.string(), v.transform((id) => id as UserId));

const facts = {
  foundAt: time,
  severity: v.picklist(SEVERITIES),
  /** Null while nobody knows. */
  people,
  data: v.array(v.picklist(INCIDENT_DATA)),
};

export const incidentDraftSchema = v.strictObject({ what: text, ...facts });
/** What is known when an incident is opened. */
export type IncidentDraft = v.InferOutput<typeof incidentDraftSchema>;

/**
 * What was done. `clock`: a clock was met (`done`) or does not apply here (`not-due`), with the words that say so.
 * `people-told`, `contained`, `note`: for the record. `correction`: what was entered before is set right; the earlier words
 * stay. `closed`: nothing is open any more.
 */
export const stepDraftSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("clock"), clock: v.picklist(CLOCK_NAMES), outcome: v.picklist(["done", "not-due"]), text }),
  v.strictObject({ kind: v.picklist(["people-told", "contained", "note", "closed"]), text }),
  v.strictObject({ kind: v.literal("correction"), text, ...facts }),
]);
export type StepDraft = v.InferOutput<typeof stepDraftSchema>;

export interface IncidentStep {
  readonly at: EpochMs;
  readonly by: UserId;
  readonly draft: StepDraft;
}

/** An incident with everything that was done about it, in order. Nothing in it is ever changed. */
export interface Incident {
  readonly id: string;
  readonly openedAt: EpochMs;
  readonly openedBy: UserId;
  readonly draft: IncidentDraft;
  readonly steps: readonly IncidentStep[];
}

const stored = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  openedAt: time,
  openedBy: user,
  draft: incidentDraftSchema,
  steps: v.array(v.strictObject({ at: time, by: user, draft: stepDraftSchema })),
});

export function parseIncident(value: unknown): Incident | null {
  const parsed = v.safeParse(stored, value);
  return parsed.success ? parsed.output : null;
}

/** What is known now: as it was entered, or as it was corrected last. */
export function factsOf(incident: Incident): Pick<IncidentDraft, "foundAt" | "severity" | "people" | "data"> {
  const last = incident.steps.findLast(({ draft }) => draft.kind === "correction")?.draft;
  const { foundAt, severity, people: count, data } = last?.kind === "correction" ? last : incident.draft;
  return { foundAt, severity, people: count, data };
}

export interface ClockState {
  readonly clock: ClockName;
  readonly dueAt: EpochMs;
  /** The step that met it or says why it does not apply; null while it runs. */
  readonly answered: IncidentStep | null;
}

export function clocksOf(incident: Incident): readonly ClockState[] {
  const { foundAt } = factsOf(incident);
  return CLOCK_NAMES.map((clock) => ({
    clock,
    dueAt: (foundAt + CLOCKS[clock] * HOUR_MS) as EpochMs,
    answered: incident.steps.findLast(({ draft }) => draft.kind === "clock" && draft.clock === clock) ?? null,
  }));
}

export const isClosed = ({ steps }: Incident): boolean => steps.some(({ draft }) => draft.kind === "closed");

/** Clocks that ran out with nobody having answered them. */
export function overdueClocks(incident: Incident, now: EpochMs): readonly ClockState[] {
  return isClosed(incident) ? [] : clocksOf(incident).filter(({ answered, dueAt }) => answered === null && dueAt <= now);
}

/** Whether a step can be taken: nothing follows the closing but corrections, and nothing is closed while a clock runs. */
export function mayStep(incident: Incident, { kind }: StepDraft): boolean {
  if (isClosed(incident)) return kind === "correction";
  return kind !== "closed" || clocksOf(incident).every(({ answered }) => answered !== null);
}
