import * as v from "valibot";
import { isTimeZone } from "../../domain/attendance/day.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { firstRecognitionPolicy, recognitionChoiceSchema, samePolicy } from "../../domain/biometrics/recognition-policy.ts";
import { isKioskPin } from "../../domain/people/pin.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Setup, SetupFailure, SetupInput, SiteSettings } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { PinFailure } from "../ports/ledger.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store } from "../ports/store.ts";
import { tryPin } from "../ledger/ledger.ts";

/** Characters of an administrator's passphrase at least (NIST SP 800-63B-4, 3.1.1.2: 15 for a single factor). */
export const PASSPHRASE_MIN_LENGTH = 15;
const PASSPHRASE_MAX_LENGTH = 1_000;
const TEXT_MAX_LENGTH = 100;
const CONTACT_MAX_LENGTH = 200;

const text = v.pipe(v.string(), v.transform(tidy), v.nonEmpty(), v.maxLength(TEXT_MAX_LENGTH));
const contact = v.pipe(v.string(), v.transform(tidy), v.maxLength(CONTACT_MAX_LENGTH));
const locale = v.picklist(["zh-Hans", "en"]);

const inputShape = v.strictObject({
  organisation: text,
  siteName: text,
  zone: v.pipe(v.string(), v.check(isTimeZone)),
  locale,
  lawRegion: v.picklist(["cn", "eu", "us", "other"]),
  administratorName: text,
  passphrase: v.pipe(
    v.string(),
    v.check((passphrase) => Array.from(passphrase.normalize("NFKC")).length >= PASSPHRASE_MIN_LENGTH),
    v.maxLength(PASSPHRASE_MAX_LENGTH),
  ),
  kioskPin: v.pipe(v.string(), v.check(isKioskPin)),
  profile: v.picklist(["accurate", "clear"]),
  helpContact: contact,
});

const changeShape = v.strictObject({
  siteName: v.exactOptional(text),
  helpContact: v.exactOptional(contact),
  fixedDirection: v.exactOptional(v.nullable(v.picklist(["in", "out"]))),
  nameShown: v.exactOptional(v.picklist(["full", "short"])),
  speech: v.exactOptional(v.boolean()),
  volume: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  locale: v.exactOptional(locale),
  recognition: v.exactOptional(recognitionChoiceSchema),
});

/** First set-up and the settings that come of it. */
export class SiteSetup implements Setup {
  readonly settings: Subject<SiteSettings | null>;

  constructor(
    private readonly store: Store,
    private readonly secrets: Secrets,
  ) {
    this.settings = new Subject(store.settings);
    store.subscribe(() => this.settings.next(store.settings));
  }

  async run(input: SetupInput): Promise<Result<void, SetupFailure>> {
    if (!globalThis.isSecureContext) return err(failure("setup/insecure-context"));
    if (this.store.settings) return err(failure("setup/done-already"));
    const checked = v.safeParse(inputShape, input);
    if (!checked.success) return err(failure("setup/bad-input", wrongFields(checked.issues)));
    const { administratorName, passphrase, kioskPin, ...site } = checked.output;
    const administrator = await this.secrets.createAdministrator(administratorName, passphrase, kioskPin);
    if (!administrator.ok) return err(failure("setup/storage-failed", administrator.error.kind));
    const settings: SiteSettings = { ...site, siteId: this.secrets.randomId(), fixedDirection: null, nameShown: "full", speech: true, volume: 0.8, recognition: firstRecognitionPolicy(site.profile) };
    const { siteId, siteName, zone, lawRegion, profile } = settings;
    try {
      return await this.store.exclusively(async () => {
        if (this.store.settings) return err(failure("setup/done-already"));
        const written = await this.store.commit({
          settings,
          administrator: administrator.value,
          entries: [{ type: "setup", subject: null, body: { siteId, siteName, zone, lawRegion, profile } }],
        });
        return written.ok ? ok() : err(failure("setup/storage-failed", written.error.kind));
      });
    } catch (error) {
      return err(failure("setup/storage-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async change(settings: Parameters<Setup["change"]>[0]): Promise<Result<void, Failure>> {
    const checked = v.safeParse(changeShape, settings);
    if (!checked.success) return err(failure("settings/bad-input", wrongFields(checked.issues)));
    try {
      return await this.store.exclusively(async () => {
        const before = this.store.settings;
        if (!before) return err(failure("settings/not-set-up"));
        const after: SiteSettings = { ...before, ...checked.output };
        const changed = (Object.keys(checked.output) as (keyof typeof checked.output)[]).filter((field) => !isSame(field, before, after));
        if (changed.length === 0) return ok();
        const written = await this.store.commit({ settings: after, entries: [{ type: "settings", subject: null, body: { changed } }] });
        return written.ok ? ok() : err(failure("settings/store-failed", written.error.kind));
      });
    } catch (error) {
      return err(failure("settings/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /** The PIN that opens the way out of the kiosk. */
  async verifyKioskPin(pin: string): Promise<Result<void, PinFailure>> {
    return tryPin(this.store, this.secrets, ["kiosk"], pin, this.store.administrator?.kioskPin ?? null);
  }
}

function isSame(field: keyof SiteSettings, before: SiteSettings, after: SiteSettings): boolean {
  return field === "recognition" ? samePolicy(before.recognition, after.recognition) : before[field] === after[field];
}

function tidy(value: string): string {
  return value.normalize("NFC").replace(/[\p{Cc}\s]+/gu, " ").trim();
}

function wrongFields(issues: readonly v.BaseIssue<unknown>[]): string {
  return [...new Set(issues.map((issue) => v.getDotPath(issue) ?? "input"))].join(", ");
}
