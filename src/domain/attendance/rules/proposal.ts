import type { Locale } from "../../people/types.ts";
import type { CalendarDay, LeaveKind, MakeUpPolicy, OvertimeRule, RuleGroup, SiteRules } from "./types.ts";

const NO_ROUNDING = { unitMinutes: 1, mode: "down" } as const;
const HOUR = 60;
/** A day of leave counts as much as the usual shift has hours. */
const DAY_MINUTES = 8 * HOUR;

/**
 * What an hour of overtime counts, by law: China, Labour Law article 44, 1.5 on a working day, 2 on a day of rest without
 * another in its place, 3 on a statutory holiday; the United States, Fair Labor Standards Act section 7, 1.5. Elsewhere
 * contracts say it, and each hour counts once until the site says otherwise.
 */
const MULTIPLIERS: Readonly<Record<string, OvertimeRule["multiplier"]>> = {
  cn: { workday: 1.5, rest: 2, holiday: 3 },
  us: { workday: 1.5, rest: 1.5, holiday: 1.5 },
};
const PLAIN_MULTIPLIER: OvertimeRule["multiplier"] = { workday: 1, rest: 1, holiday: 1 };

/** Three a month within three days, as attendance services in China commonly begin with; until the 3rd of the month after. */
const MAKE_UP: MakeUpPolicy = {
  kinds: ["missing", "late", "early"],
  quota: 3,
  quotaPer: "month",
  quotaFromDay: 1,
  windowDays: 3,
  windowIn: "natural",
  cutOffDay: 3,
  health: [],
  healthRequired: [],
};

/**
 * What a new site begins with: one shift from 09:00 to 18:00 with an hour for lunch, from Monday to Friday. Grace of five
 * minutes; nobody is counted as absent for having come late, until the site says from when.
 *
 * @param lawRegion `cn`, `eu`, `us` or another
 */
export function proposal(zone: string, lawRegion: string, calendar: readonly CalendarDay[], locale: Locale): SiteRules {
  const say = (en: string, zh: string): string => (locale === "en" ? en : zh);
  const group: RuleGroup = {
    id: "everybody",
    name: say("Everybody", "全体人员"),
    departments: null,
    employmentTypes: null,
    patternId: "week",
    pairing: "single",
    windowBeforeMinutes: HOUR,
    windowAfterMinutes: HOUR,
    graceLateMinutes: 5,
    graceEarlyMinutes: 0,
    seriousLateMinutes: 30,
    absentMinutes: null,
    halfDayMinutes: null,
    lateFinish: [],
    roundIn: NO_ROUNDING,
    roundOut: NO_ROUNDING,
    autoOutAfterMinutes: null,
    overtime: {
      approval: "request",
      multiplier: MULTIPLIERS[lawRegion] ?? PLAIN_MULTIPLIER,
      beforeShift: false,
      afterShift: true,
      minimumMinutes: 30,
      dailyCapMinutes: null,
      rounding: { unitMinutes: 30, mode: "down" },
    },
    makeUp: MAKE_UP,
    approval: ["supervisor"],
    decideWithinHours: 72,
    confirmByDay: 5,
  };
  const works = ["day"];
  return {
    zone,
    dayChange: 4 * HOUR,
    shifts: [
      {
        id: "day",
        name: say("Day shift", "白班"),
        short: say("D", "白"),
        kind: "fixed",
        periods: [{ start: 9 * HOUR, end: 18 * HOUR }],
        breaks: [{ start: 12 * HOUR, end: 13 * HOUR, paid: false }],
      },
    ],
    patterns: [{ id: "week", name: say("Monday to Friday", "周一至周五"), kind: "weekly", days: [works, works, works, works, works, [], []], followsCalendar: true }],
    groups: [group],
    calendar,
    leaveKinds: lawRegion === "cn" ? CHINESE_LEAVE : LEAVE,
    devices: [],
  };
}

const COMPENSATORY: LeaveKind = { id: "compensatory", name: "Compensatory leave", nameZh: "调休", balance: true, yearlyMinutes: 0, unit: "hour", paid: true, needsAttachment: false };

const kind = (id: string, name: string, nameZh: string, more: Partial<LeaveKind> = {}): LeaveKind => ({ id, name, nameZh, balance: false, yearlyMinutes: 0, unit: "half-day", paid: true, needsAttachment: false, ...more });

/** Five days a year from the first year of work on: Regulations on Paid Annual Leave for Employees (2008), article 3. */
const CHINESE_LEAVE: readonly LeaveKind[] = [
  kind("annual", "Annual leave", "年假", { balance: true, yearlyMinutes: 5 * DAY_MINUTES }),
  COMPENSATORY,
  kind("sick", "Sick leave", "病假", { needsAttachment: true }),
  kind("personal", "Personal leave", "事假", { unit: "hour", paid: false }),
  kind("marriage", "Marriage leave", "婚假", { unit: "day" }),
  kind("maternity", "Maternity leave", "产假", { unit: "day", needsAttachment: true }),
  kind("paternity", "Paternity leave", "陪产假", { unit: "day", needsAttachment: true }),
  kind("bereavement", "Bereavement leave", "丧假", { unit: "day" }),
];

/** Four weeks a year: Directive 2003/88/EC, article 7. Where the law grants none, the site takes it down. */
const LEAVE: readonly LeaveKind[] = [
  kind("annual", "Annual leave", "年假", { balance: true, yearlyMinutes: 20 * DAY_MINUTES }),
  COMPENSATORY,
  kind("sick", "Sick leave", "病假"),
  kind("unpaid", "Unpaid leave", "无薪假", { paid: false }),
  kind("parental", "Parental leave", "育儿假", { unit: "day" }),
  kind("bereavement", "Bereavement leave", "丧假", { unit: "day" }),
];
