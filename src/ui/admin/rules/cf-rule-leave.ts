import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { LeaveKind } from "../../../domain/attendance/rules/types.ts";
import { locale } from "../../i18n/localize.ts";
import { freshId, replaced, without } from "./draft.ts";
import { checkInput, numberInput, selectInput, textInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";

const NEW_KIND: Omit<LeaveKind, "id"> = { name: "", balance: false, yearlyMinutes: 0, unit: "day", paid: true, needsAttachment: false };

/** Kinds of leave: what may be asked for, and what is counted. */
@customElement("cf-rule-leave")
export class RuleLeaveElement extends RulesPart {
  @state() private opened: string | null = null;

  private put(index: number, change: Partial<LeaveKind>): void {
    const kind = this.rules.leaveKinds[index];
    if (kind !== undefined) this.change({ leaveKinds: replaced(this.rules.leaveKinds, index, { ...kind, ...change }) });
  }

  override render(): TemplateResult {
    const { leaveKinds } = this.rules;
    return html`<p class="quiet">${msg("What people can ask leave for. Kinds with a balance count down what was granted.", { id: "rules.leave.what" })}</p>
      ${leaveKinds.map((kind, index) => this.kind(kind, index))}
      ${this.form.locked
        ? nothing
        : html`<div><wa-button appearance="outlined" @click=${() => {
            const id = freshId("leave", leaveKinds);
            this.opened = id;
            this.change({ leaveKinds: [...leaveKinds, { ...NEW_KIND, id }] });
          }}><wa-icon slot="start" name="plus"></wa-icon>${msg("Add a kind of leave", { id: "rules.leave.add" })}</wa-button></div>`}`;
  }

  private kind(kind: LeaveKind, index: number): TemplateResult {
    const path = `leaveKinds.${index}`;
    const { form } = this;
    const name = locale.value === "zh-Hans" ? (kind.nameZh ?? kind.name) : kind.name;
    const facts = [kind.paid ? msg("Paid", { id: "rules.leave.paid" }) : msg("Unpaid", { id: "rules.leave.unpaid" }), ...(kind.balance ? [msg("With a balance", { id: "rules.leave.balance" })] : []), ...(kind.needsAttachment ? [msg("With a document", { id: "rules.leave.document" })] : [])];
    return html`<details class="card" ?open=${this.opened === kind.id}>
      <summary><span></span><span><span class="title">${name === "" ? msg("New kind of leave", { id: "rules.leave.new" }) : name}</span><br /><span class="small quiet">${facts.join(" · ")}</span></span><wa-icon class="turn" name="chevron-down"></wa-icon></summary>
      <div class="inside">
        <div class="fields">
          ${textInput(form, { path: `${path}.name`, label: msg("Name", { id: "rules.name" }), value: kind.name, maxlength: 60, onChange: (changed) => this.put(index, { name: changed }) })}
          ${textInput(form, { path: `${path}.nameZh`, label: msg("Name in Chinese", { id: "rules.name-zh" }), value: kind.nameZh ?? "", maxlength: 60, onChange: (nameZh) => this.setChinese(index, kind, nameZh) })}
          ${selectInput(form, { path: `${path}.unit`, label: msg("Smallest unit", { id: "rules.leave.unit" }), value: kind.unit, of: [["day", msg("A day", { id: "rules.leave.day" })], ["half-day", msg("Half a day", { id: "rules.leave.half-day" })], ["hour", msg("An hour", { id: "rules.leave.hour" })]], onChange: (unit) => this.put(index, { unit }) })}
          ${kind.balance ? numberInput(form, { path: `${path}.yearlyMinutes`, label: msg("Granted each year", { id: "rules.leave.yearly" }), unit: msg("hours", { id: "rules.unit.hours" }), hint: msg("0: given by hand", { id: "rules.leave.by-hand" }), step: 0.5, value: kind.yearlyMinutes / 60, onChange: (hours) => this.put(index, { yearlyMinutes: hours * 60 }) }) : nothing}
        </div>
        <div class="row loose">
          ${checkInput(form, msg("Paid", { id: "rules.leave.paid" }), kind.paid, (paid) => this.put(index, { paid }))}
          ${checkInput(form, msg("Counted against a balance", { id: "rules.leave.counted" }), kind.balance, (balance) => this.put(index, { balance }))}
          ${checkInput(form, msg("Needs a document", { id: "rules.leave.needs" }), kind.needsAttachment, (needsAttachment) => this.put(index, { needsAttachment }))}
        </div>
        ${form.locked ? nothing : html`<div class="part"><div><wa-button size="small" appearance="plain" @click=${() => this.change({ leaveKinds: without(this.rules.leaveKinds, index) })}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Take this kind out", { id: "rules.leave.remove" })}</wa-button></div></div>`}
      </div>
    </details>`;
  }

  private setChinese(index: number, kind: LeaveKind, nameZh: string): void {
    const { id, name, balance, yearlyMinutes, unit, paid, needsAttachment } = kind;
    const plain: LeaveKind = { id, name, balance, yearlyMinutes, unit, paid, needsAttachment };
    this.change({ leaveKinds: replaced(this.rules.leaveKinds, index, nameZh.trim() === "" ? plain : { ...plain, nameZh }) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rule-leave": RuleLeaveElement;
  }
}
