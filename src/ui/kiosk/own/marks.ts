import { msg } from "@lit/localize";
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

import type { DayMark, DayResult } from "../../../domain/attendance/engine/types.ts";

/** What a day comes to at a glance. Each has a shape of its own, so that colour is never alone. */
export type Glance = "good" | "care" | "missing" | "absent" | "away" | "extra" | "waiting" | "none";

const GLANCES: readonly { readonly glance: Glance; readonly marks: readonly DayMark[] }[] = [
  { glance: "missing", marks: ["missing-in", "missing-out"] },
  { glance: "absent", marks: ["absent", "half-absent"] },
  { glance: "care", marks: ["late", "serious-late", "early", "short", "clock-doubt", "after-lock"] },
  { glance: "waiting", marks: ["waiting"] },
  { glance: "away", marks: ["leave", "trip", "outing"] },
  { glance: "extra", marks: ["overtime", "overtime-pending"] },
];

/** The gravest thing of the day. */
export function glanceOf({ marks, punches, minutes, state }: DayResult): Glance {
  const grave = GLANCES.find((one) => one.marks.some((mark) => marks.includes(mark)));
  if (grave !== undefined) return grave.glance;
  if (state === "ahead" || (punches.length === 0 && minutes.attended === 0)) return "none";
  return "good";
}

export function glanceWord(glance: Exclude<Glance, "none">): string {
  switch (glance) {
    case "good":
      return msg("As planned", { id: "own.glance.good" });
    case "care":
      return msg("Late, early or short", { id: "own.glance.care" });
    case "missing":
      return msg("A punch is missing", { id: "own.glance.missing" });
    case "absent":
      return msg("Absent", { id: "own.glance.absent" });
    case "away":
      return msg("Leave or away on duty", { id: "own.glance.away" });
    case "extra":
      return msg("Overtime", { id: "own.glance.extra" });
    case "waiting":
      return msg("Not judged yet", { id: "own.glance.waiting" });
  }
}

const SHAPES: Readonly<Record<Exclude<Glance, "none">, SVGTemplateResult>> = {
  good: svg`<circle cx="12" cy="12" r="9" fill="currentcolor"></circle><path d="M7.5 12.500l3 3 6-6.500" stroke="var(--cf-raised)" stroke-width="2.4" fill="none"></path>`,
  care: svg`<path d="M12 3L22 20.500H2z" fill="currentcolor"></path><path d="M12 9.500v5M12 17.200v.1" stroke="var(--cf-raised)" stroke-width="2.4" stroke-linecap="round"></path>`,
  missing: svg`<circle cx="12" cy="12" r="8.500" fill="none" stroke="currentcolor" stroke-width="2.800" stroke-dasharray="4.600 4.300"></circle><path d="M12 7.500v5l3 2" stroke="currentcolor" stroke-width="2.4" fill="none" stroke-linecap="round"></path>`,
  absent: svg`<rect x="3.500" y="3.500" width="17" height="17" rx="2" fill="currentcolor"></rect><path d="M8 8l8 8M16 8l-8 8" stroke="var(--cf-raised)" stroke-width="2.6" stroke-linecap="round"></path>`,
  away: svg`<path d="M12 2.500L21.500 12 12 21.500 2.500 12z" fill="currentcolor"></path>`,
  extra: svg`<path d="M9.500 3h5v6.500H21v5h-6.500V21h-5v-6.500H3v-5h6.500z" fill="currentcolor"></path>`,
  waiting: svg`<circle cx="5" cy="12" r="2.400" fill="currentcolor"></circle><circle cx="12" cy="12" r="2.400" fill="currentcolor"></circle><circle cx="19" cy="12" r="2.400" fill="currentcolor"></circle>`,
};

/** The shape of a glance in its colour; words stand beside it or in the label of what holds it. */
export function glanceShape(glance: Exclude<Glance, "none">): TemplateResult {
  return html`<svg class="glance ${glance}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[glance]}</svg>`;
}
