import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";

import { FPIR_CHOICES, type ComparisonScope, type RecognitionPolicy } from "../../../domain/biometrics/recognition-policy.ts";
import type { ChallengePolicy } from "../../../domain/biometrics/types.ts";
import { locale } from "../../i18n/localize.ts";
import { choices, choiceStyles } from "../parts/choices.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { onceIn } from "../recognition/numbers.ts";
import { paths } from "../route.ts";

/** What is to be another way; the rest stays. */
export class PolicyEvent extends CustomEvent<Partial<RecognitionPolicy>> {
  constructor(part: Partial<RecognitionPolicy>) {
    super("cf-policy", { detail: part });
  }
}

/**
 * What a site decides about recognition, each choice with its price in plain words.
 *
 * @event cf-policy - {@link PolicyEvent}, when something else was chosen that can be kept.
 */
@customElement("cf-recognition-policy")
export class RecognitionPolicyElement extends AdminElement {
  static override styles = [
    base,
    choiceStyles,
    css`
      :host {
        display: grid;
        gap: var(--cf-space-4);
      }

      .departments {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
        gap: 4px var(--cf-space-3);
        max-block-size: 320px;
        overflow-y: auto;
        padding: 4px;
      }

      .roster {
        display: grid;
        gap: var(--cf-space-2);
        padding: var(--cf-space-3);
        border-inline-start: 3px solid var(--cf-accent);
      }

      .refresh {
        display: grid;
        gap: 4px;
      }
    `,
  ];

  @property({ attribute: false }) policy!: RecognitionPolicy;

  /** Chosen and not kept yet: a roster without a department would let nobody be recognised. */
  @state() private rosterWanted = false;

  private readonly rows = new Follow(this, () => this.administration.people.rows);

  private change(part: Partial<RecognitionPolicy>): void {
    this.dispatchEvent(new PolicyEvent(part));
  }

  private chooseScope(comparison: ComparisonScope): void {
    this.rosterWanted = comparison === "roster" && this.policy.rosterDepartments.length === 0;
    if (!this.rosterWanted) this.change({ comparison });
  }

  private chooseDepartment(name: string, chosen: boolean): void {
    const others = this.policy.rosterDepartments.filter((known) => known !== name);
    const rosterDepartments = chosen ? [...others, name] : others;
    // The last one stays until another scope is chosen.
    if (rosterDepartments.length === 0) {
      this.rosterWanted = true;
      this.change({ comparison: "everyone", rosterDepartments });
      return;
    }
    this.rosterWanted = false;
    this.change({ comparison: "roster", rosterDepartments });
  }

  override render(): TemplateResult {
    return html`${this.challenge()}${this.target()}${this.scope()}${this.refresh()}
      <p><a href=${paths.recognition}>${msg("How well this works with your own people", { id: "admin.policy.report" })}</a></p>`;
  }

  private challenge(): TemplateResult {
    return choices<ChallengePolicy>({
      name: "challenge",
      legend: msg("Ask for a small movement", { id: "admin.policy.challenge" }),
      hint: msg("Turning the head, nodding or blinking shows that a living person stands there, not a photograph or a screen. The PIN is always offered instead.", { id: "admin.policy.challenge.hint" }),
      chosen: this.policy.challenge,
      onChoose: (challenge) => this.change({ challenge }),
      of: [
        {
          value: "off",
          title: msg("Never", { id: "admin.policy.challenge.off" }),
          meaning: msg("Fastest. Whenever the kiosk is in doubt it refuses, and that person uses the PIN. A good forgery passes more easily.", { id: "admin.policy.challenge.off.means" }),
        },
        {
          value: "in-doubt",
          title: msg("When in doubt", { id: "admin.policy.challenge.in-doubt" }),
          meaning: msg("Most people walk through. Whoever is asked needs a few seconds more.", { id: "admin.policy.challenge.in-doubt.means" }),
        },
        {
          value: "always",
          title: msg("Always", { id: "admin.policy.challenge.always" }),
          meaning: msg("Safest against photographs and screens. Everybody needs a few seconds more, so expect queues when a shift begins.", { id: "admin.policy.challenge.always.means" }),
        },
      ],
    });
  }

