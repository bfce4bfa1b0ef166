import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { FrozenFace, RightsFailure, RightsOf } from "../../../app/api/rights.ts";
import type { DoneErasure, PendingErasure } from "../../../domain/people/erasure.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import type { Result } from "../../../domain/result.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { textField } from "../parts/fields.ts";
import { dayInWords } from "../parts/format.ts";
import { base, lineList } from "../parts/styles.ts";
import { showCertificate } from "./certificate.ts";
import { bytesWord, erasedWord, reasonWord, rightsFailure } from "./words.ts";

type Step = "freeze" | "ask-release" | "release" | "hold" | "lift" | "erase-face" | "erase-record";

/** What a person can ask for, and what was done: freezing and its release by two, the hold, erasures and their certificates. */
@customElement("cf-person-rights")
export class PersonRightsElement extends AdminElement {
  static override styles = [
    base,
    lineList,
    css`
      :host {
        display: block;
      }

      .card > * + * {
        margin-block-start: var(--cf-space-3);
      }
    `,
  ];

  @property({ attribute: false }) personId!: PersonId;

  @property() name = "";

  @property({ type: Boolean }) left = false;

  @property({ type: Boolean }) face = false;

  @property() zone = "UTC";

  @state() private step: Step = "freeze";

  @state() private asking = false;

  @state() private working = false;

  @state() private reason = "";

  @state() private failure: RightsFailure["kind"] | null = null;

  readonly #allowed = new Allowed(this);

  constructor() {
    super();
    new Follow(this, () => this.administration.personRights.revision);
  }

  private ask(step: Step): void {
    this.step = step;
    this.asking = true;
    this.failure = null;
    this.reason = "";
  }

