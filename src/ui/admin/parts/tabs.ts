import { css, html, type TemplateResult } from "lit";

export const tabStyles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    overflow-x: auto;
    border-block-end: 1px solid var(--cf-line);
  }

  .tabs button {
    min-block-size: 48px;
    padding: 0 16px;
    border: 0;
    border-block-end: 3px solid transparent;
    background: none;
    color: var(--cf-ink-quiet);
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
  }

  .tabs button[aria-selected="true"] {
    border-color: var(--cf-accent);
    color: var(--cf-ink);
    font-weight: 650;
  }
`;

/** Buttons that choose what `#panel` shows; the arrow keys go from one to the next. */
export function tabs<T extends string>(options: { readonly label: string; readonly chosen: T; readonly of: readonly (readonly [T, string])[]; readonly onChoose: (tab: T) => void }): TemplateResult {
  const { label, chosen, of, onChoose } = options;
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = of.findIndex(([id]) => id === chosen);
    const next = of[(at + step + of.length) % of.length];
    if (next === undefined) return;
    onChoose(next[0]);
    // The button is there already: all that changes is which of them Tab reaches.
    const list = (event.currentTarget as HTMLElement).parentElement;
    list?.querySelector<HTMLElement>(`#tab-${next[0]}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label}>
    ${of.map(
      ([id, words]) =>
        html`<button id="tab-${id}" type="button" role="tab" aria-selected=${id === chosen ? "true" : "false"} aria-controls="panel" tabindex=${id === chosen ? "0" : "-1"} @click=${() => onChoose(id)} @keydown=${move}>${words}</button>`,
    )}
  </div>`;
}
