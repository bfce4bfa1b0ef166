import { css } from "lit";
import { property } from "lit/decorators.js";

import type { SiteRules } from "../../../domain/attendance/rules/types.ts";
import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import { formStyles, type Form } from "./inputs.ts";
import { shiftMarkStyles } from "./shift-mark.ts";

export const partStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--cf-space-3);
  }

  details.card {
    padding: 0;
  }

  details.card > summary {
    display: grid;
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: var(--cf-space-3);
    min-block-size: 64px;
    padding: var(--cf-space-2) var(--cf-space-3);
    cursor: pointer;
    list-style: none;
    border-radius: var(--cf-radius);
  }

  details.card > summary::-webkit-details-marker {
    display: none;
  }

  details.card[open] > summary {
    border-block-end: 1px solid var(--cf-line);
    border-end-start-radius: 0;
    border-end-end-radius: 0;
  }

  summary > span:empty {
    display: none;
  }

  summary > span:empty + span {
    grid-column: 1 / 3;
  }

  details.card > .inside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--cf-space-3);
    padding: var(--cf-space-3);
  }

  h2.sub {
    font-size: 16px;
  }

  summary .title {
    font-weight: 650;
  }

  summary wa-icon.turn {
    transition: transform var(--cf-motion) var(--cf-ease);
  }

  details[open] > summary wa-icon.turn {
    transform: rotate(180deg);
  }
`;

/** One part of the editor: it shows what the draft says, and tells of every change. */
export abstract class RulesPart extends AdminElement {
  static override styles = [base, formStyles, shiftMarkStyles, partStyles];

  @property({ attribute: false }) rules!: SiteRules;
  @property({ attribute: false }) form!: Form;

  protected change(part: Partial<SiteRules>): void {
    this.dispatchEvent(new CustomEvent<SiteRules>("cf-draft", { detail: { ...this.rules, ...part } }));
  }
}
