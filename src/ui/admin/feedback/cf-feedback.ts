import { msg, str } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Failure } from "../../../domain/errors.ts";
import type { Feedback } from "../../../domain/exceptions/types.ts";
import { AdminElement } from "../parts/element.ts";
import { failed } from "../parts/failed.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { tabs, tabStyles } from "../parts/tabs.ts";
import { keepInAddress } from "../route.ts";

type Shown = "open" | "answered";

function topicWord(topic: Feedback["topic"]): string {
  switch (topic) {
    case "technical":
      return msg("Technical", { id: "feedback.technical" });
    case "management":
      return msg("Management", { id: "feedback.management" });
    case "other":
      return msg("Other", { id: "feedback.other" });
  }
}

/** What people told us, with a name and without, and what was answered. */
@customElement("cf-feedback")
export class FeedbackElement extends AdminElement {
  static override styles = [
    base,
    tabStyles,
    css`
      ul {
        display: grid;
        gap: var(--cf-space-3);
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        gap: var(--cf-space-2);
      }

      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }

      .answer {
        padding: var(--cf-space-2) var(--cf-space-3);
        border-inline-start: 3px solid var(--cf-good);
        background: var(--cf-sunken);
      }
    `,
  ];

  @state() private all: readonly Feedback[] | null = null;
  @state() private failure: Failure | null = null;
  @state() private shown: Shown = new URLSearchParams(location.search).get("show") === "answered" ? "answered" : "open";
  @state() private topic = new URLSearchParams(location.search).get("topic") ?? "";
  @state() private drafts: Readonly<Record<string, string>> = {};

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly rows = new Follow(this, () => this.administration.people.rows);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  private async read(): Promise<void> {
    const read = await this.administration.attendance.feedback.list();
    this.failure = read.ok ? null : read.error;
    this.all = read.ok ? read.value : [];
  }

  private choose(part: { readonly shown?: Shown; readonly topic?: string }): void {
    this.shown = part.shown ?? this.shown;
    this.topic = part.topic ?? this.topic;
    keepInAddress({ show: this.shown === "open" ? "" : this.shown, topic: this.topic });
  }

  private async answer(id: string): Promise<void> {
    const text = (this.drafts[id] ?? "").trim();
    if (text === "") return;
    const done = await this.administration.attendance.feedback.answer(id, text);
    await this.read();
    this.failure = done.ok ? this.failure : done.error;
    if (done.ok) this.drafts = Object.fromEntries(Object.entries(this.drafts).filter(([of]) => of !== id));
  }

  override render(): TemplateResult {
    const all = this.all ?? [];
    const open = all.filter(({ state: of }) => of === "open").length;
    const those = all.filter(({ state: of, topic }) => of === this.shown && (this.topic === "" || topic === this.topic));
    return html`<div class="page">
      <div class="head">
        <h1 tabindex="-1">${msg("Feedback", { id: "admin.nav.feedback" })}</h1>
        <div>
          <label class="visually-hidden" for="topic">${msg("Topic", { id: "feedback.topic" })}</label>
          <select id="topic" class="native" @change=${(event: Event) => this.choose({ topic: (event.target as HTMLSelectElement).value })}>
            <option value="" ?selected=${this.topic === ""}>${msg("All topics", { id: "feedback.all" })}</option>
            ${(["technical", "management", "other"] as const).map((topic) => html`<option value=${topic} ?selected=${this.topic === topic}>${topicWord(topic)}</option>`)}
          </select>
        </div>
      </div>
      ${failed(this.failure)}
      ${tabs<Shown>({
        label: msg("Feedback", { id: "admin.nav.feedback" }),
        chosen: this.shown,
        of: [
          ["open", msg(str`To answer (${count(open)})`, { id: "feedback.open" })],
          ["answered", msg(str`Answered (${count(all.length - open)})`, { id: "feedback.answered" })],
        ],
        onChoose: (shown) => this.choose({ shown }),
      })}
      <div id="panel" role="tabpanel" aria-labelledby="tab-${this.shown}">
        ${this.all === null
          ? html`<p role="status"><wa-spinner></wa-spinner></p>`
          : those.length === 0
            ? html`<p class="quiet">${msg("Nothing here. What people say at the kiosk or in the browser appears here.", { id: "feedback.empty" })}</p>`
            : html`<ul>${those.map((feedback) => this.one(feedback))}</ul>`}
      </div>
    </div>`;
  }

  private one({ id, personId, topic, text, at, answer }: Feedback): TemplateResult {
    const name = personId === null ? null : (this.rows.value?.find(({ person }) => person.id === personId)?.person.name ?? null);
    const zone = this.settings.value?.zone ?? "UTC";
    const draft = this.drafts[id] ?? "";
    return html`<li class="card">
      <span class="row"><span class="chip">${topicWord(topic)}</span><span>${name ?? msg("Without a name", { id: "feedback.anonymous" })}</span><span class="small quiet numbers">${personId === null ? dateTime(at, zone).slice(0, 10) : dateTime(at, zone).slice(0, 16)}</span></span>
      <p class="text">${text}</p>
      ${answer === undefined
        ? html`<wa-textarea
              label=${personId === null ? msg("Answer (kept here; nobody is told, since nobody said who they are)", { id: "feedback.answer.anonymous" }) : msg("Answer (the person reads it at the kiosk)", { id: "feedback.answer" })}
              rows="2"
              maxlength="1000"
              .value=${draft}
              @input=${(event: Event) => (this.drafts = { ...this.drafts, [id]: (event.target as HTMLTextAreaElement).value })}
            ></wa-textarea>
            <div><wa-button size="s" variant="brand" ?disabled=${draft.trim() === ""} @click=${() => void this.answer(id)}>${msg("Answer", { id: "feedback.answer.do" })}</wa-button></div>`
        : html`<p class="answer text">${answer.text}<br /><span class="small quiet numbers">${dateTime(answer.at, zone).slice(0, 16)}</span></p>`}
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-feedback": FeedbackElement;
  }
}
