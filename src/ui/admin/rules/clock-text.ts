const LAST_MINUTE = 2 * 1440 - 1;

/** `09:00`; after midnight of the day on which a shift begins `26:00`. */
export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** `02:00` for 26:00: as it is on the clock. */
export function wallClock(minute: number): string {
  return clockText(minute % 1440);
}

/** Reads `9`, `9:00`, `0900`, `26:00`, `９：００`; null when it is no time up to 47:59. */
export function parseClock(text: string): number | null {
  const plain = text.trim().normalize("NFKC").replace(/[.·]/, ":");
  const parts = /^(\d{1,2})(?::?(\d{2}))?$/.exec(plain);
  if (parts === null) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? "0")];
  const minute = hours * 60 + minutes;
  return minutes < 60 && minute <= LAST_MINUTE ? minute : null;
}
