import { parseHolidayFile, type HolidayFile } from "../../domain/attendance/rules/holidays.ts";

const ADDRESS = "/holidays/holidays.json";

/**
 * Fetches the holidays when they are first asked for: the service worker keeps the file, so that it is there without a
 * network. Null where it cannot be had; asked for again the next time.
 */
export function holidaySource(load: (address: string) => Promise<Response> = (address) => fetch(address)): () => Promise<HolidayFile | null> {
  let file: Promise<HolidayFile | null> | null = null;
  const read = async (): Promise<HolidayFile | null> => {
    try {
      const answer = await load(ADDRESS);
      return answer.ok ? parseHolidayFile(await answer.json()) : null;
    } catch {
      return null;
    }
  };
  return async () => {
    file ??= read();
    const known = await file;
    if (known === null) file = null;
    return known;
  };
}
