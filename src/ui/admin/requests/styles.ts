import { css } from "lit";

export const textareaStyles = css`
  textarea.native {
    inline-size: 100%;
    min-block-size: 48px;
    padding: 11px 14px;
    border: 1px solid var(--cf-edge);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
    resize: vertical;
  }
`;

export const requestListStyles = css`
  :host {
    --columns: 28px minmax(110px, 0.9fr) minmax(128px, 0.8fr) minmax(180px, 2.4fr) minmax(140px, 0.8fr) minmax(150px, 0.8fr);
  }

  .line.mine .name a {
    font-weight: 700;
  }

  .line .box {
    overflow: visible;
  }

  /* How long a leave is stands at its end. */
  .line .what {
    white-space: normal;
    text-wrap: pretty;
  }

  input[type="checkbox"] {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--cf-accent);
  }

  .bulk {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cf-space-2) var(--cf-space-3);
    min-block-size: 48px;
  }

  .bulk textarea {
    flex: 1 1 220px;
    inline-size: auto;
    padding-block: 11px;
  }

  .pick {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    min-block-size: 48px;
    padding-inline-start: var(--cf-space-3);
  }

  .help {
    display: grid;
    flex: none;
    gap: var(--cf-space-2);
    padding: var(--cf-space-3);
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    max-block-size: 45vh;
    overflow-y: auto;
  }

  .help summary {
    min-block-size: 40px;
    padding-block: 8px;
    cursor: pointer;
    font-weight: 600;
  }

  .help details > p {
    padding-inline-start: 1.2em;
    max-inline-size: 70ch;
  }

  wa-callout ul {
    margin-block-start: 6px;
    padding-inline-start: 1.2em;
  }

  @media (max-width: 1100px) {
    :host {
      --columns: 28px minmax(96px, 0.9fr) minmax(120px, 0.7fr) minmax(150px, 2fr) minmax(140px, 0.8fr);
    }

    .when {
      display: none;
    }
  }

  @media (max-width: 700px) {
    /* There are no keys. */
    .bulk > .quiet {
      display: none;
    }

    .line {
      grid-template: "box name kind" auto "box what what" auto "box state state" auto / 28px minmax(0, 1fr) auto;
      align-content: center;
      row-gap: 4px;
      min-block-size: 104px;
      padding-block: 12px;
    }

    .line .box {
      grid-area: box;
    }

    .line .name {
      grid-area: name;
    }

    .line .kind {
      grid-area: kind;
    }

    .line .what {
      grid-area: what;
      font-size: 14px;
    }

    .line .state {
      grid-area: state;
    }
  }
`;

export const requestStyles = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1.55fr) minmax(300px, 1fr);
    align-items: start;
    gap: var(--cf-space-3);
  }

  .columns > div {
    display: grid;
    gap: var(--cf-space-3);
    min-inline-size: 0;
  }

  .decide {
    position: sticky;
    inset-block-start: var(--cf-space-3);
  }

  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
    gap: var(--cf-space-3);
  }

  .two > div {
    min-inline-size: 0;
  }

  ol.steps {
    display: grid;
    gap: var(--cf-space-2);
    padding: 0;
    list-style: none;
  }

  ol.steps > li {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    gap: 2px 8px;
  }

  ol.steps .said {
    grid-column: 2;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  canvas {
    max-inline-size: 100%;
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius-small);
  }

  .pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  @media (max-width: 1000px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }

    /* What is asked, then the decision, then all that speaks for or against it. */
    .columns > div {
      display: contents;
    }

    .columns section {
      order: 2;
    }

    .columns .asked {
      order: 0;
    }

    .columns .decide {
      position: static;
      order: 1;
    }
  }
`;
