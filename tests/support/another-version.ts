import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface ManifestEntry {
  readonly url: string;
  readonly revision: string | null;
  readonly integrity: string;
}

/** As the build writes it into the service worker: the list of all files. */
const MANIFEST = /\[\{"integrity":.*?\}\]/;

/**
 * Makes another version of a built app: the page's own script has other contents and another name, as in every build
 * that changed something, and the list of files says so. Scripts that are loaded later still name the one before: pages
 * behind a sign-in are not to be opened.
 *
 * @param contents of the page's script, from what it was
 */
export function changeScript(dist: string, contents: (before: string) => string): void {
  const assets = join(dist, "assets");
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const before = /\/assets\/(index-[\w-]{8}\.js)/.exec(page)?.[1];
  if (before === undefined) throw new Error("the page names no script");
  const script = contents(readFileSync(join(assets, before), "utf8"));
  const after = `index-${createHash("sha256").update(script).digest("hex").slice(0, 8)}.js`;
  renameSync(join(assets, before), join(assets, after));
  writeFileSync(join(assets, after), script);
  writeFileSync(join(dist, "index.html"), page.replaceAll(before, after));
  rewriteManifest(dist, (url) => url.replace(before, after));
}

/** Makes another version of a built app: one file has other contents. */
export function changeFile(dist: string, path: string, contents: (before: Buffer) => Uint8Array): void {
  writeFileSync(join(dist, path), contents(readFileSync(join(dist, path))));
  rewriteManifest(dist, (url) => url);
}

function rewriteManifest(dist: string, renamed: (url: string) => string): void {
  const path = join(dist, "service-worker.js");
  const worker = readFileSync(path, "utf8");
  const [list] = MANIFEST.exec(worker) ?? [];
  if (list === undefined) throw new Error("the service worker lists no files");
  const entries = (JSON.parse(list) as readonly ManifestEntry[]).map((entry): ManifestEntry => {
    const url = renamed(entry.url);
    const bytes = readFileSync(join(dist, url));
    const integrity = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
    if (integrity === entry.integrity) return { ...entry, url };
    return { url, integrity, revision: entry.revision === null ? null : createHash("md5").update(bytes).digest("hex") };
  });
  writeFileSync(path, worker.replace(list, () => JSON.stringify(entries)));
}
