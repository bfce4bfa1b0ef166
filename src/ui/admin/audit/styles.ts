import { css } from "lit";

export const auditStyles = css`
  .proof {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: var(--cf-space-3);
    margin: 0;
  }

  .proof > div {
    padding: 12px var(--cf-space-3);
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
  }

  .proof > .late {
    border-color: var(--cf-care);
    background: var(--cf-care-ground);
  }

  dt {
    font-size: 14px;
    font-weight: 600;
  }

  .entries {
    --columns: minmax(64px, 0.3fr) minmax(176px, 0.9fr) minmax(140px, 0.9fr) minmax(200px, 2.4fr);
  }

  .line .unsure {
    color: var(--cf-care);
  }

  .report {
    max-block-size: 40vh;
    overflow-y: auto;
  }

  .report ul {
    margin-block-start: var(--cf-space-2);
    padding-inline-start: 1.2em;
  }

  .older {
    padding-block-end: var(--cf-space-2);
  }

  @media (max-width: 900px) {
    :host {
      block-size: auto;
    }

    .proof {
      grid-template-columns: 1fr;
    }

    .table {
      min-block-size: 480px;
    }
  }

  @media (max-width: 700px) {
    .entries .line {
      grid-template: "type seq" auto "time time" auto "what what" auto / minmax(0, 1fr) auto;
      align-content: center;
      row-gap: 2px;
      min-block-size: 84px;
    }

    .entries .seq {
      grid-area: seq;
      color: var(--cf-ink-quiet);
    }

    .entries .type {
      grid-area: type;
      font-weight: 600;
    }

    .entries .time {
      grid-area: time;
      font-size: 14px;
    }

    .entries .what {
      grid-area: what;
    }
  }
`;
