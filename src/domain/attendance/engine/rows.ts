import type { EpochMs } from "../../clock.ts";
import type { PersonId } from "../../people/types.ts";
import type { DayMark, DayMinutes, DayResult, EnginePerson, EnginePunch, LockedDay, PeriodResult, PunchUse, Reason } from "./types.ts";

/**
 * Punches or days between page and worker, as one run of numbers and a table of the texts that these point into. A browser
 * copies plain objects name by name, which takes several times as long as working the days out; this is handed over as it
 * is. Nothing of it is ever stored, so it has no version.
 */
export interface Rows {
  /** To be transferred. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly texts: readonly string[];
}

export interface PeopleRows {
  /** All that is small about them. */
  readonly people: readonly Omit<EnginePerson, "punches" | "locked">[];
  /** Punches and closed days, in the order of the people. */
  readonly rows: Rows;
}

export function writePeople(people: readonly EnginePerson[]): PeopleRows {
  const to = new RowWriter();
  const rest = people.map(({ punches, locked, ...small }) => {
    to.number(punches.length);
    for (const punch of punches) writePunch(to, punch);
    to.number(locked.length);
    for (const { result, lockedAt } of locked) {
      to.number(lockedAt);
      writeDay(to, result);
    }
    return small;
  });
  return { people: rest, rows: to.finish() };
}

export function readPeople({ people, rows }: PeopleRows): readonly EnginePerson[] {
  const from = new RowReader(rows);
  return people.map((small) => ({
    ...small,
    punches: listOf(from, () => readPunch(from)),
    locked: listOf(from, (): LockedDay => ({ lockedAt: from.time(), result: readDay(from) })),
  }));
}

/** Takes days in as they are worked out. */
export class DayRows {
  readonly #to = new RowWriter();

