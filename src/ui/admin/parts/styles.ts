import { css } from "lit";

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    color: var(--cf-ink);
    font-family: var(--cf-font);
    font-size: 16px;
    line-height: 1.5;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
  }

  h1 {
    font-size: 28px;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  h1:focus,
  h2:focus {
    outline: none;
  }

  h2 {
    font-size: 19px;
    line-height: 1.35;
    font-weight: 650;
  }

  h3 {
    font-size: 16px;
    font-weight: 650;
  }

  p {
    text-wrap: pretty;
  }

  a {
    color: var(--cf-accent);
    text-underline-offset: 0.2em;
  }

  button.link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--cf-accent);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }

  :focus-visible {
    outline: 3px solid var(--cf-focus);
    outline-offset: 2px;
  }

  .quiet {
    color: var(--cf-ink-quiet);
  }

  .small {
    font-size: 14px;
  }

  .numbers {
    font-variant-numeric: tabular-nums;
  }

  .code {
    font-family: var(--cf-font-mono);
    font-size: 0.94em;
    overflow-wrap: anywhere;
  }

  .stack {
    display: flex;
    flex-direction: column;
    gap: var(--cf-space-3);
  }

  .stack.wide {
    gap: var(--cf-space-4);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cf-space-2);
  }

  .row.loose {
    gap: var(--cf-space-3);
  }

  .grow {
    flex: 1 1 auto;
    min-inline-size: 0;
  }

  .page {
    display: flex;
    flex-direction: column;
    gap: var(--cf-space-4);
    padding: var(--cf-space-4) var(--cf-space-5) var(--cf-space-6);
    max-inline-size: 1120px;
  }

  .narrow {
    max-inline-size: 640px;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cf-space-3);
  }

  .card {
    padding: var(--cf-space-4);
    background: var(--cf-raised);
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius);
  }

  .back {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 32px;
    color: var(--cf-ink-quiet);
    text-decoration: none;
  }

  .back:hover {
    color: var(--cf-ink);
    text-decoration: underline;
  }

  .mark {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }

  .mark.good {
    color: var(--cf-good);
  }

  .mark.care {
    color: var(--cf-care);
  }

  .mark.quiet {
    color: var(--cf-ink-quiet);
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px;
    border-radius: 999px;
    background: var(--cf-sunken);
    font-size: 14px;
    white-space: nowrap;
  }

  .chip.good {
    background: var(--cf-good-ground);
    color: var(--cf-good);
  }

  .chip.care {
    background: var(--cf-care-ground);
    color: var(--cf-care);
  }

  dl.facts {
    display: grid;
    grid-template-columns: minmax(120px, max-content) 1fr;
    gap: var(--cf-space-2) var(--cf-space-4);
  }

  dl.facts > dt {
    color: var(--cf-ink-quiet);
  }

  dl.facts > dd {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  dl.facts .mark {
    white-space: normal;
  }

  dl.facts .mark > wa-icon {
    flex: none;
  }

  .field-error {
    display: inline-flex;
    align-items: flex-start;
    gap: 6px;
    color: var(--cf-care);
    font-weight: 600;
  }

  .field-error wa-icon {
    margin-block-start: 0.25em;
    flex: none;
  }

  .native-label {
    display: block;
    margin-block-end: 0.5em;
    font-weight: 600;
    line-height: 1.4;
  }

  select.native,
  input.native {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 0 14px;
    border: 1px solid var(--cf-edge);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
  }

  /* A chevron without a picture: the content security policy has no room for data addresses. */
  select.native {
    appearance: none;
    padding-inline-end: 40px;
    background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(135deg, currentColor 50%, transparent 50%);
    background-position:
      calc(100% - 21px) 55%,
      calc(100% - 15px) 55%;
    background-repeat: no-repeat;
    background-size: 6px 6px;
    text-overflow: ellipsis;
  }

  wa-button::part(base) {
    min-block-size: 48px;
  }

  wa-button[size="s"]::part(base),
  wa-button[size="small"]::part(base) {
    min-block-size: 44px;
  }

  wa-callout::part(icon) {
    font-size: 22px;
  }

  wa-radio,
  wa-checkbox {
    min-block-size: 32px;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (max-width: 700px) {
    .page {
      padding: var(--cf-space-3) var(--cf-space-3) var(--cf-space-5);
      gap: var(--cf-space-3);
    }

    .card {
      padding: var(--cf-space-3);
    }

    h1 {
      font-size: 24px;
    }

    dl.facts {
      grid-template-columns: 1fr;
      gap: 0 0;
    }

    dl.facts > dd {
      margin-block-end: var(--cf-space-2);
    }
  }
`;

/** A list of single lines: what it is at the start, what can be done with it at the end. */
export const lineList = css`
  ul {
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    padding-block: 8px;
    border-block-end: 1px solid var(--cf-line);
  }

  li:last-child {
    border: 0;
  }
`;
