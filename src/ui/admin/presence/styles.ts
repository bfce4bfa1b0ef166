import { css } from "lit";

export const presenceStyles = css`
  .page.wide {
    max-inline-size: none;
  }

  .answers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: var(--cf-space-3);
  }

  .answer {
    display: grid;
    align-content: start;
    gap: 2px;
    min-block-size: 116px;
    padding: var(--cf-space-3);
    border: 2px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
    text-align: start;
    text-decoration: none;
  }

  button.answer,
  a.answer {
    cursor: pointer;
  }

  .answer[aria-pressed="true"] {
    border-color: var(--cf-accent);
    background: var(--cf-accent-ground);
  }

  .answer strong {
    font-size: 34px;
    line-height: 1.1;
    font-variant-numeric: tabular-nums;
  }

  .answer.good strong {
    color: var(--cf-good);
  }

  .answer.care {
    border-color: var(--cf-care);
  }

  .answer.care strong {
    color: var(--cf-care);
  }

  .lines {
    display: grid;
    gap: 2px;
  }

  .groups {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(260px, 1fr));
    gap: var(--cf-space-3);
    align-items: start;
  }

  .group {
    padding: var(--cf-space-3);
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
  }

  .group.missing {
    border-color: var(--cf-care);
  }

  .group ul {
    margin-block-start: var(--cf-space-2);
    padding: 0;
    list-style: none;
    max-block-size: 360px;
    overflow-y: auto;
  }

  .group li {
    display: flex;
    justify-content: space-between;
    gap: var(--cf-space-2);
    padding-block: 6px;
  }

  .group li > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
