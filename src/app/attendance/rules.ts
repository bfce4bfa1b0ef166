import { sha256 } from "@noble/hashes/sha2.js";
import { calendarDay } from "../../domain/attendance/day.ts";
import { changedParts } from "../../domain/attendance/rules/changed.ts";
import { addDays, isDay, monthOf } from "../../domain/attendance/rules/days.ts";
import { holidaysOf, type HolidayFile } from "../../domain/attendance/rules/holidays.ts";
import { proposal } from "../../domain/attendance/rules/proposal.ts";
import { parseRuleBook, parseSiteRules } from "../../domain/attendance/rules/stored.ts";
import type { CalendarDay, Day, PersonPlan, RuleBook, SiteRules } from "../../domain/attendance/rules/types.ts";
import { problemsOf, type RuleProblem } from "../../domain/attendance/rules/validate.ts";
import { addVersion, latestVersion, versionOn } from "../../domain/attendance/rules/version.ts";
import { failure } from "../../domain/errors.ts";
import { canonical, hexOf } from "../../domain/log/cbor.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { AttendanceFailure, PreviewOf, Progress, Rules, RulesEffect, RulesFailure, RulesPreview, SiteTablet } from "../api/attendance.ts";
import { Subject } from "../observable.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { RecordRing, Store, StoreFailure } from "../ports/store.ts";
import { firstDayAfter, lastClosedMonth } from "./closed-months.ts";
import { readPlans } from "./plans.ts";
import type { DayComputer, Reckoning, RuleSource } from "./ports.ts";
import { difference, personUnder, sampleUnder } from "./rules-preview.ts";

const PAPER_ID = "rules";
const NOTE_CHARACTERS = 500;

export interface BookRulesDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly others: Pick<OtherDevices, "devices">;
  /** Null where the file cannot be had. */
  readonly holidays: () => Promise<HolidayFile | null>;
  /** Asked for when needed: it reads the rules itself. */
  readonly reckoning: () => Reckoning;
  readonly computer: DayComputer;
}

/** The site's rules: a paper that holds every version, and an entry of the log for each. */
export class BookRules implements Rules, RuleSource {
  readonly book: Subject<RuleBook>;
  readonly #dependencies: BookRulesDependencies;
  #reads = 0;

