import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ITINERARY, REASON, SETUP } from "./page/setup.ts";
import { FaultBrowser } from "./profile.ts";
import { openSite } from "./site.ts";
import { scan, wantedBytes, wantedText, type Found, type Wanted } from "./search/scan.ts";
import type { FaultReport, FaultTest } from "./types.ts";

const PEOPLE = 4;
const BEGIN_MS = Date.UTC(2026, 2, 2);
const PIECE_BYTES = 48;
const TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIzZjBhOWMyZTc3YjFkNDA1OGUyMSJ9.c2lnbmVkLWJ5LWEtaHViLXRoYXQtaXMtbm90LXRoZXJl";
const WRAPPED = "a wrapped key of what came with request";
/** Past the three months that it is kept for. */
const ENDED_DAYS = 100;
/** It lies plain in its bucket, as every key that a browser keeps: known, and the control of the search. */
const EPOCH_KEY = "epoch key in force";

const from64 = (text: string): Buffer => Buffer.from(text, "base64");

/** Key and tag are the end of an envelope; what stands before them names the record key, as many others do. */
const sealedIn = (envelope = ""): Buffer => from64(envelope).subarray(-PIECE_BYTES);

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
    // One after the other: each tells the keys that were made meanwhile.
    const declared = [await browser.call("declare", people[0] ?? ""), await browser.call("declare", people[1] ?? "")];
    const before = await browser.call("secrets");

    const texts = [
      wantedText("the passphrase", SETUP.passphrase),
      wantedText("the administrator's name", SETUP.administratorName),
      wantedText("the kiosk's PIN", SETUP.kioskPin),
      wantedText("a person's name", "Zephyrine Okonkwo"),
      wantedText("an employee number", "QX-7000"),
      wantedText("a request's reason", REASON),
      wantedText("the hub's token", TOKEN),
      wantedText("what was declared about health", ITINERARY),
      ...pins.map((pin) => wantedText("a person's PIN", pin)),
    ];
    const faces = Object.values(references).flatMap((all) => all.map((one) => wantedBytes("a reference in the clear", from64(one))));
    const pieces = [...files, ...declared.map(({ file }) => file)].map((file) => wantedBytes("a piece of a file in the clear", from64(file).subarray(0, PIECE_BYTES)));
    const passing = before.keys.filter(({ kind }) => kind === "passing").map(({ bytes }) => wantedBytes("a key in the clear", from64(bytes)));
    const kept = before.keys.filter(({ kind }) => kind === "kept").map(({ bytes }, index) => wantedBytes(index === 0 ? EPOCH_KEY : "a key that is not to be read out", from64(bytes)));
    const content = declared.flatMap(({ keys }) => keys.map((bytes) => wantedBytes("a key of what came with a request in the clear", from64(bytes))));
    const secret = [...texts, ...pieces, ...faces, ...passing, ...content];
    const wrapped = declared.map(({ papers }, index) => papers.map((id) => wantedBytes(`${WRAPPED} ${String(index)}`, sealedIn(before.contentKeys[id]))));
    const others = Object.entries(before.sealed).map(([id, { envelope }]) => wantedBytes(`sealed references of ${id}`, from64(envelope)));
    await browser.close();

    if (content.length !== 4 || wrapped.flat().length !== 4) failures.push(`${String(content.length)} keys of what came with two requests, and ${String(wrapped.flat().length)} wrapped ones`);
    const first = await scan(folder, [...secret, ...kept, ...others, ...wrapped.flat()]);
    failures.push(...clear(first.found, secret).map((line) => `before erasure: ${line}`));
    // The control: what is known to lie there is found, or the search is blind.
    for (const { what } of [...kept.slice(0, 1), ...others, ...wrapped.flat()]) if (!first.found.some((one) => one.what === what)) failures.push(`the search does not find what is there: ${what.split(" of ")[0] ?? ""}`);

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

    const third = await FaultBrowser.start(folder, site);
    await third.open({ startMs: BEGIN_MS + ENDED_DAYS * 86_400_000, matcher: true, tap: true });
    const still = await third.call("declare", left[0] ?? "");
    const ended = await third.call("runSchedule");
    if (ended !== 4) failures.push(`the schedule ended ${String(ended)} of four kinds of what came with two requests`);
    const last = await third.call("secrets");
    await third.close();
    const ends = wrapped.flat();
    const stays = still.papers.map((id) => wantedBytes("a wrapped key of a request that is still in time", sealedIn(last.contentKeys[id])));
    const fourth = await scan(folder, [...secret, ...still.keys.map((bytes) => wantedBytes("a key in the clear", from64(bytes))), ...ends, ...stays]);
    failures.push(...clear(fourth.found, [...secret, ...ends]).map((line) => `after the schedule: ${line}`));
    if (stays.length !== 2 || !stays.every(({ what }) => fourth.found.some((one) => one.what === what))) failures.push("the search does not find the wrapped keys that stay");
    return { n: secret.length * 3 + gone.length + ends.length, failures, figures: { files: second.files, "MiB searched": Number((second.bytes / 2 ** 20).toFixed(1)), keys: before.keys.length } };
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
  holds: "no reference, name, number, PIN, passphrase, hub's token or key in the clear in the profile; after an erasure nothing of the erased, nor the epoch key before; after its time no key of a health declaration or a file",
  run,
} satisfies FaultTest;
