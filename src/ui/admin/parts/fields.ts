import { html, nothing, type TemplateResult } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

interface InputHost extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
  readonly input?: HTMLElement | null;
}

/** The library's input says that it is invalid by colour alone; this says it to a screen reader too. */
class AriaInvalid extends Directive {
  #invalid = false;

  override render(invalid: boolean): typeof nothing {
    this.#invalid = invalid;
    return nothing;
  }

  override update(part: ElementPart, [invalid]: [boolean]): typeof nothing {
    const host = part.element as InputHost;
    void host.updateComplete.then(() => host.input?.setAttribute("aria-invalid", String(this.#invalid)));
    return this.render(invalid);
  }
}

export const ariaInvalid = directive(AriaInvalid);

/** What stands under a field: the error when there is one, else the hint. */
export function under(error: string | undefined, hint?: string): TemplateResult | typeof nothing {
  if (error !== undefined) {
    return html`<span slot="hint" class="field-error" role="alert"><wa-icon name="warning"></wa-icon><span>${error}</span></span>`;
  }
  return hint === undefined ? nothing : html`<span slot="hint">${hint}</span>`;
}

export interface TextField {
  readonly label: string;
  readonly value: string;
  readonly name: string;
  readonly type?: "text" | "password" | "search" | "date";
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly inputmode?: "numeric" | "text";
  readonly maxlength?: number;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly onInput: (value: string) => void;
  readonly onLeave?: () => void;
}

/** One line of text with its label above and its error or hint below. */
export function textField(field: TextField): TemplateResult {
  return html`<wa-input
    label=${field.label}
    name=${field.name}
    type=${field.type ?? "text"}
    .value=${field.value}
    autocomplete=${field.autocomplete ?? "off"}
    inputmode=${field.inputmode ?? "text"}
    ?required=${field.required ?? false}
    ?disabled=${field.disabled ?? false}
    ?password-toggle=${field.type === "password"}
    .maxlength=${field.maxlength}
    .spellcheck=${false}
    class=${field.error === undefined ? "" : "invalid"}
    ${ariaInvalid(field.error !== undefined)}
    @input=${(event: Event) => field.onInput((event.target as HTMLInputElement).value)}
    @blur=${() => field.onLeave?.()}
    >${under(field.error, field.hint)}</wa-input
  >`;
}
