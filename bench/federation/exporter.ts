import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exposition } from './exposition.ts';

/** One HTTP server with one path for each agent. The values increase with the number of scrapes. */
export class Exporter {
  readonly #server: Server;
  readonly #write: (scrape: number) => string;
  readonly #times: number[][];
  #paused = false;

  /** @param series number of series of each target, a multiple of ten */
  constructor({ agents, series }: { readonly agents: number; readonly series: number }) {
    this.#times = Array.from({ length: agents }, () => []);
    this.#write = exposition(series);
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static path(agent: number): string {
    return `/metrics/${agent}`;
  }

  /** A paused exporter answers 503. */
  set paused(paused: boolean) {
    this.#paused = paused;
  }

  /** For each agent: the start times of its complete scrapes, as Unix times in milliseconds. */
  get scrapes(): readonly (readonly number[])[] {
    return this.#times;
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer({ url = '', socket }: IncomingMessage, response: ServerResponse): void {
    const times = this.#times.find((_, agent) => Exporter.path(agent) === url);
    if (!times || this.#paused) {
      response.writeHead(times ? 503 : 404).end();
      return;
    }
    const time = Date.now();
    // Node emits `finish` even after a connection error.
    response.once('finish', () => {
      if (socket.errored === null) times.push(time);
    });
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(this.#write(times.length));
  }
}
