import { css } from "lit";

export const shellStyles = css`
  :host {
    min-block-size: 100dvh;
    /* A sprite icon is wider than what is drawn of it: nothing here may pan sideways. */
    overflow-x: clip;
    background: var(--cf-ground);
  }

  .layout {
    display: grid;
    grid-template: minmax(0, 1fr) / 232px minmax(0, 1fr);
    block-size: 100dvh;
  }

  .side {
    display: flex;
    flex-direction: column;
    gap: var(--cf-space-3);
    min-block-size: 0;
    overflow-y: auto;
    padding: var(--cf-space-4) 12px;
    border-inline-end: 1px solid var(--cf-line);
    background: var(--cf-raised);
  }

  .brand {
    padding-inline: 12px;
  }

  .brand strong {
    display: block;
    font-size: 17px;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }

  nav {
    display: grid;
    align-content: start;
    gap: 12px;
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  nav .part {
    display: grid;
    gap: 2px;
  }

  nav h2 {
    margin: 0;
    padding: 4px 12px;
    color: var(--cf-ink-quiet);
    font-size: 13px;
    font-weight: 600;
  }

  .side a,
  .side button {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 48px;
    padding: 0 12px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--cf-ink);
    font: inherit;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }

  .side a:hover,
  .side button:hover {
    background: var(--cf-sunken);
  }

  .side a[aria-current="page"] {
    background: var(--cf-accent-ground);
    color: var(--cf-accent);
    font-weight: 650;
  }

  .side wa-icon {
    font-size: 20px;
    flex: none;
  }

  .to-do {
    margin-inline-start: auto;
    min-inline-size: 26px;
    padding: 1px 8px;
    border-radius: 999px;
    background: var(--cf-care-ground);
    color: var(--cf-care);
    font-size: 14px;
    font-weight: 650;
    text-align: center;
  }

  .side .find {
    border: 1px solid var(--cf-line);
    color: var(--cf-ink-quiet);
  }

  kbd {
    margin-inline-start: auto;
    padding: 0 6px;
    border: 1px solid var(--cf-line);
    border-radius: 6px;
    font: inherit;
    font-size: 13px;
  }

  .bottom {
    display: grid;
    gap: 4px;
    margin-block-start: auto;
  }

  main {
    position: relative;
    min-block-size: 0;
    overflow-y: auto;
  }

  .top {
    display: none;
  }

  .ending {
    position: fixed;
    inset-block-end: var(--cf-space-3);
    inset-inline: var(--cf-space-3);
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 12px;
    max-inline-size: 640px;
    margin-inline: auto;
    padding: 12px var(--cf-space-3);
    border: 2px solid var(--cf-care);
    border-radius: var(--cf-radius);
    background: var(--cf-care-ground);
    color: var(--cf-care);
    font-weight: 600;
    box-shadow: var(--cf-shadow);
  }

  @media (max-width: 900px) {
    .layout {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }

    .top {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 56px;
      padding: 4px 8px;
      border-block-end: 1px solid var(--cf-line);
      background: var(--cf-raised);
    }

    .top strong {
      flex: 1 1 auto;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .top button {
      display: grid;
      place-content: center;
      inline-size: 48px;
      block-size: 48px;
      border: 0;
      border-radius: 10px;
      background: none;
      color: var(--cf-ink);
      font-size: 22px;
      cursor: pointer;
    }

    .side {
      display: none;
    }

    .side.shown {
      display: flex;
      position: absolute;
      inset: 57px 0 0;
      z-index: 3;
      border: 0;
    }

    .side .find,
    kbd {
      display: none;
    }
  }

  /* Everything of the menu stands on a tablet that lies on its side. */
  @media (max-height: 900px) and (min-width: 901px) {
    .side {
      gap: 12px;
      padding-block: 12px;
    }

    nav {
      gap: 6px;
    }

    nav .part,
    .bottom {
      gap: 2px;
    }

    .bottom {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      column-gap: 8px;
    }

    .side .bottom > * {
      gap: 8px;
      min-inline-size: 0;
      padding-inline: 4px;
      font-size: 13px;
      line-height: 1.2;
    }

    .side .bottom span {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .side a,
    .side button {
      min-block-size: 44px;
    }
  }

  @media print {
    .layout {
      display: block;
      block-size: auto;
    }

    .side,
    .top,
    .ending {
      display: none;
    }

    main {
      overflow: visible;
    }
  }
`;
