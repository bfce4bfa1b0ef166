import "../../src/ui/witness/cf-witness.ts";
import type { PhoneWitness } from "../../src/app/api/witness.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import { err, ok } from "../../src/domain/result.ts";
import { isLocale, showLocale } from "../../src/ui/i18n/localize.ts";

const DEVICE = "3f0a9c2e77b1d4058e21";

/** `?show=signed|failed&locale=zh-Hans`: the phone's page in one of its states; nothing is signed. */
const query = new URLSearchParams(location.search);
const show = query.get("show") ?? "start";
const asked = query.get("locale");
await showLocale(isLocale(asked) ? asked : "en");

const witness: PhoneWitness = {
  id: () => Promise.resolve("b8214ce7790d4a5f1e62"),
  tablets: () => Promise.resolve(show === "first" ? [] : [{ device: DEVICE, size: 1_280, at: (Date.now() - 86_400_000) as EpochMs }]),
  sign: () =>
    Promise.resolve(
      show === "failed" ? err(failure("witness/smaller", "1280")) : ok({ device: DEVICE, size: 1_410, previousSize: 1_280, at: Date.now() as EpochMs, text: `clockface-cosigned1~${"pGNrZXlzZ2V4YW1wbGU".repeat(18)}` }),
    ),
  openCamera: () => Promise.resolve(null),
};

const page = document.createElement("cf-witness");
page.witness = witness;
document.body.append(page);
await page.updateComplete;
if (show === "signed" || show === "failed") {
  const root = page.shadowRoot!;
  const field = root.querySelector("textarea")!;
  field.value = "clockface-witness1~AAAA";
  field.dispatchEvent(new Event("input"));
  await page.updateComplete;
  root.querySelector<HTMLButtonElement>("details button")!.click();
}