  add(day: DayResult): void {
    writeDay(this.#to, day);
  }

  finish(): Rows {
    return this.#to.finish();
  }
}

export function readDays(rows: Rows): readonly DayResult[] {
  const from = new RowReader(rows);
  const days: DayResult[] = [];
  while (from.more) days.push(readDay(from));
  return days;
}

function writePunch(to: RowWriter, punch: EnginePunch): void {
  to.text(punch.device);
  to.number(punch.seq);
  to.number(punch.wallMs);
  to.text(punch.direction);
  to.text(punch.directionSource);
  to.text(punch.method);
  to.text(punch.status);
  to.text(punch.timeState);
  to.text(punch.siteId);
  to.optional(punch.requestId);
}

function readPunch(from: RowReader): EnginePunch {
  const punch: EnginePunch = {
    device: from.text(),
    seq: from.number(),
    wallMs: from.time(),
    direction: from.text() as EnginePunch["direction"],
    directionSource: from.text() as EnginePunch["directionSource"],
    method: from.text() as EnginePunch["method"],
    status: from.text() as EnginePunch["status"],
    timeState: from.text() as EnginePunch["timeState"],
    siteId: from.text(),
  };
  const requestId = from.optional();
  return requestId === null ? punch : { ...punch, requestId };
}

function writeDay(to: RowWriter, day: DayResult): void {
  to.text(day.personId);
  to.text(day.day);
  to.nullable(day.rulesVersion);
  to.optional(day.groupId);
  to.text(day.dayKind);
  to.optional(day.calendar?.kind);
  if (day.calendar !== null) to.text(day.calendar.name);
  to.number(day.periods.length);
  for (const period of day.periods) writePeriod(to, period);
  to.number(day.punches.length);
  for (const use of day.punches) writeUse(to, use);
  writeTexts(to, day.marks);
  writeMinutes(to, day.minutes);
  to.number(day.minutes.overtime.workday);
  to.number(day.minutes.overtime.rest);
  to.number(day.minutes.overtime.holiday);
  to.number(day.minutes.overtimePending);
  to.text(day.state);
  to.number(day.reasons.length);
  for (const reason of day.reasons) writeReason(to, reason);
  writeTexts(to, day.requestIds);
}

function readDay(from: RowReader): DayResult {
  return {
    personId: from.text() as PersonId,
    day: from.text(),
    rulesVersion: from.nullable(),
    groupId: from.optional(),
    dayKind: from.text() as DayResult["dayKind"],
    calendar: readCalendar(from),
    periods: listOf(from, () => readPeriod(from)),
    punches: listOf(from, () => readUse(from)),
    marks: listOf(from, () => from.text() as DayMark),
    minutes: readDayMinutes(from),
    state: from.text() as DayResult["state"],
    reasons: listOf(from, () => readReason(from)),
    requestIds: listOf(from, () => from.text()),
  };
}

function readCalendar(from: RowReader): DayResult["calendar"] {
  const kind = from.optional();
  return kind === null ? null : { kind: kind as NonNullable<DayResult["calendar"]>["kind"], name: from.text() };
}

function writePeriod(to: RowWriter, period: PeriodResult): void {
  to.text(period.shiftId);
  to.number(period.index);
  to.number(period.startMs);
  to.number(period.endMs);
  to.nullable(period.inMs);
  to.nullable(period.outMs);
  writeTexts(to, period.marks);
  writeMinutes(to, period.minutes);
}

function readPeriod(from: RowReader): PeriodResult {
  return {
    shiftId: from.text(),
    index: from.number(),
    startMs: from.time(),
    endMs: from.time(),
    inMs: from.nullable() as EpochMs | null,
    outMs: from.nullable() as EpochMs | null,
    marks: listOf(from, () => from.text() as DayMark),
    minutes: readMinutes(from),
  };
}

function writeUse(to: RowWriter, use: PunchUse): void {
  to.text(use.device);
  to.number(use.seq);
  to.number(use.wallMs);
  to.text(use.direction);
  to.text(use.method);
  to.text(use.use);
  to.optional(use.requestId);
}

function readUse(from: RowReader): PunchUse {
  const use: PunchUse = {
    device: from.text(),
    seq: from.number(),
    wallMs: from.time(),
    direction: from.text() as PunchUse["direction"],
    method: from.text() as PunchUse["method"],
    use: from.text() as PunchUse["use"],
  };
  const requestId = from.optional();
  return requestId === null ? use : { ...use, requestId };
}

function writeMinutes(to: RowWriter, minutes: PeriodResult["minutes"]): void {
  to.number(minutes.planned);
  to.number(minutes.attended);
  to.number(minutes.late);
  to.number(minutes.early);
  to.number(minutes.absent);
  to.number(minutes.leave);
  to.number(minutes.away);
  to.number(minutes.worked);
}

function readMinutes(from: RowReader): PeriodResult["minutes"] {
  return {
    planned: from.number(),
    attended: from.number(),
    late: from.number(),
    early: from.number(),
    absent: from.number(),
    leave: from.number(),
    away: from.number(),
    worked: from.number(),
  };
}

/** Each name by itself: a spread costs more than all of the reading. */
function readDayMinutes(from: RowReader): DayMinutes {
  return {
    planned: from.number(),
    attended: from.number(),
    late: from.number(),
    early: from.number(),
    absent: from.number(),
    leave: from.number(),
    away: from.number(),
    worked: from.number(),
    overtime: { workday: from.number(), rest: from.number(), holiday: from.number() },
    overtimePending: from.number(),
  };
}

type Scalar = string | number | boolean | null;

/** Kinds of what fills a reason. */
const [TEXT, NUMBER, TRUE, FALSE, NULL] = [0, 1, 2, 3, 4] as const;

/** Whatever it is filled with: names and values. */
function writeReason(to: RowWriter, reason: Reason): void {
  const filled = reason as unknown as Readonly<Record<string, Scalar>>;
  const names = Object.keys(filled);
  to.number(names.length);
  for (const name of names) {
    to.text(name);
    const value = filled[name] ?? null;
    if (typeof value === "string") {
      to.number(TEXT);
      to.text(value);
    } else if (typeof value === "number") {
      to.number(NUMBER);
      to.number(value);
    } else {
      to.number(value === null ? NULL : value ? TRUE : FALSE);
    }
  }
}

function readReason(from: RowReader): Reason {
  const filled: Record<string, Scalar> = {};
  for (let left = from.number(); left > 0; left--) {
    const name = from.text();
    const kind = from.number();
    filled[name] = kind === TEXT ? from.text() : kind === NUMBER ? from.number() : kind === NULL ? null : kind === TRUE;
  }
  return filled as unknown as Reason;
}

function writeTexts(to: RowWriter, texts: readonly string[]): void {
  to.number(texts.length);
  for (const text of texts) to.text(text);
}

const NOTHING: readonly never[] = [];

function listOf<T>(from: RowReader, read: () => T): readonly T[] {
  const count = from.number();
  if (count === 0) return NOTHING;
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read());
  return list;
}

/** Numbers of a month of some people. */
const FIRST_LENGTH = 1 << 16;
const ABSENT = -1;

class RowWriter {
  #numbers = new Float64Array(FIRST_LENGTH);
  #length = 0;
  readonly #places = new Map<string, number>();

  number(value: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length++] = value;
  }

  nullable(value: number | null): void {
    this.number(value ?? Number.NaN);
  }

  text(value: string): void {
    let place = this.#places.get(value);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(value, place);
    }
    this.number(place);
  }

  optional(value: string | null | undefined): void {
    if (value === null || value === undefined) this.number(ABSENT);
    else this.text(value);
  }

  finish(): Rows {
    return { numbers: this.#numbers.slice(0, this.#length), texts: [...this.#places.keys()] };
  }

  #grow(): void {
    const before = this.#numbers;
    this.#numbers = new Float64Array(before.length * 2);
    this.#numbers.set(before);
  }
}

class RowReader {
  #at = 0;
  readonly #numbers: Rows["numbers"];
  readonly #texts: Rows["texts"];

  constructor({ numbers, texts }: Rows) {
    this.#numbers = numbers;
    this.#texts = texts;
  }

  get more(): boolean {
    return this.#at < this.#numbers.length;
  }

  number(): number {
    return this.#numbers[this.#at++] ?? Number.NaN;
  }

  time(): EpochMs {
    return this.number() as EpochMs;
  }

  nullable(): number | null {
    const value = this.number();
    return Number.isNaN(value) ? null : value;
  }

  text(): string {
    return this.#texts[this.number()] ?? "";
  }

  optional(): string | null {
    const place = this.number();
    return place === ABSENT ? null : (this.#texts[place] ?? "");
  }
}
