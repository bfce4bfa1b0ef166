import { css } from "lit";

export const rosterStyles = css`
  .list-page {
    padding-block-end: var(--cf-space-3);
  }

  .filters > .week {
    flex: 1 1 290px;
    max-inline-size: 320px;
  }

  .weeks {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 4px;
  }

  .brushes {
    display: flex;
    flex-wrap: wrap;
    flex: none;
    gap: var(--cf-space-2);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  .brushes legend {
    padding: 0;
    margin-block-end: 4px;
    font-size: 14px;
    font-weight: 600;
  }

  .brush {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 4px 12px 4px 8px;
    border: 2px solid var(--cf-line);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
    font-size: 14px;
    cursor: pointer;
  }

  .brush[aria-pressed="true"] {
    border-color: var(--cf-accent);
    background: var(--cf-accent-ground);
    font-weight: 650;
  }

  .roster {
    --cell: 56px;
    --name: 180px;
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-block-size: 240px;
    overflow: hidden;
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
  }

  .days,
  .person {
    display: grid;
    grid-template-columns: var(--name) repeat(var(--count), minmax(var(--cell), 1fr));
    min-inline-size: calc(var(--name) + var(--count) * var(--cell));
    inline-size: 100%;
  }

  .head-line {
    flex: none;
    overflow: hidden;
    scrollbar-gutter: stable;
    border-block-end: 1px solid var(--cf-line);
    background: var(--cf-sunken);
  }

  .days > span {
    padding: 6px 2px;
    font-size: 14px;
    line-height: 1.3;
    text-align: center;
    white-space: nowrap;
  }

  .days > span strong {
    display: block;
  }

  .days > .corner,
  .person > .name {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    padding-inline: 12px 8px;
    text-align: start;
    background: inherit;
  }

  .days > .corner {
    background: var(--cf-sunken);
    align-self: stretch;
  }

  .days > .off {
    color: var(--cf-ink-quiet);
  }

  .days > .today strong {
    text-decoration: underline;
    text-decoration-thickness: 3px;
    text-underline-offset: 4px;
  }

  lit-virtualizer {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: auto;
    scrollbar-gutter: stable;
  }

  .person {
    min-block-size: 48px;
    border-block-end: 1px solid var(--cf-line);
    background: var(--cf-raised);
  }

  .person > .name {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 8px;
    align-items: center;
    border-inline-end: 1px solid var(--cf-line);
  }

  .person .name button {
    min-inline-size: 0;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: start;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }

  .person .name button:hover {
    text-decoration: underline;
  }

  .person .name input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--cf-accent);
  }

  .cell {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 2px;
    min-block-size: 48px;
    border-inline-end: 1px solid color-mix(in srgb, var(--cf-line) 50%, transparent);
    cursor: pointer;
    user-select: none;
  }

  .cell:focus-visible {
    outline-offset: -3px;
  }

  .cell.locked {
    cursor: default;
  }

  .cell .free {
    color: var(--cf-ink-quiet);
    font-size: 14px;
  }

  .cell.holiday {
    background: color-mix(in srgb, var(--cf-care-ground) 55%, transparent);
  }

  .cell.away {
    background: repeating-linear-gradient(135deg, var(--cf-sunken) 0 5px, transparent 5px 10px);
  }

  /* A single day that goes before the pattern: a corner, for those who see no colours too. */
  .cell.single::after {
    content: "";
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: 3px;
    border: 4px solid;
    border-color: var(--cf-accent) var(--cf-accent) transparent transparent;
  }

  .cell .leave {
    position: absolute;
    inset-block-end: 1px;
    inset-inline: 0;
    font-size: 11px;
    line-height: 1;
    text-align: center;
    color: var(--cf-care);
    font-weight: 650;
  }

  .cell.painted {
    box-shadow: inset 0 0 0 3px var(--cf-accent);
  }

  @media (max-width: 700px) {
    .days > span {
      font-size: 12px;
    }

    .roster {
      --name: 116px;
      --cell: 52px;
      min-block-size: 380px;
    }

    .brushes {
      flex-wrap: nowrap;
      overflow-x: auto;
      padding-block-end: 4px;
    }

    .person .name {
      padding-inline: 8px 4px;
    }

    .person .name input {
      display: none;
    }

    .person > .name {
      grid-template-columns: 1fr;
    }
  }
`;
