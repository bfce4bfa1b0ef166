import type { Failure } from "../../domain/errors.ts";
import type { KioskSurroundings } from "../api/kiosk.ts";
import type { KioskDependencies } from "./dependencies.ts";

export function surroundingsOf(deps: Pick<KioskDependencies, "settings" | "sync" | "recogniser" | "camera">, practice: boolean, faceFault: Failure | null): KioskSurroundings {
  const settings = deps.settings.value;
  const { hub, online, waiting } = deps.sync.value;
  const recogniser = deps.recogniser.status.value;
  return {
    site: settings?.siteName ?? "",
    organisation: settings?.organisation ?? "",
    zone: settings?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    helpContact: settings?.helpContact ?? "",
    practice,
    network: { online, paired: hub !== null, waiting },
    faceFault,
    enrolled: practice ? 1 : recogniser.kind === "ready" ? recogniser.gallery.people : 0,
    preview: deps.camera.stream.value,
  };
}