  private target(): TemplateResult {
    const means = (target: RecognitionPolicy["fpirTarget"]): string => {
      switch (target) {
        case 1e-2:
          return msg("Fewest people are asked again. For places where only your own people come by.", { id: "admin.policy.fpir.2" });
        case 1e-3:
          return msg("The usual choice: a good balance of the two.", { id: "admin.policy.fpir.3" });
        case 1e-4:
          return msg("Strictest. More people are asked again or use their PIN. For places where many strangers pass.", { id: "admin.policy.fpir.4" });
      }
    };
    return choices({
      name: "fpir",
      legend: msg("How often a stranger may be taken for somebody", { id: "admin.policy.fpir" }),
      hint: msg("The field's term is FPIR, the false positive identification rate. The rarer this is to be, the more often one of your own people is not recognised and asked again.", { id: "admin.policy.fpir.hint" }),
      chosen: String(this.policy.fpirTarget),
      onChoose: (value) => {
        const fpirTarget = FPIR_CHOICES.find((known) => String(known) === value);
        if (fpirTarget !== undefined) this.change({ fpirTarget });
      },
      of: FPIR_CHOICES.map((target) => ({
        value: String(target),
        title: onceIn(target),
        meaning: means(target),
      })),
    });
  }

  private scope(): TemplateResult {
    const { comparison } = this.policy;
    return html`${choices<ComparisonScope>({
      name: "comparison",
      legend: msg("Whom a face is compared with", { id: "admin.policy.scope" }),
      hint: msg("The fewer, the less intrusive, and the fewer mistakes. Some countries ask for the least intrusive way that does the job.", { id: "admin.policy.scope.hint" }),
      chosen: this.rosterWanted ? "roster" : comparison,
      onChoose: (value) => this.chooseScope(value),
      of: [
        {
          value: "everyone",
          title: msg("Everybody enrolled on this tablet", { id: "admin.policy.scope.everyone" }),
          meaning: msg("Nothing has to be typed or touched.", { id: "admin.policy.scope.everyone.means" }),
        },
        {
          value: "roster",
          title: msg("People of certain departments", { id: "admin.policy.scope.roster" }),
          meaning: msg("Nothing has to be typed. Everybody else uses number and PIN here.", { id: "admin.policy.scope.roster.means" }),
        },
        {
          value: "typed-number",
          title: msg("One person, after their number", { id: "admin.policy.scope.number" }),
          meaning: msg("The employee number is typed or read from a badge first, then the face is compared with that one person. The least intrusive way, and a few seconds slower.", { id: "admin.policy.scope.number.means" }),
        },
      ],
    })}
    ${comparison === "roster" || this.rosterWanted ? this.roster() : nothing}`;
  }

  private roster(): TemplateResult {
    const chosen = this.policy.rosterDepartments;
    const sizes = new Map<string, number>(chosen.map((name) => [name, 0]));
    for (const { person } of this.rows.value ?? []) {
      if (person.status === "active" && person.department !== "") sizes.set(person.department, (sizes.get(person.department) ?? 0) + 1);
    }
    const names = [...sizes.keys()].sort(new Intl.Collator(locale.value).compare);
    const people = chosen.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    return html`<div class="roster" role="group" aria-labelledby="departments">
      <p id="departments" class="native-label">${msg("Departments", { id: "admin.policy.departments" })}</p>
      ${names.length === 0
        ? html`<p>${msg("No person has a department yet. Enter departments in People first.", { id: "admin.policy.departments.none" })}</p>`
        : html`<div class="departments">
            ${names.map(
              (name) =>
                html`<wa-checkbox .checked=${live(chosen.includes(name))} @change=${(event: Event) => this.chooseDepartment(name, (event.target as HTMLInputElement).checked)}
                  >${name} <span class="quiet numbers">(${count(sizes.get(name) ?? 0)})</span></wa-checkbox
                >`,
            )}
          </div>`}
      <p class="small" role="status">
        ${this.rosterWanted
          ? html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("Choose one at least. Until then everybody is compared.", { id: "admin.policy.departments.choose" })}</span>`
          : html`<span class="quiet numbers">${msg(str`${count(people)} people in ${count(chosen.length)} departments`, { id: "admin.policy.departments.count" })}</span>`}
      </p>
    </div>`;
  }

  private refresh(): TemplateResult {
    return html`<div class="refresh">
      <wa-switch .checked=${live(this.policy.refreshReferences)} @change=${(event: Event) => this.change({ refreshReferences: (event.target as HTMLInputElement).checked })}
        >${msg("Let face data follow how people change", { id: "admin.policy.refresh" })}</wa-switch
      >
      <p class="small quiet">
        ${msg(
          "Off unless you decide otherwise. On, a very clear punch may renew one reference of that person; what was taken at enrolment stays. Off, people whose face is recognised less and less clearly are listed for renewal, and a person decides.",
          { id: "admin.policy.refresh.hint" },
        )}
      </p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-recognition-policy": RecognitionPolicyElement;
  }

  interface HTMLElementEventMap {
    "cf-policy": PolicyEvent;
  }
}
