import { describe, expect, test } from "vitest";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import { StageTime } from "../kiosk/testing/stage.ts";
import type { OpenedOwnRecord } from "./own-records.ts";
import { PinSelfService, SELF_SERVICE_IDLE_MS } from "./self-service.ts";

function service() {
  const time = new StageTime();
  const closed: string[] = [];
  const attempts: string[] = [];
  const made = new PinSelfService({
    clock: time,
    scheduler: time,
    ledger: {
      verifyPin: (number, pin) => Promise.resolve(pin === "1234" ? ok(number as PersonId) : err(failure("pin/wrong"))),
      attempt: (kind) => {
        attempts.push(kind);
        return Promise.resolve(ok());
      },
    },
    ownRecords: { open: (personId) => Promise.resolve(ok({ close: () => void closed.push(personId) } as unknown as OpenedOwnRecord)) },
  });
  return { time, closed, attempts, made };
}

describe("PinSelfService", () => {
  test("opens with number and PIN, stays while it is touched, and closes when nobody does", async () => {
    const { made, time, closed } = service();
    expect((await made.submit("ada", "1234")).ok).toBe(true);
    expect(made.state.value).toMatchObject({ kind: "own" });
    await time.advance(SELF_SERVICE_IDLE_MS - 1000);
    made.touched();
    await time.advance(SELF_SERVICE_IDLE_MS - 1000);
    expect(made.state.value.kind).toBe("own");
    await time.advance(1000);
    expect(made.state.value).toEqual({ kind: "entry" });
    expect(closed).toEqual(["ada"]);
  });

  test("is closed after the machine has slept, whoever touches it then", async () => {
    const { made, time, closed } = service();
    expect((await made.submit("ada", "1234")).ok).toBe(true);
    time.nowMs += SELF_SERVICE_IDLE_MS;
    made.touched();
    expect(made.state.value).toEqual({ kind: "entry" });
    expect((await made.submit("ada", "1234")).ok).toBe(true);
    time.sleptMs = SELF_SERVICE_IDLE_MS;
    await time.advance(5_000);
    expect([made.state.value.kind, closed]).toEqual(["entry", ["ada", "ada"]]);
  });

  test("notes a wrong PIN and opens nothing", async () => {
    const { made, attempts } = service();
    expect(await made.submit("ada", "9999")).toMatchObject({ error: { kind: "pin/wrong" } });
    expect([made.state.value.kind, attempts]).toEqual(["entry", ["pin-refused"]]);
  });

  test("closes what opens after somebody has left", async () => {
    const { made, closed } = service();
    const opening = made.submit("ada", "1234");
    made.leave();
    expect((await opening).ok).toBe(false);
    expect([made.state.value.kind, closed]).toEqual(["entry", ["ada"]]);
  });
});
