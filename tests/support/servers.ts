import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** A server of the project in a process of its own. */
export interface Server {
  readonly origin: string;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** The built app with its security headers, as `npm start` serves it. */
export async function startApp(port: number, dist: string): Promise<Server> {
  return start(["tools/serve.ts", "--port", String(port), "--dist", dist], port);
}

/** The folder of the built app. */
export function servedApp(): string {
  return process.env["CLOCKFACE_DIST"] ?? join(ROOT, "dist");
}

async function start(args: readonly string[], port: number): Promise<Server> {
  const child = run(args);
  const origin = `http://localhost:${port}`;
  const ended = exit(child);
  const output = textOf(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  const gone = ended.then(async () => {
    throw new Error(`${args[0] ?? "server"} ended: ${await output}`);
  });
  await Promise.race([answers(origin), gone]);
  gone.catch(() => undefined);
  return { origin, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

function run(args: readonly string[]): ChildProcess {
  // The loader as an import, not as a program: signals must reach the server itself.
  return spawn(process.execPath, ["--import", "tsx", ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
}

async function textOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await exit(child);
  return text;
}

async function exit(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}

async function answers(origin: string): Promise<void> {
  for (;;) {
    try {
      await fetch(origin);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
