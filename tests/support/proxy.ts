import type { Server } from "node:http";
import { createServer, request as forward } from "node:http";
import { once } from "node:events";

/** A line to a server that can be cut, and that can lose answers. The browser's address stays the same meanwhile. */
export class Line {
  readonly #port: number;
  readonly #target: number;
  #server: Server | null = null;
  #losing = 0;
  #lost = 0;
  /** By how much the time that answers tell is ahead of the server's, milliseconds. */
  aheadMs = 0;

  /**
   * @param port where the browser asks
   * @param target where the server listens
   */
  constructor(port: number, target: number) {
    this.#port = port;
    this.#target = target;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Answers that were lost so far. */
  get lost(): number {
    return this.#lost;
  }

  async connect(): Promise<void> {
    const server = createServer((request, response) => {
      const passed = forward({ host: "127.0.0.1", port: this.#target, method: request.method, path: request.url, headers: request.headers }, (answer) => {
        if (this.#losing > 0 && request.method === "POST") {
          this.#losing -= 1;
          answer.resume();
          // The server has done its work: only the word of it is lost.
          answer.once("end", () => {
            this.#lost += 1;
            request.socket.destroy();
          });
          return;
        }
        const { date, ...headers } = answer.headers;
        answer.pipe(response.writeHead(answer.statusCode ?? 502, { ...headers, ...(date === undefined ? {} : { date: new Date(Date.parse(date) + this.aheadMs).toUTCString() }) }));
      });
      passed.on("error", () => request.socket.destroy());
      request.pipe(passed);
    });
    server.listen(this.#port, "localhost");
    await once(server, "listening");
    this.#server = server;
  }

  /** The answers to the next posts never arrive. */
  loseAnswers(count: number): void {
    this.#losing = count;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
}
