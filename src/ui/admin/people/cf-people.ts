import "@lit-labs/virtualizer";
import type { LitVirtualizer } from "@lit-labs/virtualizer";
import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { PersonRow } from "../../../app/api/administration.ts";
import { EMPLOYMENT_TYPES } from "../../../domain/people/types.ts";
import { locale } from "../../i18n/localize.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { ifThere, moveInRows, tableStyles } from "../parts/table.ts";
import { directionWord, employmentType } from "../parts/words.ts";
import { keepInAddress, paths } from "../route.ts";
import { faceMark, faceWord } from "./marks.ts";
import { hasNote, NOTE_KINDS, noteMarks, noteWord, NotesMemory, type Notes } from "./notes.ts";
import { choosePeople, departments, FACES, readPeopleQuery, writePeopleQuery, type PeopleQuery, type PeopleSort } from "./query.ts";

/** Everyone on the roster. Smooth at 50,000 rows: only those in sight are in the document. */
@customElement("cf-people")
export class PeopleElement extends AdminElement {
  static override styles = [
    base,
    tableStyles,
    css`
      :host {
        --columns: minmax(70px, 0.7fr) minmax(110px, 1.4fr) minmax(90px, 1.1fr) minmax(84px, 0.8fr) minmax(128px, 0.9fr) minmax(52px, 0.4fr) minmax(176px, 1.2fr);
      }

      .filters > .extra {
        flex-basis: 112px;
      }

      .filters > .wide {
        flex: 4 1 250px;
      }

      .line .name {
        display: flex;
        align-items: center;
        gap: 8px;
      }

      .line .name a {
        overflow: hidden;
        text-overflow: ellipsis;
      }

      .notes {
        display: inline-flex;
        flex: none;
        gap: 6px;
        color: var(--cf-ink-quiet);
      }

      .notes .renew,
      .notes .pin-needed {
        color: var(--cf-care);
      }

      @media (max-width: 1000px) {
        :host {
          --columns: minmax(80px, 0.8fr) minmax(110px, 1.4fr) minmax(90px, 1.2fr) minmax(128px, 0.9fr);
        }

        .type,
        .pin,
        .last {
          display: none;
        }
      }

      @media (max-width: 700px) {
        .filters > .wide {
          flex-basis: 100%;
        }

        .line {
          grid-template: "name face" auto "number department" auto / minmax(0, 1fr) auto;
          align-content: center;
          row-gap: 2px;
          min-block-size: 68px;
        }

        .line .name {
          grid-area: name;
        }

        .line .number {
          grid-area: number;
          color: var(--cf-ink-quiet);
          font-size: 14px;
        }

        .line .department {
          grid-area: department;
          justify-self: end;
          color: var(--cf-ink-quiet);
          font-size: 14px;
        }

        .line .face {
          grid-area: face;
          justify-self: end;
          font-size: 14px;
        }
      }
    `,
  ];

  @state() private choice: PeopleQuery = readPeopleQuery(location.search);
  /** On a phone the filters are folded away; elsewhere they are always there. */
  @state() private filtersOpen = false;
  @query("lit-virtualizer") private list?: LitVirtualizer | null;

  private readonly rows = new Follow(this, () => this.administration.people.rows);
  private readonly lookAlikes = new Follow(this, () => this.administration.recognition.lookAlikes);
  private readonly renewals = new Follow(this, () => this.administration.recognition.renewals);
  readonly #allowed = new Allowed(this);
  readonly #memory = new NotesMemory();
  #chosen: { readonly rows: readonly PersonRow[]; readonly notes: Notes; readonly choice: PeopleQuery; readonly locale: string; readonly result: readonly PersonRow[] } | null = null;

  private readonly moved = (): void => {
    if (location.pathname === paths.people) this.choice = readPeopleQuery(location.search);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
  }

  private change(part: Partial<PeopleQuery>): void {
    this.choice = { ...this.choice, ...part };
    keepInAddress(writePeopleQuery(this.choice));
  }

  private chosen(rows: readonly PersonRow[]): readonly PersonRow[] {
    const last = this.#chosen;
    if (last !== null && last.rows === rows && last.notes === this.notes && last.choice === this.choice && last.locale === locale.value) return last.result;
    const result = choosePeople(rows, this.choice, locale.value, this.notes);
    this.#chosen = { rows, notes: this.notes, choice: this.choice, locale: locale.value, result };
    return result;
  }

  private get notes(): Notes {
    return this.#memory.of(this.lookAlikes.value ?? [], this.renewals.value ?? []);
  }

  private sort(sort: PeopleSort): void {
    this.change({ sort, descending: this.choice.sort === sort ? !this.choice.descending : false });
  }

