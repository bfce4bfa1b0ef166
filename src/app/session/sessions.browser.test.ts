import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { deleteStores, openCore, PASSPHRASE, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { TOTP_STEP_MS } from "../../domain/people/totp.ts";
import { codeFor, confirm, setUpSite, signIn } from "../../adapters/storage/testing/site.ts";

afterEach(deleteStores);

const WRONG = { error: { kind: "session/wrong" } };
const OTHER_WORDS = "four other words entirely";

async function bodiesOf(core: Core, type: string): Promise<readonly unknown[]> {
  return (await core.store.latest(100)).flatMap(({ content }) => (content?.type === type ? [content.body] : []));
}

describe("signing in", () => {
  it("takes passphrase and code together, and gives one answer for all that is wrong", async () => {
    const clock = new SetClock();
    const { core, keeper } = await setUpSite(clock);
    core.sessions.signOut();
    clock.pass(TOTP_STEP_MS);
    const code = codeFor(keeper.secret, clock.wallMs);
    expect(await core.sessions.signIn({ passphrase: PASSPHRASE, code: "000000" })).toMatchObject(WRONG);
    expect(await core.sessions.signIn({ passphrase: PASSPHRASE })).toMatchObject(WRONG);
    expect(await core.sessions.signIn({ passphrase: OTHER_WORDS, code })).toMatchObject(WRONG);
    expect(await core.sessions.signIn({ name: "Nobody", passphrase: PASSPHRASE, code })).toMatchObject(WRONG);
    const session = valueOf(await core.sessions.signIn({ name: " kEEper ", passphrase: PASSPHRASE, code }));
    expect(session).toMatchObject({ name: "Keeper", owed: [], freshUntil: clock.wallMs + 300_000 });
    expect(await bodiesOf(core, "sign-in")).toMatchObject([
      { outcome: "accepted", user: keeper.userId, factor: "totp", purpose: "session" },
      { outcome: "refused" },
      { outcome: "refused", user: keeper.userId },
      { outcome: "refused", user: keeper.userId },
      { outcome: "refused", user: keeper.userId },
      { outcome: "accepted", user: keeper.userId },
    ]);
  });

  it("takes each code once, also after a reload, and none of a clock that was set back", async () => {
    const clock = new SetClock();
    const { core, prefix, keeper } = await setUpSite(clock);
    await signIn(core, clock, keeper);
    const code = codeFor(keeper.secret, clock.wallMs);
    expect(await core.sessions.confirm(code)).toMatchObject(WRONG);
    core.close();
    const again = await openCore(prefix, clock);
    expect(await again.sessions.signIn({ passphrase: PASSPHRASE, code })).toMatchObject(WRONG);
    clock.wallMs -= 10 * TOTP_STEP_MS;
    expect(await again.sessions.signIn({ passphrase: PASSPHRASE, code: codeFor(keeper.secret, clock.wallMs) })).toMatchObject(WRONG);
    clock.wallMs += 11 * TOTP_STEP_MS;
    expect((await again.sessions.signIn({ passphrase: PASSPHRASE, code: codeFor(keeper.secret, clock.wallMs) })).ok).toBe(true);
  });

  it("locks the name after five wrong tries and nobody else, over a reload and a clock that was set on and back", async () => {
    const clock = new SetClock();
    const { core, prefix, keeper } = await setUpSite(clock);
    for (let turn = 0; turn < 5; turn++) expect(await core.sessions.recover("Keeper", "not a key")).toMatchObject(WRONG);
    const locked = { error: { kind: "session/locked", until: clock.wallMs + 30_000 } };
    expect(await core.sessions.signIn({ passphrase: PASSPHRASE, code: "1" })).toMatchObject(locked);
    expect(await core.sessions.recover("Somebody else", "not a key")).toMatchObject(WRONG);
    expect(await core.sessions.confirm(codeFor(keeper.secret, clock.wallMs + TOTP_STEP_MS))).toMatchObject(locked);
    core.close();
    clock.monoMs = 0;
    clock.wallMs -= 3_600_000;
    const again = await openCore(prefix, clock);
    expect(await again.sessions.recover("Keeper", "not a key")).toMatchObject({ error: { kind: "session/locked", until: clock.wallMs + 30_000 } });
    clock.wallMs += 3_600_000 + 10 * TOTP_STEP_MS;
    clock.monoMs += 3_600_000;
    expect((await again.sessions.signIn({ passphrase: PASSPHRASE, code: codeFor(keeper.secret, clock.wallMs) })).ok).toBe(true);
  });

  it("locks every name at the tablet after twenty wrong tries for different ones, also for one who signs in between", async () => {
    const clock = new SetClock();
    const { core, keeper } = await setUpSite(clock);
    const outcomes: string[] = [];
    for (let turn = 1; turn <= 24; turn++) {
      const guessed = await core.sessions.recover(`Somebody ${turn}`, "not a key");
      outcomes.push(guessed.ok ? "right" : guessed.error.kind);
      if (turn === 10) await core.sessions.signIn({ passphrase: PASSPHRASE, code: codeFor(keeper.secret, clock.wallMs + TOTP_STEP_MS) });
    }
    expect(outcomes.indexOf("session/locked")).toBe(21);
    expect(outcomes.filter((kind) => kind === "session/wrong").length).toBe(21);
  });

  it("owes a second factor where none is there, and allows nothing until it is", async () => {
    const clock = new SetClock();
    const { core, keeper } = await setUpSite(clock);
    const { users } = core.store;
    valueOf(await core.store.exclusively(() => core.store.commit({ users: [{ ...users.get(keeper.userId)!, totp: null }], entries: [] })));
    core.sessions.signOut();
    expect(valueOf(await core.sessions.signIn({ passphrase: PASSPHRASE }))).toMatchObject({ owed: ["second-factor"], freshUntil: null });
    expect(core.access.allowed.value.size).toBe(0);
    expect(core.access.check("people.read")).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(core.access.ring).toBeNull();
    expect(core.sessions.held).toEqual([]);
    expect(await core.users.newRecoveryKey()).toMatchObject({ error: { kind: "access/not-allowed" } });
    const { secret } = valueOf(await core.users.beginTotp());
    expect(await core.users.confirmTotp("000000")).toMatchObject({ error: { kind: "user/code-wrong" } });
    valueOf(await core.users.confirmTotp(codeFor(secret, clock.wallMs)));
    expect(core.sessions.current.value).toMatchObject({ owed: [] });
    expect(core.access.check("people.erase").ok).toBe(true);
    expect(core.sessions.held).toHaveLength(2);
  });
});

describe("the recovery key", () => {
  it("stands for passphrase and second factor, owes both, and is used up by them", async () => {
    const clock = new SetClock();
    const { core, keeper, recoveryKey } = await setUpSite(clock);
    expect(recoveryKey).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    core.sessions.signOut();
    const typed = ` ${recoveryKey.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
    expect(valueOf(await core.sessions.recover("Keeper", typed)).owed).toEqual(["passphrase", "second-factor"]);
    expect(core.access.ring).toBeNull();
    expect(await core.users.beginTotp()).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await core.users.changePassphrase("", "too short")).toMatchObject({ error: { kind: "user/passphrase-short" } });
    valueOf(await core.users.changePassphrase("", OTHER_WORDS));
    expect(core.sessions.current.value?.owed).toEqual(["second-factor"]);
    const { secret } = valueOf(await core.users.beginTotp());
    valueOf(await core.users.confirmTotp(codeFor(secret, clock.wallMs)));
    expect(core.access.check("people.read").ok).toBe(true);
    core.sessions.signOut();
    expect(await core.sessions.recover("Keeper", recoveryKey)).toMatchObject(WRONG);
    clock.pass(TOTP_STEP_MS);
    expect(await core.sessions.signIn({ passphrase: PASSPHRASE, code: codeFor(keeper.secret, clock.wallMs) })).toMatchObject(WRONG);
    await signIn(core, clock, { ...keeper, passphrase: OTHER_WORDS, secret });
    const next = valueOf(await core.users.newRecoveryKey());
    core.sessions.signOut();
    expect((await core.sessions.recover("Keeper", next)).ok).toBe(true);
  });
});

describe("a session", () => {
  it("ends by itself after five minutes alone and thirty in all, also where the page slept", async () => {
    const clock = new SetClock();
    const { core, keeper } = await setUpSite(clock);
    await signIn(core, clock, keeper);
    const { opened, held } = core.sessions;
    clock.wallMs += 5 * 60_000;
    expect(core.access.check("people.read")).toMatchObject({ error: { kind: "access/not-signed-in" } });
    expect(core.sessions.current.value).toBeNull();
    expect([...opened!.userKey, ...opened!.privateKey, ...held.flatMap(({ privateKey }) => [...privateKey])].every((byte) => byte === 0)).toBe(true);
    await signIn(core, clock, keeper);
    for (let minute = 0; minute < 28; minute += 4) {
      clock.monoMs += 4 * 60_000;
      core.sessions.touched();
      expect(core.sessions.current.value).not.toBeNull();
    }
    clock.monoMs += 2 * 60_000;
    core.sessions.touched();
    expect(core.sessions.current.value).toBeNull();
    await expect.poll(() => bodiesOf(core, "sign-out")).toMatchObject([{ reason: "limit" }, { reason: "idle" }, { reason: "asked" }]);
  });

  it("asks for a second factor again after five minutes, and for nothing where none is needed", async () => {
    const clock = new SetClock();
    const { core, keeper } = await setUpSite(clock);
    expect(core.access.check("records.export").ok).toBe(true);
    clock.pass(4 * 60_000);
    core.sessions.touched();
    clock.pass(2 * 60_000);
    expect(core.access.check("records.export")).toMatchObject({ error: { kind: "access/confirm-needed" } });
    expect(core.access.check("records.read").ok).toBe(true);
    expect(await core.users.newRecoveryKey()).toMatchObject({ error: { kind: "access/confirm-needed" } });
    expect(await core.users.beginTotp()).toMatchObject({ error: { kind: "access/confirm-needed" } });
    await confirm(core, clock, keeper);
    expect(core.access.check("records.export").ok).toBe(true);
    expect((await bodiesOf(core, "sign-in"))[0]).toMatchObject({ purpose: "confirm", factor: "totp", outcome: "accepted" });
  });

  it("is not opened by a change of passphrase that does not show the old one", async () => {
    const { core } = await setUpSite(new SetClock());
    expect(await core.users.changePassphrase(OTHER_WORDS, "another five words in a row")).toMatchObject({ error: { kind: "user/passphrase-wrong" } });
    valueOf(await core.users.changePassphrase(PASSPHRASE, OTHER_WORDS));
    const [unlock] = core.store.users.values().next().value!.unlocks.filter(({ kind }) => kind === "passphrase");
    expect(unlock).toMatchObject({ temporary: false, cost: { memoryKiB: 65_536, lanes: 1 } });
  });
});
