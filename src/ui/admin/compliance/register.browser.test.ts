import { afterEach, describe, expect, test, vi } from "vitest";

import { show } from "../../../../tests/screens/admin-gallery.ts";
import { SETTINGS } from "../../../../tests/screens/fake-administration.ts";
import { settled } from "../../../../tests/screens/settled.ts";
import { KEPT_KINDS } from "../../i18n/retention-words.ts";
import { registerPaper, retentionPaper } from "./register.ts";

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

const RETENTION = { unusedFaceMonths: 7, recordMonths: 41, attemptMonths: 2, healthMonths: 5, attachmentMonths: 9 };
const FACTS = { settings: { ...SETTINGS, retention: RETENTION, helpContact: "Front desk, 8001" }, boot: "unattended", hub: false } as const;

function deep(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => [element, ...(element.shadowRoot === null ? [] : deep(element.shadowRoot))]);
}

describe("the register of processing", () => {
  test("names the times in force for each kind of data, and whom to ask", () => {
    const { about, sections } = registerPaper(FACTS);
    const ends = (sections[0]?.table?.rows ?? []).map((row) => row.at(-1));
    expect(ends).toHaveLength(KEPT_KINDS.length + 1);
    for (const [index, months] of [[0, "after 7 months"], [1, "41 months after leaving"], [2, "5 months after"], [3, "9 months after"], [4, "After 2 months"]] as const) expect(ends[index]).toContain(months);
    expect(about).toContain("Contact: Front desk, 8001");
    expect(sections.map(({ heading }) => heading)).toEqual(["What is processed", "Legal basis", "Who receives data", "Measures against them"]);
  });

  test("is short enough for the notice board, in its own paper", () => {
    expect(retentionPaper(FACTS).sections[0]?.table?.rows.map(([, until]) => until)).toEqual(expect.arrayContaining(["41 months after leaving", "5 months after the request was decided", "9 months after the request was decided"]));
  });

  test.each([
    ["register", 1],
    ["retention", 3],
  ] as const)("leaves as a file once the entry of the %s is asked for", async (what, at) => {
    const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    const { fake } = await show("compliance-register", { locale: "en", theme: "light" });
    const buttons = deep(document).filter((element) => element.localName === "wa-button" && ["Print", "Download"].includes(element.textContent.trim()));
    expect(buttons).toHaveLength(4);
    buttons[at]?.click();
    await settled();
    expect(fake.calls).toContainEqual(["compliance.exporting", what, expect.any(Number)]);
    expect(saved).toHaveBeenCalledOnce();
  });
});
