import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { calendarDay } from "../../../domain/attendance/day.ts";
import { addDays } from "../../../domain/attendance/rules/days.ts";
import type { Day, SiteRules } from "../../../domain/attendance/rules/types.ts";
import { latestVersion } from "../../../domain/attendance/rules/version.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { tabs, tabStyles } from "../parts/tabs.ts";
import { keepInAddress } from "../route.ts";
import "./cf-rule-calendar.ts";
import "./cf-rule-groups.ts";
import "./cf-rule-leave.ts";
import "./cf-rule-patterns.ts";
import "./cf-rule-shifts.ts";
import "./cf-rule-site.ts";
import "./cf-rules-review.ts";
import "./cf-rules-versions.ts";
import { keepDraft, loadDraft, type RulesDraft } from "./draft.ts";
import { formStyles, type Form } from "./inputs.ts";

const TABS = ["versions", "groups", "shifts", "patterns", "calendar", "leave", "site", "review"] as const;
type Tab = (typeof TABS)[number];

const isTab = (text: string | null): text is Tab => TABS.some((tab) => tab === text);

/** The site's rules: what is in force, its versions, and a draft of the next one that is kept until it is saved or let go. */
@customElement("cf-rules")
export class RulesElement extends AdminElement {
  static override styles = [
    base,
    tabStyles,
    formStyles,
    css`
      .tabs button {
        padding: 0 12px;
      }

      .draft {
        position: sticky;
        inset-block-start: 0;
        z-index: 2;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cf-space-2) var(--cf-space-3);
        padding: var(--cf-space-2) var(--cf-space-3);
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius);
        background: var(--cf-accent-ground);
      }

      .draft > .grow {
        flex-basis: 240px;
      }

      @media (max-width: 700px) {
        .draft > wa-icon {
          display: none;
        }
      }
    `,
  ];

  @state() private tab: Tab = "versions";
  @state() private draft: RulesDraft | null = null;
  @state() private left: ReadonlySet<string> = new Set();
  @state() private firstOpenDay: Day | null = null;
  @state() private saved = false;
  /** What was let go, until something else is done: it can be had back. */
  @state() private letGo: RulesDraft | null = null;

  private readonly book = new Follow(this, () => this.administration.attendance.rules.book);
  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  readonly #allowed = new Allowed(this);

  override connectedCallback(): void {
    super.connectedCallback();
    const tab = new URLSearchParams(location.search).get("tab");
    if (isTab(tab)) this.tab = tab;
    this.draft = loadDraft(this.owner);
    void this.administration.attendance.rules.firstOpenDay().then((day) => (this.firstOpenDay = day));
  }

  private get owner(): string {
    return this.session.value?.userId ?? "";
  }

  private get today(): Day {
    return calendarDay(Date.now() as EpochMs, this.settings.value?.zone ?? "UTC");
  }

  private choose(tab: Tab): void {
    this.tab = tab;
    keepInAddress({ tab: tab === "versions" ? "" : tab });
  }

  private keep(draft: RulesDraft | null): void {
    this.draft = draft;
    keepDraft(this.owner, draft);
  }

  private async begin(tab: Tab): Promise<void> {
    const { rules } = this.administration.attendance;
    const base = this.book.value === undefined ? 0 : latestVersion(this.book.value);
    // From tomorrow on: what has begun today is worked under the rules that it began with. The first ones from the first day on.
    const from = base === 0 ? (this.firstOpenDay ?? this.today) : addDays(this.today, 1);
    const inForce = rules.inForce(from) ?? this.book.value?.versions[0]?.rules ?? (await rules.proposal());
    this.left = new Set();
    this.saved = false;
    this.letGo = null;
    this.keep({ rules: inForce, base, from: this.firstOpenDay !== null && from < this.firstOpenDay ? this.firstOpenDay : from, note: "" });
    this.choose(tab);
  }

  private drafted(event: CustomEvent<SiteRules>): void {
    if (this.draft !== null) this.keep({ ...this.draft, rules: event.detail });
  }

  private form(rules: SiteRules): Form {
    return {
      problems: this.administration.attendance.rules.problems(rules),
      left: this.left,
      locked: this.draft === null || !this.#allowed.has("rules.change"),
      leave: (path) => {
        if (!this.left.has(path)) this.left = new Set([...this.left, path]);
      },
    };
  }

