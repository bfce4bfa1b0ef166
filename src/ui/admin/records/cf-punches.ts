import "@lit-labs/virtualizer";
import type { LitVirtualizer } from "@lit-labs/virtualizer";
import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { PunchQuery } from "../../../app/api/administration.ts";
import type { AccessFailure } from "../../../app/ports/access.ts";
import type { Attempt, Punch } from "../../../domain/attendance/types.ts";
import type { EpochMs, TimeState } from "../../../domain/clock.ts";
import { may } from "../../../domain/people/access.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { download, toCsv } from "../parts/download.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime, day } from "../parts/format.ts";
import "../parts/cf-person-picker.ts";
import { base } from "../parts/styles.ts";
import { ifThere, moveInRows, tableStyles } from "../parts/table.ts";
import { tabs, tabStyles } from "../parts/tabs.ts";
import { attemptWord, directionWord, methodWord, stepUpWord } from "../parts/words.ts";
import { keepInAddress, paths } from "../route.ts";
import { accessWord } from "../users/words.ts";

type Tab = "punches" | "attempts";

interface Choice {
  readonly tab: Tab;
  readonly person: PersonId | null;
  readonly from: string;
  readonly to: string;
  readonly site: string;
}

function readChoice(search: string): Choice {
  const parameters = new URLSearchParams(search);
  const date = (name: string): string => {
    const value = parameters.get(name) ?? "";
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : "";
  };
  const person = parameters.get("person");
  return {
    tab: parameters.get("tab") === "attempts" ? "attempts" : "punches",
    person: person === null || person === "" ? null : (person as PersonId),
    from: date("from"),
    to: date("to"),
    site: parameters.get("site") ?? "",
  };
}

/** Who came and went, and the attempts that led to nothing. */
@customElement("cf-punches")
export class PunchesElement extends AdminElement {
  static override styles = [
    base,
    tableStyles,
    tabStyles,
    css`
      .punches {
        --columns: minmax(176px, 1.1fr) minmax(110px, 1.2fr) minmax(70px, 0.6fr) minmax(84px, 0.6fr) minmax(104px, 0.8fr) minmax(96px, 0.7fr) minmax(130px, 1fr);
      }

      .attempts {
        --columns: minmax(176px, 0.7fr) 2fr;
      }

      [role="tabpanel"] {
        display: flex;
        flex-direction: column;
        gap: var(--cf-space-3);
        flex: 1 1 auto;
        min-block-size: 0;
      }

      .heading .unsure {
        display: none;
      }

      .line .time {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }

      .steps {
        display: inline-flex;
        gap: 4px;
        margin-inline-start: 6px;
        vertical-align: -2px;
      }

      .line .unsure {
        color: var(--cf-care);
      }

      @media (max-width: 1100px) {
        .punches {
          --columns: minmax(176px, 1.1fr) minmax(100px, 1.3fr) minmax(80px, 0.7fr) minmax(96px, 0.7fr) minmax(96px, 0.8fr);
        }

        .punches .number,
        .punches .receipt {
          display: none;
        }
      }

      @media (max-width: 700px) {
        .punches .line {
          grid-template: "name status direction" auto "time time method" auto / minmax(0, 1fr) auto auto;
          align-content: center;
          row-gap: 2px;
          min-block-size: 68px;
        }

        .punches .line .person {
          grid-area: name;
        }

        .punches .line .direction {
          grid-area: direction;
          justify-self: end;
        }

        .punches .line .time {
          grid-area: time;
          font-size: 14px;
          color: var(--cf-ink-quiet);
        }

        .punches .line .method {
          grid-area: method;
          justify-self: end;
          font-size: 14px;
          color: var(--cf-ink-quiet);
        }

        .punches .line .status {
          grid-area: status;
        }

        /* Only what does not count is marked: it must not be taken for what does. */
        .punches .line .status:not(:has(.chip)) {
          display: none;
        }

        .attempts .line {
          grid-template-columns: 1fr;
          align-content: center;
          row-gap: 2px;
          min-block-size: 68px;
        }
      }
    `,
  ];

  @state() private choice: Choice = readChoice(location.search);
  @state() private punches: readonly Punch[] | null = null;
  @state() private attempts: readonly Attempt[] | null = null;
  /** On a phone the filters are folded away; elsewhere they are always there. */
  @state() private filtersOpen = false;
  @query("lit-virtualizer") private list?: LitVirtualizer | null;

  private readonly rows = new Follow(this, () => this.administration.people.rows);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly session = new Follow(this, () => this.administration.sessions.current);
  readonly #allowed = new Allowed(this);
  @state() private notExported: AccessFailure["kind"] | null = null;
  #names: { readonly rows: unknown; readonly byId: ReadonlyMap<string, { readonly name: string; readonly employeeNumber: string }> } | null = null;

