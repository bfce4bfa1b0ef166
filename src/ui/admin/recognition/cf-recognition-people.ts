import "@lit-labs/virtualizer";
import type { LitVirtualizer } from "@lit-labs/virtualizer";
import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { PersonRow } from "../../../app/api/administration.ts";
import type { PersonFigures } from "../../../app/api/recognition.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { ifThere, moveInRows, tableStyles } from "../parts/table.ts";
import { paths } from "../route.ts";
import type { ReportChoice, Sort } from "./choice.ts";
import { intervalWords, ofWords } from "./numbers.ts";
import { figureWords } from "./words.ts";

/**
 * Person by person, those refused most first.
 *
 * @event cf-sort - `detail`: the {@link Sort} whose heading was pressed.
 */
@customElement("cf-recognition-people")
export class RecognitionPeopleElement extends LitElement {
  static override readonly styles = [
    base,
    tableStyles,
    css`
      :host {
        flex: 1 1 auto;
        gap: var(--cf-space-3);
        --columns: minmax(120px, 1.5fr) minmax(110px, 0.9fr) minmax(90px, 0.8fr) minmax(110px, 0.9fr) minmax(120px, 1fr) minmax(120px, 0.9fr);
      }

      .heading button {
        text-align: start;
        line-height: 1.2;
      }

      .line .number {
        margin-inline-start: 8px;
        font-size: 14px;
      }

      @media (max-width: 1000px) {
        :host {
          --columns: minmax(110px, 1.4fr) minmax(90px, 0.9fr) minmax(90px, 0.8fr) minmax(100px, 0.9fr);
        }

        .challenged,
        .second {
          display: none;
        }
      }

      @media (max-width: 700px) {
        .line {
          grid-template: "name rejected" auto "recognised found" auto / minmax(0, 1fr) auto;
          align-content: center;
          row-gap: 2px;
          min-block-size: 68px;
        }

        .line .rejected,
        .line .found {
          justify-self: end;
          font-size: 14px;
        }

        .line .recognised,
        .line .found {
          color: var(--cf-ink-quiet);
          font-size: 14px;
        }
      }

      .short {
        display: none;
      }

      @media (max-width: 700px) {
        .line .short {
          display: inline;
        }

        .line .name {
          grid-area: name;
        }

        .line .rejected {
          grid-area: rejected;
        }

        .line .recognised {
          grid-area: recognised;
        }

        .line .found {
          grid-area: found;
        }
      }
    `,
  ];

  @property({ attribute: false }) figures: readonly PersonFigures[] = [];
  @property({ attribute: false }) people: ReadonlyMap<PersonId, PersonRow> = new Map();
  @property({ attribute: false }) choice: Pick<ReportChoice, "sort" | "descending"> = { sort: "rejected", descending: true };
  @query("lit-virtualizer") private list?: LitVirtualizer | null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render(): TemplateResult {
    const { figures, choice } = this;
    const words = figureWords();
    const heading = (sort: Sort, label: string, css: string): TemplateResult => {
      const active = choice.sort === sort;
      // Names from A on and the least found first stand with the small above the large.
      const rising = (sort === "name" || sort === "found") === choice.descending;
      return html`<span role="columnheader" class=${css} aria-sort=${active ? (rising ? "ascending" : "descending") : "none"}
        ><button type="button" @click=${() => this.dispatchEvent(new CustomEvent<Sort>("cf-sort", { detail: sort }))}>${label}${active ? html`<wa-icon name=${rising ? "arrow-up" : "arrow-down"}></wa-icon>` : nothing}</button></span
      >`;
    };
    return html`<p class="small quiet numbers" role="status">
        ${msg(str`${count(figures.length)} people. ${words.rejected}: used the PIN within two minutes of a face that was not recognised.`, { id: "admin.recognition.people.count" })}
      </p>
      <div class="table" role="table" aria-label=${msg("People", { id: "admin.nav.people" })} aria-rowcount=${figures.length + 1}>
        <div role="rowgroup">
          <div class="heading" role="row" aria-rowindex="1">
            ${heading("name", msg("Name", { id: "admin.field.name" }), "name")}${heading("rejected", words.rejected, "rejected")}${heading("recognised", words.recognised, "recognised")}${heading("challenged", words.challenged, "challenged")}${heading("second-factor", words.secondFactor, "second")}${heading("found", words.found, "found")}
          </div>
        </div>
        <lit-virtualizer
          scroller
          role="rowgroup"
          .items=${[...figures]}
          .keyFunction=${ifThere<PersonFigures, string>((of) => of.personId, String)}
          .renderItem=${ifThere(this.line, () => html``)}
          @keydown=${(event: KeyboardEvent) => {
            if (this.list) void moveInRows(event, this.list, figures.length);
          }}
        ></lit-virtualizer>
      </div>`;
  }

  private readonly line = (of: PersonFigures, index: number): TemplateResult => {
    const person = this.people.get(of.personId)?.person;
    const words = figureWords();
    const short = (word: string): TemplateResult => html`<span class="short">${word}: </span>`;
    return html`<div class="line" role="row" aria-rowindex=${index + 2} data-index=${index}>
      <span role="cell" class="name"><a href=${paths.person(of.personId)}>${person?.name ?? msg("Unknown", { id: "admin.punch.unknown" })}</a><span class="number numbers quiet">${person?.employeeNumber}</span></span>
      <span role="cell" class="rejected numbers" title=${intervalWords(of.rejectRate)}>${short(words.rejected)}${ofWords(of.rejectRate)}</span>
      <span role="cell" class="recognised numbers">${short(words.recognised)}${count(of.recognised)}</span>
      <span role="cell" class="challenged numbers">${count(of.challenged)}</span>
      <span role="cell" class="second numbers">${count(of.secondFactor)}</span>
      <span role="cell" class="found numbers">${short(words.found)}${ofWords(of.found)}</span>
    </div>`;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-recognition-people": RecognitionPeopleElement;
  }
}
