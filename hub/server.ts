import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";

import express from "express";

import { DataFolder, HubError } from "./data-folder.ts";
import { frontDoor } from "./front-door.ts";
import { securityHeaders } from "./headers.ts";
import { HeartbeatBook } from "./heartbeats.ts";
import { appFiles } from "./static.ts";
import { openStore, type Store } from "./store.ts";
import { WitnessBook } from "./witness.ts";

export interface HubOptions {
  readonly data: string;
  /** The built app. */
  readonly dist: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Name of a new hub's site. */
  readonly site?: string;
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface Hub {
  readonly site: string;
  readonly port: number;
  readonly origin: string;
  readonly store: Store;
  close(): Promise<void>;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") reject(new HubError(`Port ${port} is taken. Stop what uses it, or choose another with --port.`));
      else if (error.code === "EACCES") reject(new HubError(`Port ${port} may not be used by this account. Choose one above 1023 with --port.`));
      else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") reject(new HubError(`${host} is no address of this machine. Choose one with --host.`));
      else reject(error);
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/**
 * Starts the hub: the app and the site's databases on one origin.
 * @throws HubError with what to do, when the port or the folder is taken or a file is damaged.
 */
export async function startHub(options: HubOptions): Promise<Hub> {
  const folder = await DataFolder.open(options.data, options.site);
  const book = await WitnessBook.open(folder);
  const store = await openStore(folder);
  const application = express();
  application.disable("x-powered-by");
  // Answers to what went wrong show no stack.
  application.set("env", "production");
  application.use(securityHeaders(options.tls !== undefined));
  application.use("/db", frontDoor(folder, store, book, new HeartbeatBook(folder), Date.now));
  application.use(appFiles(options.dist));
  const server = options.tls === undefined ? createServer(application) : createSecureServer(readTls(options.tls), application);
  let port: number;
  try {
    port = await listen(server, options.host, options.port);
  } catch (error) {
    await store.close();
    throw error;
  }
  const scheme = options.tls === undefined ? "http" : "https";
  const shown = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(options.host) ? "localhost" : options.host;
  return {
    site: folder.site,
    port,
    origin: new URL(`${scheme}://${shown}:${port}`).origin,
    store,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await store.close();
    },
  };
}

function readTls({ certificate, key }: NonNullable<HubOptions["tls"]>): { readonly cert: Buffer; readonly key: Buffer } {
  try {
    return { cert: readFileSync(certificate), key: readFileSync(key) };
  } catch (cause) {
    throw new HubError(`The certificate cannot be read: ${(cause as Error).message}`, { cause });
  }
}