  constructor(dependencies: BookRulesDependencies) {
    this.#dependencies = dependencies;
    this.book = new Subject(this.#empty());
    dependencies.store.subscribe(({ all, papers }) => {
      if (all || papers?.includes("rules") === true) void this.load();
    });
  }

  /** Reads what is kept. Until then no rules are in force. */
  async load(): Promise<void> {
    this.#reads += 1;
    const read = this.#reads;
    const kept = (await this.#kept()) ?? this.#empty();
    // A later read has seen more; and what follows from rules is kept by the object that holds them.
    if (read === this.#reads && !sameVersions(kept, this.book.value)) this.book.next(kept);
  }

  plans(ring?: RecordRing, personId?: PersonId): Promise<ReadonlyMap<PersonId, PersonPlan>> {
    return readPlans(this.#dependencies.store, ring, personId);
  }

  inForce(day: Day): SiteRules | null {
    return versionOn(this.book.value, day)?.rules ?? null;
  }

  async proposal(): Promise<SiteRules> {
    const { settings } = this.#dependencies.store;
    const { zone = "UTC", lawRegion = "other", locale = "en" } = settings ?? {};
    const file = await this.#dependencies.holidays();
    const country = lawRegion === "cn" ? "CN" : file?.zones[zone];
    const year = Number(this.#today().slice(0, 4));
    const calendar = file === null || country === undefined ? [] : [year, year + 1].flatMap((each) => holidaysOf(file, country, each) ?? []);
    return proposal(zone, lawRegion, calendar, locale);
  }

  problems(draft: SiteRules): readonly RuleProblem[] {
    return problemsOf(draft);
  }

  async preview(draft: SiteRules, from: Day, of: PreviewOf): Promise<Result<RulesPreview, AttendanceFailure>> {
    const { access, computer, reckoning } = this.#dependencies;
    const checked = access.check("rules.read");
    if (!checked.ok) return checked;
    if ("groupId" in of) return sampleUnder(computer, this.book.value, draft, from, of.groupId);
    const { ring } = access;
    if (ring === null) return err(failure("access/not-signed-in"));
    const viewed = await access.viewed({ what: "attendance", personId: of.personId });
    if (!viewed.ok) return viewed;
    return personUnder(reckoning(), this.book.value.siteId, draft, this.#today(), of.personId, ring);
  }

  async effect(draft: SiteRules, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<RulesEffect, AttendanceFailure>> {
    const { access, reckoning } = this.#dependencies;
    const checked = access.check("attendance.read");
    if (!checked.ok) return checked;
    const { ring } = access;
    if (ring === null) return err(failure("access/not-signed-in"));
    const to = addDays(`${monthOf(this.#today())}-01`, -1);
    const from = `${monthOf(to)}-01`;
    const people = [...ring.reach];
    const viewed = await access.viewed({ what: "attendance", department: access.departmentOf(checked.value, "attendance.read"), people: people.length });
    if (!viewed.ok) return viewed;
    const options = { ring, ...(onProgress === undefined ? {} : { onProgress }), ...(signal === undefined ? {} : { signal }) };
    const found = await difference(reckoning(), { from, to, people }, this.book.value.siteId, draft, options);
    return found.ok ? ok({ from, to, ...found.value }) : found;
  }

  async save(draft: SiteRules, from: Day, note: string, base: number): Promise<Result<void, RulesFailure>> {
    const { store, access } = this.#dependencies;
    const checked = access.check("rules.change");
    if (!checked.ok) return checked;
    const by = checked.value.userId;
    const rules = parseSiteRules(draft);
    const problems = rules === null ? [] : [...problemsOf(rules), ...(isDay(from) ? [] : [{ path: "from", kind: "bad-day" as const }]), ...(Array.from(note).length > NOTE_CHARACTERS ? [{ path: "note", kind: "too-long" as const }] : [])];
    if (rules === null || problems.length > 0) return err({ kind: "rules/invalid", problems });
    try {
      const written = await store.exclusively(async (): Promise<Result<RuleBook, RulesFailure>> => {
        const firstOpenDay = await this.firstOpenDay();
        if (from < firstOpenDay) return err({ kind: "rules/closed-days", firstOpenDay });
        const before = await this.#kept();
        if (before === null) return err(failure("attendance/store-failed", "rules unreadable"));
        if (latestVersion(before) !== base) return err(failure("rules/changed-meanwhile"));
        const book = addVersion(before, { from, rules, by, at: store.now().wallMs, note: note.trim() });
        const version = latestVersion(book);
        const changed = [...changedParts(versionOn(before, from)?.rules ?? null, rules)];
        const done = await store.commit({
          entries: [{ type: "rules", subject: null, body: { by, version, from, changed, note: note.trim(), contentHash: hexOf(sha256(canonical(rules))) } }],
          papers: [{ id: PAPER_ID, kind: "rules", subject: null, untilUtcDay: null, value: book }],
        });
        return done.ok ? ok(book) : err(storeFailure(done.error));
      });
      if (!written.ok) return written;
      this.book.next(written.value);
      return ok();
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /** Before anything is closed: the month in which the first person was added. */
  async firstOpenDay(): Promise<Day> {
    const { store } = this.#dependencies;
    const closed = await lastClosedMonth(store, this.#today());
    if (closed !== null) return firstDayAfter(closed);
    const zone = this.#zone();
    const first = [...store.people.values()].reduce((earliest, { person }) => (person.addedAt < earliest ? person.addedAt : earliest), store.now().wallMs);
    return `${monthOf(calendarDay(first, zone))}-01`;
  }

  async tablets(): Promise<readonly SiteTablet[]> {
    const { store, others } = this.#dependencies;
    const known = (await others.devices()).filter(({ device }) => device !== store.deviceId);
    return [
      { device: store.deviceId, own: true, untilMs: store.now().wallMs, retired: false },
      ...known.map(({ device, untilMs, endedAt }) => ({ device, own: false, untilMs, retired: endedAt !== null })),
    ];
  }

  async countries(): Promise<readonly { readonly code: string; readonly name: string; readonly nameZh: string }[]> {
    const file = await this.#dependencies.holidays();
    const english = new Intl.DisplayNames(["en"], { type: "region" });
    const chinese = new Intl.DisplayNames(["zh-Hans"], { type: "region" });
    return Object.entries(file?.countries ?? {}).flatMap(([code, { states }]) => {
      const [name, nameZh] = [english.of(code) ?? code, chinese.of(code) ?? code];
      return [{ code, name, nameZh }, ...Object.entries(states ?? {}).map(([state, { name: own }]) => ({ code: state, name: `${name}: ${own}`, nameZh: `${nameZh}：${own}` }))];
    });
  }

  async holidays(country: string, year: number): Promise<Result<readonly CalendarDay[], RulesFailure>> {
    const file = await this.#dependencies.holidays();
    const days = file === null ? null : holidaysOf(file, country, year);
    return days === null ? err(failure("rules/no-holidays")) : ok(days);
  }

  /** Null where something is kept that cannot be read. */
  async #kept(): Promise<RuleBook | null> {
    const paper = await this.#dependencies.store.paper(PAPER_ID);
    return paper === null ? this.#empty() : parseRuleBook(paper.value);
  }

  #empty(): RuleBook {
    return { siteId: this.#dependencies.store.settings?.siteId ?? "", versions: [] };
  }

  #zone(): string {
    return this.#dependencies.store.settings?.zone ?? "UTC";
  }

  #today(): Day {
    return calendarDay(this.#dependencies.store.now().wallMs, this.#zone());
  }
}

function sameVersions(one: RuleBook, other: RuleBook): boolean {
  return one.siteId === other.siteId && one.versions.length === other.versions.length && one.versions.every(({ version, at }, index) => version === other.versions[index]?.version && at === other.versions[index].at);
}

export function storeFailure(error: StoreFailure): RulesFailure & { readonly kind: "attendance/store-failed" | "attendance/storage-full" } {
  return error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", error.kind);
}
