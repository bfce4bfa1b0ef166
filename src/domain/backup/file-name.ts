import type { BackupKind } from "./frames.ts";

/** Characters that some file systems refuse in a name, and those that make a path of it. */
const NOT_IN_NAMES = /[\p{Cc}\s\\/:*?"<>|.]+/gu;
/** Longest part of a name that a site gives: with Chinese characters three bytes each, well under the 255 of most file systems. */
const SITE_LENGTH = 40;
/** Digits of the device's id in a name. */
const DEVICE_LENGTH = 8;

export interface BackupFileName {
  readonly name: string;
  readonly kind: BackupKind;
  readonly device: string;
  /** `YYYY-MM-DD` in the site's zone. */
  readonly day: string;
}

/** `clockface-<site>-<device>-<day>.age`; a device-move backup says so. */
export function backupFileName(siteName: string, device: string, day: string, kind: BackupKind): string {
  const site = Array.from(siteName.normalize("NFC").replace(NOT_IN_NAMES, "_").replace(/^[_-]+|[_-]+$/g, "")).slice(0, SITE_LENGTH).join("");
  return `clockface-${site === "" ? "site" : site}-${device.slice(0, DEVICE_LENGTH)}-${day}${kind === "device-move" ? "-move" : ""}.age`;
}

/** Null for a name that is no backup's. */
export function parseBackupFileName(name: string): BackupFileName | null {
  const match = /^clockface-.+-([0-9a-f]{8})-(\d{4}-\d{2}-\d{2})(-move)?\.age$/u.exec(name);
  const [, device, day, move] = match ?? [];
  return device === undefined || day === undefined ? null : { name, device, day, kind: move === undefined ? "daily" : "device-move" };
}
