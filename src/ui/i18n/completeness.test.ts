import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

import { templates } from "./zh-Hans/index.ts";

const UI = join(import.meta.dirname, "..");

interface Message {
  readonly id: string | undefined;
  /** The English as it stands in the source. */
  readonly english: string;
  readonly values: number;
  readonly where: string;
}

/** How many `${}` a template holds. */
function valuesOf(node: ts.Node): number {
  if (ts.isTaggedTemplateExpression(node)) return valuesOf(node.template);
  return ts.isTemplateExpression(node) ? node.templateSpans.length : 0;
}

/** The literal `id` of msg()'s second argument. */
function idOf(options: ts.Node | undefined): string | undefined {
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const property of options.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === "id" && ts.isStringLiteral(property.initializer)) return property.initializer.text;
  }
  return undefined;
}

function messagesIn(file: string): readonly Message[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "msg") {
      const [template, options] = node.arguments;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ id: idOf(options), english: template?.getText() ?? "", values: template === undefined ? 0 : valuesOf(template), where: `${file.slice(UI.length + 1)}:${line}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const messages = readdirSync(UI, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .flatMap((file) => messagesIn(join(UI, file)));

describe("the Chinese texts", () => {
  test("cover every message", () => {
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter(({ id }) => id === undefined).map(({ where }) => `${where} has no literal id`)).toEqual([]);
    expect(messages.filter(({ id }) => id !== undefined && !Object.hasOwn(templates, id)).map(({ id, where }) => `${where} ${id ?? ""}`)).toEqual([]);
  });

  test("hold no text that nothing shows", () => {
    const used = new Set(messages.map(({ id }) => id));
    expect(Object.keys(templates).filter((id) => !used.has(id))).toEqual([]);
  });

  test("place the same values as the English", () => {
    const wrong = messages.filter(({ id, values }) => {
      const text = id === undefined ? undefined : templates[id];
      if (text === undefined) return false;
      const placed = typeof text === "string" ? [] : [...new Set(text.values)];
      return placed.length !== values || placed.some((value) => typeof value !== "number" || value < 0 || value >= values);
    });
    expect(wrong.map(({ id, where }) => `${where} ${id ?? ""}`)).toEqual([]);
  });

  test("stand for one English text each", () => {
    const texts = new Map<string, Set<string>>();
    for (const { id, english } of messages) if (id !== undefined) texts.set(id, (texts.get(id) ?? new Set()).add(english));
    expect([...texts].filter(([, all]) => all.size > 1).map(([id, all]) => `${id}: ${[...all].join(" / ")}`)).toEqual([]);
  });

  test("are Chinese", () => {
    const latin = Object.entries(templates).filter(([, text]) => !/\p{Script_Extensions=Han}/u.test(typeof text === "string" ? text : text.strings.join("")));
    expect(latin.map(([id]) => id)).toEqual([]);
  });
});
