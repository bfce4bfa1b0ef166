import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { Temporal } from "temporal-polyfill";

import type { Locale } from "../../src/domain/people/types.ts";
import { calendarMonth, dayInWords } from "../../src/ui/i18n/format.ts";
import { wordsIn, type Say } from "./words.ts";

export interface Language {
  readonly locale: Locale;
  readonly zone: string;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What a person does with their own attendance, at a desk or at the kiosk. */
export class OwnAttendancePage {
  readonly #page: Page;
  readonly #language: Language;
  readonly #say: Say;

  constructor(page: Page, language: Language) {
    this.#page = page;
    this.#language = language;
    this.#say = wordsIn(language.locale);
  }

  /** At a desk. */
  async goto(origin: string): Promise<void> {
    await this.#page.goto(`${origin}/me`);
  }

  /** Number and PIN, as they are typed on a keyboard. */
  async typeNumberAndPin(number: string, pin: string): Promise<void> {
    const page = this.#page;
    await expect(page.getByRole("heading", { name: this.#say("kiosk.pin.ask-number", "Your employee number") })).toBeVisible();
    await page.keyboard.type(number);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: this.#say("kiosk.pin.ask-pin", "Your PIN") })).toBeVisible();
    await page.keyboard.type(pin);
    await page.keyboard.press("Enter");
  }

  async open(number: string, pin: string): Promise<void> {
    await this.typeNumberAndPin(number, pin);
    await expect(this.#heading("kiosk.own", "My records")).toBeVisible();
  }

  /** From the first screen of the kiosk. */
  async openAtKiosk(number: string, pin: string): Promise<void> {
    await this.#page.getByRole("button", { name: this.#say("kiosk.own", "My records") }).click();
    await this.open(number, pin);
  }

  async finish(): Promise<void> {
    await this.#own.getByRole("button", { name: this.#say("kiosk.own.end", "Finished"), exact: true }).click();
    await expect(this.#own).toHaveCount(0);
  }

  /** To the first page of the own record, from a page within it. */
  async home(): Promise<void> {
    await this.#own.getByRole("button", { name: this.#say("kiosk.pin.back", "Back"), exact: true }).click();
  }

  /** What seems to be missing, in the order in which it is offered. */
  get missing(): Locator {
    return this.#own.getByRole("list", { name: this.#say("own.missing", "What is missing") }).getByRole("listitem");
  }

  missingOn(day: string): Locator {
    return this.missing.filter({ hasText: this.day(day) });
  }

  async makeUp(day: string): Promise<void> {
    await this.missingOn(day).getByRole("button", { name: this.#say("own.missing.make-up", "Make it up") }).click();
    await expect(this.#heading("request.kind.make-up", "Make-up punch")).toBeVisible();
  }

  /** Of a punch that came too late to be made up. */
  async askHr(day: string): Promise<void> {
    await this.missingOn(day).getByRole("button", { name: this.#say("own.missing.ask-hr", "Ask HR") }).click();
    await expect(this.#heading("request.kind.make-up", "Make-up punch")).toBeVisible();
  }

  async reason(words: string): Promise<void> {
    await this.#own.getByRole("textbox", { name: this.#say("own.form.own-words", "In your own words") }).fill(words);
  }

  async attach(paper: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }): Promise<void> {
    await this.#own.locator("input[type=file]").setInputFiles(paper);
    await expect(this.#own.getByRole("button", { name: this.#say("own.attach.remove", "Take out {0}", paper.name) })).toBeVisible();
  }

  /** What was asked for before, on the page of requests. */
  get requests(): Locator {
    return this.#own.locator("cf-own-requests").getByRole("listitem");
  }

  /** What the form says of window and quota, before anything is filled in. */
  get limits(): Locator {
    return this.#own.locator("cf-own-form p.card");
  }

  get handIn(): Locator {
    return this.#own.getByRole("button", { name: this.#say("own.form.submit", "Hand it in") });
  }

  get putBeforeHr(): Locator {
    return this.#own.getByRole("button", { name: this.#say("own.form.special", "Put it before HR as a special case") });
  }

  /** Presses what hands it in; the page of the request says what became of it. */
  async submit(how: Locator = this.handIn): Promise<void> {
    await how.click();
    await expect(this.steps.first()).toBeVisible();
  }

  /** Everything that happened to the request that is shown. */
  get steps(): Locator {
    return this.#own.getByRole("list", { name: this.#say("own.request.steps", "What happened to it") }).getByRole("listitem");
  }

  async askFor(kind: "leave" | "overtime"): Promise<void> {
    await this.#tile("own.requests", "Requests");
    await this.#own.getByRole("button", { name: kind === "leave" ? this.#say("request.kind.leave", "Leave") : this.#say("request.kind.overtime", "Overtime"), exact: true }).click();
  }

  async leaveKind(name: string): Promise<void> {
    await this.#own.getByRole("button", { name, exact: true }).click();
  }

  async from(day: string): Promise<void> {
    await this.#pickDay(this.#say("own.form.from", "From"), day);
  }

  async until(day: string): Promise<void> {
    await this.#pickDay(this.#say("own.form.to", "Until"), day);
  }

  /** Steps of an hour and of five minutes, as the finger makes them. */
  async fromTime(minute: number): Promise<void> {
    await this.#pickTime(0, minute);
  }

  async untilTime(minute: number): Promise<void> {
    await this.#pickTime(1, minute);
  }

  async month(month: string): Promise<void> {
    await this.#tile("own.month", "My month");
    const heading = this.#own.getByRole("heading", { name: calendarMonth(month, this.#language.locale), exact: true });
    // The calendar begins with the present month.
    for (let back = 0; back < 3 && !(await heading.isVisible()); back++) {
      await this.#own.getByRole("button", { name: this.#say("own.month.before", "The month before") }).click();
      await expect(this.#own.getByRole("group", { name: /./ }).first()).toBeVisible();
    }
    await expect(heading).toBeVisible();
  }

  async pressDay(day: string): Promise<void> {
    await this.cell(day).click();
    await expect(this.detail).toBeVisible();
  }

  cell(day: string): Locator {
    return this.#own.getByRole("button", { name: new RegExp(`^${escaped(this.day(day))}[,，]`) });
  }

  /** The day that was pressed in the calendar. */
  get detail(): Locator {
    return this.#own.locator(".detail");
  }

  get totals(): Locator {
    return this.#own.locator("cf-own-month dl");
  }

  async correct(punch: RegExp): Promise<void> {
    await this.detail.getByRole("listitem").filter({ hasText: punch }).getByRole("button", { name: this.#say("own.punch.correct", "Correct"), exact: true }).click();
    await expect(this.#heading("request.kind.correction", "Correction")).toBeVisible();
  }

  async disagree(): Promise<void> {
    await this.#own.getByRole("button", { name: this.#say("own.day.appeal", "I do not agree") }).click();
    await expect(this.#heading("request.kind.appeal", "Appeal")).toBeVisible();
  }

  async makeUpFromDay(): Promise<void> {
    await this.detail.getByRole("button", { name: this.#say("own.day.make-up", "Make up a punch") }).click();
    await expect(this.#heading("request.kind.make-up", "Make-up punch")).toBeVisible();
  }

  async choose(name: string): Promise<void> {
    await this.#own.getByRole("button", { name, exact: true }).click();
  }

  async confirm(month: string): Promise<void> {
    await this.#own.getByRole("button", { name: this.#say("own.month.confirm", "Confirm {0}", calendarMonth(month, this.#language.locale)) }).click();
    await expect(this.#own.getByText(this.#say("own.month.confirmed", "Confirmed"), { exact: true })).toBeAttached();
  }

  async messages(): Promise<void> {
    await this.#tile("own.messages", "Messages");
  }

  get page(): Locator {
    return this.#own;
  }

  /** `Thursday 29 October`. */
  day(day: string): string {
    const { zone, locale } = this.#language;
    return dayInWords(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds, zone, locale);
  }

  async #tile(id: string, english: string): Promise<void> {
    await this.#own.getByRole("button", { name: new RegExp(`^${escaped(this.#say(id, english))}`) }).click();
  }

  async #pickDay(name: string, day: string): Promise<void> {
    await this.#own.getByRole("button", { name: new RegExp(`^${escaped(name)}`) }).click();
    const picker = this.#own.locator("cf-pick-day");
    const wanted = picker.getByRole("button", { name: this.day(day), exact: true });
    for (let back = 0; back < 3 && !(await wanted.isVisible()); back++) await picker.getByRole("button", { name: this.#say("own.month.before", "The month before") }).click();
    await wanted.click();
    await expect(picker).toHaveCount(0);
  }

  async #pickTime(which: 0 | 1, minute: number): Promise<void> {
    const name = this.#say("own.form.time", "Time");
    const field = this.#own.getByRole("button", { name: new RegExp(`^${escaped(name)}`) }).nth(which);
    await field.click();
    const clock = this.#own.getByRole("group", { name });
    const shown = async (): Promise<number> => {
      const [hours = 0, minutes = 0] = (await clock.locator("output").innerText()).split(":").map(Number);
      return hours * 60 + minutes;
    };
    const press = (id: string, english: string): Promise<void> => clock.getByRole("button", { name: this.#say(id, english) }).click();
    for (let at = await shown(); at !== minute; at = await shown()) {
      if (Math.abs(minute - at) >= 60) await (minute > at ? press("own.time.hour-more", "One hour later") : press("own.time.hour-less", "One hour earlier"));
      else await (minute > at ? press("own.time.five-more", "Five minutes later") : press("own.time.five-less", "Five minutes earlier"));
    }
    await field.click();
    await expect(clock).toHaveCount(0);
  }

  #heading(id: string, english: string): Locator {
    return this.#page.getByRole("heading", { name: this.#say(id, english), level: 1, exact: true });
  }

  get #own(): Locator {
    return this.#page.locator("cf-own");
  }
}
