import type { OwnPlace } from "../kiosk/own/places.ts";

/** Nobody comes back to these: what stands there is handed in, agreed to or done by then. */
const PASSING: ReadonlySet<OwnPlace["page"]> = new Set<OwnPlace["page"]>(["form", "withdraw", "freeze", "prove", "done"]);

/** How deep in a record an entry of the browser's history is; -1: no record was open there. */
function depthOf(state: unknown): number {
  return typeof state === "object" && state !== null && "own" in state && typeof state.own === "number" ? state.own : -1;
}

/** The places of an open record as entries of the browser's history: its Back button goes a page back, and from the first one closes the record. */
export class OwnHistory {
  #places: OwnPlace[] = [];

  constructor(private readonly record: { readonly show: (place: OwnPlace) => void; readonly close: () => void }) {}

  connect(): void {
    window.addEventListener("popstate", this.#moved);
    // The page was loaded anew; the record is closed.
    const depth = depthOf(history.state);
    if (depth >= 0) history.go(-1 - depth);
  }

  disconnect(): void {
    window.removeEventListener("popstate", this.#moved);
    this.#places = [];
  }

  opened(): void {
    this.#places = [{ page: "home" }];
    history.pushState({ own: 0 }, "");
  }

  /** The record shows another place by itself. */
  went(place: OwnPlace): void {
    const places = this.#places;
    const top = places.length - 1;
    if (top < 0) return;
    const known = places.findLastIndex(({ page }) => page === place.page);
    if (known >= 0) {
      places.length = known + 1;
      places[known] = place;
      if (known < top) history.go(known - top);
    } else if (PASSING.has(places[top]?.page ?? "home")) {
      places[top] = place;
    } else {
      places.push(place);
      history.pushState({ own: top + 1 }, "");
    }
  }

  /** The record was closed by itself. */
  closed(): void {
    const depth = this.#places.length;
    this.#places = [];
    if (depth > 0) history.go(-depth);
  }

  readonly #moved = ({ state }: PopStateEvent): void => {
    const depth = depthOf(state);
    if (depth >= this.#places.length - 1) return;
    this.#places.length = depth + 1;
    const place = this.#places.at(-1);
    if (place === undefined) this.record.close();
    else this.record.show(place);
  };
}
