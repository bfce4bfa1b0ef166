import type { PersonFigures } from "../../../app/api/recognition.ts";

export const TABS = ["overview", "people", "groups"] as const;
export type Tab = (typeof TABS)[number];

export const SORTS = ["rejected", "name", "recognised", "challenged", "second-factor", "found"] as const;
export type Sort = (typeof SORTS)[number];

/** What the page shows, as it stands in the address. */
export interface ReportChoice {
  readonly tab: Tab;
  /** Calendar day, `YYYY-MM-DD`; empty for the usual one. */
  readonly since: string;
  readonly sort: Sort;
  readonly descending: boolean;
}

export function readReportChoice(search: string): ReportChoice {
  const parameters = new URLSearchParams(search);
  const since = parameters.get("since") ?? "";
  const sort = parameters.get("sort") ?? "";
  return {
    tab: TABS.find((tab) => tab === parameters.get("tab")) ?? "overview",
    since: /^\d{4}-\d{2}-\d{2}$/.test(since) ? since : "",
    sort: SORTS.find((known) => known === sort.replace(/^-/, "")) ?? "rejected",
    descending: !sort.startsWith("-"),
  };
}

/** As it is written into the address: what is usual is left out. */
export function writeReportChoice({ tab, since, sort, descending }: ReportChoice): Readonly<Record<string, string>> {
  const order = `${descending ? "" : "-"}${sort}`;
  return { tab: tab === "overview" ? "" : tab, since, sort: order === "rejected" ? "" : order };
}

/**
 * Figures in the chosen order. They come with the most rejects first, so that one refusal of two does not stand over
 * thirty of a hundred; the other orders keep that among equals.
 *
 * @param nameOf what a person is called
 */
export function orderFigures(figures: readonly PersonFigures[], { sort, descending }: Pick<ReportChoice, "sort" | "descending">, nameOf: (figures: PersonFigures) => string, locale: string): readonly PersonFigures[] {
  if (sort === "rejected") return descending ? figures : figures.toReversed();
  const turn = descending ? -1 : 1;
  if (sort === "name") {
    const collator = new Intl.Collator(locale);
    // Names are read from A on; the first press gives that.
    return figures.toSorted((a, b) => -turn * collator.compare(nameOf(a), nameOf(b)));
  }
  const value = (of: PersonFigures): number => {
    switch (sort) {
      case "recognised":
        return of.recognised;
      case "challenged":
        return of.challenged;
      case "second-factor":
        return of.secondFactor;
      case "found":
        // Whoever was found least comes first; without references to search there is nothing to say.
        return of.found.value === null ? -1 : 1 - of.found.value;
    }
  };
  return figures.toSorted((a, b) => turn * (value(a) - value(b)));
}
