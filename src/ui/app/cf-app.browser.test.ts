import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { FakeAdministration, session } from "../../../tests/screens/fake-administration.ts";
import { FakeKiosk } from "../../../tests/screens/fixtures.ts";
import { deepQuery, settled } from "../../../tests/screens/mount.ts";
import { showLocale } from "../i18n/localize.ts";
import type { App } from "./cf-app.ts";
import "./cf-app.ts";

const MINUTE_MS = 60_000;
let before = "";

beforeEach(async () => {
  before = location.href;
  await showLocale("en");
});

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  history.replaceState(null, "", before);
});

/** The kiosk of a tablet whose camera is gone, and the way to the list of whoever is here, which was pressed. */
async function visit(administration: FakeAdministration): Promise<{ readonly app: App; readonly kiosk: FakeKiosk }> {
  history.replaceState(null, "", "/");
  const kiosk = new FakeKiosk({ kind: "idle" }, { faceFault: { kind: "camera/unplugged" } });
  const app = document.createElement("cf-app");
  app.kiosk = kiosk;
  app.administration = administration;
  document.body.append(app);
  await settled(document.body);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  deepQuery(".way:last-child", HTMLButtonElement)?.click();
  await app.updateComplete;
  return { app, kiosk };
}

describe("the way from the kiosk to the supervisor's list", () => {
  test("leads to the list's own page without the kiosk's PIN, and lets go of the camera", async () => {
    const { kiosk } = await visit(new FakeAdministration());
    expect(location.pathname).toBe("/admin/attest");
    expect(kiosk.calls.filter((call) => call !== "touched")).toEqual(["start live", "stop"]);
  });

  test("leads back by itself when nobody signs in, and not while somebody types", async () => {
    const administration = new FakeAdministration();
    administration.session.next(null);
    const { kiosk } = await visit(administration);
    vi.advanceTimersByTime(MINUTE_MS - 1000);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
    vi.advanceTimersByTime(MINUTE_MS - 1000);
    expect(location.pathname).toBe("/admin/attest");
    vi.advanceTimersByTime(2000);
    expect(location.pathname).toBe("/");
    await vi.waitFor(() => expect(kiosk.calls.at(-1)).toBe("start live"));
  });

  test("stays open for as long as somebody is signed in", async () => {
    const administration = new FakeAdministration();
    administration.session.next(session());
    await visit(administration);
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(location.pathname).toBe("/admin/attest");
    administration.session.next(null);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(location.pathname).toBe("/");
  });
});
