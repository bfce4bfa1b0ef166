import { css } from "lit";

/** The frame of a secret that is shown once. */
export const secretBox = css`
  .box {
    display: grid;
    gap: var(--cf-space-2);
    justify-items: center;
    padding: var(--cf-space-4);
    border: 2px solid var(--cf-accent);
    border-radius: var(--cf-radius);
    background: var(--cf-accent-ground);
    text-align: center;
  }

  output {
    font-family: var(--cf-font-mono);
    font-weight: 700;
  }
`;
