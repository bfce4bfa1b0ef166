import { css } from "lit";

export const setupStyles = css`
  :host {
    min-block-size: 100%;
    background: var(--cf-ground);
  }

  main {
    display: flex;
    flex-direction: column;
    gap: var(--cf-space-4);
    max-inline-size: 720px;
    margin-inline: auto;
    padding: var(--cf-space-5) var(--cf-space-4) var(--cf-space-6);
  }

  .progress {
    display: grid;
    gap: 8px;
  }

  .bar {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .bar li {
    block-size: 6px;
    border-radius: 3px;
    background: var(--cf-line);
  }

  .bar li.past {
    background: var(--cf-accent);
  }

  /* The code to scan should be in sight: the ways stand side by side where there is room. */
  .factor .choices {
    grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
    gap: 12px;
  }

  .factor .choice {
    padding: 12px;
  }

  .languages {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--cf-space-3);
  }

  .languages button {
    display: flex;
    padding: var(--cf-space-4);
    border: 2px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .languages button {
    justify-content: center;
    min-block-size: 96px;
    align-items: center;
    gap: 10px;
    font-size: 24px;
    font-weight: 600;
  }

  .languages button[aria-pressed="true"] {
    border-color: var(--cf-accent);
    background: var(--cf-accent-ground);
  }

  .duties {
    display: grid;
    gap: 10px;
    padding-inline-start: 1.4em;
  }

  .strength {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }

  .foot {
    display: flex;
    flex-wrap: wrap-reverse;
    justify-content: space-between;
    gap: var(--cf-space-3);
  }

  .foot wa-button {
    min-inline-size: 140px;
  }

  .foot wa-button:only-child {
    margin-inline-start: auto;
  }

  .ticks {
    display: grid;
    gap: 4px;
    margin: 0;
    padding-block: 4px;
    list-style: none;
  }

  cf-camera-check {
    --camera-block-size: 44vh;
  }

  .ticks li {
    padding-block: 12px;
    border-block-end: 1px solid var(--cf-line);
  }

  .ticks li:last-child {
    border-block-end: 0;
  }

  .ticks p {
    padding-inline-start: 34px;
  }

  @media (max-width: 560px) {
    main {
      padding: var(--cf-space-3);
    }

    .foot wa-button {
      flex: 1 1 40%;
      min-inline-size: 0;
    }
  }
`;
