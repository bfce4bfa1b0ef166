import { BarController, BarElement, CategoryScale, Chart, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

import type { ReportChart } from "../../../domain/reports/chart.ts";

Chart.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface ChartLook {
  /** One for each series; they are told apart by dashes and words, too. */
  readonly colours: readonly string[];
  readonly ink: string;
  readonly line: string;
  readonly font: string;
  readonly still: boolean;
}

export interface ChartWords {
  readonly series: readonly string[];
  readonly value: (value: number) => string;
  /** What the values are, beside their axis. */
  readonly unit: string;
}

const DASHES: readonly number[][] = [[], [6, 4], [2, 3], [10, 4, 2, 4], [1, 6]];
const MINUTES_AN_HOUR = 60;

/** Draws a chart onto a canvas; what comes back takes it away again. The library is loaded with this file, when there is something to draw. */
export function draw(canvas: HTMLCanvasElement, chart: ReportChart, { colours, ink, line, font, still }: ChartLook, words: ChartWords): () => void {
  const factor = chart.unit === "minutes" ? MINUTES_AN_HOUR : 1;
  const stacked = chart.shape === "stacked";
  const drawn = new Chart(canvas, {
    type: chart.shape === "lines" ? "line" : "bar",
    data: {
      labels: [...chart.labels],
      datasets: chart.series.map(({ values }, index) => {
        const colour = colours[index % colours.length] ?? ink;
        return {
          label: words.series[index] ?? "",
          data: values.map((value) => value / factor),
          borderColor: colour,
          backgroundColor: colour,
          borderDash: DASHES[index % DASHES.length] ?? [],
          borderWidth: chart.shape === "lines" ? 2 : 0,
          pointRadius: chart.labels.length > 40 ? 0 : 3,
          tension: 0,
        };
      }),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: still ? false : { duration: 200 },
      interaction: { mode: "index", intersect: false },
      plugins: {
        legend: { display: chart.series.length > 1, labels: { color: ink, font: { family: font, size: 14 }, usePointStyle: chart.shape === "lines", pointStyle: "line", pointStyleWidth: 40 } },
        tooltip: { callbacks: { label: ({ dataset, parsed }) => `${dataset.label ?? ""} ${words.value((parsed.y ?? 0) * factor)}` } },
      },
      scales: {
        x: { stacked, ticks: { color: ink, font: { family: font, size: 13 }, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false } },
        y: { stacked, beginAtZero: true, title: { display: true, text: words.unit, color: ink, font: { family: font, size: 13 } }, ticks: { color: ink, font: { family: font, size: 13 }, precision: 0, callback: (value) => words.value(Number(value) * factor) }, grid: { color: line } },
      },
    },
  });
  return () => drawn.destroy();
}
