import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { iconCheck } from "../components/icons.ts";
import { kioskStyles } from "../kiosk/kiosk-styles.ts";
import { pagesStyles } from "../kiosk/own/pages-styles.ts";
import type { Course } from "./courses.ts";

/** Says how a tutorial was gone through: how many answers were wrong. */
export class CourseDoneEvent extends CustomEvent<{ readonly course: string; readonly version: number; readonly errors: number }> {
  constructor(course: Course, errors: number) {
    super("cf-course-done", { detail: { course: course.id, version: course.version, errors }, bubbles: true, composed: true });
  }
}

/**
 * A tutorial, step by step: read, answer, go on. It touches nothing of anybody's attendance.
 *
 * @event cf-course-done - {@link CourseDoneEvent}, once, at the end.
 */
@customElement("cf-tutorial")
export class CfTutorial extends LitElement {
  static override readonly styles = [
    kioskStyles,
    pagesStyles,
    css`
      .answers {
        display: grid;
        gap: 12px;
      }

      .answers .button {
        justify-content: flex-start;
        text-align: start;
      }
    `,
  ];

  @property({ attribute: false }) course: Course | null = null;

  @state() private at = 0;

  @state() private chosen: number | null = null;

  #errors = 0;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("course") || changed.get("course")?.id === this.course?.id) return;
    this.at = 0;
    this.chosen = null;
    this.#errors = 0;
  }

  #answer(index: number): void {
    this.chosen = index;
    if (index !== 0) this.#errors += 1;
  }

  readonly #next = (): void => {
    const { course } = this;
    if (course === null) return;
    this.at += 1;
    this.chosen = null;
    if (this.at === course.steps.length) this.dispatchEvent(new CourseDoneEvent(course, this.#errors));
  };

  override render(): TemplateResult | typeof nothing {
    const { course, at, chosen } = this;
    if (course === null) return nothing;
    const step = course.steps[at];
    if (step === undefined) return html`<p class="card good" role="status">${msg("Well done: that was all of it.", { id: "course.done" })}</p>`;
    // Never the right one first every time, and the same for everybody.
    const order = [0, 1, 2].map((index) => (index + at + 1) % 3);
    return html`<div class="stack">
      <p class="quiet-text">${msg(str`Step ${at + 1} of ${course.steps.length}. Nothing of this is recorded in your attendance.`, { id: "course.step" })}</p>
      <h2>${step.title}</h2>
      <p>${step.text}</p>
      <p><strong>${step.question}</strong></p>
      <div class="answers">
        ${order.map((index) => html`<button type="button" class="button" aria-pressed=${chosen === index} ?disabled=${chosen === 0} @click=${() => this.#answer(index)}>${step.answers[index as 0 | 1 | 2]}</button>`)}
      </div>
      <div role="status">
        ${chosen === null ? nothing : chosen === 0 ? html`<p class="card good">${msg("Right.", { id: "course.right" })}</p>` : html`<p class="card care">${msg("Not quite.", { id: "course.wrong" })} ${step.because}</p>`}
      </div>
      ${chosen === 0 ? html`<div class="row"><button type="button" class="button primary" @click=${this.#next}>${iconCheck()}${msg("Go on", { id: "course.next" })}</button></div>` : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-tutorial": CfTutorial;
  }

  interface HTMLElementEventMap {
    "cf-course-done": CourseDoneEvent;
  }
}
