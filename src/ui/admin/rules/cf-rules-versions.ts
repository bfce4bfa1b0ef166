import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { changesBetween } from "../../../domain/attendance/rules/changed.ts";
import type { Day, RuleVersion } from "../../../domain/attendance/rules/types.ts";
import { versionOn } from "../../../domain/attendance/rules/version.ts";
import { locale } from "../../i18n/localize.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime } from "../parts/format.ts";
import { clockText } from "./clock-text.ts";
import { RulesPart } from "./rules-part.ts";
import { belongsWord, groupSentences, inARow } from "./summary.ts";
import { changeWord } from "./words.ts";

const CHANGES_SHOWN = 8;

/** What is in force in plain words, and every version there was with what it changed. */
@customElement("cf-rules-versions")
export class RulesVersionsElement extends RulesPart {
  static override styles = [
    ...RulesPart.styles,
    css`
      .sentence {
        padding: var(--cf-space-3);
        border-inline-start: 4px solid var(--cf-accent);
        background: var(--cf-accent-ground);
        border-radius: var(--cf-radius-small);
      }

      ol {
        display: grid;
        gap: var(--cf-space-3);
        padding: 0;
        list-style: none;
      }

      ul {
        padding-inline-start: 1.2em;
      }
    `,
  ];

  @property() today: Day = "";

  private readonly book = new Follow(this, () => this.administration.attendance.rules.book);

  override render(): TemplateResult {
    const versions = this.book.value?.versions ?? [];
    const inForce = this.book.value === undefined ? null : versionOn(this.book.value, this.today);
    return html`${inForce === null ? nothing : this.now(inForce)}
      <section class="stack" aria-labelledby="versions">
        <h2 id="versions">${msg("Versions", { id: "rules.versions" })}</h2>
        ${versions.length === 0 ? html`<p class="quiet">${msg("None is saved yet.", { id: "rules.versions.none" })}</p>` : html`<ol>${[...versions].reverse().map((version) => this.version(version, inForce))}</ol>`}
      </section>`;
  }

  private now({ rules }: RuleVersion): TemplateResult {
    return html`<section class="card stack" aria-labelledby="now">
      <h2 id="now">${msg("In force today", { id: "rules.now" })}</h2>
      ${rules.groups.map((group) => html`<div class="stack"><h3>${group.name} <span class="quiet">· ${belongsWord(group)}</span></h3><p class="sentence">${inARow(groupSentences(group, rules))}</p></div>`)}
      <p class="small quiet">${msg(str`Time zone ${rules.zone.replaceAll("_", " ")}; a new day begins at ${clockText(rules.dayChange)}.`, { id: "rules.now.zone" })}</p>
    </section>`;
  }

  private version(version: RuleVersion, inForce: RuleVersion | null): TemplateResult {
    const { from, at, by, note } = version;
    const before = this.versionBefore(version);
    const changes = changesBetween(before?.rules ?? null, version.rules);
    const who = this.administration.users.list.value.find(({ userId }) => userId === by)?.name ?? by;
    const state = version === inForce ? msg("in force", { id: "rules.version.now" }) : from > this.today ? msg("to come", { id: "rules.version.ahead" }) : msg("past", { id: "rules.version.past" });
    return html`<li class="card stack">
      <div class="head">
        <h3>${msg(str`Version ${version.version}, from ${dayWords(from)}`, { id: "rules.version" })}</h3>
        <span class="chip ${version === inForce ? "good" : ""}">${state}</span>
      </div>
      ${note === "" ? nothing : html`<p>${note}</p>`}
      ${before === null
        ? html`<p class="small">${msg("The first rules.", { id: "rules.version.first" })}</p>`
        : html`<ul class="small">${changes.slice(0, CHANGES_SHOWN).map((change) => html`<li>${changeWord(change, before.rules, version.rules)}</li>`)}${changes.length > CHANGES_SHOWN ? html`<li>${msg(str`and ${changes.length - CHANGES_SHOWN} more`, { id: "rules.version.more" })}</li>` : nothing}</ul>`}
      <p class="small quiet">${msg(str`Saved by ${who}, ${dateTime(at, version.rules.zone)}`, { id: "rules.version.by" })}</p>
    </li>`;
  }

  /** What was in force on its first day before it was written. */
  private versionBefore({ version, from }: RuleVersion): RuleVersion | null {
    const book = this.book.value;
    return book === undefined ? null : versionOn({ ...book, versions: book.versions.filter((other) => other.version < version) }, from);
  }
}

function dayWords(day: Day): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(day));
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rules-versions": RulesVersionsElement;
  }
}
