import * as v from "valibot";

/** Whose law the site lives under; decides what is proposed. */
export type RetentionRegion = "cn" | "eu" | "us" | "other";

/** How long each kind of data is kept. What is not here has one rule for every site: see {@link FACE_AFTER_LEAVING_HOURS}. */
export interface RetentionSchedule {
  /** A face that nobody was recognised by for this long is erased, months. */
  readonly unusedFaceMonths: number;
  /** A record is erased this long after the person left, months; the log of who looked at it goes with it. */
  readonly recordMonths: number;
  /** Attempts that failed are shown for this long, months. They name nobody. */
  readonly attemptMonths: number;
  /** What was declared about health is erased this long after the request was decided, months. */
  readonly healthMonths: number;
  /** Files that came with a request are erased this long after it was decided, months. */
  readonly attachmentMonths: number;
}

/** The face of somebody who left is erased at once; an erasure that was interrupted is finished within this, hours. */
export const FACE_AFTER_LEAVING_HOURS = 24;

/** Ends of what a site may choose, months. */
export const RETENTION_BOUNDS: Readonly<Record<keyof RetentionSchedule, readonly [least: number, most: number]>> = {
  unusedFaceMonths: [1, 24],
  recordMonths: [0, 240],
  attemptMonths: [1, 24],
  healthMonths: [1, 24],
  attachmentMonths: [1, 240],
};

/**
 * Until the month that a request was for is confirmed, closed and appealed: a proposal. Law may ask for papers to be kept
 * longer, as evidence of sick leave.
 */
const ENCLOSURE_MONTHS = 3;

const months = ([least, most]: readonly [number, number]) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const retentionScheduleSchema = v.strictObject({
  unusedFaceMonths: months(RETENTION_BOUNDS.unusedFaceMonths),
  recordMonths: months(RETENTION_BOUNDS.recordMonths),
  attemptMonths: months(RETENTION_BOUNDS.attemptMonths),
  /** Schedules that were chosen before there were these have none. */
  healthMonths: v.optional(months(RETENTION_BOUNDS.healthMonths), ENCLOSURE_MONTHS),
  attachmentMonths: v.optional(months(RETENTION_BOUNDS.attachmentMonths), ENCLOSURE_MONTHS),
});

/**
 * How long a record is proposed to be kept after leaving, months. A proposal, not legal advice: the site's own counsel
 * decides.
 *
 * - `cn`: wage records two years (工资支付暂行规定, article 6), and records of a contract that ended two years (劳动合同法, article 50).
 * - `eu`: the usual time in which wage claims lapse; member states differ between two and five years.
 * - `us`: payroll records three years (29 CFR 516.5).
 */
const RECORD_MONTHS: Readonly<Record<RetentionRegion, number>> = { cn: 24, eu: 36, us: 36, other: 36 };

export function firstSchedule(region: RetentionRegion): RetentionSchedule {
  return { unusedFaceMonths: 6, recordMonths: RECORD_MONTHS[region], attemptMonths: 3, healthMonths: ENCLOSURE_MONTHS, attachmentMonths: ENCLOSURE_MONTHS };
}

/** The schedule in force: what the site has chosen, or what is proposed for its region. */
export function scheduleOf(settings: { readonly lawRegion: RetentionRegion; readonly retention?: RetentionSchedule } | null): RetentionSchedule {
  return settings?.retention ?? firstSchedule(settings?.lawRegion ?? "other");
}
