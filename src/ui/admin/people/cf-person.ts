import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PersonFailure, PersonRow } from "../../../app/api/administration.ts";
import type { Punch } from "../../../domain/attendance/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import type { Result } from "../../../domain/result.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime, dayInWords } from "../parts/format.ts";
import "../badge/cf-badge-card.ts";
import "../parts/secret.ts";
import { base } from "../parts/styles.ts";
import { directionWord, employmentType, methodWord, personFailure } from "../parts/words.ts";
import "../notes/cf-notes.ts";
import "../requests/cf-balances.ts";
import "../rights/cf-person-rights.ts";
import { paths } from "../route.ts";
import { faceMark } from "./marks.ts";
import { NotesMemory, renewalWord } from "./notes.ts";

type Question = "pin" | "withdraw" | "leave";
const LAST_PUNCHES = 8;

/** Everything about one person, and what can be done. */
@customElement("cf-person")
export class PersonElement extends AdminElement {
  static override styles = [
    base,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }

      .card > .row {
        margin-block-start: var(--cf-space-3);
      }

      .card h2 + * {
        margin-block-start: var(--cf-space-2);
      }

      .note > div {
        margin-block-start: var(--cf-space-2);
      }

      ul {
        padding: 0;
        list-style: none;
      }

      li.punch {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        padding-block: 8px;
        border-block-end: 1px solid var(--cf-line);
      }

