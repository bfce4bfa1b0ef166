import { afterEach, describe, expect, test, vi } from "vitest";
import { show } from "../../../../tests/screens/admin-gallery.ts";
import { settled } from "../../../../tests/screens/settled.ts";
import { columnAt } from "../../../domain/reports/table.ts";
import { putOnPaper } from "./print.ts";
import { ReportTableElement } from "./cf-report-table.ts";
import { orderBy } from "./sort.ts";

afterEach(() => document.body.replaceChildren());

function deep(root: ParentNode, selector: string): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => [...(element.matches(selector) ? [element] : []), ...(element.shadowRoot === null ? [] : deep(element.shadowRoot, selector))]);
}

function one(selector: string): HTMLElement {
  const [found] = deep(document, selector);
  if (found === undefined) throw new Error(`No ${selector}`);
  return found;
}

function theTable(): ReportTableElement {
  const found = one("cf-report-table");
  if (!(found instanceof ReportTableElement)) throw new Error("Another element");
  return found;
}

const lines = (): string[][] => deep(document, "cf-report-table .line, .body .line").filter((row) => row.getAttribute("role") === "row").map((row) => [...row.querySelectorAll("[role=cell]")].map((cell) => cell.textContent.trim()));

describe("the reports page", () => {
  test("keeps report, days, filters and order in the address, and comes back to them", async () => {
    const { fake } = await show("reports", { locale: "en", theme: "light" });
    const report = (one("#report") as HTMLSelectElement);
    report.value = "daily";
    report.dispatchEvent(new Event("change"));
    await settled();
    deep(document, "[role=columnheader] button").find((button) => button.textContent.trim() === "Late")?.click();
    await settled();
    deep(document, "[role=columnheader] button").find((button) => button.textContent.trim() === "Late")?.click();
    await settled();
    const parameters = new URLSearchParams(location.search);
    expect(Object.fromEntries(parameters)).toMatchObject({ report: "daily", from: "2026-02-01", to: "2026-02-28", sort: "late", order: "down" });
    expect(fake.calls.findLast(([name]) => name === "reports.make")?.[1]).toEqual({ kind: "daily", from: "2026-02-01", to: "2026-02-28" });
    const table = theTable().table;
    const late = columnAt(table!, "late");
    const shown = lines().map((cells) => cells[late]);
    expect(shown[0]).toBe("0:48");
    expect([...shown].sort().reverse().slice(0, 5)).toEqual(shown.slice(0, 5));
  });

  test("shows the same totals as the picture's numbers", async () => {
    await show("reports-trend", { locale: "en", theme: "light" });
    const numbers = (): HTMLElement[] => deep(one("cf-report-chart").shadowRoot!, "tbody tr");
    await expect.poll(() => numbers().length).toBe(28);
    const table = theTable().table!;
    const drawn = numbers().map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent)));
    for (const [index, id] of ["count-late", "count-early", "count-absent", "count-missing"].entries()) expect(drawn.reduce((sum, row) => sum + (row[index] ?? 0), 0)).toBe(table.totals[columnAt(table, id)]);
  });

  test("goes on paper as a whole by its button alone, once the log knows of it", async () => {
    const { fake } = await show("reports", { locale: "en", theme: "light" });
    let pages = 0;
    const print = vi.spyOn(window, "print").mockImplementation(() => {
      window.dispatchEvent(new Event("beforeprint"));
      pages = deep(document, ".cf-paper").length;
      window.dispatchEvent(new Event("afterprint"));
    });
    window.dispatchEvent(new Event("beforeprint"));
    expect(deep(document, ".cf-paper")).toEqual([]);
    deep(document, "wa-button").find((button) => button.textContent.trim() === "Print")?.click();
    await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(1));
    expect([pages, deep(document, ".cf-paper").length]).toEqual([1, 0]);
    expect(fake.calls.findLast(([name]) => name === "traces.exporting")?.slice(0, 3)).toEqual(["traces.exporting", "report/summary/print", 12]);
    print.mockRestore();
  });

  test("gives no file before the log knows of it", async () => {
    const { fake } = await show("reports-raw", { locale: "en", theme: "light" });
    fake.fresh = false;
    deep(document, "wa-button").find((button) => button.textContent.trim() === "CSV")?.click();
    await expect.poll(() => deep(document, "cf-confirm").length).toBe(1);
    expect(fake.asked).toContain("traces.exporting");
    expect(deep(document, "a[download]")).toHaveLength(0);
  });

  test("puts the whole report on paper, with what it is, and takes it away again", async () => {
    const { fake } = await show("reports-daily", { locale: "zh-Hans", theme: "dark" });
    const made = await fake.reports.make({ kind: "daily", from: "2026-02-01", to: "2026-02-28" });
    if (!made.ok) throw new Error("no report");
    const remove = putOnPaper(made.value, orderBy(made.value.table, -1, false, "zh-Hans"), "h:mm");
    const paper = one(".cf-paper");
    const rows = paper.shadowRoot!.querySelectorAll("tbody tr");
    expect(rows).toHaveLength(made.value.table.rows.length + 1);
    expect(paper.shadowRoot!.textContent).toContain("North gate");
    expect(paper.shadowRoot!.textContent).toContain("2026-02-01 – 2026-02-28");
    remove();
    expect(deep(document, ".cf-paper")).toHaveLength(0);
  });
});

describe("orderBy", () => {
  const rows = [[3, "b"], [1, "B2"], [null, ""], [3, "a10"], [2, "a9"]] as const;
  test("puts numbers and texts in order, equal ones as they were, empty ones last either way", () => {
    expect([...orderBy({ rows }, 0, false, "en")]).toEqual([1, 4, 0, 3, 2]);
    expect([...orderBy({ rows }, 0, true, "en")]).toEqual([0, 3, 4, 1, 2]);
    expect([...orderBy({ rows }, 1, false, "en")]).toEqual([4, 3, 0, 1, 2]);
    expect([...orderBy({ rows }, -1, false, "en")]).toEqual([0, 1, 2, 3, 4]);
  });
});
