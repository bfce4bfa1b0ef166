import type { CalendarDay, RuleBook, RuleGroup, Shift, ShiftPattern, SiteRules } from "../../src/domain/attendance/rules/types.ts";

const LUNCH = { start: 720, end: 780, paid: false } as const;

export const DAY_SHIFT: Shift = { id: "day", name: "Day shift 白班", short: "D", kind: "fixed", periods: [{ start: 540, end: 1080 }], breaks: [LUNCH] };
export const NIGHT_SHIFT: Shift = { id: "night", name: "Night shift 夜班", short: "N", kind: "fixed", periods: [{ start: 1320, end: 1800 }], breaks: [{ start: 1560, end: 1620, paid: false }] };
export const FLEX_SHIFT: Shift = { id: "flex", name: "Flexible 弹性", short: "F", kind: "flexible", periods: [{ start: 480, end: 1020 }], breaks: [LUNCH], latestStart: 600 };
export const HOURS_SHIFT: Shift = { id: "hours", name: "Four hours 半天工时", short: "4h", kind: "hours", periods: [{ start: 480, end: 1200 }], breaks: [], requiredMinutes: 240 };
export const SPLIT_SHIFT: Shift = { id: "split", name: "Split 两段班", short: "S", kind: "fixed", periods: [{ start: 480, end: 720 }, { start: 840, end: 1080 }], breaks: [] };

const WEEK: ShiftPattern = { id: "week", name: "Monday to Friday 五天制", kind: "weekly", days: [["day"], ["day"], ["day"], ["day"], ["day"], [], []], followsCalendar: true };
const FLEX_WEEK: ShiftPattern = { ...WEEK, id: "flex-week", name: "Flexible week 弹性五天制", days: [["flex"], ["flex"], ["flex"], ["flex"], ["flex"], [], []] };
const NIGHTS: ShiftPattern = { id: "nights", name: "Four on, two off 四上二休", kind: "cycle", days: [["night"], ["night"], ["night"], ["night"], [], []], anchor: "2026-02-02", followsCalendar: false };
const HALF_DAYS: ShiftPattern = { ...WEEK, id: "half-days", name: "Part-time 兼职", days: [["hours"], ["hours"], ["hours"], ["hours"], ["hours"], [], []] };

const GROUP: RuleGroup = {
  id: "office",
  name: "Everybody 全体",
  departments: null,
  employmentTypes: null,
  patternId: "week",
  pairing: "single",
  windowBeforeMinutes: 60,
  windowAfterMinutes: 60,
  graceLateMinutes: 5,
  graceEarlyMinutes: 0,
  seriousLateMinutes: 30,
  absentMinutes: 240,
  halfDayMinutes: 120,
  lateFinish: [{ stayedMinutes: 120, laterMinutes: 60 }],
  roundIn: { unitMinutes: 1, mode: "up" },
  roundOut: { unitMinutes: 1, mode: "down" },
  autoOutAfterMinutes: null,
  overtime: { approval: "request", multiplier: { workday: 1.5, rest: 2, holiday: 3 }, beforeShift: false, afterShift: true, minimumMinutes: 30, dailyCapMinutes: 240, rounding: { unitMinutes: 30, mode: "down" } },
  makeUp: { kinds: ["missing", "late", "early"], quota: 3, quotaPer: "month", quotaFromDay: 1, windowDays: 3, windowIn: "working", cutOffDay: 5, health: ["condition", "temperature"], healthRequired: ["condition"] },
  approval: ["supervisor", "hr"],
  decideWithinHours: 48,
  confirmByDay: 5,
};

const free = (day: string): CalendarDay => ({ day, kind: "holiday", name: "Spring Festival", nameZh: "春节", source: "CN" });
const called = (day: string): CalendarDay => ({ day, kind: "workday", name: "Spring Festival (make-up workday)", nameZh: "春节调休上班", source: "CN" });

export const CALENDAR: readonly CalendarDay[] = [
  { day: "2026-01-01", kind: "holiday", name: "New Year's Day", nameZh: "元旦", source: "CN" },
  called("2026-02-14"),
  ...["15", "16", "17", "18", "19", "20", "21", "22", "23"].map((day) => free(`2026-02-${day}`)),
  called("2026-02-28"),
  { day: "2026-03-20", kind: "rest", name: "Works outing", nameZh: "公司团建", source: "own" },
];

export const SITE_RULES: SiteRules = {
  zone: "Asia/Shanghai",
  dayChange: 240,
  shifts: [DAY_SHIFT, NIGHT_SHIFT, FLEX_SHIFT, HOURS_SHIFT, SPLIT_SHIFT],
  patterns: [WEEK, FLEX_WEEK, NIGHTS, HALF_DAYS],
  groups: [
    { ...GROUP, id: "part-time", name: "Part-time 兼职", employmentTypes: ["part-time"], patternId: "half-days" },
    { ...GROUP, id: "quality", name: "Quality 质检", departments: ["Quality"], patternId: "nights" },
    GROUP,
  ],
  calendar: CALENDAR,
  leaveKinds: [
    { id: "annual", name: "Annual leave", nameZh: "年假", balance: true, yearlyMinutes: 2400, unit: "half-day", paid: true, needsAttachment: false },
    { id: "sick", name: "Sick leave", nameZh: "病假", balance: false, yearlyMinutes: 0, unit: "half-day", paid: true, needsAttachment: true },
    { id: "personal", name: "Personal leave", nameZh: "事假", balance: false, yearlyMinutes: 0, unit: "hour", paid: false, needsAttachment: false },
  ],
  devices: ["device-1", "device-2"],
};

export const BOOK: RuleBook = {
  siteId: "site-1",
  versions: [
    { version: 1, from: "2026-01-01", rules: { ...SITE_RULES, groups: [{ ...GROUP, graceLateMinutes: 10 }] }, by: "00000000-0000-4000-8000-000000000001", at: Date.parse("2025-12-20T02:00:00Z"), note: "First rules" },
    { version: 2, from: "2026-02-01", rules: SITE_RULES, by: "00000000-0000-4000-8000-000000000001", at: Date.parse("2026-01-26T02:00:00Z"), note: "Five minutes of grace, as agreed with the works council" },
  ],
};
