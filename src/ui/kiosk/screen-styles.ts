import { css } from "lit";

/** Where the parts of the kiosk's screen stand, and how it is coloured by what it says. */
export const screenStyles = css`
  :host {
    display: block;
    block-size: 100dvh;
    overflow: hidden;
    background: var(--cf-ground);
    color: var(--cf-ink);
    font-family: var(--cf-font);
    line-height: 1.4;
    --pad: clamp(16px, 3.4vmin, 48px);
  }

  .screen {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: auto minmax(0, 1fr);
    block-size: 100%;
    transition: background-color var(--cf-motion) var(--cf-ease);
  }

  .screen.good {
    background: var(--cf-good-ground);
  }

  .screen.care {
    background: var(--cf-care-ground);
  }

  .ribbon {
    padding: 8px var(--pad);
    background: var(--cf-accent);
    color: var(--cf-on-accent);
    font-size: clamp(16px, 2.4vmin, 24px);
    font-weight: 650;
    text-align: center;
  }

  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    padding: clamp(8px, 1.6vmin, 20px) var(--pad) 0;
  }

  .place {
    min-inline-size: 0;
  }

  .site {
    font-size: clamp(20px, 3vmin, 32px);
    font-weight: 650;
    line-height: 1.2;
  }

  .organisation {
    font-size: var(--kiosk-small);
    line-height: 1.3;
    color: var(--cf-ink-quiet);
  }

  .site,
  .organisation {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tools {
    display: flex;
    flex: none;
    align-items: center;
    gap: clamp(0px, 1vmin, 16px);
    font-size: var(--kiosk-small);
  }

  .tools cf-clock {
    margin-inline-end: 8px;
  }

  .network {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline: 8px;
    color: var(--cf-ink-quiet);
  }

  .network .icon {
    inline-size: 1.5em;
    block-size: 1.5em;
  }

  .network.offline {
    font-weight: 600;
    color: var(--cf-care);
  }

  .leave {
    display: grid;
    place-items: center;
    inline-size: var(--cf-target);
    block-size: var(--cf-target);
    padding: 0;
    border: none;
    border-radius: 50%;
    background: none;
    color: var(--cf-ink-quiet);
    font-size: 26px;
  }

  main {
    display: grid;
    grid-template-columns: minmax(0, 46fr) minmax(0, 54fr);
    gap: clamp(20px, 5vmin, 80px);
    min-block-size: 0;
    padding: clamp(8px, 2vmin, 24px) var(--pad) var(--pad);
  }

  main.alone {
    grid-template-columns: minmax(0, 1fr);
  }

  .mirror {
    display: grid;
    min-block-size: 0;
  }

  .panel {
    min-inline-size: 0;
    min-block-size: 0;
    outline: none;
  }

  .mark {
    display: grid;
    place-items: center;
    inline-size: min(42cqmin, 46%);
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--cf-accent);
    color: var(--cf-on-accent);
    animation: arrive var(--cf-motion) var(--cf-ease);
  }

  .mark.good {
    background: var(--cf-good);
    color: var(--cf-on-good);
  }

  .mark.care {
    background: var(--cf-care);
    color: var(--cf-on-care);
  }

  .mark .icon {
    inline-size: 58%;
    block-size: 58%;
    stroke-width: 2.2;
  }

  @keyframes arrive {
    from {
      transform: scale(0.85);
      opacity: 0;
    }
  }

  .look {
    align-self: end;
    margin-block-end: 24px;
    padding: 8px 24px;
    border-radius: 999px;
    background: var(--cf-ground);
    font-size: clamp(24px, 3.6vmin, 40px);
    font-weight: 650;
  }

  @media (orientation: portrait) {
    main {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 48fr) minmax(0, 52fr);
      gap: clamp(16px, 3vmin, 40px);
    }

    main.outcome {
      grid-template-rows: minmax(0, 34fr) minmax(0, 66fr);
    }

    main.alone {
      grid-template-rows: minmax(0, 1fr);
    }

    .mark {
      inline-size: auto;
      block-size: 62%;
    }
  }

  @media (max-width: 520px) {
    main {
      grid-template-rows: minmax(0, 42fr) minmax(0, 58fr);
    }

    main.outcome {
      grid-template-rows: minmax(0, 22fr) minmax(0, 78fr);
    }

    .tools cf-clock,
    .network .word {
      position: absolute;
      clip-path: inset(50%);
    }

    header cf-language-button {
      margin-inline-end: -8px;
    }
  }
`;
