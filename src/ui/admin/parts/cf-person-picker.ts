import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PersonRow } from "../../../app/api/administration.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { choosePeople } from "../people/query.ts";
import { AdminElement } from "./element.ts";
import { Follow } from "./follow.ts";
import { base } from "./styles.ts";

const SHOWN = 8;

/**
 * A person by typing a part of the name or number. A list of everyone would be too long to choose from.
 *
 * @event cf-pick - `detail.id`: the person's id, or null for everyone, or nobody where `empty` says so.
 */
@customElement("cf-person-picker")
export class PersonPickerElement extends AdminElement {
  static override styles = [
    base,
    css`
      :host {
        position: relative;
      }

      .field {
        position: relative;
      }

      .clear {
        position: absolute;
        inset-block: 0;
        inset-inline-end: 4px;
        inline-size: 40px;
        border: 0;
        background: none;
        color: var(--cf-ink-quiet);
        font-size: 18px;
        cursor: pointer;
      }

      .options {
        position: absolute;
        inset-inline: 0;
        z-index: 3;
        margin: 4px 0 0;
        padding: 4px;
        border: 1px solid var(--cf-line);
        border-radius: 10px;
        background: var(--cf-raised);
        box-shadow: var(--cf-shadow);
      }

      .options button {
        display: flex;
        inline-size: 100%;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        justify-content: space-between;
        gap: 12px;
        padding: 10px 12px;
        border-radius: 8px;
        cursor: pointer;
      }

      .options button[aria-selected="true"] {
        background: var(--cf-accent-ground);
        outline: 2px solid var(--cf-accent);
        outline-offset: -2px;
      }
    `,
  ];

  @property({ attribute: false }) picked: PersonId | null = null;
  /** What it means that nobody is picked, in words; everyone when it is left out. */
  @property() empty = "";
  @state() private text: string | null = null;
  @state() private at = 0;

  private readonly rows = new Follow(this, () => this.administration.people.rows);

  private found(): readonly PersonRow[] {
    if (this.text === null || this.text.trim() === "") return [];
    return choosePeople(this.rows.value ?? [], { q: this.text, face: "", type: "", department: "", note: "", status: "all", sort: "number", descending: false }, "en").slice(0, SHOWN);
  }

  private pick(row: PersonRow | null): void {
    this.text = null;
    this.dispatchEvent(new CustomEvent("cf-pick", { detail: { id: row?.person.id ?? null } }));
  }

  private key(event: KeyboardEvent, found: readonly PersonRow[]): void {
    if (event.isComposing || found.length === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.pick(found[this.at] ?? null);
    } else if (event.key === "Escape") {
      this.text = null;
    }
  }

  override render(): TemplateResult {
    const found = this.found();
    const picked = this.picked === null ? undefined : this.rows.value?.find(({ person }) => person.id === this.picked);
    const label = msg("Person", { id: "admin.person" });
    const everyone = msg("Everyone", { id: "admin.person.everyone" });
    return html`<label class="native-label small" for="person">${label}</label>
      <div class="field">
        <input
          id="person"
          class="native"
          role="combobox"
          autocomplete="off"
          aria-expanded=${found.length > 0 ? "true" : "false"}
          aria-controls="found"
          aria-autocomplete="list"
          aria-label=${label}
          aria-activedescendant=${found.length === 0 ? nothing : `found-${this.at}`}
          placeholder=${this.empty === "" ? everyone : this.empty}
          .value=${this.text ?? picked?.person.name ?? this.picked ?? ""}
          @input=${(event: Event) => {
            this.text = (event.target as HTMLInputElement).value;
            this.at = 0;
          }}
          @keydown=${(event: KeyboardEvent) => this.key(event, found)}
          @blur=${() => (this.text = null)}
        />
        ${this.picked === null ? nothing : html`<button class="clear" type="button" aria-label=${this.empty === "" ? everyone : msg("Nobody", { id: "admin.person.nobody" })} @click=${() => this.pick(null)}><wa-icon name="xmark"></wa-icon></button>`}
      </div>
      <div class="options" id="found" role="listbox" aria-label=${label} ?hidden=${found.length === 0}>
        ${found.map(
          (row, index) =>
            html`<button type="button" tabindex="-1" id="found-${index}" role="option" aria-selected=${index === this.at ? "true" : "false"} @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.pick(row)}>
              <span>${row.person.name}</span><span class="quiet numbers">${row.person.employeeNumber}</span>
            </button>`,
        )}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-person-picker": PersonPickerElement;
  }
}
