import { Temporal } from "temporal-polyfill";
import type { OvertimeRule, RuleGroup, SiteRules } from "../../../src/domain/attendance/rules/types.ts";
import { generateMonth, type Anomaly } from "./generate.ts";
import type { SeedMonth, SeedPerson } from "./types.ts";

/** Where the clock goes back an hour in the month, on the 25th at three in the morning. */
export const ZONE = "Europe/Berlin";
export const MONTH = "2026-10";
/** A public holiday of the site. */
export const HOLIDAY = "2026-10-02";
/** When the month is looked at: it is over, and can still be put right. */
export const AFTERWARDS = "2026-11-02T10:00";

const SEED = 20261001;
const LUNCH = [{ start: 720, end: 750, paid: false }];
const WEEKDAYS = (shift: string): readonly (readonly string[])[] => [[shift], [shift], [shift], [shift], [shift], [], []];
const NO_ROUNDING = { unitMinutes: 1, mode: "nearest" } as const;

const overtime = (approval: OvertimeRule["approval"]): OvertimeRule => ({
  approval,
  multiplier: { workday: 1.5, rest: 2, holiday: 3 },
  beforeShift: false,
  afterShift: true,
  minimumMinutes: 30,
  dailyCapMinutes: null,
  rounding: { unitMinutes: 15, mode: "down" },
});

const group = (id: string, name: string, departments: readonly string[] | null, patternId: string, approval: OvertimeRule["approval"]): RuleGroup => ({
  id,
  name,
  departments,
  employmentTypes: null,
  patternId,
  pairing: "single",
  windowBeforeMinutes: 60,
  windowAfterMinutes: 60,
  graceLateMinutes: 5,
  graceEarlyMinutes: 5,
  seriousLateMinutes: 30,
  absentMinutes: 240,
  halfDayMinutes: 120,
  lateFinish: [],
  roundIn: NO_ROUNDING,
  roundOut: NO_ROUNDING,
  autoOutAfterMinutes: null,
  overtime: overtime(approval),
  makeUp: { kinds: ["missing", "late", "early"], quota: 1, quotaPer: "month", quotaFromDay: 1, windowDays: 3, windowIn: "working", cutOffDay: 5, health: ["condition"], healthRequired: [] },
  approval: ["supervisor", "hr"],
  decideWithinHours: 48,
  confirmByDay: 5,
});

export const RULES: SiteRules = {
  zone: ZONE,
  dayChange: 240,
  shifts: [
    { id: "day", name: "Day", short: "D", kind: "fixed", periods: [{ start: 480, end: 990 }], breaks: LUNCH },
    { id: "night", name: "Night", short: "N", kind: "fixed", periods: [{ start: 1320, end: 1800 }], breaks: [] },
    { id: "flexible", name: "Flexible", short: "F", kind: "flexible", periods: [{ start: 420, end: 930 }], breaks: LUNCH, latestStart: 600 },
  ],
  patterns: [
    { id: "days", name: "Monday to Friday", kind: "weekly", days: WEEKDAYS("day"), followsCalendar: true },
    { id: "nights", name: "Four nights on, two off", kind: "cycle", days: [["night"], ["night"], ["night"], ["night"], [], []], anchor: "2026-10-03", followsCalendar: false },
    { id: "office", name: "Office", kind: "weekly", days: WEEKDAYS("flexible"), followsCalendar: true },
  ],
  groups: [group("guards", "Guards", ["Guards"], "nights", "request"), group("office", "Office", ["Office"], "office", "none"), group("all", "Everybody else", null, "days", "automatic")],
  calendar: [{ day: HOLIDAY, kind: "holiday", name: "Founders' Day", source: "own" }],
  leaveKinds: [{ id: "annual", name: "Annual leave", nameZh: "年假", balance: true, yearlyMinutes: 14_400, unit: "half-day", paid: true, needsAttachment: false }],
  devices: [],
};

