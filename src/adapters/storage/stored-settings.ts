import * as v from "valibot";
import type { AdministratorRecord } from "../../app/ports/store.ts";
import type { SiteSettings } from "../../app/api/administration.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { isTimeZone } from "../../domain/attendance/day.ts";
import { firstRecognitionPolicy, recognitionPolicySchema } from "../../domain/biometrics/recognition-policy.ts";
import { assessmentMarkSchema, faceOffSchema } from "../../domain/compliance/face-use.ts";
import { ELSEWHERE_AT_MOST } from "../../domain/compliance/filing.ts";
import { pinnedCameraSchema } from "../../domain/device/camera-identity.ts";
import { retentionScheduleSchema } from "../../domain/retention/schedule.ts";
import { secretHashSchema } from "../../domain/people/stored.ts";

/** Version of the shapes below, bound into their envelopes. */
export const SETTINGS_SCHEMA = 1;

const settings = v.strictObject({
  organisation: v.string(),
  siteId: v.pipe(v.string(), v.nonEmpty()),
  siteName: v.string(),
  zone: v.pipe(v.string(), v.check(isTimeZone)),
  locale: v.picklist(["zh-Hans", "en"]),
  lawRegion: v.picklist(["cn", "eu", "us", "other"]),
  profile: v.picklist(["accurate", "clear"]),
  helpContact: v.string(),
  fixedDirection: v.nullable(v.picklist(["in", "out"])),
  nameShown: v.picklist(["full", "short"]),
  speech: v.boolean(),
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Settings that were stored before a site could choose have none. */
  recognition: v.exactOptional(recognitionPolicySchema),
  camera: v.exactOptional(pinnedCameraSchema),
  backup: v.exactOptional(v.strictObject({ recipient: v.pipe(v.string(), v.startsWith("age1")), madeAt: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)) })),
  retention: v.exactOptional(retentionScheduleSchema),
  assessment: v.exactOptional(assessmentMarkSchema),
  faceOff: v.exactOptional(faceOffSchema),
  facesElsewhere: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(ELSEWHERE_AT_MOST))),
});

const administrator = v.strictObject({
  name: v.string(),
  /** The next three are of the first form alone. */
  publicKey: v.exactOptional(v.pipe(v.instance(Uint8Array), v.length(32))),
  lockedPrivateKey: v.exactOptional(v.instance(Uint8Array)),
  passphrase: v.exactOptional(v.strictObject({ cost: secretHashSchema.entries.cost, salt: secretHashSchema.entries.salt })),
  kioskPin: secretHashSchema,
});

export function parseSettings(value: unknown): SiteSettings | null {
  const parsed = v.safeParse(settings, value);
  if (!parsed.success) return null;
  return { ...parsed.output, recognition: parsed.output.recognition ?? firstRecognitionPolicy(parsed.output.profile) };
}

export function parseAdministrator(value: unknown): AdministratorRecord | null {
  const parsed = v.safeParse(administrator, value);
  return parsed.success ? parsed.output : null;
}
