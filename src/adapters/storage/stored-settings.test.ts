import { describe, expect, it } from "vitest";
import { DEFAULT_RECOGNITION_POLICY } from "../../domain/biometrics/recognition-policy.ts";
import { parseSettings } from "./stored-settings.ts";

/** As they were stored before a site could choose anything about recognition. */
const EARLIER = {
  organisation: "Harbour Works",
  siteId: "site-1",
  siteName: "Gate 3",
  zone: "Asia/Shanghai",
  locale: "en",
  lawRegion: "cn",
  profile: "accurate",
  helpContact: "",
  fixedDirection: null,
  nameShown: "full",
  speech: true,
  volume: 0.8,
};

describe("stored settings", () => {
  it("are read with the default policy when they are older than it", () => {
    expect(parseSettings(EARLIER)).toEqual({ ...EARLIER, recognition: DEFAULT_RECOGNITION_POLICY });
  });

  it("begin at the profile's own rate when they are older than it", () => {
    expect(parseSettings({ ...EARLIER, profile: "clear" })?.recognition.fpirTarget).toBe(1e-2);
  });

  it("keep the policy that the site chose", () => {
    const recognition = { ...DEFAULT_RECOGNITION_POLICY, fpirTarget: 1e-4, comparison: "roster", rosterDepartments: ["Assembly"], refreshReferences: true };
    expect(parseSettings({ ...EARLIER, recognition })?.recognition).toEqual(recognition);
  });

  it.each([{ fpirTarget: 0.3 }, { comparison: "some" }, { refreshReferences: "yes" }])("are another shape with %o", (wrong) => {
    expect(parseSettings({ ...EARLIER, recognition: { ...DEFAULT_RECOGNITION_POLICY, ...wrong } })).toBeNull();
  });
});
