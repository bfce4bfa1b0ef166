import { css } from "lit";

/** What the screens share on which something is typed: entry beside the pad, or above it where the screen is tall. */
export const entryStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--kiosk-gap) clamp(24px, 6vmin, 96px);
    align-content: center;
    block-size: 100%;
    max-inline-size: 1500px;
    margin-inline: auto;
  }

  .entry {
    display: grid;
    grid-template-rows: auto auto 1fr auto;
    gap: var(--kiosk-gap);
  }

  .fields {
    display: grid;
    gap: var(--cf-target-gap);
  }

  .field {
    display: grid;
    gap: 4px;
    min-block-size: clamp(84px, 14vmin, 140px);
    padding: clamp(10px, 1.8vmin, 20px) clamp(16px, 2.4vmin, 28px);
    border: 2px solid var(--cf-edge);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    text-align: start;
  }

  .field.active {
    border-color: var(--cf-accent);
    box-shadow: inset 0 0 0 2px var(--cf-accent);
  }

  .label {
    font-size: var(--kiosk-small);
    font-weight: 600;
    color: var(--cf-ink-quiet);
  }

  .active .label {
    color: var(--cf-accent);
  }

  .value {
    display: flex;
    align-items: center;
    min-block-size: 1.2em;
    font-size: clamp(32px, 5.6vmin, 60px);
    font-weight: 600;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }

  .value.dots {
    gap: 0.28em;
  }

  .value.dots i {
    inline-size: 0.36em;
    block-size: 0.36em;
    border-radius: 50%;
    background: currentcolor;
  }

  .active .value::after {
    content: "";
    inline-size: 3px;
    block-size: 0.95em;
    margin-inline-start: 3px;
    background: var(--cf-accent);
    animation: caret 1.1s steps(2, jump-none) infinite;
  }

  @keyframes caret {
    to {
      opacity: 0;
    }
  }

  .message {
    min-block-size: 2.8em;
    font-size: var(--kiosk-body);
    font-weight: 550;
    line-height: 1.4;
    color: var(--cf-care);
  }

  .message .hint {
    font-weight: 400;
    color: var(--cf-ink-quiet);
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cf-target-gap);
  }

  .help {
    display: flex;
    align-items: center;
    gap: 0.5em;
    font-size: var(--kiosk-small);
    color: var(--cf-ink-quiet);
  }

  cf-countdown {
    grid-column: 1 / -1;
    color: var(--cf-accent);
  }

  @media (orientation: portrait) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      align-content: space-between;
      max-inline-size: 720px;
    }

    .entry {
      grid-template-rows: auto auto auto auto;
      gap: clamp(10px, 2vmin, 28px);
    }

    .message {
      min-block-size: 1.4em;
    }
  }

  @media (orientation: portrait) and (max-width: 520px) {
    .fields {
      grid-template-columns: 1fr 1fr;
      gap: 8px;
    }

    .fields.one {
      grid-template-columns: 1fr;
    }

    .field {
      min-block-size: 76px;
      padding: 8px 12px;
    }

    .value {
      font-size: 26px;
    }

    .statement {
      font-size: 28px;
    }

    .foot {
      gap: 8px;
    }

    .two .button {
      flex: auto;
      padding: 8px;
      font-size: 18px;
    }

    .help {
      inline-size: min-content;
      flex: 1;
    }

    /* Beside two buttons there is no room for it. */
    .two .help {
      flex: 1 0 100%;
    }
  }
`;
