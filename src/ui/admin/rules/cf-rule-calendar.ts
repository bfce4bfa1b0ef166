import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { RulesFailure } from "../../../app/api/attendance.ts";
import type { CalendarDay, CalendarKind } from "../../../domain/attendance/rules/types.ts";
import { locale } from "../../i18n/localize.ts";
import { without } from "./draft.ts";
import { errorOf, selectInput, textInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";
import { calendarKindWord, rulesFailureWord } from "./words.ts";

const KINDS: readonly CalendarKind[] = ["holiday", "workday", "rest"];

type Country = Awaited<ReturnType<RulesPart["administration"]["attendance"]["rules"]["countries"]>>[number];

/** The calendar: holidays and make-up workdays of a country, and the site's own days. */
@customElement("cf-rule-calendar")
export class RuleCalendarElement extends RulesPart {
  static override styles = [
    ...RulesPart.styles,
    css`
      table {
        inline-size: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: 8px 12px 8px 0;
        border-block-end: 1px solid var(--cf-line);
        text-align: start;
        vertical-align: middle;
      }

      th {
        font-size: 14px;
      }

      .wide {
        overflow-x: auto;
      }

      .take {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(96px, 1fr) auto;
        gap: var(--cf-space-3);
        align-items: end;
      }

      @media (max-width: 560px) {
        .take {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @state() private countries: readonly Country[] = [];
  @state() private country = "";
  @state() private year = new Date().getFullYear();
  @state() private failure: RulesFailure | null = null;
  @state() private taken: number | null = null;
  @state() private shownYear = String(new Date().getFullYear());
  @state() private own: { readonly day: string; readonly kind: CalendarKind; readonly name: string } = { day: "", kind: "holiday", name: "" };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  private async read(): Promise<void> {
    this.countries = await this.administration.attendance.rules.countries();
    const usual = this.rules.calendar.find(({ source }) => source !== "own")?.source;
    this.country = usual ?? (this.administration.setup.settings.value?.lawRegion === "cn" ? "CN" : (this.countries[0]?.code ?? ""));
  }

  private async take(): Promise<void> {
    this.failure = null;
    this.taken = null;
    const found = await this.administration.attendance.rules.holidays(this.country, this.year);
    if (!found.ok) {
      this.failure = found.error;
      return;
    }
    // Own days stay: somebody settled them on purpose.
    const kept = this.rules.calendar.filter(({ day, source }) => !day.startsWith(String(this.year)) || source === "own");
    const fixed = new Set(kept.map(({ day }) => day));
    const added = found.value.filter(({ day }) => !fixed.has(day));
    this.taken = added.length;
    this.shownYear = String(this.year);
    this.put([...kept, ...added]);
  }

  private put(days: readonly CalendarDay[]): void {
    this.change({ calendar: [...days].sort((one, other) => (one.day < other.day ? -1 : 1)) });
  }

  private addOwn(): void {
    const { day, kind, name } = this.own;
    if (day === "" || name.trim() === "") return;
    this.put([...this.rules.calendar.filter((each) => each.day !== day), { day, kind, name: name.trim(), source: "own" }]);
    this.shownYear = day.slice(0, 4);
    this.own = { day: "", kind: "holiday", name: "" };
  }

  override render(): TemplateResult {
    const { form } = this;
    const years = [...new Set([...this.rules.calendar.map(({ day }) => day.slice(0, 4)), this.shownYear])].sort();
    return html`${form.locked ? nothing : this.takeOver()} ${form.locked ? nothing : this.ownDay()}
      <section class="card stack" aria-labelledby="days">
        <div class="head">
          <h2 id="days">${msg("Days in the calendar", { id: "rules.calendar.days" })}</h2>
          ${years.length > 1 ? selectInput({ ...form, locked: false }, { path: "shown-year", label: msg("Year", { id: "rules.calendar.year" }), value: this.shownYear, of: years.map((year) => [year, year] as const), onChange: (year) => (this.shownYear = year) }) : nothing}
        </div>
        ${this.days()}
      </section>`;
  }

  private takeOver(): TemplateResult {
    const name = ({ name: en, nameZh }: Country): string => (locale.value === "zh-Hans" ? nameZh : en);
    const sorted = [...this.countries].sort((one, other) => name(one).localeCompare(name(other), locale.value));
    return html`<section class="card stack" aria-labelledby="take">
      <h2 id="take">${msg("Take over a country's holidays", { id: "rules.calendar.take" })}</h2>
      <p class="small quiet">${msg("The days are copied into the rules and stay as they are. Feasts that follow the moon may be moved by the authorities: check them.", { id: "rules.calendar.take.what" })}</p>
      <div class="take">
        ${selectInput(this.form, { path: "country", label: msg("Country or state", { id: "rules.calendar.country" }), value: this.country, of: sorted.map((each) => [each.code, name(each)] as const), onChange: (code) => (this.country = code) })}
        ${selectInput(this.form, { path: "year", label: msg("Year", { id: "rules.calendar.year" }), value: this.year, of: Array.from({ length: 4 }, (_, index) => new Date().getFullYear() - 1 + index).map((year) => [year, String(year)] as const), onChange: (year) => (this.year = year) })}
        <wa-button variant="brand" ?disabled=${this.country === ""} @click=${() => void this.take()}>${msg("Take over", { id: "rules.calendar.take.do" })}</wa-button>
      </div>
      ${this.failure === null ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${rulesFailureWord(this.failure)}</p>`}
      ${this.taken === null ? nothing : html`<p class="mark good" role="status"><wa-icon name="circle-check"></wa-icon>${msg(str`${this.taken} days taken over.`, { id: "rules.calendar.taken" })}</p>`}
    </section>`;
  }

  private ownDay(): TemplateResult {
    const { own, form } = this;
    return html`<section class="card stack" aria-labelledby="own">
      <h2 id="own">${msg("Own day", { id: "rules.calendar.own" })}</h2>
      <div class="fields">
        ${textInput(form, { path: "own.day", type: "date", label: msg("Day", { id: "rules.calendar.day" }), value: own.day, onChange: (day) => (this.own = { ...this.own, day }) })}
        ${selectInput(form, { path: "own.kind", label: msg("Kind", { id: "rules.shift.kind" }), value: own.kind, of: KINDS.map((kind) => [kind, calendarKindWord(kind)] as const), onChange: (kind) => (this.own = { ...this.own, kind }) })}
        ${textInput(form, { path: "own.name", label: msg("Name", { id: "rules.name" }), value: own.name, maxlength: 80, onChange: (name) => (this.own = { ...this.own, name }) })}
      </div>
      <div><wa-button appearance="outlined" ?disabled=${own.day === "" || own.name.trim() === ""} @click=${() => this.addOwn()}>${msg("Enter the day", { id: "rules.calendar.enter" })}</wa-button></div>
    </section>`;
  }

  private days(): TemplateResult {
    const shown = this.rules.calendar.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.day.startsWith(this.shownYear));
    if (shown.length === 0) return html`<p class="quiet">${msg(str`Nothing in ${this.shownYear} yet. Take over a country's holidays, or enter days of your own.`, { id: "rules.calendar.empty" })}</p>`;
    const weekday = new Intl.DateTimeFormat(locale.value, { weekday: "short", timeZone: "UTC" });
    return html`<div class="wide"><table>
      <thead><tr><th scope="col">${msg("Day", { id: "rules.calendar.day" })}</th><th scope="col">${msg("Kind", { id: "rules.shift.kind" })}</th><th scope="col">${msg("Name", { id: "rules.name" })}</th><th scope="col">${msg("From", { id: "rules.calendar.source" })}</th>${this.form.locked ? nothing : html`<th><span class="visually-hidden">${msg("Take out", { id: "rules.take-out" })}</span></th>`}</tr></thead>
      <tbody>
        ${shown.map(({ entry, index }) => {
          const name = locale.value === "zh-Hans" ? (entry.nameZh ?? entry.name) : entry.name;
          const error = errorOf({ ...this.form, left: new Set(["*"]) }, `calendar.${index}.day`);
          return html`<tr>
            <td class="numbers">${entry.day} ${Number.isNaN(Date.parse(entry.day)) ? "" : weekday.format(Date.parse(entry.day))}${error === undefined ? nothing : html`<br /><span class="field-error small">${error}</span>`}</td>
            <td><span class="chip ${entry.kind === "workday" ? "care" : entry.kind === "holiday" ? "good" : ""}">${calendarKindWord(entry.kind)}</span></td>
            <td>${name}</td>
            <td class="quiet">${entry.source === "own" ? msg("own", { id: "rules.calendar.source.own" }) : entry.source}</td>
            ${this.form.locked ? nothing : html`<td><wa-button size="small" appearance="plain" @click=${() => this.change({ calendar: without(this.rules.calendar, index) })}><wa-icon name="xmark" label=${msg(str`Take out ${entry.day}`, { id: "rules.calendar.remove" })}></wa-icon></wa-button></td>`}
          </tr>`;
        })}
      </tbody>
    </table></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rule-calendar": RuleCalendarElement;
  }
}