const NAMES = [
  "Ada Collier", "Ben Okafor", "陈宇", "Dora Lindqvist", "Emil Novak", "范冰", "Greta Sorensen", "Hugo Almeida", "Ines Marchetti", "金涛",
  "Kaya Demir", "Lars Holm", "马丽", "Nora Weiss", "Oskar Zielinski", "彭飞", "Quinn Darby", "Rosa Jimenez", "Samir Haddad", "唐雪",
  "Uma Pillai", "Viktor Petrov", "王磊", "Xenia Popa", "Yusuf Kaplan", "张敏", "Aino Laine", "Bruno Costa", "曹阳", "Dilan Aydin",
] as const;

/** Ten in each department: 3001 to 3030. */
export const PEOPLE: readonly SeedPerson[] = NAMES.map((name, index) => ({
  number: String(3001 + index),
  name,
  department: index < 10 ? "Assembly" : index < 20 ? "Guards" : "Office",
  employmentType: index % 7 === 3 ? "dispatched" : "full-time",
  plan: { assignments: [], days: [], firstDay: "2026-10-01" },
}));

/** What did not go as planned. The rest is told by requests, which the people make afterwards. */
export const ANOMALIES: Readonly<Record<string, Readonly<Record<string, Anomaly>>>> = {
  "3001": { "2026-10-29": { kind: "no-out" }, "2026-10-14": { kind: "late", minutes: 12 } },
  "3002": { "2026-10-06": { kind: "no-out" }, "2026-10-30": { kind: "no-out" } },
  "3003": { "2026-10-13": { kind: "late", minutes: 45 }, "2026-10-20": { kind: "double-scan" } },
  "3004": { "2026-10-15": { kind: "early", minutes: 40 } },
  "3005": { "2026-10-16": { kind: "no-punch" } },
  "3006": { "2026-10-21": { kind: "late", minutes: 150 } },
  "3007": { "2026-10-22": { kind: "late", minutes: 260 } },
  "3008": { [HOLIDAY]: { kind: "holiday-work" } },
  "3009": { "2026-10-08": { kind: "stays", minutes: 95 } },
  "3010": { "2026-10-09": { kind: "no-in" } },
  "3011": { "2026-10-10": { kind: "late", minutes: 20 } },
  "3012": { "2026-10-17": { kind: "stays", minutes: 130 } },
  "3013": { "2026-10-21": { kind: "wrong-direction" } },
  "3021": { "2026-10-27": { kind: "no-punch" }, "2026-10-28": { kind: "no-punch" } },
  "3022": { "2026-10-30": { kind: "no-in" } },
};

/** The camera was covered for a morning: people punched by PIN. */
export const OUTAGE = { from: "2026-10-07T06:30", to: "2026-10-07T11:00", reason: "camera/no-signal" };

const DAYS = Array.from({ length: 31 }, (_, index) => Temporal.PlainDate.from(`${MONTH}-01`).add({ days: index }));

/** The rotation of the guards begins on the third: the night in which the clock goes back is one of theirs. */
function workdays({ department }: SeedPerson): readonly string[] {
  const works = (day: Temporal.PlainDate): boolean => (department === "Guards" ? day.day >= 3 && (day.day - 3) % 6 < 4 : day.dayOfWeek <= 5 && day.toString() !== HOLIDAY);
  return DAYS.filter(works).map(String);
}

function shift({ department }: SeedPerson, day: string): { readonly start: string; readonly end: string } {
  if (department === "Guards") return { start: `${day}T22:00`, end: `${Temporal.PlainDate.from(day).add({ days: 1 }).toString()}T06:00` };
  return department === "Office" ? { start: `${day}T09:00`, end: `${day}T17:30` } : { start: `${day}T08:00`, end: `${day}T16:30` };
}

/** A site of thirty people in October, with two supervisors and somebody of HR beside whoever set the tablet up. */
export const THIRTY: SeedMonth = {
  zone: ZONE,
  begins: "2026-09-28T08:00",
  people: PEOPLE,
  users: [
    { name: "Hanna Brandt", role: "hr" },
    { name: "Sora Lindgren", role: "supervisor", department: "Assembly" },
    { name: "Goran Vukovic", role: "supervisor", department: "Guards" },
  ],
  rules: RULES,
  rulesFrom: "2026-09-01",
  punches: generateMonth({ seed: SEED, zone: ZONE, people: PEOPLE, workdays, shift, anomalies: ANOMALIES, outages: [OUTAGE] }),
  outages: [OUTAGE],
};
