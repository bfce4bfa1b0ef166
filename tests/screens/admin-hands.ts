import { expect, vi } from "vitest";

import "../../src/ui/admin/cf-admin.ts";
import type { AdminShellElement } from "../../src/ui/admin/cf-admin.ts";
import { at, type FakeAdministration } from "./fake-administration.ts";

/** Elements that fit, also inside shadow roots, in the order of the page. */
export function all(root: ParentNode, selector: string): HTMLElement[] {
  const found: HTMLElement[] = [...root.querySelectorAll<HTMLElement>(selector)];
  for (const element of root.querySelectorAll("*")) if (element.shadowRoot !== null) found.push(...all(element.shadowRoot, selector));
  return found;
}

export function one(selector: string): HTMLElement {
  return at(all(document, selector), 0);
}

/** Text as people see it, shadow roots included; hidden dialogs too. */
export function text(node: Node = document.body): string {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLStyleElement) return "";
  const children = node instanceof Element && node.shadowRoot !== null ? [...node.shadowRoot.childNodes, ...node.childNodes] : [...node.childNodes];
  return children.map(text).join(" ").replace(/\s+/g, " ");
}

export async function sees(expected: string | RegExp): Promise<void> {
  await vi.waitFor(() => expect(text()).toMatch(expected), { timeout: 5000 });
}

export async function press(label: string | RegExp): Promise<void> {
  const find = (): HTMLElement | undefined =>
    all(document, "wa-button, button, wa-checkbox, label.choice").find((candidate) => {
      const words = text(candidate).trim();
      return (typeof label === "string" ? words === label : label.test(words)) && candidate.getClientRects().length > 0 && !candidate.hasAttribute("disabled");
    });
  await vi.waitFor(() => expect(find(), `a button ${String(label)}`).toBeDefined(), { timeout: 5000 });
  find()?.click();
}

/** No dialog stands open, nor goes away still. */
export async function dialogGone(): Promise<void> {
  await vi.waitFor(() => expect(all(document, "dialog[open]")).toEqual([]), { timeout: 5000 });
}

export async function type(name: string, value: string): Promise<void> {
  await vi.waitFor(() => expect(all(document, `wa-input[name="${name}"]`).length).toBe(1), { timeout: 5000 });
  const field = one(`wa-input[name="${name}"]`) as HTMLElement & { value: string };
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}

export async function open(fake: FakeAdministration, path: string): Promise<AdminShellElement> {
  history.replaceState(null, "", path);
  const element = document.createElement("cf-admin");
  element.administration = fake;
  element.addEventListener("cf-leave-admin", (event) => event.preventDefault());
  document.body.replaceChildren(element);
  await element.updateComplete;
  return element;
}
