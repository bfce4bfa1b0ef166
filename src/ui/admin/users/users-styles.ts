import { css } from "lit";

export const usersStyles = css`
  .page {
    max-inline-size: 920px;
  }

  ul {
    padding: 0;
    list-style: none;
  }

  .users {
    display: grid;
    gap: var(--cf-space-3);
  }

  .user {
    display: grid;
    gap: var(--cf-space-3);
  }

  .user h2 {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    overflow-wrap: anywhere;
  }

  .grants > li,
  .to-do li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cf-space-2) var(--cf-space-3);
    padding-block: 12px;
    border-block-start: 1px solid var(--cf-line);
  }

  .grants > li > .grow,
  .to-do li > .grow {
    flex: 1 1 260px;
  }

  .grants > li:last-child,
  .to-do li:last-child {
    padding-block-end: 0;
  }

  .employee {
    gap: 4px 12px;
  }

  dl.facts {
    align-items: baseline;
    padding-block-start: var(--cf-space-3);
    border-block-start: 1px solid var(--cf-line);
  }

  .to-do {
    border-color: var(--cf-care);
  }

  .to-do h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-end: 12px;
    color: var(--cf-care);
  }
`;
