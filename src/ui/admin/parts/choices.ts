import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/** Choices that each take a box: radio buttons with a title and, underneath, what it means. */
export const choiceStyles = css`
  .choices {
    display: grid;
    gap: var(--cf-space-3);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  .choices.two {
    grid-template-columns: repeat(auto-fit, minmax(240px, 1fr));
  }

  .choices legend {
    padding: 0;
    margin-block-end: 0.5em;
    font-weight: 600;
  }

  .choice {
    display: flex;
    gap: 12px;
    padding: var(--cf-space-3);
    align-items: flex-start;
    border: 2px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .choice:has(input:checked) {
    border-color: var(--cf-accent);
    background: var(--cf-accent-ground);
  }

  .choice:has(:focus-visible) {
    outline: 3px solid var(--cf-focus);
    outline-offset: 2px;
  }

  .choice input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 2px 0 0;
    accent-color: var(--cf-accent);
  }

  .choice span.title {
    display: block;
    font-weight: 650;
  }
`;

export interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
  /** What comes of it. */
  readonly meaning: string;
}

/** One of a few, each with its consequence in words. */
export function choices<T extends string>(options: {
  readonly name: string;
  readonly legend: string;
  readonly hint?: string;
  readonly chosen: T;
  readonly of: readonly Choice<T>[];
  readonly onChoose: (value: T) => void;
}): TemplateResult {
  const { name, legend, hint, chosen, of, onChoose } = options;
  return html`<fieldset class="choices">
    <legend>${legend}</legend>
    ${hint === undefined ? nothing : html`<p class="small quiet">${hint}</p>`}
    ${of.map(
      ({ value, title, meaning }) =>
        html`<label class="choice"
          ><input type="radio" name=${name} value=${value} .checked=${live(value === chosen)} @change=${() => onChoose(value)} /><span><span class="title">${title}</span><span class="small">${meaning}</span></span></label
        >`,
    )}
  </fieldset>`;
}
