import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "..", "..");
const RUN = ["--import", "tsx", join(ROOT, "hub", "main.ts")];

export interface HubProcess {
  readonly origin: string;
  readonly port: number;
  readonly data: string;
  /** SIGKILL: no chance to finish anything. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and waits. */
  stop(): Promise<number | null>;
}

export interface HubProcessOptions {
  readonly data: string;
  readonly site: string;
  /** 0 takes a free one; a hub that is started again takes its old one. */
  readonly port?: number;
  readonly dist?: string;
}

/** Starts the hub as its own process and waits until it listens. */
export async function startHubProcess({ data, site, port = 0, dist }: HubProcessOptions): Promise<HubProcess> {
  const child = spawn(process.execPath, [...RUN, "--data", data, "--site", site, "--port", String(port), ...(dist === undefined ? [] : ["--dist", dist])], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const gone = once(child, "exit");
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = /on (https?:\/\/\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => {
      reject(new Error(`the hub ended with ${code}: ${said.join("")}`));
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = (await gone) as [number | null];
    return code;
  };
  return {
    origin,
    port: Number(new URL(origin).port),
    data,
    kill: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}

/**
 * The text that `pair` prints for a device.
 *
 * @param options beyond those, as `--reader`
 */
export async function pairingText(data: string, device: string, origin: string, ...options: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...RUN, "pair", "--device", device, "--data", data, "--url", origin, ...options], { cwd: ROOT });
  const text = /^clockface1~\S+$/m.exec(stdout)?.[0];
  if (text === undefined) throw new Error("pair printed no text");
  return text;
}
