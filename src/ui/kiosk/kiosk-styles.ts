import { css } from "lit";

/** What every part of the kiosk shares: type sizes that grow with the screen, buttons for gloves, text for screen readers alone. */
export const kioskStyles = css`
  :host {
    --kiosk-statement: clamp(34px, 6.4vmin, 76px);
    --kiosk-outcome: clamp(56px, 11.5vmin, 132px);
    --kiosk-body: clamp(18px, 2.9vmin, 30px);
    --kiosk-small: clamp(16px, 2.1vmin, 22px);
    --kiosk-gap: clamp(16px, 3vmin, 36px);
    box-sizing: border-box;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2,
  p {
    margin: 0;
  }

  .icon {
    display: block;
    flex: none;
    inline-size: 1.1em;
    block-size: 1.1em;
  }

  .statement {
    font-size: var(--kiosk-statement);
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  .body {
    font-size: var(--kiosk-body);
    line-height: 1.4;
    color: var(--cf-ink-quiet);
    text-wrap: pretty;
  }

  .buttons {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr));
    gap: var(--cf-target-gap);
  }

  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    touch-action: manipulation;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
  }

  .button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: max(var(--cf-target), 9vmin);
    min-inline-size: var(--cf-target);
    padding: 12px 24px;
    border: 2px solid var(--cf-edge);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font-size: clamp(20px, 2.9vmin, 30px);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    transition:
      background-color var(--cf-motion) var(--cf-ease),
      transform 80ms var(--cf-ease);
  }

  .button .icon {
    inline-size: 1.35em;
    block-size: 1.35em;
  }

  .button.primary {
    border-color: var(--cf-accent);
    background: var(--cf-accent);
    color: var(--cf-on-accent);
  }

  .quiet {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: var(--cf-target);
    min-inline-size: var(--cf-target);
    padding: 8px 20px;
    border: none;
    border-radius: var(--cf-radius);
    background: none;
    color: var(--cf-accent);
    font-size: var(--kiosk-body);
    font-weight: 600;
  }

  .button:active {
    transform: scale(0.98);
  }

  .button:disabled {
    cursor: default;
    opacity: 0.55;
  }

  :focus-visible {
    outline: 4px solid var(--cf-focus);
    outline-offset: 3px;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
