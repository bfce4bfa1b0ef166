import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { DiskAnswer, DiskCommand, DiskCounts } from "./messages.ts";
import type { CutMode } from "./file-data.ts";
import type { Lost } from "./tree.ts";

/** A disk that keeps only what was synced, and whose power can be cut. */
export class PowerCutDisk {
  readonly #child: ChildProcess;
  readonly #gone: Promise<readonly [DiskAnswer]>;
  /** Where it is mounted. */
  readonly path: string;

  private constructor(child: ChildProcess, path: string) {
    this.#child = child;
    this.#gone = once(child, "exit").then(() => [{ ok: false, reason: "the disk's process ended" }]);
    this.path = path;
  }

  /** Says why, where this machine does not allow it. */
  static async create(): Promise<{ readonly disk: PowerCutDisk } | { readonly skipped: string }> {
    if (process.platform !== "linux") return { skipped: `no FUSE on ${process.platform}` };
    const path = await mkdtemp(join(tmpdir(), "clockface-disk-"));
    const child = fork(join(import.meta.dirname, "process.ts"), { execArgv: ["--import", "tsx"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const disk = new PowerCutDisk(child, path);
    const answer = await disk.#ask({ kind: "mount", at: path });
    if (answer.ok) return { disk };
    await disk.remove();
    return { skipped: answer.reason };
  }

  async settle(): Promise<void> {
    await this.#ask({ kind: "settle" });
  }

  /** From the answer on nothing is read or written any more, until {@link PowerCutDisk.remount}. */
  async cut(mode: CutMode, seed: number): Promise<Lost> {
    const answer = await this.#ask({ kind: "cut", mode, seed });
    return (answer.ok ? answer.lost : undefined) ?? { pages: 0, names: 0, files: {} };
  }

  /** With what was durable at the cut. Whoever had files open must have ended. */
  async remount(): Promise<DiskCounts> {
    const { counts } = await this.#must({ kind: "unmount" });
    await this.#must({ kind: "mount", at: this.path });
    return counts ?? { requests: 0, writes: 0, syncs: 0 };
  }

  async remove(): Promise<void> {
    if (this.#child.connected) await this.#ask({ kind: "unmount" });
    const ended = this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, "exit") : Promise.resolve();
    this.#child.kill("SIGKILL");
    await ended;
    await rmdir(this.path).catch(() => undefined);
  }

  async #must(command: DiskCommand): Promise<Extract<DiskAnswer, { ok: true }>> {
    const answer = await this.#ask(command);
    if (!answer.ok) throw new Error(answer.reason);
    return answer;
  }

  async #ask(command: DiskCommand): Promise<DiskAnswer> {
    const answered = once(this.#child, "message") as Promise<[DiskAnswer]>;
    this.#child.send(command);
    return (await Promise.race([answered, this.#gone]))[0];
  }
}
