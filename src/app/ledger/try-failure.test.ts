import { expect, test } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { tryFailure } from "./try-failure.ts";

test.each([
  [failure("store/full"), { kind: "pin/store-full" }],
  [failure("store/write-failed"), { kind: "pin/store-failed" }],
  [{ kind: "store/locked", until: 5 as EpochMs }, { kind: "pin/locked", until: 5 }],
] as const)("tryFailure tells a full disk, another failure to write and a lock apart: %o", (error, told) => {
  expect(tryFailure(error)).toMatchObject(told);
});
