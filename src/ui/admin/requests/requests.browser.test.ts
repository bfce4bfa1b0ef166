import axe from "axe-core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { EpochMs } from "../../../domain/clock.ts";
import type { RequestId } from "../../../domain/exceptions/types.ts";
import { ok } from "../../../domain/result.ts";
import { all, one, open, press, sees, text } from "../../../../tests/screens/admin-hands.ts";
import { FakeAdministration } from "../../../../tests/screens/fake-administration.ts";

let fake: FakeAdministration;

beforeEach(() => {
  fake = new FakeAdministration();
});

afterEach(() => {
  document.body.replaceChildren();
});

const decisions = (): readonly unknown[] => fake.calls.filter(([what]) => what === "requests.decide");
const key = (target: HTMLElement, pressed: string): boolean => target.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, composed: true, cancelable: true }));
const say = (selector: string, words: string): void => {
  const field = one(selector) as HTMLTextAreaElement;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
};

async function isAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { resultTypes: ["violations"] });
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.target])).toEqual([]);
}

it("the list shows what waits for whoever is signed in first, and decides several with one comment", async () => {
  await open(fake, "/admin/requests");
  await sees("Chen Yu");
  const rows = (): readonly HTMLElement[] => all(document, "cf-requests .line, .line").filter((line) => line.getClientRects().length > 0);
  await vi.waitFor(() => expect(rows().length).toBeGreaterThan(4));
  const mine = rows().map((row) => row.classList.contains("mine"));
  expect(mine.indexOf(false)).toBeGreaterThan(mine.lastIndexOf(true));
  await isAccessible();
  const boxes = all(document, ".line input[type=checkbox]");
  boxes[0]?.click();
  boxes[1]?.click();
  await press("Reject");
  await sees("A reason is needed");
  expect(decisions()).toEqual([]);
  say("#bulk-comment", "please ask again");
  await press("Reject");
  await sees("Decided: 2. Not decided: 0.");
  expect(decisions()).toMatchObject([["requests.decide", { length: 2 }, { kind: "reject", comment: "please ask again" }]]);
});

it("the list goes down and up with j and k, and picks with x", async () => {
  await open(fake, "/admin/requests");
  await sees("Chen Yu");
  const focused = (): string => {
    let { activeElement } = document;
    while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
    return activeElement?.textContent.trim() ?? "";
  };
  await vi.waitFor(() => expect(all(document, ".line a").length).toBeGreaterThan(4));
  const links = all(document, ".line a");
  links[0]?.focus();
  key(links[0]!, "j");
  await vi.waitFor(() => expect(focused()).toBe(links[1]?.textContent.trim()));
  key(links[1]!, "k");
  await vi.waitFor(() => expect(focused()).toBe(links[0]?.textContent.trim()));
  key(links[0]!, "x");
  await sees("1 of");
});

it("keeps its filters in the address", async () => {
  await open(fake, "/admin/requests?shown=all&kind=leave");
  await sees("吴桐");
  expect(all(document, ".line .kind").every((cell) => cell.textContent === "Leave")).toBe(true);
  const shown = one("#shown") as HTMLSelectElement;
  shown.value = "decided";
  shown.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => expect(location.search).toBe("?shown=decided&kind=leave"));
});

it("a request shows the day before and after, its limits and its history, and health only when it is asked for", async () => {
  const health = vi.spyOn(fake.attendance.requests, "health");
  await open(fake, "/admin/requests/r-1");
  await sees("If approved");
  await sees("1 of 3 left until 2026-04-01");
  await sees("Handed in");
  await sees("Supervisor, then HR");
  expect(document.body.textContent).not.toContain("36.5");
  expect(health).not.toHaveBeenCalled();
  await isAccessible();
  await press(/^Show \(is written into the log\)/);
  await sees("36.5 °C");
  expect(health).toHaveBeenCalledWith("r-1" as RequestId);
});

it("a request is not rejected without a reason, and approved by a key", async () => {
  await open(fake, "/admin/requests/r-1");
  await sees("Your decision");
  await press("Reject");
  await sees("Write the reason first");
  expect(decisions()).toEqual([]);
  key(one("h1"), "a");
  await vi.waitFor(() => expect(decisions()).toMatchObject([["requests.decide", ["r-1"], { kind: "approve" }]]));
});

it("a late request is granted as a special case with its reason alone", async () => {
  await open(fake, "/admin/requests/r-2");
  await press("Grant as a special case");
  await sees("Write the reason first");
  say("#comment", "the power was out");
  await press("Grant as a special case");
  await vi.waitFor(() => expect(decisions()).toMatchObject([["requests.decide", ["r-2"], { kind: "special-case", comment: "the power was out" }]]));
});

it("balances are read when they are opened, and changed with a reason", async () => {
  const read = vi.spyOn(fake.attendance.requests, "balances");
  await open(fake, "/admin/people/p-0");
  await sees("Leave balances");
  expect(read).not.toHaveBeenCalled();
  await press("Show balances");
  await sees("Annual leave");
  await press(/^Carry over/);
  await press("Write down");
  await vi.waitFor(() => expect(fake.calls).toContainEqual(["requests.adjustBalance", "p-0", "annual", 240, "Carried over from last year"]));
});

