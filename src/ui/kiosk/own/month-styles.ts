import { css } from "lit";

export const monthStyles = css`
  .scroll {
    block-size: 100%;
  }

  .card.done {
    display: flex;
    align-items: center;
  }

  .months {
    display: grid;
    grid-template-columns: var(--cf-target) 1fr var(--cf-target);
    align-items: center;
    text-align: center;
  }

  .months .button {
    min-block-size: var(--cf-target);
    padding: 0;
    font-size: 34px;
  }

  .calendar {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: clamp(3px, 0.8vmin, 8px);
  }

  .weekday {
    font-size: var(--kiosk-small);
    font-weight: 600;
    color: var(--cf-ink-quiet);
    text-align: center;
  }

  .cell {
    display: grid;
    grid-template-columns: 1fr auto;
    grid-template-rows: auto auto;
    align-content: space-between;
    align-items: center;
    position: relative;
    min-block-size: clamp(50px, 6.6vmin, 84px);
    padding: 4px clamp(4px, 0.8vmin, 10px);
    border: 2px solid var(--cf-edge);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
    text-align: start;
  }

  .cell.free {
    border-color: var(--cf-line);
    background: none;
  }

  .cell.today {
    border-color: var(--cf-accent);
    box-shadow: inset 0 0 0 2px var(--cf-accent);
  }

  .cell .number {
    font-size: clamp(16px, 2.4vmin, 24px);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .cell .glance {
    inline-size: clamp(16px, 2.8vmin, 26px);
    block-size: clamp(16px, 2.8vmin, 26px);
  }

  .cell .short {
    grid-column: 1 / -1;
    overflow: hidden;
    font-size: clamp(13px, 1.8vmin, 18px);
    line-height: 1.2;
    color: var(--cf-ink-quiet);
    white-space: nowrap;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    font-size: var(--kiosk-small);
    color: var(--cf-ink-quiet);
  }

  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }

  .punches li {
    display: grid;
    grid-template-columns: minmax(5em, auto) auto 1fr auto;
    align-items: center;
    gap: 4px 16px;
    border-block-end: 1px solid var(--cf-line);
  }

  .direction {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    font-weight: 650;
  }

  .punches .quiet {
    font-size: var(--kiosk-small);
  }

  .reasons {
    gap: 6px;
    padding-inline-start: 1.2em;
    list-style: disc;
  }

  .card .icon {
    display: inline-block;
    vertical-align: -0.15em;
  }

  .button .icon {
    vertical-align: 0;
  }

  @media (max-width: 520px) {
    .punches li {
      grid-template-columns: auto auto 1fr;
    }

    .punches .quiet {
      grid-column: 1 / -1;
      justify-self: start;
    }
  }
`;