      li.punch:last-child {
        border: 0;
      }
    `,
  ];

  @property({ attribute: false }) personId!: PersonId;

  @state() private question: Question = "pin";
  @state() private asking = false;
  @state() private working = false;
  @state() private failure: PersonFailure["kind"] | null = null;
  @state() private pin: string | null = null;
  @state() private punches: readonly Punch[] = [];

  private readonly rows = new Follow(this, () => this.administration.people.rows);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly lookAlikes = new Follow(this, () => this.administration.recognition.lookAlikes);
  private readonly renewals = new Follow(this, () => this.administration.recognition.renewals);
  readonly #allowed = new Allowed(this);
  readonly #memory = new NotesMemory();

  constructor() {
    super();
    new Follow(
      this,
      () => this.administration.records.revision,
      () => void this.read(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  private async read(): Promise<void> {
    const { personId } = this;
    const all = await this.administration.records.punches({ personId });
    if (personId === this.personId) this.punches = all.slice(0, LAST_PUNCHES);
  }

  private async confirm(): Promise<void> {
    const { people } = this.administration;
    this.working = true;
    this.failure = null;
    let outcome: Result<unknown, PersonFailure>;
    switch (this.question) {
      case "pin": {
        const issued = await people.issuePin(this.personId);
        if (issued.ok) this.pin = issued.value;
        outcome = issued;
        break;
      }
      case "withdraw":
        outcome = await confirmed(this, () => people.withdrawConsent(this.personId));
        break;
      case "leave":
        outcome = await confirmed(this, () => people.leave(this.personId));
        break;
    }
    this.working = false;
    if (!outcome.ok) this.failure = outcome.error.kind;
    else if (this.question !== "pin") this.asking = false;
  }

  private ask(question: Question): void {
    this.question = question;
    this.asking = true;
    this.failure = null;
    this.pin = null;
  }

  private closed(event: Event): void {
    // Selects and the like inside the dialog hide too.
    if (event.target !== event.currentTarget) return;
    this.asking = false;
    this.pin = null;
  }

  override render(): TemplateResult {
    const row = this.rows.value?.find(({ person }) => person.id === this.personId);
    const zone = this.settings.value?.zone ?? "UTC";
    if (row === undefined) {
      return html`<div class="page">
        <h1 tabindex="-1">${msg("This person is no longer in the list.", { id: "admin.person.no-such" })}</h1>
        <a href=${paths.people}>${msg("To all people", { id: "admin.person.all" })}</a>
      </div>`;
    }
    const { person } = row;
    const left = person.status === "left";
    return html`<div class="page">
      <a class="back" href=${paths.people}><wa-icon name="chevron-left"></wa-icon>${msg("People", { id: "admin.nav.people" })}</a>
      <div class="head">
        <div>
          <h1 tabindex="-1">${person.name}</h1>
          <p class="quiet">
            <span class="numbers">${person.employeeNumber}</span>${person.department === "" ? nothing : html` · ${person.department}`} · ${employmentType(person.employmentType)}
          </p>
        </div>
        ${left
          ? html`<span class="chip">${msg("Left", { id: "admin.status.left" })}</span>`
          : !this.#allowed.has("people.write")
            ? nothing
            : html`<wa-button appearance="outlined" href=${paths.editPerson(person.id)}><wa-icon slot="start" name="pencil"></wa-icon>${msg("Edit", { id: "admin.person.edit" })}</wa-button>`}
      </div>
      ${left || !this.#allowed.has("people.enrol") ? nothing : this.renewal(row)} ${left ? nothing : this.alike(row)}
      <div class="columns">
        ${this.face(row, zone, left)} ${this.pinCard(row, left)} ${left || !this.#allowed.has("badges.issue") ? nothing : html`<cf-badge-card .administration=${this.administration} .person=${row.person}></cf-badge-card>`} ${this.#allowed.has("records.read") ? this.lastPunches(row) : nothing} ${left ? this.gone(row, zone) : this.#allowed.has("people.write") ? this.leaving(row) : nothing}
      </div>
      <cf-notes .administration=${this.administration} personId=${person.id}></cf-notes>
      <cf-balances .administration=${this.administration} .personId=${person.id}></cf-balances>
      <cf-person-rights
        .administration=${this.administration}
        .personId=${person.id}
        .name=${person.name}
        .zone=${zone}
        ?left=${left}
        ?face=${row.face !== "none"}
      ></cf-person-rights>
      ${this.dialog(row)}
    </div>`;
  }

  private renewal(row: PersonRow): TemplateResult | typeof nothing {
    const offer = this.#memory.of(this.lookAlikes.value ?? [], this.renewals.value ?? []).renewals.get(row.person.id);
    if (offer === undefined) return nothing;
    return html`<wa-callout variant="warning" class="note"
      ><wa-icon slot="icon" name="refresh"></wa-icon><strong>${msg("The face data should be renewed.", { id: "admin.person.renew" })}</strong> ${renewalWord(offer.reason)}
      <div><wa-button size="s" variant="brand" href=${paths.enrol(row.person.id)}><wa-icon slot="start" name="camera"></wa-icon>${msg("Enrol again", { id: "admin.person.enrol.again" })}</wa-button></div></wa-callout
    >`;
  }

  /** Whom the recogniser takes this person for, and what comes of it. */
  private alike(row: PersonRow): TemplateResult | typeof nothing {
    const others = this.#memory.of(this.lookAlikes.value ?? [], this.renewals.value ?? []).lookAlikes.get(row.person.id) ?? [];
    if (others.length === 0) return nothing;
    const nameOf = (id: PersonId): string => this.rows.value?.find(({ person }) => person.id === id)?.person.name ?? msg("Unknown", { id: "admin.punch.unknown" });
    const links = others.map((id, index) => html`${index === 0 ? nothing : msg(", ", { id: "admin.list.comma" })}<a href=${paths.person(id)}>${nameOf(id)}</a>`);
    return html`<wa-callout variant=${row.hasPin ? "neutral" : "warning"} class="note"
      ><wa-icon slot="icon" name=${row.hasPin ? "look-alike" : "key"}></wa-icon>${msg("Looks much like", { id: "admin.person.alike" })} ${links}${msg(". The kiosk asks each of them for the PIN after the face, so that neither is taken for the other.", { id: "admin.person.alike.what" })}
      ${row.hasPin
        ? nothing
        : html`<strong>${msg("There is no PIN yet, so the face alone does not get in.", { id: "admin.person.alike.no-pin" })}</strong>
            <div ?hidden=${!this.#allowed.has("people.pin")}><wa-button size="s" variant="brand" @click=${() => this.ask("pin")}><wa-icon slot="start" name="key"></wa-icon>${msg("Issue a PIN", { id: "admin.pin.issue" })}</wa-button></div>`}</wa-callout
    >`;
  }

  private face(row: PersonRow, zone: string, left: boolean): TemplateResult {
    const { consent } = row;
    const inForce = consent !== undefined && consent.withdrawnAt === undefined;
    return html`<section class="card" aria-labelledby="face">
      <h2 id="face">${msg("Face", { id: "admin.method.face" })}</h2>
      <dl class="facts">
        <dt>${msg("State", { id: "admin.state" })}</dt>
        <dd>${faceMark(row.face)}${row.enrolledAt === undefined ? nothing : html` <span class="quiet numbers">${dayInWords(row.enrolledAt, zone)}</span>`}</dd>
        <dt>${msg("Consent", { id: "admin.person.consent" })}</dt>
        <dd>
          ${consent === undefined
            ? msg("Not asked yet", { id: "admin.person.consent.none" })
            : consent.withdrawnAt === undefined
              ? msg(str`Given on ${dayInWords(consent.givenAt, zone)}, notice ${consent.noticeVersion}`, { id: "admin.person.consent.given" })
              : msg(str`Withdrawn on ${dayInWords(consent.withdrawnAt, zone)}`, { id: "admin.person.consent.withdrawn" })}
        </dd>
      </dl>
      ${row.face === "other-model"
        ? html`<p class="small">${msg("Made with another recogniser profile: the kiosk does not use it. Enrol again.", { id: "admin.person.other-model" })}</p>`
        : row.face === "unreadable"
          ? html`<p class="small">${msg("The stored face data cannot be read and was set aside. Enrol again; everybody else is untouched.", { id: "admin.person.unreadable" })}</p>`
          : nothing}
      ${left
        ? nothing
        : html`<div class="row">
            <wa-button ?hidden=${!this.#allowed.has("people.enrol")} variant=${row.face === "enrolled" ? "neutral" : "brand"} appearance=${row.face === "enrolled" ? "outlined" : "accent"} href=${paths.enrol(row.person.id)}
              ><wa-icon slot="start" name="camera"></wa-icon>${row.face === "none" ? msg("Enrol face", { id: "admin.person.enrol" }) : msg("Enrol again", { id: "admin.person.enrol.again" })}</wa-button
            >
            ${inForce && this.#allowed.has("people.consent") ? html`<wa-button appearance="outlined" @click=${() => this.ask("withdraw")}>${msg("Withdraw consent", { id: "admin.person.withdraw" })}</wa-button>` : nothing}
          </div>`}
    </section>`;
  }

  private pinCard(row: PersonRow, left: boolean): TemplateResult {
    return html`<section class="card" aria-labelledby="pin">
      <h2 id="pin">${msg("PIN", { id: "admin.method.pin" })}</h2>
      <p>${row.hasPin ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Issued", { id: "admin.pin.issued" })}</span>` : html`<span class="quiet">${msg("None", { id: "admin.pin.none" })}</span>`}</p>
      ${left ? nothing : html`<p class="small quiet">${msg("With number and PIN people see their own record, and hand in requests: at the kiosk under My records, or in this browser at", { id: "admin.pin.own" })} <a href="/me">${`${location.host}/me`}</a></p>`}
      ${left || !this.#allowed.has("people.pin")
        ? nothing
        : html`<div class="row">
            <wa-button appearance="outlined" @click=${() => this.ask("pin")}><wa-icon slot="start" name="key"></wa-icon>${row.hasPin ? msg("Issue a new PIN", { id: "admin.pin.again" }) : msg("Issue a PIN", { id: "admin.pin.issue" })}</wa-button>
          </div>`}
    </section>`;
  }

  private lastPunches(row: PersonRow): TemplateResult {
    return html`<section class="card" aria-labelledby="last">
      <h2 id="last">${msg("Last punches", { id: "admin.person.punches" })}</h2>
      ${this.punches.length === 0
        ? html`<p class="quiet">${msg("None yet", { id: "admin.person.punches.none" })}</p>`
        : html`<ul>
              ${this.punches.map(
                (punch) =>
                  html`<li class="punch"><span class="numbers">${dateTime(punch.wallMs, punch.zone)}</span><span>${directionWord(punch.direction)}</span><span class="quiet">${methodWord(punch.method)}</span></li>`,
              )}
            </ul>
            <div class="row"><a href=${paths.punchesOf(row.person.id)}>${msg("All punches", { id: "admin.person.punches.all" })}</a></div>`}
    </section>`;
  }

  private leaving(row: PersonRow): TemplateResult {
    return html`<section class="card" aria-labelledby="leave">
      <h2 id="leave">${msg("Leaving", { id: "admin.person.leaving" })}</h2>
      <p>${msg(str`When ${row.person.name} leaves the organisation, the face data is erased and the PIN ends. The punches stay.`, { id: "admin.person.leaving.why" })}</p>
      <div class="row"><wa-button appearance="outlined" @click=${() => this.ask("leave")}>${msg("Mark as left", { id: "admin.person.leave" })}</wa-button></div>
    </section>`;
  }

  private gone(row: PersonRow, zone: string): TemplateResult {
    return html`<section class="card" aria-labelledby="leave">
      <h2 id="leave">${msg("Left", { id: "admin.status.left" })}</h2>
      <p>${row.person.leftAt === undefined ? nothing : dayInWords(row.person.leftAt, zone)}</p>
    </section>`;
  }

  private dialog(row: PersonRow): TemplateResult {
    const { name } = row.person;
    const texts: Record<Question, { readonly title: string; readonly text: string; readonly action: string }> = {
      pin: {
        title: msg("Issue a PIN", { id: "admin.pin.issue" }),
        text: row.hasPin
          ? msg("The present PIN stops working at once. The new one is shown a single time.", { id: "admin.pin.replaces" })
          : msg("The PIN is shown a single time. Have the person beside you.", { id: "admin.pin.shown" }),
        action: msg("Issue", { id: "admin.pin.do" }),
      },
      withdraw: {
        title: msg("Withdraw consent", { id: "admin.person.withdraw" }),
        text: msg(str`${name}'s face data is erased at once and cannot be brought back. The PIN goes on working, and the punches stay.`, { id: "admin.person.withdraw.text" }),
        action: msg("Withdraw and erase", { id: "admin.person.withdraw.do" }),
      },
      leave: {
        title: msg("Mark as left", { id: "admin.person.leave" }),
        text: msg(str`${name}'s face data is erased, the PIN ends, and the kiosk no longer knows them. This cannot be undone; the punches stay.`, { id: "admin.person.leave.text" }),
        action: msg("Erase and mark as left", { id: "admin.person.leave.do" }),
      },
    };
    const shown = texts[this.question];
    const finished = this.pin !== null;
    return html`<wa-dialog label=${shown.title} ?open=${this.asking} @wa-after-hide=${(event: Event) => this.closed(event)}>
      <div class="stack">
        ${finished ? html`<cf-secret .secret=${this.pin}></cf-secret>` : html`<p>${shown.text}</p>`}
        ${this.question === "pin" && !row.hasPin && row.face === "none" && !finished ? html`<p class="small quiet">${msg("The PIN has the same standing as the face.", { id: "admin.pin.standing" })}</p>` : nothing}
        ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${personFailure(this.failure)}</wa-callout>`}
      </div>
      ${finished
        ? html`<wa-button slot="footer" variant="brand" data-dialog="close">${msg("The PIN is noted", { id: "admin.enrol.pin.noted" })}</wa-button>`
        : html`<wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
            <wa-button slot="footer" variant=${this.question === "pin" ? "brand" : "danger"} ?loading=${this.working} @click=${() => void this.confirm()}>${shown.action}</wa-button>`}
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-person": PersonElement;
  }
}
