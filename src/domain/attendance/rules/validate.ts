/** Something in a draft of rules that cannot stand. `path` leads to it: `shifts.0.periods.1.end`. */
export interface RuleProblem {
  readonly path: string;
  readonly kind:
    | "empty" | "too-long" | "out-of-range" | "overlap" | "order" | "duplicate" | "unknown-shift" | "unknown-pattern" | "wrong-count" | "no-fallback" | "bad-day" | "bad-zone";
}
