import { expect, test } from "vitest";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import { OutageLog } from "./outage.ts";

test("OutageLog notes start and end once each, with the first reason, when reasons change meanwhile", async () => {
  const noted: string[] = [];
  const log = new OutageLog({ openOutage: () => Promise.resolve(null), outage: (phase, reason) => Promise.resolve(ok(void noted.push(`${phase} ${reason}`))) });
  await log.update(null);
  await log.update("camera/unplugged");
  await log.update("camera/none-found");
  await log.update(null);
  await log.update(null);
  expect(noted).toEqual(["start camera/unplugged", "end camera/unplugged"]);
});

test("OutageLog tells the outage again when it could not be written", async () => {
  const noted: string[] = [];
  let full = true;
  const log = new OutageLog({
    openOutage: () => Promise.resolve(null),
    outage: (phase) => {
      if (full) return Promise.resolve(err(failure("ledger/storage-full")));
      noted.push(phase);
      return Promise.resolve(ok());
    },
  });
  await log.update("camera/unplugged");
  full = false;
  await log.update("camera/frozen");
  expect(noted).toEqual(["start"]);
});
