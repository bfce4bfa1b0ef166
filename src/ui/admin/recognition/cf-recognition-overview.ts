import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { PersonRow } from "../../../app/api/administration.ts";
import type { LookAlikePair, Proportion, RecognitionReport } from "../../../app/api/recognition.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { locale } from "../../i18n/localize.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";
import { intervalWords, ofWords, onceIn, oneIn } from "./numbers.ts";

/** The figures for all, what they rest on, and the pairs that come closest. */
@customElement("cf-recognition-overview")
export class RecognitionOverviewElement extends AdminElement {
  static override styles = [
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

      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
        gap: var(--cf-space-3);
      }

      .figure {
        display: grid;
        align-content: start;
        gap: 4px;
      }

      .figure h2 {
        font-size: 16px;
      }

      .figure .value {
        font-size: 34px;
        font-weight: 650;
        line-height: 1.2;
        font-variant-numeric: tabular-nums;
      }

      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }

      ul {
        padding: 0;
        list-style: none;
      }

      .pairs li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px var(--cf-space-3);
        align-items: center;
        padding-block: 10px;
        border-block-end: 1px solid var(--cf-line);
      }

      .pairs li:last-child {
        border: 0;
      }

      .pairs .names {
        overflow-wrap: anywhere;
      }

      .pairs .close {
        grid-column: 1;
      }

      .pairs .happens {
        grid-row: 1 / 3;
        grid-column: 2;
      }

      @media (max-width: 700px) {
        .pairs li {
          grid-template-columns: minmax(0, 1fr);
        }

        .pairs .happens {
          grid-row: auto;
          grid-column: 1;
          justify-self: start;
        }
      }
    `,
  ];

  @property({ attribute: false }) report!: RecognitionReport;
  @property({ attribute: false }) people: ReadonlyMap<PersonId, PersonRow> = new Map();

  private readonly lookAlikes = new Follow(this, () => this.administration.recognition.lookAlikes);

  override render(): TemplateResult {
    const { fnir, fpir } = this.report;
    return html`
      <section aria-labelledby="references">
        <h2 id="references">${msg("Enrolled faces against each other", { id: "admin.recognition.references.title" })}</h2>
        <div class="figures">
          ${this.figure(
            msg("Own people not found", { id: "admin.recognition.fnir" }),
            fnir,
            msg("Each reference is searched among all the others. Not found means: the kiosk would have asked again.", { id: "admin.recognition.fnir.what" }),
            msg(str`FNIR at the kiosk's operating point, leave one out; ${count(this.report.people)} people, ${count(this.report.references)} references; 95 % interval (Wilson)`, { id: "admin.recognition.fnir.term" }),
          )}
          ${this.figure(
            msg("Strangers taken for somebody", { id: "admin.recognition.fpir" }),
            fpir,
            msg("Each reference is searched with its own person taken out, as a stranger would be. Fewer get through at the door: there the next best person must also stay clearly behind.", { id: "admin.recognition.fpir.what" }),
            msg("FPIR at the kiosk's threshold, non-mated searches, without the margin; 95 % interval (Wilson)", { id: "admin.recognition.fpir.term" }),
          )}
        </div>
        <p class="small quiet">
          ${msg("References are taken within one minute, in one light, so a person resembles themself more here than months later at the door. Take the first figure as the best case, and the people's own punches below as the measure.", { id: "admin.recognition.best-case" })}
        </p>
      </section>
      <div class="columns">${this.door()} ${this.operating()}</div>
      ${this.pairs()}
    `;
  }

  private figure(title: string, proportion: Proportion, what: string, term: string): TemplateResult {
    return html`<div class="card figure">
      <h2>${title}</h2>
      <p class="value">${ofWords(proportion)}</p>
      ${proportion.n === 0
        ? html`<p>${msg("Nothing to count yet: two references of a person, or two people, are needed.", { id: "admin.recognition.none" })}</p>`
        : html`<p class="numbers">${intervalWords(proportion)}</p>`}
      <p class="small">${what}</p>
      <p class="small quiet">${term}</p>
    </div>`;
  }

  private door(): TemplateResult {
    const { persons, attempts } = this.report;
    const sum = (of: (figures: (typeof persons)[number]) => number): number => persons.reduce((total, figures) => total + of(figures), 0);
    const recognised = sum((figures) => figures.recognised);
    const fact = (term: string, value: number): TemplateResult => html`<dt>${term}</dt>
      <dd class="numbers">${count(value)}</dd>`;
    return html`<section class="card" aria-labelledby="door">
      <h2 id="door">${msg(str`At the door since ${this.report.since}`, { id: "admin.recognition.door" })}</h2>
      ${recognised === 0 ? html`<p>${msg("Nobody has punched by face since then. Choose an earlier day, or come back in a few days.", { id: "admin.recognition.door.none" })}</p>` : nothing}
      <dl class="facts">
        ${fact(msg("Punches by face", { id: "admin.recognition.recognised" }), recognised)}
        ${fact(
          msg("After a movement", { id: "admin.recognition.challenged" }),
          sum((figures) => figures.challenged),
        )}
        ${fact(
          msg("With PIN after the face", { id: "admin.recognition.second-factor" }),
          sum((figures) => figures.secondFactor),
        )}
        ${fact(
          msg("PIN right after a refused face", { id: "admin.recognition.after-refusal" }),
          sum((figures) => figures.afterRefusal),
        )}
        ${fact(msg("Faces not recognised", { id: "admin.recognition.attempts.not" }), attempts.notRecognised)}
        ${fact(msg("Two people too much alike", { id: "admin.recognition.attempts.ambiguous" }), attempts.ambiguous)}
        ${fact(msg("Suspected picture, screen or mask", { id: "admin.attempt.attack-suspected" }), attempts.attackSuspected)}
        ${fact(msg("Unclear whether a live person", { id: "admin.recognition.attempts.liveness" }), attempts.livenessUndecided)}
      </dl>
      <p class="small quiet">${msg("Who was refused is not kept. A PIN used within two minutes of a refused face is the nearest that can be known.", { id: "admin.recognition.refused.what" })}</p>
    </section>`;
  }

  private operating(): TemplateResult {
    const { operating, profile } = this.report;
    const score = (value: number): string => value.toLocaleString(locale.value, { maximumFractionDigits: 4 });
    return html`<section class="card" aria-labelledby="operating">
      <h2 id="operating">${msg("Where the kiosk draws the line", { id: "admin.recognition.operating" })}</h2>
      <dl class="facts">
        <dt>${msg("Chosen", { id: "admin.recognition.target" })}</dt>
        <dd>${onceIn(operating.fpirTarget)} <span class="quiet">(FPIR)</span></dd>
        <dt>${msg("Threshold", { id: "admin.recognition.threshold" })}</dt>
        <dd class="numbers">${score(operating.threshold)}</dd>
        <dt>${msg("Margin", { id: "admin.recognition.margin" })}</dt>
        <dd class="numbers">${score(operating.margin)}</dd>
        <dt>${msg("Profile", { id: "admin.device.profile" })}</dt>
        <dd>${profile === "accurate" ? msg("Accurate", { id: "admin.profile.accurate" }) : msg("Clear", { id: "admin.profile.clear" })}</dd>
        <dt>${msg("Source", { id: "admin.recognition.source" })}</dt>
        <dd>${operating.source}, <span class="numbers">${operating.date}</span></dd>
      </dl>
      <p class="small"><a href="${paths.settings}">${msg("Change it in Settings", { id: "admin.recognition.change" })}</a></p>
    </section>`;
  }

  private pairs(): TemplateResult {
    const { closest } = this.report;
    const key = ({ one, other }: Pick<LookAlikePair, "one" | "other">): string => [one, other].toSorted().join(" ");
    const asked = new Set((this.lookAlikes.value ?? []).map(key));
    const name = (id: PersonId): TemplateResult => html`<a href=${paths.person(id)}>${this.people.get(id)?.person.name ?? msg("Unknown", { id: "admin.punch.unknown" })}</a>`;
    return html`<section class="card" aria-labelledby="closest">
      <h2 id="closest">${msg("Closest pairs", { id: "admin.recognition.closest" })}</h2>
      ${closest.length === 0
        ? html`<p class="quiet">${msg("No two people come close to each other.", { id: "admin.recognition.closest.none" })}</p>`
        : html`<p class="small quiet">${msg("Beside each pair stands how often two strangers come that close. Where it is too often, both are asked for the PIN after their face, and neither is taken for the other.", { id: "admin.recognition.closest.what" })}</p>
            <ul class="pairs">
              ${closest.map(
                (pair) =>
                  html`<li>
                    <span class="names">${name(pair.one)} <span class="quiet">${msg("and", { id: "admin.recognition.and" })}</span> ${name(pair.other)}</span>
                    <span class="small quiet numbers close">${oneIn(pair.log10Fmr)}</span>
                    <span class="happens"
                      >${asked.has(key(pair))
                        ? html`<span class="chip care"><wa-icon name="key"></wa-icon>${msg("Both are asked for the PIN", { id: "admin.recognition.both-asked" })}</span>`
                        : html`<span class="chip">${msg("Told apart", { id: "admin.recognition.apart" })}</span>`}</span
                    >
                  </li>`,
              )}
            </ul>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-recognition-overview": RecognitionOverviewElement;
  }
}
