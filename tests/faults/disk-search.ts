import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { REASON, SETUP } from "./page/setup.ts";
import { FaultBrowser } from "./profile.ts";
import { openSite } from "./site.ts";
import { scan, wantedBytes, wantedText, type Found, type Wanted } from "./search/scan.ts";
import type { FaultReport, FaultTest } from "./types.ts";

const PEOPLE = 4;
const BEGIN_MS = Date.UTC(2026, 2, 2);
const PIECE_BYTES = 48;
const TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIzZjBhOWMyZTc3YjFkNDA1OGUyMSJ9.c2lnbmVkLWJ5LWEtaHViLXRoYXQtaXMtbm90LXRoZXJl";
/** It lies plain in its bucket, as every key that a browser keeps: known, and the control of the search. */
const EPOCH_KEY = "epoch key in force";

const from64 = (text: string): Buffer => Buffer.from(text, "base64");

async function run(): Promise<FaultReport> {
  const folder = await mkdtemp(join(tmpdir(), "clockface-search-"));
  const site = await openSite();
  const failures: string[] = [];
  try {
    const browser = await FaultBrowser.start(folder, site);
    await browser.open({ startMs: BEGIN_MS, matcher: true, tap: true });
    await browser.call("setUp");
    const people = await browser.call("addPeople", PEOPLE);
    const references = await browser.call("enrol", people);
    const pins = await Promise.all(people.map((id) => browser.call("issuePin", id)));
    for (const id of people) await browser.call("punch", id);
    const files = await Promise.all(people.map((id) => browser.call("file", id)));
    await browser.call("keepToken", TOKEN);
    const before = await browser.call("secrets");

    const texts = [
      wantedText("the passphrase", SETUP.passphrase),
      wantedText("the administrator's name", SETUP.administratorName),
      wantedText("the kiosk's PIN", SETUP.kioskPin),
      wantedText("a person's name", "Zephyrine Okonkwo"),
      wantedText("an employee number", "QX-7000"),
      wantedText("a request's reason", REASON),
      wantedText("the hub's token", TOKEN),
      ...pins.map((pin) => wantedText("a person's PIN", pin)),
    ];
    const faces = Object.values(references).flatMap((all) => all.map((one) => wantedBytes("a reference in the clear", from64(one))));
    const pieces = files.map((file) => wantedBytes("a piece of a file in the clear", from64(file).subarray(0, PIECE_BYTES)));
    const passing = before.keys.filter(({ kind }) => kind === "passing").map(({ bytes }) => wantedBytes("a key in the clear", from64(bytes)));
    const kept = before.keys.filter(({ kind }) => kind === "kept").map(({ bytes }, index) => wantedBytes(index === 0 ? EPOCH_KEY : "a key that is not to be read out", from64(bytes)));
    const secret = [...texts, ...pieces, ...faces, ...passing];
    const others = Object.entries(before.sealed).map(([id, { envelope }]) => wantedBytes(`sealed references of ${id}`, from64(envelope)));
    await browser.close();

    const first = await scan(folder, [...secret, ...kept, ...others]);
    failures.push(...clear(first.found, secret).map((line) => `before erasure: ${line}`));
    // The control: what is known to lie there is found, or the search is blind.
    for (const { what } of [...kept.slice(0, 1), ...others]) if (!first.found.some((one) => one.what === what)) failures.push(`the search does not find what is there: ${what.split(" of ")[0] ?? ""}`);

    const [erased = "", ...left] = people;
    const again = await FaultBrowser.start(folder, site);
    await again.open({ startMs: BEGIN_MS + 86_400_000, matcher: true, tap: true });
    await again.call("withdraw", erased);
    const after = await again.call("secrets");
    await again.close();
    const gone = [
      wantedBytes("sealed references of the erased", from64(before.sealed[erased]?.envelope ?? "")),
      wantedBytes("the wrapped face key of the erased", from64(before.sealed[erased]?.wrappedKey ?? "")),
      ...before.keys.filter(({ kind }) => kind === "kept").slice(0, 1).map(({ bytes }) => wantedBytes("the key of the epoch before", from64(bytes))),
    ];
    const stay = left.map((id) => wantedBytes("sealed references of somebody else", from64(after.sealed[id]?.envelope ?? "")));
    const second = await scan(folder, [...secret, ...gone, ...stay]);
    failures.push(...clear(second.found, [...secret, ...gone]).map((line) => `after erasure: ${line}`));
    if (!stay.every(({ what }) => second.found.some((one) => one.what === what))) failures.push("the search does not find the templates of the others");
    return { n: secret.length * 2 + gone.length, failures, figures: { files: second.files, "MiB searched": Number((second.bytes / 2 ** 20).toFixed(1)), keys: before.keys.length } };
  } finally {
    await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function clear(found: readonly Found[], forbidden: readonly Wanted[]): readonly string[] {
  const names = new Set(forbidden.map(({ what }) => what));
  return [...new Set(found.filter(({ what }) => names.has(what)).map(({ what, file }) => `${what} in ${file}`))];
}

export default {
  name: "disk-search",
  holds: "no reference, name, number, PIN, passphrase, hub's token or key in the clear in the profile; after an erasure nothing of the erased, nor the epoch key before",
  run,
} satisfies FaultTest;
