import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Present } from "../../../app/api/attendance.ts";
import type { Direction } from "../../../domain/attendance/types.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { directionText } from "../../i18n/direction.ts";
import { timeToTheMinute } from "../../i18n/format.ts";
import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import { accessWord } from "../users/words.ts";

function ready(): readonly string[] {
  return [
    msg("Recognition is down", { id: "admin.attest.reason.down" }),
    msg("No PIN and no badge at hand", { id: "admin.attest.reason.nothing" }),
    msg("Hand in plaster or the like", { id: "admin.attest.reason.hand" }),
    msg("Power cut at the gate", { id: "admin.attest.reason.power" }),
  ];
}

function failureWord({ kind }: Failure): string {
  if (kind.startsWith("access/")) return accessWord(kind as Parameters<typeof accessWord>[0]);
  if (kind === "attest/reason-missing") return msg("Say why: without a reason nothing is attested.", { id: "admin.attest.reason-missing" });
  if (kind === "attendance/storage-full") return msg("The store is full. Write it on paper, and free some space.", { id: "admin.attest.full" });
  if (kind === "attest/not-active") return msg("Somebody on the list has left meanwhile. Nothing was recorded: look at the list again.", { id: "admin.attest.not-active" });
  if (kind === "attest/own") return msg("Nobody attests their own punch. Ask another supervisor, or HR.", { id: "admin.attest.own" });
  return msg("Nothing was recorded. Try again.", { id: "admin.attest.failed" });
}

/**
 * A list at the gate: tick who is there, say in or out and why. What is attested is a punch like any other, and the people's
 * own record says who attested it.
 */
@customElement("cf-attest")
export class AttestElement extends AdminElement {
  static override styles = [
    base,
    css`
      .people {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr));
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .one {
        display: grid;
        grid-template-columns: 40px 1fr;
        align-items: center;
        gap: 12px;
        inline-size: 100%;
        min-block-size: 72px;
        padding: 8px 16px;
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        color: inherit;
        font: inherit;
        font-size: 18px;
        text-align: start;
        cursor: pointer;
      }

      .one[aria-pressed="true"] {
        border-color: var(--cf-accent);
        background: var(--cf-accent-ground);
        box-shadow: inset 0 0 0 2px var(--cf-accent);
      }

      .tick {
        display: grid;
        place-items: center;
        inline-size: 36px;
        block-size: 36px;
        border: 2px solid var(--cf-edge);
        border-radius: 8px;
        font-size: 24px;
      }

      [aria-pressed="true"] .tick {
        border-color: var(--cf-accent);
        background: var(--cf-accent);
        color: var(--cf-on-accent);
      }

      .name {
        display: block;
        font-weight: 650;
        overflow-wrap: anywhere;
      }

      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
      }

      .choice {
        min-block-size: 64px;
        padding: 8px 24px;
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        color: inherit;
        font: inherit;
        font-size: 18px;
        font-weight: 600;
        cursor: pointer;
      }

      .choice[aria-pressed="true"] {
        border-color: var(--cf-accent);
        background: var(--cf-accent);
        color: var(--cf-on-accent);
      }

      .choice.go {
        flex: 1 1 260px;
        border-color: var(--cf-accent);
        background: var(--cf-accent);
        color: var(--cf-on-accent);
      }

      .choice:disabled {
        opacity: 0.55;
        cursor: default;
      }

      .one:focus-visible,
      .choice:focus-visible {
        outline: 4px solid var(--cf-focus);
        outline-offset: 3px;
      }
    `,
  ];

  @state() private present: readonly Present[] | null = null;

  @state() private chosen: ReadonlySet<PersonId> = new Set();

  @state() private direction: Direction = "in";

  @state() private reason = "";

  @state() private search = "";

  @state() private working = false;

  @state() private trouble: Failure | null = null;

