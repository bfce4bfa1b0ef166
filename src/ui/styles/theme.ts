import type { Observable } from "../../app/observable.ts";

/** What was asked for: a fixed theme, the system's, or dark at night by the clock. */
export type ThemeChoice = "system" | "clock" | "light" | "dark";

export type Theme = "light" | "dark";

/** Local hours at which the clock turns the screen dark and light again. */
export const DARK_FROM_HOUR = 19;
export const LIGHT_FROM_HOUR = 7;

export interface ThemeCircumstances {
  readonly systemDark: boolean;
  /** 0..23, in the site's time zone. */
  readonly hour: number;
}

export function resolveTheme(choice: ThemeChoice, { systemDark, hour }: ThemeCircumstances): Theme {
  switch (choice) {
    case "light":
    case "dark":
      return choice;
    case "system":
      return systemDark ? "dark" : "light";
    case "clock":
      return systemDark || hour >= DARK_FROM_HOUR || hour < LIGHT_FROM_HOUR ? "dark" : "light";
  }
}

/** Sets the theme on the document. The `wa-` class is where the component library of administration reads it. */
export function showTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (root.dataset["theme"] === theme) return;
  root.dataset["theme"] = theme;
  root.classList.toggle("wa-dark", theme === "dark");
  root.classList.toggle("wa-light", theme === "light");
}

/** Follows the choice, the system and the hour; returns the way to stop. */
export function followTheme(choice: Observable<ThemeChoice>, hour: () => number): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = (): void => showTheme(resolveTheme(choice.value, { systemDark: system.matches, hour: hour() }));
  const stopChoice = choice.subscribe(apply);
  system.addEventListener("change", apply);
  const timer = setInterval(apply, 60_000);
  apply();
  return () => {
    stopChoice();
    system.removeEventListener("change", apply);
    clearInterval(timer);
  };
}
