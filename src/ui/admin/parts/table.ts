import { css } from "lit";
import type { LitVirtualizer } from "@lit-labs/virtualizer";

/** For the functions of a virtualiser: after its list has become shorter it may once more ask for rows that are gone. */
export function ifThere<Row, Shown>(work: (row: Row, index: number) => Shown, gone: (index: number) => Shown): (row: Row | undefined, index: number) => Shown {
  return (row, index) => (row === undefined ? gone(index) : work(row, index));
}

/** A table of virtual rows that fills what its page leaves. Columns: `--columns`, a grid template. */
export const tableStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }

  .list-page {
    display: flex;
    flex-direction: column;
    gap: var(--cf-space-3);
    flex: 1 1 auto;
    min-block-size: 0;
    padding: var(--cf-space-4) var(--cf-space-5) 0;
  }

  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 12px;
  }

  .filters > * {
    flex: 1 1 128px;
    max-inline-size: 200px;
    min-inline-size: 0;
  }

  .filters > .wide {
    flex: 2 1 220px;
    max-inline-size: none;
  }

  .filters > .date {
    flex-basis: 152px;
  }

  .filters > .toggle {
    display: none;
  }

  .table {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-block-size: 160px;
    overflow: hidden;
    border: 1px solid var(--cf-line);
    border-block-end: 0;
    border-start-start-radius: var(--cf-radius);
    border-start-end-radius: var(--cf-radius);
    background: var(--cf-raised);
  }

  .heading,
  .line {
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    column-gap: var(--cf-space-3);
    inline-size: 100%;
    padding-inline: var(--cf-space-3);
  }

  .heading {
    flex: none;
    min-block-size: 48px;
    border-block-end: 1px solid var(--cf-line);
    background: var(--cf-sunken);
    font-size: 14px;
    font-weight: 600;
    /* As wide as the rows beside the scroll bar. */
    scrollbar-gutter: stable;
    overflow: hidden;
  }

  .heading button {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 40px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  lit-virtualizer {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    scrollbar-gutter: stable;
  }

  .line {
    min-block-size: 56px;
    border-block-end: 1px solid var(--cf-line);
    color: inherit;
  }

  .line > * {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line a {
    font-weight: 600;
    text-decoration: none;
  }

  .line a:hover {
    text-decoration: underline;
  }

  .line a:focus-visible {
    outline-offset: -3px;
  }

  .line:hover {
    background: color-mix(in srgb, var(--cf-accent-ground) 50%, transparent);
  }

  .empty {
    display: grid;
    justify-items: start;
    align-content: center;
    gap: var(--cf-space-3);
    flex: 1 1 auto;
    padding: var(--cf-space-5);
    max-inline-size: 560px;
    margin-inline: auto;
  }

  @media (max-width: 1000px) {
    .list-page {
      padding: var(--cf-space-3) var(--cf-space-3) 0;
    }
  }

  @media (max-width: 700px) {
    .filters > * {
      flex: 1 1 140px;
      max-inline-size: none;
    }

    .filters > .wide {
      flex: 1 1 100%;
    }

    .filters > .toggle {
      display: block;
      flex: 1 1 100%;
    }

    .filters:not(.open) > .extra {
      display: none;
    }

    .heading {
      display: none;
    }
  }

  /* Landscape phones: the page scrolls rather than the list within three lines. */
  @media (max-height: 480px) {
    :host {
      block-size: auto;
    }

    .table {
      min-block-size: 420px;
    }
  }
`;

/**
 * Arrow keys, Home and End go from row to row, also to rows that are not in the document yet.
 *
 * @param key what the pressed key stands for, where it is not one of those itself
 */
export async function moveInRows(event: KeyboardEvent, list: LitVirtualizer, length: number, key = event.key): Promise<void> {
  const row = event.composedPath().find((node): node is HTMLElement => node instanceof HTMLElement && node.dataset["index"] !== undefined);
  if (row === undefined || length === 0) return;
  const at = Number(row.dataset["index"]);
  const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: length - 1, PageDown: at + 10, PageUp: at - 10 };
  const wanted = targets[key];
  if (wanted === undefined) return;
  event.preventDefault();
  const index = Math.max(0, Math.min(length - 1, wanted));
  const find = (): HTMLElement | null => list.querySelector<HTMLElement>(`[data-index="${index}"] a`);
  const near = find();
  if (near !== null) {
    near.focus({ preventScroll: true });
    near.scrollIntoView({ block: "nearest" });
    return;
  }
  list.element(index)?.scrollIntoView({ block: "nearest" });
  await list.layoutComplete;
  find()?.focus();
}
