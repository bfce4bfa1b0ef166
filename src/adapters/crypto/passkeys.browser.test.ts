import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cdp } from "vitest/browser";
import { deleteStores, openCore, SetClock, valueOf } from "../storage/testing/harness.ts";
import { setUpSite } from "../storage/testing/site.ts";
import { BrowserPasskeys } from "./passkeys.ts";

interface Authenticators {
  send(method: "WebAuthn.enable" | "WebAuthn.disable"): Promise<unknown>;
  send(method: "WebAuthn.addVirtualAuthenticator", options: unknown): Promise<{ readonly authenticatorId: string }>;
  send(method: "WebAuthn.setUserVerified", options: { readonly authenticatorId: string; readonly isUserVerified: boolean }): Promise<unknown>;
}

const chromium = (): Authenticators => cdp();

async function addAuthenticator(hasPrf: boolean): Promise<string> {
  const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, hasPrf };
  return (await chromium().send("WebAuthn.addVirtualAuthenticator", { options })).authenticatorId;
}

beforeEach(() => chromium().send("WebAuthn.enable"));
afterEach(async () => {
  await chromium().send("WebAuthn.disable");
  await deleteStores();
});

describe("a passkey", () => {
  it("gives the same secret for the same salt each time, and another for another", async () => {
    await addAuthenticator(true);
    const passkeys = new BrowserPasskeys();
    const made = valueOf(await passkeys.create({ id: crypto.randomUUID(), name: "Keeper" }, []));
    expect(made.prf).toHaveLength(32);
    expect(valueOf(await passkeys.get([made]))).toEqual({ credentialId: made.credentialId, prf: made.prf });
    expect(valueOf(await passkeys.get([{ ...made, prfSalt: new Uint8Array(32) }])).prf).not.toEqual(made.prf);
  });

  it("is refused where the authenticator makes no secrets", async () => {
    await addAuthenticator(false);
    expect(await new BrowserPasskeys().create({ id: crypto.randomUUID(), name: "Keeper" }, [])).toMatchObject({ error: { kind: "passkey/unsupported" } });
  });

  it("signs in without passphrase and code, with the user verified, and confirms", async () => {
    const authenticatorId = await addAuthenticator(true);
    const clock = new SetClock();
    const { core, prefix } = await setUpSite(clock);
    expect(core.sessions.passkeyOffered.value).toBe(false);
    valueOf(await core.users.addPasskey("Tablet"));
    expect(core.users.passkeys.value.map(({ label }) => label)).toEqual(["Tablet"]);
    expect(core.sessions.passkeyOffered.value).toBe(true);
    core.close();

    const again = await openCore(prefix, clock);
    expect(valueOf(await again.sessions.signInWithPasskey())).toMatchObject({ name: "Keeper", owed: [], freshUntil: clock.wallMs + 300_000 });
    expect(again.sessions.held).toHaveLength(2);
    clock.pass(4 * 60_000);
    again.sessions.touched();
    clock.pass(2 * 60_000);
    expect(again.access.check("records.export")).toMatchObject({ error: { kind: "access/confirm-needed" } });
    valueOf(await again.sessions.confirmWithPasskey());
    expect(again.access.check("records.export").ok).toBe(true);
    expect((await again.store.latest(1))[0]?.content?.body).toMatchObject({ factor: "passkey", purpose: "confirm", outcome: "accepted" });

    again.sessions.signOut();
    await chromium().send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    expect((await again.sessions.signInWithPasskey()).ok).toBe(false);
    expect(again.sessions.current.value).toBeNull();
  });
});