  @state() private done = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  async #read(): Promise<void> {
    const people = await this.administration.attendance.attesting.people();
    if (people.ok) this.present = people.value;
    else this.trouble = people.error;
  }

  #toggle(personId: PersonId): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(personId)) chosen.add(personId);
    this.chosen = chosen;
    this.done = 0;
  }

  readonly #attest = async (): Promise<void> => {
    if (this.working) return;
    this.working = true;
    const { direction } = this;
    const attested = await this.administration.attendance.attesting.attest([...this.chosen].map((personId) => ({ personId, direction })), this.reason);
    this.working = false;
    this.trouble = attested.ok ? null : attested.error;
    if (attested.ok) {
      this.done = attested.value.length;
      this.chosen = new Set();
    }
    await this.#read();
  };

  #one({ person, state: at, since, shift }: Present): TemplateResult {
    const zone = this.administration.setup.settings.value?.zone ?? "UTC";
    const chosen = this.chosen.has(person.id);
    const where = at === "in" ? msg("is in", { id: "admin.attest.in" }) : at === "out" ? msg("is out", { id: "admin.attest.out" }) : msg("no punch yet", { id: "admin.attest.none" });
    const first = shift?.shifts[0]?.shift.name;
    return html`<li>
      <button type="button" class="one" aria-pressed=${chosen} @click=${() => this.#toggle(person.id)}>
        <span class="tick" aria-hidden="true">${chosen ? "✓" : ""}</span>
        <span>
          <span class="name">${person.name}</span>
          <span class="small quiet">${person.employeeNumber} · ${where}${since === null ? nothing : html` ${timeToTheMinute(since, zone)}`}${first === undefined ? nothing : html` · ${first}`}</span>
        </span>
      </button>
    </li>`;
  }

  override render(): TemplateResult {
    const wanted = this.search.trim().toLocaleLowerCase();
    const shown = (this.present ?? []).filter(({ person }) => wanted === "" || person.name.toLocaleLowerCase().includes(wanted) || person.employeeNumber.toLocaleLowerCase().includes(wanted));
    const count = this.chosen.size;
    return html`<div class="page">
      <h1 tabindex="-1">${msg("Attest punches", { id: "admin.nav.attest" })}</h1>
      <p>${msg("For when face, PIN and badge do not do. It counts like any other punch, and each person sees in their own record that it was attested.", { id: "admin.attest.what" })}</p>
      ${this.trouble === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${failureWord(this.trouble)}</wa-callout>`}
      ${this.done === 0 ? nothing : html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${msg(str`${this.done} recorded as attested`, { id: "admin.attest.done" })}</wa-callout>`}
      <div class="choices" role="group" aria-label=${msg("In or out", { id: "admin.attest.direction" })}>
        ${(["in", "out"] as const).map((direction) => html`<button type="button" class="choice" aria-pressed=${this.direction === direction} @click=${() => (this.direction = direction)}>${directionText(direction)}</button>`)}
      </div>
      <wa-input type="search" label=${msg("Name or employee number", { id: "admin.attest.search" })} autocomplete="off" .value=${this.search} @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}></wa-input>
      ${this.present === null && this.trouble === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : nothing}
      ${this.present !== null && shown.length === 0 ? html`<p class="quiet">${this.present.length === 0 ? msg("Nobody is in your departments yet.", { id: "admin.attest.nobody" }) : msg("Nobody of that name.", { id: "admin.attest.not-found" })}</p>` : nothing}
      <ul class="people" aria-label=${msg("Who is here", { id: "admin.nav.presence" })}>${shown.map((one) => this.#one(one))}</ul>
      <div class="choices" role="group" aria-label=${msg("Reason", { id: "own.form.reason" })}>
        ${ready().map((words) => html`<button type="button" class="choice" aria-pressed=${words === this.reason} @click=${() => (this.reason = words)}>${words}</button>`)}
      </div>
      <wa-input label=${msg("Reason", { id: "own.form.reason" })} autocomplete="off" .maxlength=${200} .value=${this.reason} @input=${(event: Event) => (this.reason = (event.target as HTMLInputElement).value)}></wa-input>
      <div class="choices">
        <button type="button" class="choice go" ?disabled=${count === 0 || this.reason.trim() === "" || this.working} @click=${() => void this.#attest()}>
          ${msg(str`Attest ${directionText(this.direction)} for ${count}`, { id: "admin.attest.go" })}
        </button>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-attest": AttestElement;
  }
}