  private async confirm(): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const outcome = await confirmed(this, () => this.run());
    this.working = false;
    if (outcome.ok) this.asking = false;
    else this.failure = outcome.error.kind;
  }

  private async run(): Promise<Result<void, RightsFailure>> {
    const { personRights } = this.administration;
    const { personId } = this;
    switch (this.step) {
      case "freeze":
        return personRights.freeze(personId, this.reason);
      case "ask-release":
        return personRights.askRelease(personId);
      case "release":
        return personRights.release(personId);
      case "hold":
        return personRights.setHold(personId, true);
      case "lift":
        return personRights.setHold(personId, false);
      case "erase-face":
        return personRights.eraseFace(personId);
      case "erase-record": {
        const erased = await personRights.eraseRecord(personId);
        if (!erased.ok) return erased;
        if (erased.value !== null) showCertificate(erased.value, this.zone);
        return { ok: true, value: undefined };
      }
    }
  }

  private async certificate(number: string): Promise<void> {
    const made = await confirmed(this, () => this.administration.personRights.certificate(number));
    if (made.ok) showCertificate(made.value, this.zone);
    else this.failure = made.error.kind;
  }

  override render(): TemplateResult | typeof nothing {
    const rights = this.administration.personRights.of(this.personId);
    if (rights === null) return nothing;
    return html`<section class="card" aria-labelledby="rights">
        <h2 id="rights">${msg("Rights and erasure", { id: "admin.rights.person" })}</h2>
        ${this.freezing(rights.frozen)} ${this.ends(rights)} ${this.holding(rights)} ${this.erasures(rights)}
        ${this.failure === null || this.asking ? nothing : this.trouble(this.failure)}
        <div class="row">${this.buttons(rights)}</div>
      </section>
      ${this.dialog()}`;
  }

  private freezing(frozen: FrozenFace | null): TemplateResult | typeof nothing {
    if (frozen === null) return nothing;
    const day = dayInWords(frozen.at, this.zone);
    return html`<wa-callout variant="warning"
      ><wa-icon slot="icon" name="warning"></wa-icon><strong>${msg("The face is frozen: the kiosk compares nobody with it.", { id: "admin.rights.frozen" })}</strong>
      ${frozen.by === null ? msg(str`Reported at the kiosk on ${day}.`, { id: "admin.rights.frozen.self" }) : msg(str`By ${frozen.by} on ${day}.`, { id: "admin.rights.frozen.by" })}
      ${frozen.by === null || frozen.reason === "" ? nothing : html`<q>${frozen.reason}</q>`}
      ${frozen.releaseAskedBy === null
        ? nothing
        : frozen.askedByYou
          ? msg("You asked for the release. Somebody else confirms it.", { id: "admin.rights.release.yours" })
          : msg(str`${frozen.releaseAskedBy} asks for the release. It needs your confirmation.`, { id: "admin.rights.release.theirs" })}</wa-callout
    >`;
  }

  private ends({ ends }: RightsOf): TemplateResult | typeof nothing {
    if (ends.length === 0) return nothing;
    return html`<ul>
      ${ends.map(
        ({ what, reason, dueAt, held }) =>
          html`<li>
            <span>${what === "face" ? (reason === "unused" ? msg("Face data, if not used until then", { id: "admin.rights.ends.face" }) : erasedWord(what)) : erasedWord(what)}</span>
            <span class="quiet">${held ? msg("kept by the hold", { id: "admin.rights.ends.held" }) : msg(str`erased on ${dayInWords(dueAt, this.zone)}`, { id: "admin.rights.ends" })}</span>
          </li>`,
      )}
    </ul>`;
  }

  private holding({ hold }: RightsOf): TemplateResult | typeof nothing {
    return hold ? html`<p><strong>${msg("Legal hold: the record does not end while it is on.", { id: "admin.rights.hold" })}</strong></p>` : nothing;
  }

  private erasures({ erasures }: RightsOf): TemplateResult | typeof nothing {
    if (erasures.length === 0) return nothing;
    return html`<ul>
      ${erasures.map((one) => this.erasure(one))}
    </ul>`;
  }

  private erasure(one: PendingErasure | DoneErasure): TemplateResult {
    const done = "doneAt" in one ? one : null;
    return html`<li>
      <span>${erasedWord(one.what)} · ${reasonWord(one.reason)} · ${dayInWords(one.askedAt, this.zone)}</span>
      ${done === null
        ? html`<span class="mark care"><wa-icon name="clock"></wa-icon>${msg("Out of use, bytes being destroyed", { id: "admin.rights.pending" })}</span>`
        : this.#allowed.has("certificates.read")
          ? html`<wa-button size="s" appearance="outlined" @click=${() => void this.certificate(done.certificate)}><wa-icon slot="start" name="file"></wa-icon>${msg("Certificate", { id: "admin.rights.certificate" })}</wa-button>`
          : html`<span class="quiet">${bytesWord(done.bytes)}</span>`}
    </li>`;
  }

  private buttons({ frozen, hold }: RightsOf): readonly (TemplateResult | typeof nothing)[] {
    const button = (step: Step, label: string): TemplateResult => html`<wa-button appearance="outlined" @click=${() => this.ask(step)}>${label}</wa-button>`;
    const mayRelease = this.#allowed.has("face.release");
    return [
      frozen === null && this.#allowed.has("face.freeze") && !this.left ? button("freeze", msg("Freeze the face", { id: "admin.rights.freeze" })) : nothing,
      frozen !== null && frozen.releaseAskedBy === null && mayRelease ? button("ask-release", msg("Ask for the release", { id: "admin.rights.release.ask" })) : nothing,
      frozen !== null && frozen.releaseAskedBy !== null && !frozen.askedByYou && mayRelease ? button("release", msg("Confirm the release", { id: "admin.rights.release" })) : nothing,
      this.#allowed.has("people.hold") ? button(hold ? "lift" : "hold", hold ? msg("Lift the hold", { id: "admin.rights.hold.lift" }) : msg("Put on legal hold", { id: "admin.rights.hold.put" })) : nothing,
      this.face && this.#allowed.has("people.erase") ? button("erase-face", msg("Erase the face data", { id: "admin.rights.erase.face" })) : nothing,
      this.left && !hold && this.#allowed.has("people.erase") ? button("erase-record", msg("Erase the record", { id: "admin.rights.erase.record" })) : nothing,
    ];
  }

  private trouble(kind: RightsFailure["kind"]): TemplateResult {
    return html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${rightsFailure(kind)}</wa-callout>`;
  }

  /** What comes of it, in plain sentences. */
  private texts(): { readonly title: string; readonly text: string; readonly action: string; readonly danger: boolean } {
    const { name } = this;
    switch (this.step) {
      case "freeze":
        return {
          title: msg("Freeze the face", { id: "admin.rights.freeze" }),
          text: msg(str`From now on the kiosk compares nobody with ${name}'s face. The PIN goes on working. Two people have to release it.`, { id: "admin.rights.freeze.what" }),
          action: msg("Freeze", { id: "admin.rights.freeze.do" }),
          danger: true,
        };
      case "ask-release":
        return {
          title: msg("Ask for the release", { id: "admin.rights.release.ask" }),
          text: msg(str`${name}'s face stays frozen until somebody else confirms the release with a second factor.`, { id: "admin.rights.release.ask.what" }),
          action: msg("Ask", { id: "admin.rights.release.ask.do" }),
          danger: false,
        };
      case "release":
        return {
          title: msg("Confirm the release", { id: "admin.rights.release" }),
          text: msg(str`The kiosk recognises ${name} again at once. Confirm only what you have looked into yourself.`, { id: "admin.rights.release.what" }),
          action: msg("Release", { id: "admin.rights.release.do" }),
          danger: false,
        };
      case "hold":
        return {
          title: msg("Put on legal hold", { id: "admin.rights.hold.put" }),
          text: msg(str`${name}'s record is not erased, neither by the schedule nor by hand, until the hold is lifted. The face data is not held: it ends as always.`, { id: "admin.rights.hold.what" }),
          action: msg("Hold", { id: "admin.rights.hold.do" }),
          danger: false,
        };
      case "lift":
        return {
          title: msg("Lift the hold", { id: "admin.rights.hold.lift" }),
          text: msg(str`${name}'s record ends by the schedule again. If its time is over, the next run erases it.`, { id: "admin.rights.hold.lift.what" }),
          action: msg("Lift", { id: "admin.rights.hold.lift.do" }),
          danger: false,
        };
      case "erase-face":
        return {
          title: msg("Erase the face data", { id: "admin.rights.erase.face" }),
          text: msg(str`${name}'s face data is destroyed and cannot be brought back. The consent, the PIN and the punches stay.`, { id: "admin.rights.erase.face.what" }),
          action: msg("Erase", { id: "admin.rights.erase.do" }),
          danger: true,
        };
      case "erase-record":
        return {
          title: msg("Erase the record", { id: "admin.rights.erase.record" }),
          text: msg(str`Everything about ${name} is destroyed: details, consents and all punches. The log keeps its entries as a chain that nobody can read. Make sure that the law does not ask for the record any longer. The certificate shows the name for ten minutes.`, { id: "admin.rights.erase.record.what" }),
          action: msg("Destroy the record", { id: "admin.rights.erase.record.do" }),
          danger: true,
        };
    }
  }

  private dialog(): TemplateResult {
    const { title, text, action, danger } = this.texts();
    return html`<wa-dialog
      label=${title}
      ?open=${this.asking}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.asking = false;
      }}
    >
      <div class="stack">
        <p>${text}</p>
        ${this.step === "freeze" ? textField({ label: msg("Why", { id: "admin.certificate.why" }), name: "reason", value: this.reason, maxlength: 200, onInput: (reason) => (this.reason = reason) }) : nothing}
        ${this.failure === null ? nothing : this.trouble(this.failure)}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      <wa-button slot="footer" variant=${danger ? "danger" : "brand"} ?loading=${this.working} @click=${() => void this.confirm()}>${action}</wa-button>
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-person-rights": PersonRightsElement;
  }
}
