/** Whoever administers the tablets of the tests. */
export const ADMINISTRATOR = { name: "Ira Keeper", passphrase: "oyster lantern gravel forty-two", kioskPin: "730514" };

export const SITE = "North gate";
