import { css } from "lit";

export const witnessStyles = css`
  :host {
    display: block;
    min-block-size: 100vh;
    background: var(--cf-ground);
    color: var(--cf-ink);
    font-family: var(--cf-font);
    font-size: 18px;
    line-height: 1.5;
  }

  main {
    display: grid;
    gap: var(--cf-space-3);
    max-inline-size: 560px;
    margin-inline: auto;
    padding: var(--cf-space-3);
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }

  h1 {
    margin: 0;
    font-size: 28px;
    line-height: 1.25;
    text-wrap: balance;
  }

  h1:focus {
    outline: none;
  }

  h1.good {
    color: var(--cf-good);
  }

  h1.care {
    color: var(--cf-care);
  }

  h2 {
    margin: 0;
    font-size: 20px;
  }

  p,
  ol,
  ul {
    margin: 0;
  }

  ol,
  ul {
    padding-inline-start: 1.4em;
  }

  li + li {
    margin-block-start: var(--cf-space-2);
  }

  .quiet {
    color: var(--cf-ink-quiet);
    font-size: 16px;
  }

  .code {
    font-family: var(--cf-font-mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }

  button {
    min-block-size: 56px;
    padding-inline: var(--cf-space-4);
    border: 1px solid var(--cf-edge);
    border-radius: var(--cf-radius);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }

  button.main {
    border-color: transparent;
    background: var(--cf-accent);
    color: var(--cf-on-accent);
  }

  button.plain {
    min-block-size: 44px;
    border: 0;
    background: none;
    color: var(--cf-accent);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  :focus-visible {
    outline: 3px solid var(--cf-focus);
    outline-offset: 2px;
  }

  summary {
    min-block-size: 44px;
    padding-block: 8px;
    color: var(--cf-accent);
    cursor: pointer;
  }

  details[open] {
    display: grid;
    gap: var(--cf-space-2);
  }

  textarea {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    margin-block: var(--cf-space-2);
    padding: 12px;
    border: 1px solid var(--cf-edge);
    border-radius: var(--cf-radius-small);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font-family: var(--cf-font-mono);
    font-size: 14px;
    overflow-wrap: anywhere;
  }

  video,
  .qr {
    inline-size: 100%;
    border-radius: var(--cf-radius-small);
    background: #000000;
  }

  video {
    aspect-ratio: 1;
    object-fit: cover;
  }

  .qr {
    background: #ffffff;
  }
`;
