import "@lit-labs/virtualizer";
import { css, html, LitElement, render } from "lit";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import "./components.ts";
import { theme } from "./theme.ts";

/** What the built app is served with; a policy added by script binds the document from then on. */
const POLICY =
  "style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob:; connect-src 'self'; require-trusted-types-for 'script'";

const violations: string[] = [];
const note = (event: SecurityPolicyViolationEvent): void => {
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`);
};

class TrialElement extends LitElement {
  static override styles = [
    theme,
    css`
      lit-virtualizer {
        height: 200px;
      }
    `,
  ];

  override render() {
    return html`<wa-button id="go" variant="brand"><wa-icon slot="start" name="plus"></wa-icon>Go</wa-button>
      <wa-input label="Passphrase" type="password" password-toggle></wa-input>
      <wa-select label="Type" value="a"><wa-option value="a">A</wa-option><wa-option value="b">B</wa-option></wa-select>
      <wa-checkbox>Agreed</wa-checkbox>
      <wa-switch>Speech</wa-switch>
      <wa-radio-group label="Profile" value="x"><wa-radio value="x">X</wa-radio><wa-radio value="y">Y</wa-radio></wa-radio-group>
      <wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>Care</wa-callout>
      <wa-progress-bar value="40" label="Import"></wa-progress-bar>
      <wa-spinner></wa-spinner>
      <wa-dialog label="Dialog"><wa-textarea label="Token"></wa-textarea></wa-dialog>
      <lit-virtualizer scroller .items=${Array.from({ length: 1000 }, (_, index) => index)} .renderItem=${(item: number) => html`<p>${item}</p>`}></lit-virtualizer>`;
  }
}
customElements.define("trial-element", TrialElement);

beforeAll(() => {
  document.addEventListener("securitypolicyviolation", note);
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = POLICY;
  document.head.append(meta);
});

afterAll(() => {
  document.removeEventListener("securitypolicyviolation", note);
});

test("the component library runs without a violation when the app's content security policy is in force", async () => {
  render(html`<trial-element></trial-element>`, document.body);
  const trial = document.querySelector<TrialElement>("trial-element")!;
  await trial.updateComplete;
  const root = trial.shadowRoot!;
  const all = [...root.querySelectorAll<LitElement>("*")].filter((element) => element.localName.startsWith("wa-"));
  await Promise.all(all.map((element) => element.updateComplete));

  const select = root.querySelector<HTMLElement & { show(): Promise<void>; hide(): Promise<void>; value: string }>("wa-select")!;
  await select.show();
  const option = root.querySelector('wa-option[value="b"]')!;
  for (const type of ["pointerdown", "mousedown", "mouseup", "click"]) option.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
  expect(select.value).toBe("b");

  const dialog = root.querySelector<HTMLElement & { open: boolean }>("wa-dialog")!;
  const shown = new Promise((resolve) => dialog.addEventListener("wa-after-show", resolve, { once: true }));
  dialog.open = true;
  await shown;

  const virtualizer = root.querySelector("lit-virtualizer")!;
  await vi.waitFor(() => expect(virtualizer.querySelectorAll("p").length).toBeGreaterThan(3));
  expect(virtualizer.querySelectorAll("p").length).toBeLessThan(200);

  const use = root.querySelector("#go wa-icon")!.shadowRoot!.querySelector("use")!;
  expect(use.getAttribute("href")).toMatch(/^\/.*#plus$/);

  expect(violations).toEqual([]);
});

test("a violation is noticed when a style attribute is written", async () => {
  const before = violations.length;
  const noticed = new Promise((resolve) => document.addEventListener("securitypolicyviolation", resolve, { once: true }));
  document.body.setAttribute("style", "color: red");
  await noticed;
  expect(violations.length).toBe(before + 1);
});
