import { css } from "lit";

/** What the pages of one's own attendance share. */
export const pagesStyles = css`
  :host {
    display: block;
    min-block-size: 0;
    font-size: var(--kiosk-body);
    line-height: 1.4;
  }

  .stack {
    display: grid;
    align-content: start;
    gap: clamp(12px, 2vmin, 22px);
  }

  .scroll {
    block-size: 100%;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
    padding-inline-end: 8px;
    padding-block-end: 8px;
  }

  .card {
    display: grid;
    gap: 6px 16px;
    padding: clamp(14px, 2vmin, 24px);
    border: 2px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    text-align: start;
  }

  button.card {
    inline-size: 100%;
    min-block-size: var(--cf-target);
    border-color: var(--cf-edge);
    font-size: inherit;
  }

  .card.care {
    border-color: var(--cf-care);
    background: var(--cf-care-ground);
  }

  .card.good {
    border-color: var(--cf-good);
    background: var(--cf-good-ground);
  }

  .card h2,
  h2 {
    font-size: clamp(20px, 2.9vmin, 32px);
    font-weight: 650;
    line-height: 1.25;
  }

  .quiet-text {
    color: var(--cf-ink-quiet);
    font-size: var(--kiosk-small);
  }

  .trouble {
    color: var(--cf-care);
    font-weight: 600;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 10px var(--cf-target-gap);
  }

  .row .button {
    flex: 1 1 auto;
    min-block-size: var(--cf-target);
    font-size: clamp(18px, 2.4vmin, 26px);
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    padding: 4px 14px;
    border: 2px solid var(--cf-line);
    border-radius: 999px;
    background: var(--cf-raised);
    font-size: var(--kiosk-small);
    font-weight: 600;
  }

  button.chip {
    justify-content: center;
    min-inline-size: var(--cf-target);
    min-block-size: var(--cf-target);
    padding: 8px 20px;
    border-color: var(--cf-edge);
    font-size: clamp(18px, 2.4vmin, 26px);
  }

  .chip.chosen,
  .chip[aria-pressed="true"] {
    border-color: var(--cf-accent);
    background: var(--cf-accent);
    color: var(--cf-on-accent);
  }

  .glance {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
  }

  .glance.good {
    color: var(--cf-good);
  }

  .glance.care,
  .glance.missing,
  .glance.absent {
    color: var(--cf-care);
  }

  .glance.away,
  .glance.extra {
    color: var(--cf-accent);
  }

  .glance.waiting {
    color: var(--cf-ink-quiet);
  }

  .label {
    font-size: var(--kiosk-small);
    font-weight: 600;
    color: var(--cf-ink-quiet);
  }

  textarea,
  input[type="text"] {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--cf-target);
    padding: 12px 16px;
    border: 2px solid var(--cf-edge);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
  }

  ul {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  dl {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 16px;
    margin: 0;
  }

  dd {
    margin: 0;
    text-align: end;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
`;
