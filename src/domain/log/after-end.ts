/** What a device that was retired records no more. It can still be signed in to, read and audited. */
export const OF_ATTENDANCE: ReadonlySet<string> = new Set(["punch", "punch-direction", "punch-undone", "attempt", "person-added", "person-changed", "consent-given", "enrolled", "refreshed", "pin-issued", "import"]);