  override render(): TemplateResult {
    const rows = this.rows.value ?? [];
    const chosen = this.chosen(rows);
    return html`<div class="list-page">
      <div class="head">
        <h1 tabindex="-1">${msg("People", { id: "admin.nav.people" })}</h1>
        ${this.#allowed.has("people.write") ? this.actions() : nothing}
      </div>
      ${this.toDo(rows)} ${rows.length === 0 ? this.nobody() : html`${this.filters(rows)}${this.table(chosen, rows.length)}`}
    </div>`;
  }

  private actions(): TemplateResult {
    return html`<div class="row">
      <wa-button appearance="outlined" href=${paths.importPeople}><wa-icon slot="start" name="upload"></wa-icon>${msg("Import CSV", { id: "admin.people.import" })}</wa-button>
      <wa-button variant="brand" href=${paths.newPerson}><wa-icon slot="start" name="user-plus"></wa-icon>${msg("Add person", { id: "admin.people.add" })}</wa-button>
    </div>`;
  }

  /** What waits for the administrator, while it is not what the list shows anyway. */
  private toDo(rows: readonly PersonRow[]): TemplateResult | typeof nothing {
    const waiting = (["pin-needed", "renew"] as const)
      .map((kind) => ({ kind, people: rows.filter((row) => hasNote(row, kind, this.notes)).length }))
      .filter(({ kind, people }) => people > 0 && this.choice.note !== kind);
    if (waiting.length === 0 || !this.#allowed.has("people.enrol")) return nothing;
    const words = (kind: "pin-needed" | "renew", people: number): string =>
      kind === "renew"
        ? msg(str`Face data to renew: ${count(people)}`, { id: "admin.people.renew" })
        : msg(str`PIN needed after the face: ${count(people)}`, { id: "admin.people.pin-needed" });
    return html`<div class="row to-do">
      ${waiting.map(({ kind, people }) => html`<wa-button size="s" appearance="outlined" @click=${() => this.change({ note: kind })}><wa-icon slot="start" name=${kind === "renew" ? "refresh" : "key"}></wa-icon>${words(kind, people)}</wa-button>`)}
    </div>`;
  }

  private nobody(): TemplateResult {
    if (!this.#allowed.has("people.write")) {
      return html`<div class="empty">
        <h2>${msg("There is nobody you may see here", { id: "admin.people.none-reached" })}</h2>
        <p>${msg("Your role reaches nobody on the roster yet. HR adds people and says which department they belong to.", { id: "admin.people.none-reached.todo" })}</p>
      </div>`;
    }
    return html`<div class="empty">
      <h2>${msg("Nobody is on the roster yet", { id: "admin.people.empty" })}</h2>
      <p>${msg("Add the first person by hand, or bring the whole roster in a CSV file. Then enrol a face or issue a PIN, and the kiosk knows them.", { id: "admin.people.empty.todo" })}</p>
    </div>`;
  }

  private filters(rows: readonly PersonRow[]): TemplateResult {
    const { choice } = this;
    const option = (value: string, label: string, chosen: string): TemplateResult => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;
    const select = (id: string, label: string, options: TemplateResult[], change: (value: string) => Partial<PeopleQuery>): TemplateResult =>
      html`<div class="extra">
        <label class="native-label small" for=${id}>${label}</label>
        <select id=${id} class="native" @change=${(event: Event) => this.change(change((event.target as HTMLSelectElement).value))}>
          ${options}
        </select>
      </div>`;
    const all = msg("All", { id: "admin.all" });
    return html`<div class="filters ${this.filtersOpen ? "open" : ""}" role="search">
      <wa-input
        class="wide"
        type="search"
        label=${msg("Search", { id: "admin.search" })}
        placeholder=${msg("Name, number or department", { id: "admin.people.search" })}
        with-clear
        .value=${choice.q}
        @input=${(event: Event) => this.change({ q: (event.target as HTMLInputElement).value })}
        ><wa-icon slot="start" name="search"></wa-icon
      ></wa-input>
      <wa-button class="toggle" size="s" appearance="outlined" aria-expanded=${this.filtersOpen ? "true" : "false"} @click=${() => (this.filtersOpen = !this.filtersOpen)}
        ><wa-icon slot="start" name="sliders"></wa-icon>${msg("Filters", { id: "admin.filters" })}</wa-button
      >
      ${select(
        "face",
        msg("Face", { id: "admin.method.face" }),
        [option("", all, choice.face), ...FACES.map((face) => option(face, faceWord(face), choice.face))],
        (value) => ({ face: value as PeopleQuery["face"] }),
      )}
      ${select(
        "department",
        msg("Department", { id: "admin.field.department" }),
        [option("", all, choice.department), ...departments(rows, locale.value).map((name) => option(name, name, choice.department))],
        (department) => ({ department }),
      )}
      ${select(
        "type",
        msg("Employment", { id: "admin.field.type" }),
        [option("", all, choice.type), ...EMPLOYMENT_TYPES.map((type) => option(type, employmentType(type), choice.type))],
        (value) => ({ type: value as PeopleQuery["type"] }),
      )}
      ${select(
        "note",
        msg("To note", { id: "admin.note" }),
        [option("", all, choice.note), ...NOTE_KINDS.map((kind) => option(kind, noteWord(kind), choice.note))],
        (value) => ({ note: value as PeopleQuery["note"] }),
      )}
      ${select(
        "status",
        msg("Status", { id: "admin.status" }),
        [
          option("active", msg("Here", { id: "admin.status.active" }), choice.status),
          option("left", msg("Left", { id: "admin.status.left" }), choice.status),
          option("all", all, choice.status),
        ],
        (value) => ({ status: value as PeopleQuery["status"] }),
      )}
    </div>`;
  }

  private table(chosen: readonly PersonRow[], total: number): TemplateResult {
    const heading = (sort: PeopleSort | null, label: string, css: string): TemplateResult => {
      if (sort === null) return html`<span role="columnheader" class=${css}>${label}</span>`;
      const active = this.choice.sort === sort;
      return html`<span role="columnheader" class=${css} aria-sort=${active ? (this.choice.descending ? "descending" : "ascending") : "none"}
        ><button type="button" @click=${() => this.sort(sort)}>${label}${active ? html`<wa-icon name=${this.choice.descending ? "arrow-down" : "arrow-up"}></wa-icon>` : nothing}</button></span
      >`;
    };
    return html`<p class="small quiet numbers" role="status">
        ${chosen.length === total ? msg(str`${count(total)} people`, { id: "admin.people.count" }) : msg(str`${count(chosen.length)} of ${count(total)} people`, { id: "admin.people.count.some" })}
      </p>
      <div class="table" role="table" aria-label=${msg("People", { id: "admin.nav.people" })} aria-rowcount=${chosen.length + 1}>
        <div role="rowgroup">
          <div class="heading" role="row" aria-rowindex="1">
            ${heading("number", msg("Number", { id: "admin.people.number" }), "number")}${heading("name", msg("Name", { id: "admin.field.name" }), "name")}${heading("department", msg("Department", { id: "admin.field.department" }), "department")}${heading(null, msg("Employment", { id: "admin.field.type" }), "type")}${heading(null, msg("Face", { id: "admin.method.face" }), "face")}${heading(null, msg("PIN", { id: "admin.method.pin" }), "pin")}${heading("last", msg("Last punch", { id: "admin.people.last" }), "last")}
          </div>
        </div>
        ${chosen.length === 0
          ? html`<div class="empty">
              <h2>${msg("Nobody fits", { id: "admin.people.nobody" })}</h2>
              <wa-button appearance="outlined" @click=${() => this.change({ q: "", face: "", type: "", department: "", note: "", status: "all" })}>${msg("Show everyone", { id: "admin.people.everyone" })}</wa-button>
            </div>`
          : html`<lit-virtualizer
              scroller
              role="rowgroup"
              .items=${chosen}
              .keyFunction=${ifThere<PersonRow, string>((row) => row.person.id, String)}
              .renderItem=${ifThere(this.line, () => html``)}
              @keydown=${(event: KeyboardEvent) => {
                if (this.list) void moveInRows(event, this.list, chosen.length);
              }}
            ></lit-virtualizer>`}
      </div>`;
  }

  private readonly line = (row: PersonRow, index: number): TemplateResult => {
    const { person, lastPunch } = row;
    return html`<div class="line" role="row" aria-rowindex=${index + 2} data-index=${index}>
      <span role="cell" class="number numbers">${person.employeeNumber}</span>
      <span role="cell" class="name"><a href=${paths.person(person.id)}>${person.name}</a>${noteMarks(row, this.notes)}</span>
      <span role="cell" class="department">${person.department}</span>
      <span role="cell" class="type">${employmentType(person.employmentType)}</span>
      <span role="cell" class="face">${person.status === "left" ? html`<span class="mark quiet">${msg("Left", { id: "admin.status.left" })}</span>` : faceMark(row.face)}</span>
      <span role="cell" class="pin">${row.hasPin ? html`<wa-icon name="check" label=${msg("Issued", { id: "admin.pin.issued" })}></wa-icon>` : "–"}</span>
      <span role="cell" class="last numbers">${lastPunch === undefined ? "–" : `${dateTime(lastPunch.wallMs, lastPunch.zone).slice(0, 16)} ${directionWord(lastPunch.direction)}`}</span>
    </div>`;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-people": PeopleElement;
  }
}