  override render(): TemplateResult {
    const book = this.book.value;
    const rules = this.draft?.rules ?? this.administration.attendance.rules.inForce(this.today) ?? book?.versions[0]?.rules ?? null;
    return html`<div class="page">
      <div class="head">
        <h1 tabindex="-1">${msg("Rules", { id: "admin.nav.rules" })}</h1>
        ${rules !== null && this.draft === null && this.#allowed.has("rules.change") ? html`<wa-button variant="brand" @click=${() => void this.begin(this.tab === "versions" || this.tab === "review" ? "groups" : this.tab)}><wa-icon slot="start" name="pencil"></wa-icon>${msg("Change the rules", { id: "rules.begin" })}</wa-button>` : nothing}
      </div>
      ${this.saved ? html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${msg("Saved. The new version is in the list below.", { id: "rules.saved" })}</wa-callout>` : nothing}
      ${this.letGo === null ? nothing : html`<div class="draft" role="status"><span class="grow">${msg("The draft was let go.", { id: "rules.let-go" })}</span><wa-button size="small" appearance="outlined" @click=${() => this.undo()}>${msg("Have it back", { id: "rules.undo" })}</wa-button></div>`}
      ${rules === null ? this.nothingYet() : this.editor(rules)}
    </div>`;
  }

  private undo(): void {
    this.keep(this.letGo);
    this.letGo = null;
  }

  private nothingYet(): TemplateResult {
    const mayWrite = this.#allowed.has("rules.change");
    return html`<section class="card stack narrow">
      <h2>${msg("No rules yet", { id: "rules.first" })}</h2>
      <p>${msg("Punches are recorded without rules too. Rules say who works when, and what is late, absent or overtime. Until there are some, nobody is judged.", { id: "rules.first.what" })}</p>
      ${mayWrite
        ? html`<p>${msg("Begin with a proposal: 09:00 to 18:00 from Monday to Friday, the holidays of your country, a grace of five minutes and three make-up punches a month. Change what is different at your site.", { id: "rules.first.proposal" })}</p>
            <div><wa-button variant="brand" @click=${() => void this.begin("groups")}>${msg("Begin with the proposal", { id: "rules.first.begin" })}</wa-button></div>`
        : html`<p class="quiet">${msg("HR writes them.", { id: "rules.first.hr" })}</p>`}
    </section>`;
  }

  private editor(rules: SiteRules): TemplateResult {
    const { draft } = this;
    const form = this.form(rules);
    const words: Readonly<Record<Tab, string>> = {
      versions: msg("Versions", { id: "rules.versions" }),
      groups: msg("Groups", { id: "rules.groups" }),
      shifts: msg("Shifts", { id: "rules.shifts" }),
      patterns: msg("Patterns", { id: "rules.patterns" }),
      calendar: msg("Calendar", { id: "rules.calendar" }),
      leave: msg("Leave", { id: "rules.leave" }),
      site: msg("Site", { id: "rules.site" }),
      review: msg("Review and save", { id: "rules.review" }),
    };
    const shown = TABS.filter((tab) => tab !== "review" || draft !== null);
    const tab = shown.includes(this.tab) ? this.tab : "versions";
    return html`${draft === null
        ? nothing
        : html`<div class="draft" role="status">
            <wa-icon name="pencil"></wa-icon><span class="grow">${draft.base < this.versionNow ? msg("You are changing a draft; a newer version was saved since.", { id: "rules.draft.old" }) : msg("You are changing a draft. It is kept until you save it or let it go.", { id: "rules.draft" })}</span>
            ${tab === "review" ? nothing : html`<wa-button size="small" variant="brand" @click=${() => this.choose("review")}>${msg("Review and save", { id: "rules.review" })}${form.problems.length === 0 ? nothing : html` (${form.problems.length})`}</wa-button>`}
            <wa-button size="small" appearance="outlined" @click=${() => this.drop()}>${msg("Let the draft go", { id: "rules.draft.drop" })}</wa-button>
          </div>`}
      ${tabs({ label: msg("Rules", { id: "admin.nav.rules" }), chosen: tab, of: shown.map((each) => [each, words[each]] as const), onChoose: (each) => this.choose(each) })}
      <div id="panel" role="tabpanel" aria-labelledby="tab-${tab}">${this.shownPart(tab, rules, form)}</div>`;
  }

  private get versionNow(): number {
    return this.book.value === undefined ? 0 : latestVersion(this.book.value);
  }

  private drop(): void {
    this.letGo = this.draft;
    this.keep(null);
    if (this.tab === "review") this.choose("versions");
  }

  private shownPart(tab: Tab, rules: SiteRules, form: Form): TemplateResult {
    const { administration } = this;
    const drafted = (event: CustomEvent<SiteRules>): void => this.drafted(event);
    switch (tab) {
      case "versions":
        return html`<cf-rules-versions .administration=${administration} .rules=${rules} .form=${form} .today=${this.today}></cf-rules-versions>`;
      case "groups":
        return html`<cf-rule-groups .administration=${administration} .rules=${rules} .form=${form} @cf-draft=${drafted}></cf-rule-groups>`;
      case "shifts":
        return html`<cf-rule-shifts .administration=${administration} .rules=${rules} .form=${form} @cf-draft=${drafted}></cf-rule-shifts>`;
      case "patterns":
        return html`<cf-rule-patterns .administration=${administration} .rules=${rules} .form=${form} @cf-draft=${drafted}></cf-rule-patterns>`;
      case "calendar":
        return html`<cf-rule-calendar .administration=${administration} .rules=${rules} .form=${form} @cf-draft=${drafted}></cf-rule-calendar>`;
      case "leave":
        return html`<cf-rule-leave .administration=${administration} .rules=${rules} .form=${form} @cf-draft=${drafted}></cf-rule-leave>`;
      case "site":
        return html`<cf-rule-site .administration=${administration} .rules=${rules} .form=${form} @cf-draft=${drafted}></cf-rule-site>`;
      case "review":
        return html`<cf-rules-review
          .administration=${administration}
          .rules=${rules}
          .form=${form}
          .draft=${this.draft ?? { rules, base: 0, from: this.today, note: "" }}
          .firstOpenDay=${this.firstOpenDay}
          @cf-meta=${(event: CustomEvent<Partial<Pick<RulesDraft, "from" | "note">>>) => {
            if (this.draft !== null) this.keep({ ...this.draft, ...event.detail });
          }}
          @cf-show-errors=${() => (this.left = new Set(["*"]))}
          @cf-saved=${() => {
            this.keep(null);
            this.saved = true;
            this.choose("versions");
          }}
        ></cf-rules-review>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rules": RulesElement;
  }
}
