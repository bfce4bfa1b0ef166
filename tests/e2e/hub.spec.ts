import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { heldEntries, heldSegments } from "../../hub/testing/contents.ts";
import { pairingText, startHubProcess } from "../../hub/testing/process.ts";
import { letTimePass } from "../support/clock.ts";
import { ADA, AdministrationPage, EnrolmentPage, KioskPage, SetupPage } from "../support/pages.ts";
import { Line } from "../support/proxy.ts";
import { freePort, servedApp } from "../support/servers.ts";
import { expect, test } from "../support/test.ts";

test("punches made without hub and network arrive exactly once when answers are lost and the hub is killed", async ({ startTablet }) => {
  test.setTimeout(240_000);
  const data = await mkdtemp(join(tmpdir(), "clockface-hub-"));
  const served = { data, site: "gate", dist: servedApp() };
  let hub = await startHubProcess(served);
  const { port } = hub;
  const line = new Line(await freePort(), port);
  await line.connect();
  try {
    const { page, context } = await startTablet({ clip: null, origin: line.origin });
    const setup = new SetupPage(page);
    await setup.run(line.origin);
    await setup.addPerson(ADA);
    const enrolment = new EnrolmentPage(page);
    await enrolment.decline();
    const pin = await enrolment.issuePin();
    await enrolment.finish();
    await setup.openKiosk();

    const administration = new AdministrationPage(page);
    await administration.signIn(line.origin, "/device");
    const device = await administration.deviceNumber.innerText();
    await administration.pair(await pairingText(data, device, line.origin));
    await expect(administration.waiting).toHaveText(/^0 /);
    await page.evaluate(async () => navigator.serviceWorker.ready.then(() => undefined));

    const kiosk = new KioskPage(page);
    await kiosk.open(line.origin);
    await expect(kiosk.idle).toBeVisible();
    await line.cut();
    await hub.stop();
    await context.setOffline(true);
    for (const direction of ["IN", "OUT", "IN"] as const) {
      await kiosk.punchByPin(ADA.number, pin);
      await expect(kiosk.recorded(ADA, direction)).toBeVisible();
      await expect(kiosk.idle).toBeVisible();
      await letTimePass(page, 3_600_000);
    }
    await context.setOffline(false);
    await page.reload();
    await expect(kiosk.idle).toBeVisible();

    hub = await startHubProcess({ ...served, port });
    line.loseAnswers(1);
    await line.connect();
    await administration.signIn(line.origin, "/device");
    await expect.poll(async () => (await administration.sendNow(), line.lost)).toBe(1);
    await hub.kill();
    hub = await startHubProcess({ ...served, port });
    await expect
      .poll(async () => (await administration.sendNow(), await administration.waiting.innerText()), { timeout: 60_000 })
      .toMatch(/^0 /);
    const entries = Number((await administration.logEntries.innerText()).replace(/\D/g, ""));
    await page.close();
    await hub.stop();

    const held = await heldEntries(data, device);
    expect(held).toEqual(Array.from(held, (_, index) => index + 1));
    expect(held.length).toBe(entries);
    expect((await heldSegments(data)).filter(({ revisions }) => revisions !== 1)).toEqual([]);
  } finally {
    await line.cut();
    await hub.stop();
    await rm(data, { recursive: true, force: true });
  }
});
