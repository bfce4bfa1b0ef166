import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { GroupFigures, RecognitionReport } from "../../../app/api/recognition.ts";
import { ENOUGH_PUNCHES } from "../../../app/recognition/figures.ts";
import { locale } from "../../i18n/localize.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { fieldWord } from "../parts/words.ts";
import { groupName } from "./export.ts";
import { intervalWords, ofWords } from "./numbers.ts";
import { figureWords } from "./words.ts";

/** Whether some groups are refused more often than others. */
@customElement("cf-recognition-groups")
export class RecognitionGroupsElement extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host,
      section {
        display: grid;
        gap: var(--cf-space-3);
      }

      :host {
        gap: var(--cf-space-4);
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
        background: var(--cf-raised);
      }

      .frame {
        overflow: hidden;
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius);
      }

      th,
      td {
        padding: 10px 16px;
        border-block-end: 1px solid var(--cf-line);
        text-align: start;
        vertical-align: top;
        overflow-wrap: anywhere;
      }

      thead th {
        background: var(--cf-sunken);
        font-size: 14px;
      }

      tr:last-child > * {
        border-block-end: 0;
      }

      .interval {
        display: block;
      }

      @media (max-width: 700px) {
        thead {
          position: absolute;
          clip-path: inset(50%);
        }

        tr,
        th,
        td {
          display: block;
        }

        th,
        td {
          padding: 2px 16px;
          border: 0;
        }

        tbody tr {
          padding-block: 10px;
          border-block-end: 1px solid var(--cf-line);
        }

        tbody tr:last-child {
          border: 0;
        }

        td::before {
          content: attr(data-label) ": ";
          color: var(--cf-ink-quiet);
        }
      }
    `,
  ];

  @property({ attribute: false }) report!: RecognitionReport;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render(): TemplateResult {
    const { groups, worstToBest } = this.report;
    const times = (worstToBest ?? 1).toLocaleString(locale.value, { maximumSignificantDigits: 2 });
    return html`<wa-callout variant=${worstToBest === null ? "neutral" : "brand"}
        ><wa-icon slot="icon" name="info"></wa-icon>${worstToBest === null
          ? msg(str`Too few punches to compare groups: it takes ${count(ENOUGH_PUNCHES)} in each of two groups at least.`, { id: "admin.recognition.groups.few" })
          : html`<strong>${msg(str`The group refused most often is refused ${times} times as often as the one refused least.`, { id: "admin.recognition.groups.ratio" })}</strong> ${msg(str`Only groups with ${count(ENOUGH_PUNCHES)} punches or more count.`, { id: "admin.recognition.groups.enough" })}`}</wa-callout
      >
      ${this.table("department", groups)} ${this.table("employment-type", groups)}
      <p class="small quiet">
        ${msg("Small numbers mislead: one person with an old reference or a new pair of glasses can make a small group look bad. Look at the interval before you look at the figure, and at the people of a group before you judge it. Sex, age and origin are not kept, so nothing is said about them here.", { id: "admin.recognition.groups.care" })}
      </p>`;
  }

  private table(by: GroupFigures["by"], groups: readonly GroupFigures[]): TemplateResult | typeof nothing {
    const rows = groups.filter((group) => group.by === by);
    if (rows.length === 0) return nothing;
    const words = figureWords();
    const title = fieldWord(by === "department" ? "department" : "employmentType");
    const people = msg("People", { id: "admin.nav.people" });
    return html`<section aria-labelledby=${by}>
      <h2 id=${by}>${title}</h2>
      <div class="frame">
        <table>
          <thead>
            <tr>
              <th scope="col">${title}</th>
              <th scope="col">${people}</th>
              <th scope="col">${words.rejected}</th>
              <th scope="col">${words.recognised}</th>
              <th scope="col">${words.found}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (group) =>
                html`<tr>
                  <th scope="row">${groupName(group)}</th>
                  <td class="numbers" data-label=${people}>${count(group.people)}</td>
                  <td class="numbers" data-label=${words.rejected}>
                    ${ofWords(group.rejectRate)}
                    ${group.rejectRate.n > 0 && group.rejectRate.n < ENOUGH_PUNCHES ? html`<span class="chip">${msg("few", { id: "admin.recognition.few" })}</span>` : nothing}
                    <span class="interval small quiet">${intervalWords(group.rejectRate)}</span>
                  </td>
                  <td class="numbers" data-label=${words.recognised}>${count(group.recognised)}</td>
                  <td class="numbers" data-label=${words.found}>${ofWords(group.found)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-recognition-groups": RecognitionGroupsElement;
  }
}
