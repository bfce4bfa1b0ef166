import type { TotpOffer } from "../../../app/api/access.ts";
import type { LawRegion, SetupInput } from "../../../app/api/administration.ts";
import type { RecogniserProfile } from "../../../domain/biometrics/types.ts";
import { isKioskPin, isTrivialPin } from "../../../domain/people/pin.ts";
import { isCode } from "../users/code.ts";

/** A code is good for a minute: what needs it comes directly before the site is made. */
const STEPS = ["language", "site", "law", "profile", "administrator", "second-factor", "recovery", "passkey", "boot", "camera", "assessment", "person", "place"] as const;
export type Step = (typeof STEPS)[number];

/** The steps after the site exists; there is no way back over that line. */
export const AFTER_SETUP: readonly Step[] = ["recovery", "passkey", "boot", "camera", "assessment", "person", "place"];

/** The second factor: an app on the phone, a passkey, or none of them at hand just now. */
export type Factor = "app" | "passkey" | "later";

/** The steps that are taken here: one depends on what was chosen. */
export function stepsTaken(draft: Draft): readonly Step[] {
  return STEPS.filter((step) => step !== "passkey" || draft.factor === "passkey");
}

/** What was entered so far. Neither passphrase, PIN nor second factor is part of it: those never leave the page. */
export interface Draft {
  readonly step: Step;
  readonly organisation: string;
  readonly siteName: string;
  readonly zone: string;
  readonly helpContact: string;
  readonly lawRegion: LawRegion | null;
  readonly administratorName: string;
  readonly profile: RecogniserProfile;
  readonly factor: Factor;
  /** Points of the last list that were ticked. */
  readonly done: readonly string[];
}

const KEY = "clockface.setup";

export const EMPTY_DRAFT: Draft = {
  step: "language",
  organisation: "",
  siteName: "",
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  helpContact: "",
  lawRegion: null,
  administratorName: "",
  profile: "accurate",
  factor: "app",
  done: [],
};

/** The draft of this tab, if one was begun. */
export function loadDraft(): Draft | null {
  try {
    const text = sessionStorage.getItem(KEY);
    if (text === null) return null;
    const draft = { ...EMPTY_DRAFT, ...(JSON.parse(text) as Partial<Draft>) };
    return STEPS.includes(draft.step) ? draft : null;
  } catch {
    return null;
  }
}

export function saveDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage is closed to us: the draft lasts as long as the page.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // See saveDraft.
  }
}

export const PASSPHRASE_LENGTH = 15;

/** How good a passphrase looks, by its length and by how much it repeats itself. A hint, not a promise. */
export type Strength = { readonly kind: "short"; readonly missing: number } | { readonly kind: "regular" } | { readonly kind: "good" } | { readonly kind: "strong" };

export function strength(passphrase: string): Strength {
  const characters = Array.from(passphrase);
  if (characters.length < PASSPHRASE_LENGTH) return { kind: "short", missing: PASSPHRASE_LENGTH - characters.length };
  const different = new Set(characters).size;
  if (different < 6 || /(.{1,4})\1{3}/u.test(passphrase) || /0123456789|abcdefgh|qwertyui/i.test(passphrase)) return { kind: "regular" };
  return characters.length >= 20 && different >= 10 ? { kind: "strong" } : { kind: "good" };
}

export interface Secrets {
  readonly passphrase: string;
  readonly writtenDown: boolean;
  readonly kioskPin: string;
  /** What the authenticator app takes in; null until it is asked for. */
  readonly totp: TotpOffer | null;
  readonly code: string;
}

export const NO_SECRETS: Secrets = { passphrase: "", writtenDown: false, kioskPin: "", totp: null, code: "" };

export type FieldName = "organisation" | "siteName" | "lawRegion" | "administratorName" | "passphrase" | "writtenDown" | "kioskPin" | "code";
export type FieldError = "missing" | "short" | "regular" | "pin-form" | "pin-obvious" | "code-form";

/** What keeps a step from being left, by field. */
export function fieldErrors(step: Step, draft: Draft, secrets: Secrets): Partial<Record<FieldName, FieldError>> {
  const errors: Partial<Record<FieldName, FieldError>> = {};
  if (step === "site") {
    if (draft.organisation.trim() === "") errors.organisation = "missing";
    if (draft.siteName.trim() === "") errors.siteName = "missing";
  }
  if (step === "law" && draft.lawRegion === null) errors.lawRegion = "missing";
  if (step === "administrator") {
    if (draft.administratorName.trim() === "") errors.administratorName = "missing";
    const { kind } = strength(secrets.passphrase);
    if (secrets.passphrase === "") errors.passphrase = "missing";
    else if (kind === "short" || kind === "regular") errors.passphrase = kind;
    if (!secrets.writtenDown) errors.writtenDown = "missing";
    if (!isKioskPin(secrets.kioskPin)) errors.kioskPin = "pin-form";
    else if (isTrivialPin(secrets.kioskPin)) errors.kioskPin = "pin-obvious";
  }
  if (step === "second-factor" && draft.factor === "app" && !isCode(secrets.code)) errors.code = "code-form";
  return errors;
}

/** Everything that set-up needs, or null while something is missing. */
export function setupInput(draft: Draft, secrets: Secrets, locale: SetupInput["locale"]): SetupInput | null {
  for (const step of STEPS) if (Object.keys(fieldErrors(step, draft, secrets)).length > 0) return null;
  if (draft.lawRegion === null) return null;
  return {
    organisation: draft.organisation.trim(),
    siteName: draft.siteName.trim(),
    zone: draft.zone,
    locale,
    lawRegion: draft.lawRegion,
    administratorName: draft.administratorName.trim(),
    passphrase: secrets.passphrase,
    kioskPin: secrets.kioskPin,
    profile: draft.profile,
    helpContact: draft.helpContact.trim(),
    ...(draft.factor === "app" && secrets.totp !== null ? { totp: { secret: secrets.totp.secret, code: secrets.code } } : {}),
  };
}
