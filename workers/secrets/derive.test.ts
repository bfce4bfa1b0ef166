import { describe, expect, it } from "vitest";
import { derive } from "./derive.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 };
const SALT = new TextEncoder().encode("saltsaltsaltsalt");

describe("derive", () => {
  it("gives the hash of the reference implementation", async () => {
    // printf password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32
    const hash = await derive("password", new TextEncoder().encode("somesalt"), { memoryKiB: 65_536, passes: 2, lanes: 1 });
    expect(hash.ok && hex(hash.value)).toBe("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
  });

  it("gives the same for one text in two Unicode forms", async () => {
    const [composed, apart] = await Promise.all([derive("caf\u00e9", SALT, CHEAP), derive("cafe\u0301", SALT, CHEAP)]);
    expect(composed).toEqual(apart);
  });

  it("answers with a failure when the salt is too short", async () => {
    expect(await derive("x", new Uint8Array(2), CHEAP)).toMatchObject({ ok: false, error: { kind: "secrets/failed" } });
  });
});
