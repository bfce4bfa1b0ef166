/**
 * The disk's own process: it answers the kernel from memory. On its own, so that a browser that waits for the disk never
 * waits for the test that waits for the browser.
 */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, read, writeSync } from "node:fs";
import { once } from "node:events";

import { Random } from "../random.ts";
import { FuseServer, MAX_WRITE } from "./fuse.ts";
import type { DiskAnswer, DiskCommand } from "./messages.ts";
import { Tree } from "./tree.ts";

/** Room for the largest write and its headers. */
const REQUEST_BYTES = MAX_WRITE + 4096;
/** Between two looks whether the mount is there, milliseconds. */
const NOT_YET_MS = 2;
/** The device is not mounted yet. */
const NOT_MOUNTED = "EPERM";

const tree = new Tree();
let mounted: { readonly at: string; readonly fd: number; readonly server: FuseServer; readonly ended: Promise<void> } | null = null;

/** Reads and answers until the file system is gone. */
async function serve(fd: number, server: FuseServer): Promise<void> {
  const buffer = Buffer.alloc(REQUEST_BYTES);
  for (;;) {
    const got = await new Promise<number | string>((resolve) => read(fd, buffer, 0, buffer.length, null, (error, length) => resolve(error?.code ?? length)));
    if (got === NOT_MOUNTED) await new Promise((resolve) => setTimeout(resolve, NOT_YET_MS));
    else if (got === "ENODEV" || got === "EBADF") return;
    else if (typeof got === "number" && got > 0) {
      const answer = server.answer(buffer.subarray(0, got));
      if (answer) reply(fd, answer);
    }
  }
}

function reply(fd: number, answer: Buffer): void {
  try {
    writeSync(fd, answer);
  } catch (error) {
    // Who asked was killed meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" && (error as NodeJS.ErrnoException).code !== "ENODEV") throw error;
  }
}

async function mount(at: string): Promise<DiskAnswer> {
  let fd: number;
  try {
    fd = openSync("/dev/fuse", "r+");
  } catch (error) {
    return { ok: false, reason: `/dev/fuse cannot be opened: ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  }
  const server = new FuseServer(tree);
  const options = "fd=3,rootmode=40000,user_id=0,group_id=0,allow_other";
  const mounting = spawn("mount", ["-i", "-t", "fuse", "-o", options, "clockface-faults", at], { stdio: ["ignore", "ignore", "pipe", fd] });
  let said = "";
  mounting.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  mounting.once("error", (error) => (said += error.message));
  const ended = serve(fd, server);
  const code = await Promise.race([once(mounting, "close").then(([status]: unknown[]) => status as number), once(mounting, "error").then(() => 127)]);
  if (code !== 0) {
    closeSync(fd);
    return { ok: false, reason: `mounting is not allowed: ${said.trim()}` };
  }
  mounted = { at, fd, server, ended };
  return { ok: true };
}

/** The kernel forgets what it had cached; what is in memory here stays. */
async function unmount(): Promise<DiskAnswer> {
  if (!mounted) return { ok: true };
  const { at, fd, server, ended } = mounted;
  mounted = null;
  const { counts } = server;
  const umount = spawn("umount", ["-l", at], { stdio: "ignore" });
  await once(umount, "close");
  // A process that has files open still holds it: it hears nothing but errors from now on.
  server.dead = true;
  void ended.then(() => closeSync(fd));
  return { ok: true, counts };
}

async function obey(command: DiskCommand): Promise<DiskAnswer> {
  switch (command.kind) {
    case "mount":
      return mount(command.at);
    case "unmount":
      return unmount();
    case "settle":
      tree.settle();
      return { ok: true };
    case "cut":
      if (mounted) mounted.server.dead = true;
      return { ok: true, lost: tree.cut(command.mode, new Random(command.seed)) };
  }
}

process.on("message", (command: DiskCommand) => void obey(command).then((answer) => process.send?.(answer)));
// Reading the device cannot be called off: only SIGKILL ends this process for certain.
process.on("disconnect", () => {
  if (mounted) spawnSync("umount", ["-l", mounted.at], { stdio: "ignore", timeout: 5_000 });
  process.kill(process.pid, "SIGKILL");
});
process.on("SIGINT", () => undefined);
