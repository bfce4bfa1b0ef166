import type { SiteSettings } from "../api/administration.ts";

const HAN = /^\p{Script=Han}/u;

/**
 * The name as the kiosk shows it to everybody who stands near. `short`: a Chinese name keeps its last character and
 * hides the rest, others keep the first name and the initial of the last.
 */
export function shownName(name: string, shown: SiteSettings["nameShown"]): string {
  const trimmed = name.trim();
  if (shown === "full") return trimmed;
  const letters = Array.from(trimmed);
  if (HAN.test(trimmed)) return letters.length < 2 ? trimmed : `${"*".repeat(letters.length - 1)}${letters.at(-1) ?? ""}`;
  const parts = trimmed.split(/\s+/u);
  const last = parts.at(-1);
  if (parts.length < 2 || last === undefined) return trimmed;
  return `${parts[0] ?? ""} ${Array.from(last)[0] ?? ""}.`;
}
