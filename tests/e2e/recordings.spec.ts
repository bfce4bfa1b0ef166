import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordingsConverter } from "../support/clips/recordings.ts";
import { ADA, EnrolmentPage, KioskPage, SetupPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

const ENROLLED = "person-a-glasses-expressions.mp4";
const STRANGER = "person-c.mp4";

const convert = recordingsConverter();

if (convert === null) {
  process.stdout.write("Recordings of real people: not here, or no ffmpeg; generated clips alone are used.\n");
} else {
  test("a person in a recording is enrolled and recognised, and another is not", async ({ app, startTablet }) => {
    test.setTimeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), "clockface-recordings-"));
    try {
      const [own, other] = [join(folder, "own.mjpeg"), join(folder, "other.mjpeg")];
      await convert(ENROLLED, own);
      await convert(STRANGER, other);
      const first = await startTablet({ clip: own });
      const setup = new SetupPage(first.page);
      await setup.run(app.origin);
      await setup.addPerson(ADA);
      const enrolment = new EnrolmentPage(first.page);
      await enrolment.agree();
      await expect(enrolment.enrolled).toBeVisible({ timeout: 100_000 });
      await enrolment.issuePin();
      await enrolment.finish();
      await setup.openKiosk();
      await expect(new KioskPage(first.page).recorded(ADA, "IN")).toBeVisible({ timeout: 60_000 });
      await first.close();

      const second = await startTablet({ clip: other });
      const kiosk = new KioskPage(second.page);
      await kiosk.open(app.origin);
      await expect(kiosk.notRecognised).toBeVisible({ timeout: 60_000 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