it("what was approved is cancelled for somebody with a reason, and the request leads to the one that did it", async () => {
  await open(fake, "/admin/requests/r-5");
  await sees("Cancel it for them");
  await isAccessible();
  const filed = (): readonly unknown[] => fake.calls.filter(([what]) => what === "requests.file");
  expect(all(document, "wa-button[disabled]").map((button) => text(button).trim())).toContain("Ask for the cancellation");
  say("#cancel-reason", "the customer called it off");
  await press("Ask for the cancellation");
  await vi.waitFor(() => expect(filed()).toMatchObject([["requests.file", "p-2", { kind: "cancel", cancels: "r-5", content: { kind: "trip", place: "Suzhou" } }, "the customer called it off"]]));
  await sees("Done and written down");

  const cancel = { ...fake.attendance.allRequests[4]!, id: "r-90" as RequestId, state: "approved" as const, content: { kind: "cancel" as const, cancels: "r-5" as RequestId, content: { kind: "trip" as const, fromMs: 0 as EpochMs, toMs: 1 as EpochMs, place: "Suzhou" } } };
  fake.attendance.allRequests = [...fake.attendance.allRequests.map((request) => (request.id === "r-5" ? { ...request, state: "cancelled" as const, steps: [...request.steps, { at: 5 as EpochMs, action: "cancelled" as const, by: "self" as const, cancelledBy: cancel.id, entry: { device: "d", seq: 1 } }] } : request)), cancel];
  await open(fake, "/admin/requests/r-5");
  await sees("Cancelled after approval");
  await sees("Cancelled by an approved request");
  await sees("It was cancelled by this request");
  expect(all(document, "a").filter((link) => link.getAttribute("href")?.endsWith("/requests/r-90") === true)).toHaveLength(2);
  await open(fake, "/admin/requests/r-90");
  await sees("Cancellation · ");
  await sees("What was approved");
  await open(fake, "/admin/requests?shown=decided");
  await sees("Cancelled");
});

it("a correction or a rejected request has nothing to cancel", async () => {
  for (const id of ["r-7", "r-10"]) {
    await open(fake, `/admin/requests/${id}`);
    await sees("What happened");
    expect(text()).not.toContain("Cancel it for them");
  }
});

it("an appeal is approved with what comes of it, the correction filled in from the day", async () => {
  const choose = (selector: string, value: string): void => {
    const field = one(selector) as HTMLSelectElement;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  await open(fake, "/admin/requests/r-8");
  await sees("What comes of it");
  say("#comment", "the trip was not entered");
  await press("Approve");
  await sees("What comes of the appeal is not said yet");
  expect(decisions()).toEqual([]);
  choose("#outcome", "corrected");
  await sees("A punch that is missing is added");
  await isAccessible();
  const when = one("#when") as HTMLInputElement;
  expect(when.value).toBe("2026-02-12T09:00");
  when.value = "2026-02-12T08:55";
  when.dispatchEvent(new Event("input", { bubbles: true }));
  await press("Approve");
  await vi.waitFor(() => expect(decisions()).toMatchObject([["requests.decide", ["r-8"], { kind: "approve", comment: "the trip was not entered", outcome: { kind: "corrected", content: { kind: "make-up", day: "2026-02-12", direction: "in", wallMs: Date.parse("2026-02-12T08:55:00+08:00") } } }]]));
});

it("an appeal against a decision can put it before HR anew, and leads to the new request", async () => {
  const { requests } = fake.attendance;
  const facts = requests.facts.bind(requests);
  let decided = false;
  vi.spyOn(requests, "facts").mockImplementation(async (id) => {
    const read = await facts(id);
    if (!read.ok) return read;
    const { request } = read.value;
    const last = request.steps.at(-1)!;
    const about = { kind: "appeal", about: { requestId: "r-3" as RequestId } } as const;
    const steps = decided ? [...request.steps, { ...last, action: "approved", outcome: "reopened", made: "r-9" as RequestId, comment: "seen by a colleague" } as const] : request.steps;
    return ok({ ...read.value, request: { ...request, content: about, steps }, days: [], outcomes: ["reopened", "answered"] });
  });
  await open(fake, "/admin/requests/r-8");
  await sees("What comes of it");
  say("#comment", "seen by a colleague");
  const field = one("#outcome") as HTMLSelectElement;
  expect([...field.options].map(({ text: words }) => words)).toEqual(["Choose", "It is put before HR and decided anew", "Answered in words; the record stays"]);
  field.value = "reopened";
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await isAccessible();
  decided = true;
  await press("Approve");
  await vi.waitFor(() => expect(decisions()).toEqual([["requests.decide", ["r-8"], { kind: "approve", comment: "seen by a colleague", outcome: { kind: "reopened" } }]]));
  await sees("The new request");
  expect(all(document, ".steps a").map((link) => link.getAttribute("href"))).toContain("/admin/requests/r-9");
});

it("a day of a person is corrected from the months, the form filled in", async () => {
  await open(fake, "/admin/months?month=2026-01");
  await sees("Correct a day");
  all(document, ".actions button")[0]?.click();
  await vi.waitFor(() => expect(all(document, ".days a").length).toBe(31));
  await isAccessible();
  expect(all(document, ".days a").map((link) => link.getAttribute("href"))[4]).toBe("/admin/requests?correct=p-0&day=2026-01-05");

  await open(fake, "/admin/requests?correct=p-0&day=2026-02-12");
  await sees("Which punch");
  expect((one("#day") as HTMLInputElement).value).toBe("2026-02-12");
  expect(one("cf-file-request").shadowRoot?.querySelector<HTMLSelectElement>("#kind")?.value).toBe("correction");
  await isAccessible();
  say("#reason", "wrong direction");
  say("#behalf", "seen on the camera");
  await press("Hand in");
  await vi.waitFor(() => expect(fake.calls.find(([what]) => what === "requests.file")).toMatchObject(["requests.file", "p-0", { kind: "correction", day: "2026-02-12", cites: { seq: expect.any(Number) as number }, change: { kind: "direction" } }, "seen on the camera"]));
});
