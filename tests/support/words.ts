import type { Locale } from "../../src/domain/people/types.ts";
import { templates } from "../../src/ui/i18n/zh-Hans/index.ts";

/** Says what a text of the app reads: `{0}`, `{1}` stand for what is put in. */
export type Say = (id: string, english: string, ...values: readonly string[]) => string;

/**
 * The app's words in a language, by message id: English as the test itself says it, Chinese as the app has it. A test that
 * names a message that there is not fails, in Chinese at the latest.
 */
export function wordsIn(locale: Locale): Say {
  const put = (pattern: string, values: readonly string[]): string => pattern.replaceAll(/\{(\d)\}/g, (_, at: string) => values[Number(at)] ?? "");
  if (locale === "en") return (_, english, ...values) => put(english, values);
  return (id, _, ...values) => {
    const template = templates[id];
    if (template === undefined) throw new Error(`no Chinese text for ${id}`);
    if (typeof template === "string") return template;
    if (!("strTag" in template)) throw new Error(`${id} is no plain text`);
    return template.strings.reduce((text, part, index) => text + (values[Number(template.values[index - 1])] ?? "") + part);
  };
}
