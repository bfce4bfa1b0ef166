import { updateWhenLocaleChanges } from "@lit/localize";
import { LitElement } from "lit";
import { property } from "lit/decorators.js";

import type { Administration } from "../../../app/api/administration.ts";
import { base } from "./styles.ts";

/** What all pages of administration share: the object they work with, the styles, and following the language. */
export abstract class AdminElement extends LitElement {
  static override styles = [base];

  @property({ attribute: false }) administration!: Administration;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }
}
