import { parseBackupFileName } from "./file-name.ts";

/** Daily backups that stay in the folder. */
export const DAILY_KEPT = 30;

/**
 * Which files of a folder can go: this device's daily backups that are neither among the last {@link DAILY_KEPT} nor the
 * first of their month. Files of other devices, device-move backups and everything that is no backup stay.
 *
 * @param device id of this device
 */
export function outgrown(names: readonly string[], device: string): readonly string[] {
  const own = names
    .flatMap((name) => parseBackupFileName(name) ?? [])
    .filter((file) => file.kind === "daily" && device.startsWith(file.device))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
  const firstOfMonth = new Map<string, string>();
  for (const { day, name } of own) firstOfMonth.set(day.slice(0, 7), name);
  const monthly = new Set(firstOfMonth.values());
  return own.slice(DAILY_KEPT).flatMap(({ name }) => (monthly.has(name) ? [] : [name]));
}
