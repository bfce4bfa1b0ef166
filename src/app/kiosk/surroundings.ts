import { policyOf } from "../../domain/biometrics/recognition-policy.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { KioskSurroundings } from "../api/kiosk.ts";
import type { KioskDependencies } from "./dependencies.ts";

export function surroundingsOf(deps: Pick<KioskDependencies, "settings" | "sync" | "camera" | "enrolled" | "ownRecords" | "badges" | "faceClosed">, practice: boolean, faceFault: Failure | null, faceRestsUntil: EpochMs | null): KioskSurroundings {
  const settings = deps.settings.value;
  const { hub, online, waiting } = deps.sync.value;
  return {
    site: settings?.siteName ?? "",
    organisation: settings?.organisation ?? "",
    zone: settings?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    helpContact: settings?.helpContact ?? "",
    practice,
    network: { online, paired: hub !== null, waiting },
    faceFault,
    faceClosed: practice ? null : (deps.faceClosed?.value ?? null),
    faceRestsUntil: practice ? null : faceRestsUntil,
    comparison: practice ? "everyone" : policyOf(deps.settings.value).comparison,
    enrolled: practice ? 1 : deps.enrolled(),
    preview: deps.camera.stream.value,
    badges: deps.badges !== undefined && (practice || deps.badges.issued.value),
    ownRecord: !practice && settings !== null && deps.ownRecords !== undefined,
  };
}
