import { css } from "lit";

export const reportPageStyles = css`
  .list-page {
    padding-block-end: var(--cf-space-3);
    overflow-y: auto;
  }

  .filters > * {
    flex-basis: 96px;
  }

  .filters > .wide {
    flex: 1.4 1 232px;
  }

  .filters > .period {
    flex-basis: 128px;
  }

  .progress {
    flex-wrap: nowrap;
    white-space: nowrap;
  }

  .files {
    justify-content: flex-end;
  }

  details.chart {
    flex: none;
    padding: 0 var(--cf-space-3);
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
  }

  details.chart[open] {
    padding-block-end: var(--cf-space-2);
  }

  details.chart > summary {
    min-block-size: 44px;
    padding-block: 10px;
    font-weight: 600;
    cursor: pointer;
  }

  cf-report-table {
    flex: 1 1 320px;
    min-block-size: 320px;
  }

  @media (max-width: 700px) {
    .files {
      justify-content: flex-start;
    }
  }
`;
