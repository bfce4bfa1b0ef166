/** A report as lines: one for each figure, with its place in the JSON before it. */
export function table(report: object): string {
  const lines = figures(report, "");
  const widest = Math.max(0, ...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(widest)}  ${text}`).join("\n");
}

function figures(value: unknown, name: string): readonly (readonly [name: string, text: string])[] {
  if (typeof value !== "object" || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, one]) => figures(one, name === "" ? key : `${name}.${key}`));
}
