import { configureLocalization, LOCALE_STATUS_EVENT } from "@lit/localize";

import { Subject, type Observable } from "../../app/observable.ts";
import type { Locale } from "../../domain/people/types.ts";
import * as zhHans from "./zh-Hans/index.ts";

export const LOCALES: readonly Locale[] = ["zh-Hans", "en"];

/** Each language in its own words, so that its reader finds it. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { "zh-Hans": "中文", en: "English" };

const STORAGE_KEY = "clockface.locale";

/** Both languages are in the bundle: a change of language never waits for the network. */
const localization = configureLocalization({
  sourceLocale: "en",
  targetLocales: ["zh-Hans"],
  loadLocale: () => Promise.resolve(zhHans),
});

const current = new Subject<Locale>("en");

/** The language that is shown. */
export const locale: Observable<Locale> = current;

// Before any element hears of it and draws itself anew: what it draws asks for the language.
if (typeof window !== "undefined") {
  window.addEventListener(LOCALE_STATUS_EVENT, ({ detail }) => {
    const shown = localization.getLocale();
    if (detail.status === "ready" && isLocale(shown)) current.next(shown);
  });
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((known) => known === value);
}

/** The best of our languages for a browser's list of preferences: Chinese of any kind for `zh`, English for all else. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return "zh-Hans";
    if (/^en\b/i.test(language)) return "en";
  }
  return "en";
}

/** The language chosen on this device, if there was a choice. */
export function storedLocale(): Locale | undefined {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isLocale(stored) ? stored : undefined;
  } catch {
    // Storage is closed to us: the choice lasts as long as the page.
    return undefined;
  }
}

/** Shows `next` from now on; nothing is kept. */
export async function showLocale(next: Locale): Promise<void> {
  await localization.setLocale(next);
  // A later call may have overtaken this one.
  if (localization.getLocale() !== next) return;
  document.documentElement.lang = next;
  current.next(next);
}

/** Shows `next` and keeps it as this device's choice. */
export async function chooseLocale(next: Locale): Promise<void> {
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // See storedLocale.
  }
  await showLocale(next);
}

/** Called once at start, before the first render. `fallback` is the site's language, where one is set. */
export async function startLocale(fallback?: Locale): Promise<Locale> {
  const next = storedLocale() ?? fallback ?? preferredLocale(navigator.languages);
  await showLocale(next);
  return next;
}
