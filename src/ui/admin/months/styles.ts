import { css } from "lit";

export const monthStyles = css`
  .page {
    max-inline-size: 1280px;
  }

  .month {
    min-inline-size: 96px;
    font-size: 20px;
    text-align: center;
  }

  ul.checklist {
    display: grid;
    gap: 4px;
    padding: 0;
    list-style: none;
  }

  ul.checklist li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 12px;
    min-block-size: 44px;
  }

  ul.checklist a {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
  }

  li.done > wa-icon {
    color: var(--cf-good);
  }

  li.open > wa-icon {
    color: var(--cf-care);
  }

  .scroll {
    overflow-x: auto;
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: 8px 10px;
    border-block-end: 1px solid var(--cf-line);
    text-align: start;
    vertical-align: top;
    white-space: nowrap;
  }

  .actions {
    display: flex;
    gap: 16px;
  }

  .actions > * {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
  }

  tbody tr:last-child > * {
    border-block-end: 0;
  }

  thead th {
    background: var(--cf-sunken);
    font-size: 14px;
    line-height: 1.25;
    vertical-align: bottom;
    white-space: normal;
  }

  th[scope="row"] {
    font-weight: 600;
  }

  th[scope="row"] .small {
    font-weight: 400;
  }

  .number {
    text-align: end;
  }

  @media (max-width: 700px) {
    ul.checklist a,
    ul.checklist wa-button {
      grid-column: 2;
      justify-self: start;
    }
  }
`;
