import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { admin } from "../../i18n/zh-Hans/admin.ts";
import { notice } from "../enrol/notice.ts";

const ROOT = join(import.meta.dirname, "..");

const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(join(ROOT, name), "utf8"));

/** Id and English of every message. */
const messages = sources.flatMap((source) => [...source.matchAll(/msg\(\s*(?:str)?("(?:[^"\\]|\\.)*"|`[^`]*`),\s*\{ id: "([^"]+)" \}/g)].map(([, english = "", id = ""]) => ({ id, english })));

test("every message has its Chinese, and no Chinese is left over", () => {
  expect(messages.length).toBe(sources.join("").split("msg(").length - 1);
  expect(Object.keys(admin).toSorted()).toEqual([...new Set(messages.map(({ id }) => id))].toSorted());
});

test("one id stands for one English text", () => {
  const first = new Map(messages.map(({ id, english }) => [id, english]));
  expect(messages.filter(({ id, english }) => first.get(id) !== english)).toEqual([]);
});

test("a message with values has as many places in Chinese", () => {
  const places = (english: string): number => english.split("${").length - 1;
  const different = messages.filter(({ id, english }) => {
    const chinese = admin[id];
    const wanted = places(english);
    if (typeof chinese === "string") return wanted !== 0;
    return chinese === undefined || !("values" in chinese) || new Set(chinese.values).size !== wanted;
  });
  expect(different).toEqual([]);
});

test("the notice has the same sections in both languages and names whom to ask", () => {
  const facts = { organisation: "Rivergate", siteName: "North gate", helpContact: "8001" };
  expect(notice("zh-Hans", facts)).toHaveLength(notice("en", facts).length);
  expect(JSON.stringify(notice("zh-Hans", facts))).toMatch("8001");
  expect(JSON.stringify(notice("en", { ...facts, helpContact: "" }))).toMatch("Ask Rivergate");
});
