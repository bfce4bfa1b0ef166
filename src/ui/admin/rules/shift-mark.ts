import { css, html, type TemplateResult } from "lit";

import type { Shift } from "../../../domain/attendance/rules/types.ts";

const LOOKS = 6;

/** A shift's short name in a shape and a colour of its own: told apart without seeing colours too. */
export const shiftMarkStyles = css`
  .shift {
    display: inline-grid;
    place-items: center;
    min-inline-size: 32px;
    block-size: 28px;
    padding-inline: 4px;
    border: 2px solid var(--cf-edge);
    background: var(--cf-raised);
    color: var(--cf-ink);
    font-size: 14px;
    font-weight: 650;
    line-height: 1;
    white-space: nowrap;
  }

  .shift.look-0 {
    border-color: light-dark(#0a5060, #86d3e0);
    background: light-dark(#e0edef, #12323a);
    border-radius: 8px;
  }

  .shift.look-1 {
    border-color: light-dark(#3f3a80, #c3bdf5);
    background: light-dark(#3f3a80, #c3bdf5);
    color: light-dark(#ffffff, #16143a);
    border-radius: 14px;
  }

  .shift.look-2 {
    border-color: light-dark(#0b5537, #8ddcae);
    background: light-dark(#ddefe4, #12301f);
    border-style: dashed;
    border-radius: 14px;
  }

  .shift.look-3 {
    border-color: light-dark(#713c00, #f6c985);
    background: light-dark(#fbeaca, #3a2a10);
    border-radius: 0;
  }

  .shift.look-4 {
    border-color: light-dark(#7a2350, #f0b3d2);
    background: light-dark(#f9e2ee, #3a1427);
    border-style: double;
    border-width: 4px;
    border-radius: 8px;
  }

  .shift.look-5 {
    border-color: light-dark(#414a4e, #b9c3c5);
    background: light-dark(#414a4e, #b9c3c5);
    color: light-dark(#ffffff, #14181a);
    border-radius: 0;
  }
`;

export function shiftMark(shift: Shift, among: readonly { readonly id: string }[]): TemplateResult {
  const place = Math.max(0, among.findIndex(({ id }) => id === shift.id));
  return html`<span class="shift look-${place % LOOKS}" title=${shift.name}>${shift.short}</span>`;
}