  private readonly moved = (): void => {
    if (location.pathname !== paths.punches) return;
    this.choice = readChoice(location.search);
    void this.read();
  };

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
    window.addEventListener("popstate", this.moved);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
  }

  private async read(): Promise<void> {
    const { choice } = this;
    const range = { ...(choice.from === "" ? {} : { from: choice.from }), ...(choice.to === "" ? {} : { to: choice.to }) };
    if (choice.tab === "attempts") {
      const attempts = await this.administration.records.attempts(range);
      if (choice === this.choice) this.attempts = attempts;
      return;
    }
    const wanted: PunchQuery = { ...range, ...(choice.person === null ? {} : { personId: choice.person }), ...(choice.site === "" ? {} : { siteId: choice.site }) };
    const punches = await this.administration.records.punches(wanted);
    if (choice === this.choice) this.punches = punches;
  }

  private change(part: Partial<Choice>): void {
    this.choice = { ...this.choice, ...part };
    const { tab, person, from, to, site } = this.choice;
    keepInAddress({ tab: tab === "punches" ? "" : tab, person: person ?? "", from, to, site });
    void this.read();
  }

  private people(): ReadonlyMap<string, { readonly name: string; readonly employeeNumber: string }> {
    const rows = this.rows.value ?? [];
    if (this.#names?.rows !== rows) this.#names = { rows, byId: new Map(rows.map(({ person }) => [person.id, person])) };
    return this.#names.byId;
  }

  private siteName(siteId: string): string {
    const settings = this.settings.value ?? null;
    return settings !== null && settings.siteId === siteId ? settings.siteName : siteId;
  }

  private async export(): Promise<void> {
    this.notExported = null;
    const punches = this.punches ?? [];
    const people = this.people();
    const zone = this.settings.value?.zone ?? "UTC";
    const heading = [
      msg("Time", { id: "admin.punch.time" }),
      msg("Time zone", { id: "admin.setup.zone" }),
      msg("Employee number", { id: "admin.field.number" }),
      msg("Name", { id: "admin.field.name" }),
      msg("Direction", { id: "admin.punch.direction" }),
      msg("Way", { id: "admin.punch.method" }),
      msg("Besides the face", { id: "admin.punch.step-ups" }),
      msg("Status", { id: "admin.status" }),
      msg("Receipt", { id: "admin.punch.receipt" }),
      msg("Site", { id: "admin.punch.site" }),
      msg("Clock", { id: "admin.punch.clock" }),
    ];
    const lines = punches.map((punch) => {
      const person = people.get(punch.personId);
      return [
        dateTime(punch.wallMs, punch.zone),
        punch.zone,
        person?.employeeNumber ?? "",
        person?.name ?? "",
        directionWord(punch.direction),
        methodWord(punch.method),
        (punch.stepUps ?? []).map(stepUpWord).join("; "),
        statusWord(punch.status),
        punch.receipt,
        this.siteName(punch.siteId),
        punch.timeState,
      ];
    });
    const { from, to } = this.choice;
    const days = from !== "" || to !== "" ? [from, to].filter((part) => part !== "") : [day(Date.now(), zone)];
    const text = toCsv(heading, lines);
    const traced = await confirmed(this, () => this.administration.traces.exporting("punches", [...new Set(punches.map(({ personId }) => personId))], new Blob([text])));
    if (traced.ok) download(`${msg("punches", { id: "admin.punch.file" })}-${days.join("-")}.csv`, text);
    else this.notExported = traced.error.kind;
  }

  /** Failed attempts are about nobody, and so of no department: a supervisor has none to see. */
  private get seesAttempts(): boolean {
    const wide = (this.session.value?.grants ?? []).filter(({ role }) => role !== "supervisor");
    return may(wide, "records.read", Date.now() as EpochMs);
  }

  override render(): TemplateResult {
    const { tab } = this.choice;
    return html`<div class="list-page">
      <div class="head">
        <h1 tabindex="-1">${msg("Punches", { id: "admin.nav.punches" })}</h1>
        ${tab === "punches" && this.#allowed.has("records.export")
          ? html`<wa-button appearance="outlined" ?disabled=${(this.punches ?? []).length === 0} @click=${() => void this.export()}><wa-icon slot="start" name="download"></wa-icon>${msg("Export CSV", { id: "admin.punch.export" })}</wa-button>`
          : nothing}
      </div>
      ${this.notExported === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${accessWord(this.notExported)}</wa-callout>`}
      ${tabs<Tab>({
        label: msg("Punches", { id: "admin.nav.punches" }),
        chosen: tab,
        of: [
          ["punches", msg("Recorded", { id: "admin.punch.recorded" })],
          ...(this.seesAttempts ? [["attempts", msg("Failed attempts", { id: "admin.punch.attempts" })] as const] : []),
        ],
        onChoose: (id) => this.change({ tab: id }),
      })}
      <div id="panel" role="tabpanel" aria-labelledby="tab-${tab}">${this.filters()}${tab === "punches" ? this.punchTable() : this.attemptTable()}</div>
    </div>`;
  }

  private filters(): TemplateResult {
    const { choice } = this;
    const settings = this.settings.value ?? null;
    const sites = [...new Set([...(settings === null ? [] : [settings.siteId]), ...(this.punches ?? []).map(({ siteId }) => siteId), ...(choice.site === "" ? [] : [choice.site])])];
    const date = (id: "from" | "to", label: string): TemplateResult =>
      html`<div class="extra date">
        <label class="native-label small" for=${id}>${label}</label>
        <input id=${id} class="native" type="date" .value=${choice[id]} @change=${(event: Event) => this.change({ [id]: (event.target as HTMLInputElement).value })} />
      </div>`;
    return html`<div class="filters ${this.filtersOpen ? "open" : ""}" role="search">
      ${choice.tab === "punches"
        ? html`<cf-person-picker class="wide" .administration=${this.administration} .picked=${choice.person} @cf-pick=${(event: CustomEvent<{ readonly id: PersonId | null }>) => this.change({ person: event.detail.id })}></cf-person-picker>`
        : nothing}
      <wa-button class="toggle" size="s" appearance="outlined" aria-expanded=${this.filtersOpen ? "true" : "false"} @click=${() => (this.filtersOpen = !this.filtersOpen)}
        ><wa-icon slot="start" name="sliders"></wa-icon>${msg("Filters", { id: "admin.filters" })}</wa-button
      >
      ${date("from", msg("From day", { id: "admin.punch.from" }))} ${date("to", msg("To day", { id: "admin.punch.to" }))}
      ${choice.tab === "punches"
        ? html`<div class="extra">
            <label class="native-label small" for="site">${msg("Site", { id: "admin.punch.site" })}</label>
            <select id="site" class="native" @change=${(event: Event) => this.change({ site: (event.target as HTMLSelectElement).value })}>
              <option value="" ?selected=${choice.site === ""}>${msg("All", { id: "admin.all" })}</option>
              ${sites.map((site) => html`<option value=${site} ?selected=${choice.site === site}>${this.siteName(site)}</option>`)}
            </select>
          </div>`
        : nothing}
    </div>`;
  }

  private filtered(): boolean {
    const { person, from, to, site } = this.choice;
    return person !== null || from !== "" || to !== "" || site !== "";
  }

  private nothingHere(title: string, text: string): TemplateResult {
    return this.filtered()
      ? html`<div class="empty">
          <h2>${msg("Nothing fits these filters", { id: "admin.punch.nothing" })}</h2>
          <wa-button appearance="outlined" @click=${() => this.change({ person: null, from: "", to: "", site: "" })}>${msg("Remove the filters", { id: "admin.punch.unfilter" })}</wa-button>
        </div>`
      : html`<div class="empty"><h2>${title}</h2><p>${text}</p></div>`;
  }

  private summary(shown: number, label: string): TemplateResult {
    const zone = this.settings.value?.zone ?? "UTC";
    return html`<p class="small quiet numbers" role="status">${label} ${shown === 0 ? nothing : msg(str`Times in ${zone.replaceAll("_", " ")}.`, { id: "admin.punch.zone" })}</p>`;
  }

  private punchTable(): TemplateResult {
    const { punches } = this;
    if (punches === null) return html`<p role="status"><wa-spinner></wa-spinner></p>`;
    if (punches.length === 0) {
      return this.nothingHere(
        msg("Nobody has punched yet", { id: "admin.punch.empty" }),
        msg("Each punch at the kiosk appears here within a moment. Enrol a person or issue a PIN first.", { id: "admin.punch.empty.todo" }),
      );
    }
    const people = this.people();
    const column = (css: string, label: string): TemplateResult => html`<span role="columnheader" class=${css}>${label}</span>`;
    return html`${this.summary(punches.length, msg(str`${count(punches.length)} punches.`, { id: "admin.punch.count" }))}
      <div class="table punches" role="table" aria-label=${msg("Punches", { id: "admin.nav.punches" })} aria-rowcount=${punches.length + 1}>
        <div role="rowgroup">
          <div class="heading" role="row" aria-rowindex="1">
            ${column("time", msg("Time", { id: "admin.punch.time" }))}${column("person", msg("Name", { id: "admin.field.name" }))}${column("number", msg("Number", { id: "admin.people.number" }))}${column("direction", msg("Direction", { id: "admin.punch.direction" }))}${column("method", msg("Way", { id: "admin.punch.method" }))}${column("status", msg("Status", { id: "admin.status" }))}${column("receipt", msg("Receipt", { id: "admin.punch.receipt" }))}
          </div>
        </div>
        <lit-virtualizer
          scroller
          role="rowgroup"
          .items=${punches}
          .keyFunction=${ifThere<Punch, string>((punch) => punch.id, String)}
          .renderItem=${ifThere((punch: Punch, index: number) => {
            const person = people.get(punch.personId);
            return html`<div class="line" role="row" aria-rowindex=${index + 2} data-index=${index}>
              <span role="cell" class="time numbers">${dateTime(punch.wallMs, punch.zone)}${unsure(punch.timeState)}</span>
              <span role="cell" class="person"><a href=${paths.person(punch.personId)}>${person?.name ?? msg("Unknown", { id: "admin.punch.unknown" })}</a></span>
              <span role="cell" class="number numbers">${person?.employeeNumber}</span>
              <span role="cell" class="direction"><span class="mark"><wa-icon name=${punch.direction}></wa-icon>${directionWord(punch.direction)}</span></span>
              <span role="cell" class="method">${methodWord(punch.method)}${stepUps(punch)}</span>
              <span role="cell" class="status">${punch.status === "accepted" ? statusWord(punch.status) : html`<span class="chip">${statusWord(punch.status)}</span>`}</span>
              <span role="cell" class="receipt code">${punch.receipt}</span>
            </div>`;
          }, () => html``)}
          @keydown=${(event: KeyboardEvent) => {
            if (this.list) void moveInRows(event, this.list, punches.length);
          }}
        ></lit-virtualizer>
      </div>`;
  }

  private attemptTable(): TemplateResult {
    const { attempts } = this;
    const zone = this.settings.value?.zone ?? "UTC";
    if (attempts === null) return html`<p role="status"><wa-spinner></wa-spinner></p>`;
    if (attempts.length === 0) {
      return this.nothingHere(
        msg("No failed attempts", { id: "admin.attempt.empty" }),
        msg("Faces that were not recognised and PINs that did not match are listed here, without pictures.", { id: "admin.attempt.empty.what" }),
      );
    }
    return html`${this.summary(attempts.length, msg(str`${count(attempts.length)} attempts, kept without pictures.`, { id: "admin.attempt.count" }))}
      <div class="table attempts" role="table" aria-label=${msg("Failed attempts", { id: "admin.punch.attempts" })} aria-rowcount=${attempts.length + 1}>
        <div role="rowgroup">
          <div class="heading" role="row" aria-rowindex="1">
            <span role="columnheader">${msg("Time", { id: "admin.punch.time" })}</span><span role="columnheader">${msg("What happened", { id: "admin.attempt.what" })}</span>
          </div>
        </div>
        <lit-virtualizer
          scroller
          role="rowgroup"
          tabindex="0"
          .items=${attempts}
          .keyFunction=${ifThere<Attempt, string>((attempt) => `${attempt.deviceId}:${attempt.seq}`, String)}
          .renderItem=${ifThere(
            (attempt: Attempt, index: number) =>
              html`<div class="line" role="row" aria-rowindex=${index + 2}>
                <span role="cell" class="time numbers">${dateTime(attempt.wallMs, zone)}${unsure(attempt.timeState)}</span>
                <span role="cell">${attemptWord(attempt.kind)}</span>
              </div>`,
            () => html``,
          )}
        ></lit-virtualizer>
      </div>`;
  }
}

function statusWord(status: Punch["status"]): string {
  switch (status) {
    case "accepted":
      return msg("Counts", { id: "admin.punch.accepted" });
    case "suppressed":
      return msg("Repeated", { id: "admin.punch.suppressed" });
    case "undone":
      return msg("Taken back", { id: "admin.punch.undone" });
  }
}

/** What a face alone did not settle, quietly beside the way. */
function stepUps({ stepUps: steps }: Punch): TemplateResult | typeof nothing {
  if (steps === undefined || steps.length === 0) return nothing;
  return html`<span class="steps quiet">${steps.map((step) => html`<wa-icon name=${step === "challenge" ? "refresh" : "key"} label=${stepUpWord(step)} title=${stepUpWord(step)}></wa-icon>`)}</span>`;
}

/** A sign where the clock went back or jumped. A clock that was never anchored is no news on a tablet that stands alone; the export tells it. */
function unsure(timeState: TimeState): TemplateResult | typeof nothing {
  if (timeState !== "T2") return nothing;
  const why = msg("The clock was changed", { id: "admin.punch.clock.changed" });
  return html`<wa-icon class="unsure" name="warning" label=${why} title=${why}></wa-icon>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-punches": PunchesElement;
  }
}
