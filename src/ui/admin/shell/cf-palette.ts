import { msg } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Operation } from "../../../domain/people/access.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { choosePeople } from "../people/query.ts";
import { go, mayOpen, paths } from "../route.ts";
import { pageLinks } from "./pages.ts";

interface Entry {
  readonly icon: string;
  readonly label: string;
  readonly detail: string;
  readonly address: string;
}

const PEOPLE_SHOWN = 8;

/**
 * Finds people and pages: opened by Ctrl-K.
 *
 * @event cf-close - Escape, a choice, or a click outside.
 */
@customElement("cf-palette")
export class PaletteElement extends AdminElement {
  static override styles = [
    base,
    css`
      wa-dialog {
        --width: min(600px, calc(100vw - 24px));
      }

      wa-dialog::part(body) {
        padding: var(--cf-space-3);
      }

      .options {
        margin: 8px 0 0;
        padding: 0;
        max-block-size: 50vh;
        overflow-y: auto;
      }

      .options button {
        display: flex;
        inline-size: 100%;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        align-items: center;
        gap: 12px;
        min-block-size: 48px;
        padding: 6px 12px;
        border-radius: 8px;
        cursor: pointer;
      }

      .options button[aria-selected="true"] {
        background: var(--cf-accent-ground);
        outline: 2px solid var(--cf-accent);
        outline-offset: -2px;
      }

      .options .detail {
        margin-inline-start: auto;
        color: var(--cf-ink-quiet);
        font-size: 14px;
      }

      input.native {
        font-size: 18px;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @state() private text = "";
  @state() private at = 0;
  @query("input") private input!: HTMLInputElement;

  private readonly rows = new Follow(this, () => (this.open ? this.administration.people.rows : undefined));

  private readonly allowed = new Follow(this, () => this.administration.rights.allowed);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("open") && this.open) {
      this.text = "";
      this.at = 0;
    }
  }

  private entries(): readonly Entry[] {
    const allowed: ReadonlySet<Operation> = this.allowed.value ?? new Set();
    const pages: readonly Entry[] = pageLinks(allowed).map(({ icon, label, address }) => ({ icon, label, detail: "", address }));
    const wanted = this.text.trim().toLocaleLowerCase();
    if (wanted === "") return pages;
    const people = choosePeople(
      mayOpen("person", allowed) ? (this.rows.value ?? []) : [],
      { q: wanted, face: "", type: "", department: "", status: "all", note: "", sort: "number", descending: false },
      "en",
    ).slice(0, PEOPLE_SHOWN);
    return [
      ...people.map(({ person }) => ({ icon: "user", label: person.name, detail: [person.employeeNumber, person.department].filter((part) => part !== "").join(" · "), address: paths.person(person.id) })),
      ...pages.filter(({ label }) => label.toLocaleLowerCase().includes(wanted)),
    ];
  }

  private key(event: KeyboardEvent, entries: readonly Entry[]): void {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = entries.length === 0 ? 0 : (this.at + step + entries.length) % entries.length;
      void this.updateComplete.then(() => this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }));
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(entries[this.at]);
    }
  }

  private choose(entry: Entry | undefined): void {
    if (entry === undefined) return;
    this.close();
    go(entry.address);
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  override render(): TemplateResult {
    const entries = this.open ? this.entries() : [];
    const label = msg("Find people and pages", { id: "admin.palette" });
    return html`<wa-dialog
      label=${label}
      without-header
      light-dismiss
      ?open=${this.open}
      @wa-after-show=${() => this.input.focus()}
      @wa-hide=${() => this.close()}
    >
      <input
        class="native"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="entries"
        aria-autocomplete="list"
        aria-activedescendant=${entries.length === 0 ? nothing : `entry-${this.at}`}
        aria-label=${label}
        placeholder=${label}
        autocomplete="off"
        .value=${this.text}
        @input=${(event: Event) => {
          this.text = (event.target as HTMLInputElement).value;
          this.at = 0;
        }}
        @keydown=${(event: KeyboardEvent) => this.key(event, entries)}
      />
      <div class="options" id="entries" role="listbox" aria-label=${label}>
        ${entries.map(
          (entry, index) =>
            html`<button type="button" tabindex="-1" id="entry-${index}" role="option" aria-selected=${index === this.at ? "true" : "false"} @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.choose(entry)}>
              <wa-icon name=${entry.icon}></wa-icon><span>${entry.label}</span><span class="detail numbers">${entry.detail}</span>
            </button>`,
        )}
      </div>
      ${this.open && entries.length === 0 ? html`<p class="quiet" role="status">${msg("Nothing found", { id: "admin.palette.none" })}</p>` : nothing}
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-palette": PaletteElement;
  }
}
