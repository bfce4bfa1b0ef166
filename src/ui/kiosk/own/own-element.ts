import { updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";

import type { OwnAttendance } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import { OwnGoEvent, type OwnPlace } from "./places.ts";

/** What the pages of one's own attendance share: what they show, the site's zone, and following both. */
export abstract class OwnElement extends LitElement {
  @property({ attribute: false }) attendance: OwnAttendance | null = null;

  @property() zone = "UTC";

  #stops: (() => void)[] = [];

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("attendance")) return;
    this.#unfollow();
    const { attendance } = this;
    if (attendance !== null) this.#stops = this.followed(attendance).map((source) => source.subscribe(() => this.requestUpdate()));
  }

  /** What the page renders anew for. */
  protected abstract followed(attendance: OwnAttendance): readonly Observable<unknown>[];

  protected go(place: OwnPlace): void {
    this.dispatchEvent(new OwnGoEvent(place));
  }

  #unfollow(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}
