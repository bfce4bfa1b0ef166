import type { CameraIdentity } from "../../domain/device/camera-identity.ts";

/** Capabilities that every camera has, and those that the browser adds itself: they are no controls of the device. */
const COMMON = new Set(["aspectRatio", "deviceId", "facingMode", "frameRate", "groupId", "height", "resizeMode", "width", "displaySurface", "logicalSurface", "cursor"]);

/**
 * What the track's device says of itself. The group id is left out: Chromium gives a new one at each start.
 * Browsers that do not tell capabilities leave the label, the id and the facing mode of the settings.
 */
export function identityOf(track: MediaStreamTrack): CameraIdentity {
  const settings = track.getSettings();
  const capabilities = capabilitiesOf(track);
  const facingMode = capabilities?.facingMode ?? (settings.facingMode === undefined ? [] : [settings.facingMode]);
  return {
    label: track.label.trim(),
    deviceId: settings.deviceId ?? "",
    facingMode: facingMode.toSorted(),
    mostWidth: capabilities?.width?.max ?? null,
    mostHeight: capabilities?.height?.max ?? null,
    mostFrameRate: capabilities?.frameRate?.max ?? null,
    controls: Object.keys(capabilities ?? {})
      .filter((name) => !COMMON.has(name))
      .toSorted(),
  };
}

/** Absent in older browsers, whatever the DOM library's types say. */
function capabilitiesOf(track: MediaStreamTrack): MediaTrackCapabilities | undefined {
  const { getCapabilities } = track as { readonly getCapabilities?: () => MediaTrackCapabilities };
  return getCapabilities?.call(track);
}
