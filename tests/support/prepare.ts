import { existsSync } from "node:fs";
import { join } from "node:path";
import { prepareClips } from "./clips/clips.ts";
import { servedApp } from "./servers.ts";

/** What every end-to-end test stands on: the built app and the camera's clips. */
export default async function prepare(): Promise<void> {
  if (!existsSync(join(servedApp(), "index.html"))) throw new Error("dist holds no built app: run `npx vite build` first");
  await prepareClips();
}
