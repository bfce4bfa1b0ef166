import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

import type { RuleProblem } from "../../../domain/attendance/rules/validate.ts";
import { clockText, parseClock, wallClock } from "./clock-text.ts";
import { problemWord } from "./words.ts";

/** What every field of the editor has to know: what is wrong, what was left already, and whether anything may be changed. */
export interface Form {
  readonly problems: readonly RuleProblem[];
  /** Paths of fields that were left; an error is shown from then on. */
  readonly left: ReadonlySet<string>;
  readonly locked: boolean;
  readonly leave: (path: string) => void;
}

export const formStyles = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
    gap: var(--cf-space-3);
    align-items: start;
  }

  .field {
    display: grid;
    gap: 4px;
    align-content: start;
    min-inline-size: 0;
  }

  .field label,
  fieldset.checks legend {
    font-weight: 600;
    line-height: 1.4;
  }

  /* Labels of two lines and of one, hints or none: what is typed into stands in one line. */
  .fields > .field {
    grid-row: span 3;
    grid-template-rows: subgrid;
  }

  .field > label {
    align-self: end;
  }

  .fields > .field > cf-person-picker {
    grid-row: 1 / 3;
    align-self: end;
  }

  .field .unit {
    font-weight: 400;
    color: var(--cf-ink-quiet);
  }

  .field input[aria-invalid="true"] {
    border-color: var(--cf-care);
    border-width: 2px;
  }

  fieldset.checks {
    display: flex;
    flex-wrap: wrap;
    gap: 4px var(--cf-space-3);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  fieldset.checks legend {
    padding: 0;
  }

  .check {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: 44px;
  }

  .check input {
    inline-size: 22px;
    block-size: 22px;
    accent-color: var(--cf-accent);
  }

  .part {
    display: grid;
    gap: var(--cf-space-3);
    padding-block-start: var(--cf-space-3);
    border-block-start: 1px solid var(--cf-line);
  }

  .spell {
    display: grid;
    grid-template-columns: minmax(0, 140px) minmax(0, 140px) 1fr;
    gap: var(--cf-space-2);
    align-items: end;
  }

  input.native:disabled,
  select.native:disabled {
    opacity: 0.75;
  }

  @media (max-width: 560px) {
    .fields {
      grid-template-columns: minmax(0, 1fr);
    }

    .spell {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;

/** The error of a field, once it was left. */
export function errorOf(form: Form, path: string): string | undefined {
  const problem = form.left.has(path) || form.left.has("*") ? form.problems.find((each) => each.path === path) : undefined;
  return problem === undefined ? undefined : problemWord(problem);
}

/** An error that belongs to a list or a day rather than to one field. */
export function errorLine(form: Form, path: string): TemplateResult | typeof nothing {
  const problem = form.problems.find((each) => each.path === path);
  return problem === undefined ? nothing : html`<p class="field-error small" role="alert"><wa-icon name="warning"></wa-icon><span>${problemWord(problem)}</span></p>`;
}

interface Field {
  readonly path: string;
  readonly label: string;
  readonly unit?: string;
  readonly hint?: string;
}

function idOf(path: string): string {
  return `f-${path.replaceAll(".", "-")}`;
}

function wrapped(form: Form, { path, label, unit, hint }: Field, input: (described: string, invalid: boolean) => TemplateResult): TemplateResult {
  const error = errorOf(form, path);
  const id = idOf(path);
  return html`<div class="field">
    <label for=${id}>${label}${unit === undefined ? nothing : html` <span class="unit">${unit}</span>`}</label>
    ${input(error !== undefined || hint !== undefined ? `${id}-under` : "", error !== undefined)}
    ${error === undefined
      ? hint === undefined
        ? nothing
        : html`<span class="small quiet" id="${id}-under">${hint}</span>`
      : html`<span class="field-error small" id="${id}-under" role="alert"><wa-icon name="warning"></wa-icon><span>${error}</span></span>`}
  </div>`;
}

export function textInput(form: Form, field: Field & { readonly value: string; readonly maxlength?: number; readonly type?: "text" | "date"; readonly onChange: (value: string) => void }): TemplateResult {
  return wrapped(
    form,
    field,
    (described, invalid) =>
      html`<input class="native" id=${idOf(field.path)} type=${field.type ?? "text"} autocomplete="off" maxlength=${field.maxlength ?? 200} .value=${live(field.value)} ?disabled=${form.locked} aria-describedby=${described} aria-invalid=${invalid ? "true" : "false"} @input=${(event: Event) => field.onChange((event.target as HTMLInputElement).value)} @blur=${() => form.leave(field.path)} />`,
  );
}

/** A whole number, or one with decimals where `step` says so. What is no number is NaN, and stands in the field as it was typed. */
export function numberInput(form: Form, field: Field & { readonly value: number; readonly step?: number; readonly onChange: (value: number) => void }): TemplateResult {
  return wrapped(
    form,
    field,
    (described, invalid) =>
      html`<input class="native numbers" id=${idOf(field.path)} type="number" inputmode="decimal" step=${field.step ?? 1} .value=${Number.isNaN(field.value) ? nothing : live(String(field.value))} ?disabled=${form.locked} aria-describedby=${described} aria-invalid=${invalid ? "true" : "false"} @input=${(event: Event) => field.onChange((event.target as HTMLInputElement).valueAsNumber)} @blur=${() => form.leave(field.path)} />`,
  );
}

/** A number that may be left empty. */
export function optionalInput(form: Form, field: Field & { readonly value: number | null; readonly onChange: (value: number | null) => void }): TemplateResult {
  const empty = field.hint ?? msg("Empty: never", { id: "rules.field.never" });
  return wrapped(
    form,
    { ...field, hint: empty },
    (described, invalid) =>
      html`<input class="native numbers" id=${idOf(field.path)} type="number" inputmode="numeric" .value=${live(field.value === null || Number.isNaN(field.value) ? "" : String(field.value))} ?disabled=${form.locked} aria-describedby=${described} aria-invalid=${invalid ? "true" : "false"} @input=${(event: Event) => {
        const { value, valueAsNumber } = event.target as HTMLInputElement;
        field.onChange(value === "" ? null : valueAsNumber);
      }} @blur=${() => form.leave(field.path)} />`,
  );
}

/** A time of day; after midnight 26:00, with what it is on the clock said beside it. */
export function clockInput(form: Form, field: Field & { readonly value: number; readonly onChange: (minute: number) => void }): TemplateResult {
  const nextDay = field.value >= 1440 && field.value < 2880 ? `= ${wallClock(field.value)} ${msg("the day after", { id: "rules.field.next-day" })}` : field.hint;
  return wrapped(
    form,
    { ...field, ...(nextDay === undefined ? {} : { hint: nextDay }) },
    (described, invalid) =>
      html`<input class="native numbers" id=${idOf(field.path)} type="text" inputmode="text" autocomplete="off" maxlength="6" .value=${Number.isNaN(field.value) ? nothing : clockText(field.value)} ?disabled=${form.locked} aria-describedby=${described} aria-invalid=${invalid ? "true" : "false"} @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const minute = parseClock(input.value);
        if (minute !== null) input.value = clockText(minute);
        field.onChange(minute ?? Number.NaN);
        form.leave(field.path);
      }} />`,
  );
}

export function selectInput<T extends string | number>(form: Form, field: Field & { readonly value: T; readonly of: readonly (readonly [T, string])[]; readonly onChange: (value: T) => void }): TemplateResult {
  return wrapped(
    form,
    field,
    (described, invalid) =>
      html`<select class="native" id=${idOf(field.path)} ?disabled=${form.locked} aria-describedby=${described} aria-invalid=${invalid ? "true" : "false"} @change=${(event: Event) => {
        const chosen = field.of[(event.target as HTMLSelectElement).selectedIndex];
        if (chosen !== undefined) field.onChange(chosen[0]);
        form.leave(field.path);
      }}>
        ${field.of.map(([value, words]) => html`<option value=${value} .selected=${live(value === field.value)}>${words}</option>`)}
      </select>`,
  );
}

export function checkInput(form: Form, label: string, checked: boolean, onChange: (checked: boolean) => void): TemplateResult {
  return html`<label class="check"><input type="checkbox" .checked=${live(checked)} ?disabled=${form.locked} @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)} /><span>${label}</span></label>`;
}

/** Several of a few, in the order of the few. */
export function checksInput<T extends string>(form: Form, field: Field & { readonly value: readonly T[]; readonly of: readonly (readonly [T, string])[]; readonly onChange: (value: readonly T[]) => void }): TemplateResult {
  const error = errorOf(form, field.path);
  return html`<fieldset class="checks">
    <legend>${field.label}</legend>
    ${field.of.map(([value, words]) => checkInput(form, words, field.value.includes(value), (on) => {
      field.onChange(field.of.map(([each]) => each).filter((each) => (each === value ? on : field.value.includes(each))));
      form.leave(field.path);
    }))}
    ${error === undefined ? nothing : html`<span class="field-error small" role="alert"><wa-icon name="warning"></wa-icon><span>${error}</span></span>`}
  </fieldset>`;
}
