import { describe, expect, it } from "vitest";

import { rememberedProfile, rememberProfile } from "./last-profile.ts";

function shelf(first?: string): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map(first === undefined ? [] : [["clockface-profile", first]]);
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const refusing = {
  getItem: (): never => {
    throw new DOMException("no", "SecurityError");
  },
  setItem: (): never => {
    throw new DOMException("no", "QuotaExceededError");
  },
};

describe("the models that a start may load before it knows the settings", () => {
  it("are those of the last recogniser that was ready", () => {
    const kept = shelf();
    expect(rememberedProfile(kept)).toBeNull();
    rememberProfile(kept, "clear");
    expect(rememberedProfile(kept)).toBe("clear");
  });

  it("are not loaded for a value that nobody wrote here, nor where nothing can be kept", () => {
    expect(rememberedProfile(shelf("sharp"))).toBeNull();
    expect(rememberedProfile(refusing)).toBeNull();
    expect(() => rememberProfile(refusing, "clear")).not.toThrow();
  });
});
