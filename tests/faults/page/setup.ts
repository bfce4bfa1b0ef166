import type { SetupInput } from "../../../src/app/api/administration.ts";

/** Of the tablet on the harness page. The words are ones that nothing else on a disk says. */
export const SETUP: SetupInput = {
  organisation: "Harbour Works",
  siteName: "Gate 3",
  zone: "Asia/Shanghai",
  locale: "en",
  lawRegion: "other",
  administratorName: "Keeper Quillfeather",
  passphrase: "seven brass clocks on a wall",
  kioskPin: "739146",
  profile: "accurate",
  helpContact: "",
};

/** What somebody declares about their health. */
export const ITINERARY = "Night bus from Thornbury by way of the fever ward";

/** What somebody writes into a request. */
export const REASON = "Quarterly dental appointment at the Larkspur practice";
