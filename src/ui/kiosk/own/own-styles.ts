import { css } from "lit";

export const ownStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto auto;
    gap: clamp(12px, 2vmin, 24px);
    block-size: 100%;
    max-inline-size: 1180px;
    margin-inline: auto;
    --kiosk-statement: clamp(28px, 4.8vmin, 60px);
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 1em;
  }

  :host([asking]) {
    grid-template-rows: minmax(0, 1fr);
    max-inline-size: none;
  }

  .who {
    font-size: var(--kiosk-body);
    color: var(--cf-ink-quiet);
    overflow-wrap: anywhere;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
    grid-auto-rows: minmax(84px, 1fr);
    gap: var(--cf-target-gap);
    max-block-size: 620px;
  }

  .tile {
    display: flex;
    align-items: center;
    gap: 0.8em;
    padding: 12px clamp(16px, 2.4vmin, 32px);
    border: 2px solid var(--cf-edge);
    border-radius: var(--cf-radius-large);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font-size: clamp(22px, 3.2vmin, 36px);
    font-weight: 650;
    line-height: 1.2;
    text-align: start;
  }

  .tile .icon {
    inline-size: 1.5em;
    block-size: 1.5em;
    color: var(--cf-accent);
  }

  .tile span {
    min-inline-size: 0;
  }

  .tile .count {
    display: grid;
    place-items: center;
    min-inline-size: 1.7em;
    block-size: 1.7em;
    margin-inline-start: auto;
    border-radius: 999px;
    background: var(--cf-accent);
    color: var(--cf-on-accent);
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
  }

  .home {
    display: grid;
    align-content: start;
    gap: clamp(14px, 2.4vmin, 26px);
  }

  .home .tiles {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr));
    grid-auto-rows: minmax(76px, auto);
    align-content: start;
  }

  @media (orientation: landscape) and (min-width: 900px) {
    .home {
      grid-template-columns: minmax(0, 1fr) minmax(0, 460px);
    }
  }

  .desk {
    grid-column: 1 / -1;
    font-size: var(--kiosk-small);
    color: var(--cf-ink-quiet);
  }

  .home > * {
    min-block-size: auto;
    max-block-size: none;
  }

  .home .tile {
    padding-inline: clamp(12px, 1.8vmin, 24px);
    font-size: clamp(19px, 2.5vmin, 28px);
  }

  .read {
    font-size: clamp(19px, 2.6vmin, 28px);
    line-height: 1.5;
  }

  .scroll {
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
    padding-inline-end: 8px;
  }

  .text {
    display: grid;
    align-content: center;
    gap: clamp(12px, 2.2vmin, 28px);
  }

  .text p {
    font-size: clamp(22px, 3.2vmin, 36px);
    line-height: 1.4;
    text-wrap: pretty;
  }

  .text .trouble {
    color: var(--cf-care);
    font-weight: 600;
  }

  h2 {
    margin-block: clamp(14px, 2vmin, 24px) 6px;
    font-size: var(--kiosk-body);
    font-weight: 650;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 1em;
    padding-block: 10px;
    border-block-end: 1px solid var(--cf-line);
    font-size: clamp(20px, 2.8vmin, 32px);
    line-height: 1.3;
  }

  .direction {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  li .time {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  li .note {
    flex: 1 0 100%;
    font-size: var(--kiosk-small);
    color: var(--cf-ink-quiet);
  }

  .undone .time {
    text-decoration: line-through;
  }

  dl {
    display: grid;
    gap: 4px;
    margin: 0;
    font-size: clamp(20px, 2.8vmin, 32px);
    line-height: 1.3;
  }

  dt {
    font-size: var(--kiosk-small);
    font-weight: 600;
    color: var(--cf-ink-quiet);
  }

  dd {
    margin: 0 0 clamp(10px, 1.6vmin, 20px);
  }

  .receipt {
    font-family: var(--cf-font-mono);
    font-weight: 600;
  }

  cf-countdown {
    color: var(--cf-accent);
  }

  @media (max-width: 520px) {
    .buttons {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 150px), 1fr));
      gap: 10px;
    }

    .home .tiles {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 10px;
    }

    .home .tile {
      gap: 0.5em;
      padding: 10px 14px;
      border-radius: var(--cf-radius);
    }

    .home .tile {
      position: relative;
    }

    .tile .count {
      position: absolute;
      inset-block-start: -6px;
      inset-inline-end: -4px;
    }
  }
`;
