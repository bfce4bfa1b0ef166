import * as v from "valibot";
import { isTimeZone } from "../../domain/attendance/day.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { firstRecognitionPolicy, recognitionChoiceSchema, samePolicy } from "../../domain/biometrics/recognition-policy.ts";
import { isKioskPin } from "../../domain/people/pin.ts";
import { acceptedStep, TOTP_SECRET_BYTES, totpSecret, totpText, totpUri } from "../../domain/people/totp.ts";
import { isPassphrase } from "../../domain/people/users.ts";
import type { UserRecord } from "../../domain/people/users.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { TotpOffer } from "../api/access.ts";
import type { Setup, SetupFailure, SetupInput, SiteSettings } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { PinFailure } from "../ports/ledger.ts";
import { tryPin } from "../ledger/ledger.ts";
import { firstUser } from "../session/first-user.ts";
import type { AdministratorSessions, IdentityDependencies } from "../session/sessions.ts";

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
  passphrase: v.pipe(v.string(), v.check(isPassphrase)),
  kioskPin: v.pipe(v.string(), v.check(isKioskPin)),
  profile: v.picklist(["accurate", "clear"]),
  helpContact: contact,
  totp: v.exactOptional(v.strictObject({ secret: v.string(), code: v.string() })),
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
    private readonly dependencies: IdentityDependencies,
    private readonly sessions: Pick<AdministratorSessions, "enter" | "current">,
  ) {
    const { store } = dependencies;
    this.settings = new Subject(store.settings);
    store.subscribe(() => this.settings.next(store.settings));
  }

  offerTotp(organisation: string, name: string): TotpOffer {
    const secret = this.dependencies.secrets.randomBytes(TOTP_SECRET_BYTES);
    return { uri: totpUri(secret, tidy(organisation), tidy(name)), secret: totpText(secret) };
  }

  async run(input: SetupInput): Promise<Result<{ readonly recoveryKey: string }, SetupFailure>> {
    const { store, secrets, userKeys } = this.dependencies;
    if (!globalThis.isSecureContext) return err(failure("setup/insecure-context"));
    if (store.settings) return err(failure("setup/done-already"));
    const checked = v.safeParse(inputShape, input);
    if (!checked.success) return err(failure("setup/bad-input", wrongFields(checked.issues)));
    const { administratorName, passphrase, kioskPin, totp, ...site } = checked.output;
    const secret = totp ? totpSecret(totp.secret) : null;
    const step = totp && secret ? acceptedStep(secret, totp.code, store.now().wallMs, 0) : null;
    if (totp && step === null) return err(failure("setup/code-wrong"));
    const pin = await secrets.hashPin(kioskPin);
    const made = pin.ok ? await firstUser(this.dependencies, { name: administratorName, passphrase }, null) : pin;
    if (!pin.ok || !made.ok) return err(failure("setup/storage-failed", "secrets/failed"));
    const { opened, roles, entries } = made.value;
    const recovery = await userKeys.lockWithRecoveryKey(opened);
    const user: UserRecord = {
      ...made.value.user,
      unlocks: [...made.value.user.unlocks, recovery.unlock],
      totp: secret && step !== null ? { envelope: await userKeys.sealTotp(opened, secret), lastStep: step } : null,
    };
    const settings: SiteSettings = { ...site, siteId: secrets.randomId(), fixedDirection: null, nameShown: "full", speech: true, volume: 0.8, recognition: firstRecognitionPolicy(site.profile) };
    const { siteId, siteName, zone, lawRegion, profile } = settings;
    const factor = user.totp ? "totp" : "none";
    try {
      const written = await store.exclusively(async () => {
        if (store.settings) return err(failure("setup/done-already"));
        const done = await store.commit({
          settings,
          administrator: { name: administratorName, kioskPin: pin.value },
          users: [user],
          roles,
          entries: [
            { type: "setup", subject: null, body: { siteId, siteName, zone, lawRegion, profile } },
            ...entries,
            { type: "sign-in", subject: null, body: { outcome: "accepted", user: user.id, factor, purpose: "session" } },
          ],
        });
        return done.ok ? ok() : err(failure("setup/storage-failed", done.error.kind));
      });
      if (!written.ok) return written;
      // Whoever sets the site up goes on with it; a second factor that was left out is owed when they come back.
      await this.sessions.enter({ user, opened, factor }, true);
      return ok({ recoveryKey: recovery.text });
    } catch (error) {
      return err(failure("setup/storage-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async change(settings: Parameters<Setup["change"]>[0]): Promise<Result<void, Failure>> {
    const checked = v.safeParse(changeShape, settings);
    if (!checked.success) return err(failure("settings/bad-input", wrongFields(checked.issues)));
    try {
      const { store } = this.dependencies;
      return await store.exclusively(async () => {
        const before = store.settings;
        if (!before) return err(failure("settings/not-set-up"));
        const after: SiteSettings = { ...before, ...checked.output };
        const changed = (Object.keys(checked.output) as (keyof typeof checked.output)[]).filter((field) => !isSame(field, before, after));
        if (changed.length === 0) return ok();
        const written = await store.commit({ settings: after, entries: [{ type: "settings", subject: null, body: { by: this.sessions.current.value?.userId ?? "nobody", changed } }] });
        return written.ok ? ok() : err(failure("settings/store-failed", written.error.kind));
      });
    } catch (error) {
      return err(failure("settings/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /** The PIN that opens the way out of the kiosk. */
  async verifyKioskPin(pin: string): Promise<Result<void, PinFailure>> {
    return tryPin(this.dependencies.store, this.dependencies.secrets, ["kiosk"], pin, this.dependencies.store.administrator?.kioskPin ?? null);
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
