import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Training } from "../../../app/api/attendance.ts";
import { COURSE_VERSIONS, employeeCourse, supervisorCourse, type Course } from "../../training/courses.ts";
import { type CourseDoneEvent } from "../../training/cf-tutorial.ts";
import "../../training/cf-tutorial.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";

type Records = Extract<Awaited<ReturnType<Training["records"]>>, { readonly ok: true }>["value"];

interface CommonError {
  readonly what: string;
  readonly why: string;
  readonly whom: string;
}

/** What people come with most often: what happened, and whom to ask. */
function commonErrors(): readonly CommonError[] {
  return [
    { what: msg("“I do not find the button for a make-up punch”", { id: "help.no-entry" }), why: msg("The rules of the group do not offer it, the person is on the list of those who are not judged, or the tablet still runs an older version.", { id: "help.no-entry.why" }), whom: msg("Look at Rules and at the person's plan; the version stands under Device.", { id: "help.no-entry.whom" }) },
    { what: msg("“It says time-out”", { id: "help.late" }), why: msg("The days for making the punch up are over, the month was cut off, or no make-up punch is left.", { id: "help.late.why" }), whom: msg("The form offers to put it before HR as a special case. HR decides it under Requests.", { id: "help.late.whom" }) },
    { what: msg("“My data is wrong”", { id: "help.wrong" }), why: msg("The page of a day says in sentences why it is what it is: which shift, which punches, which rule.", { id: "help.wrong.why" }), whom: msg("The person presses the day and corrects a punch or appeals; the supervisor decides.", { id: "help.wrong.whom" }) },
    { what: msg("“It does not recognise me”", { id: "help.face" }), why: msg("Light from behind, a mask, a face that has changed, or a camera that was moved.", { id: "help.face.why" }), whom: msg("PIN and badge count alike meanwhile. Under Recognition stands whose face is to be renewed.", { id: "help.face.whom" }) },
    { what: msg("“I was here, and it says absent”", { id: "help.absent" }), why: msg("Absence is judged only once every tablet of the site was heard of; a punch may be missing or lie outside the shift's window.", { id: "help.absent.why" }), whom: msg("Make the punch up; an outage of the tablet can be cited with one press.", { id: "help.absent.whom" }) },
  ];
}

/** Help: whom to call, what goes wrong most often, and the tutorials. */
@customElement("cf-help")
export class HelpElement extends AdminElement {
  static override styles = [
    base,
    css`
      details {
        padding: 8px 0;
        border-block-end: 1px solid var(--cf-line);
      }

      summary {
        min-block-size: 48px;
        align-content: center;
        font-weight: 600;
        cursor: pointer;
      }

      cf-tutorial {
        max-inline-size: 80ch;
      }

      .records {
        display: grid;
        grid-template-columns: repeat(4, auto);
        justify-content: start;
        gap: 6px 24px;
        margin: 0;
        padding: 0;
      }
    `,
  ];

  @state() private course: Course | null = null;

  @state() private records: Records = [];

  @state() private failed = false;

  readonly #settings = new Follow(this, () => this.administration.setup.settings);
  readonly #allowed = new Allowed(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  async #read(): Promise<void> {
    if (!this.administration.rights.allowed.value.has("training.read")) return;
    const records = await this.administration.attendance.training.records();
    if (records.ok) this.records = records.value;
  }

  readonly #done = async ({ detail }: CourseDoneEvent): Promise<void> => {
    const noted = await this.administration.attendance.training.completed(detail.course, detail.version, detail.errors);
    this.failed = !noted.ok;
    await this.#read();
  };

  #courseCard(course: Course): TemplateResult {
    const me = this.administration.sessions.current.value?.userId;
    const mine = this.records.find(({ who, course: id }) => who === me && id === course.id);
    return html`<div class="row">
      <wa-button appearance="outlined" @click=${() => (this.course = course)}>${course.title}</wa-button>
      <span class="small quiet">${mine === undefined ? nothing : mine.version < course.version ? msg("There is a newer version", { id: "help.course.newer" }) : msg("You went through it", { id: "help.course.done" })}</span>
    </div>`;
  }

  #recordsShown(): TemplateResult | typeof nothing {
    if (!this.#allowed.has("training.read") || this.records.length === 0) return nothing;
    const zone = this.#settings.value?.zone ?? "UTC";
    const errors = this.records.reduce((sum, record) => sum + record.errors, 0);
    return html`<section class="card stack" aria-labelledby="records">
      <h2 id="records">${msg("Who went through a tutorial", { id: "help.records" })}</h2>
      <p class="small quiet">${msg(str`${this.records.length} completions, ${(errors / this.records.length).toFixed(1)} wrong answers each`, { id: "help.records.figures" })}</p>
      <div class="records numbers">
        ${this.records.map(({ name, course, version, errors: wrong, at }) => html`<span>${name ?? msg("(no longer here)", { id: "help.records.gone" })}</span><span>${course === "supervisor" ? supervisorCourse().title : employeeCourse().title}${version < COURSE_VERSIONS[course === "supervisor" ? "supervisor" : "employee"] ? html` (${msg("older version", { id: "help.records.older" })})` : nothing}</span><span>${msg(str`${wrong} wrong`, { id: "help.records.errors" })}</span><span>${dateTime(at, zone)}</span>`)}
      </div>
    </section>`;
  }

  override render(): TemplateResult {
    const contact = this.#settings.value?.helpContact ?? "";
    return html`<div class="page narrow">
      <h1 tabindex="-1">${msg("Help", { id: "admin.nav.help" })}</h1>
      <section class="card stack" aria-labelledby="contact">
        <h2 id="contact">${msg("In an emergency", { id: "help.contact" })}</h2>
        <p>${contact === "" ? msg("Nobody was named yet. Enter whom to call under Settings: it is shown at the kiosk too.", { id: "help.contact.none" }) : html`<strong>${contact}</strong>`}</p>
        <p class="small quiet">${msg("If recognition is down, PIN, badge and attested punches go on. Outages are logged with start and end.", { id: "help.contact.outage" })}</p>
      </section>
      <section class="card" aria-labelledby="errors">
        <h2 id="errors">${msg("What goes wrong most often", { id: "help.errors" })}</h2>
        ${commonErrors().map(({ what, why, whom }) => html`<details><summary>${what}</summary><p>${why}</p><p>${whom}</p></details>`)}
      </section>
      <section class="card stack" aria-labelledby="courses">
        <h2 id="courses">${msg("Tutorials", { id: "help.courses" })}</h2>
        <p class="small quiet">${msg("A few minutes each. They record nothing of anybody's attendance.", { id: "help.courses.what" })}</p>
        ${this.#courseCard(employeeCourse())} ${this.#courseCard(supervisorCourse())}
        <p><a href="/practice">${msg("Practise punching with a moving picture", { id: "help.practice" })}</a> · <a href="/me">${msg("One's own record in this browser", { id: "help.me" })}</a></p>
        ${this.course === null ? nothing : html`<cf-tutorial .course=${this.course} @cf-course-done=${this.#done}></cf-tutorial>`}
        ${this.failed ? html`<p class="field-error" role="alert">${msg("It was not written. Please try again.", { id: "admin.badge.failed" })}</p>` : nothing}
      </section>
      ${this.#recordsShown()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-help": HelpElement;
  }
}
