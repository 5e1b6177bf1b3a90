import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { remoteWriteListener } from '../../config/cluster-names.ts';

/** `refusing` means the answer 401. `away` closes every connection without an answer. */
export type ListenerMode = 'forwarding' | 'refusing' | 'away';

/** In milliseconds. The agent ends its request after five seconds, and therefore before this timeout. */
const receiverTimeoutMs = 10_000;

/** Forwards the samples of the edge agent to the receiver, as Caddy does in a cluster. */
export class RemoteWriteListener {
  readonly #receiver: string;
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  readonly #agent = new Agent({ keepAlive: true });
  #mode: ListenerMode = 'forwarding';

  /** @param receiver URL to which the samples are forwarded */
  constructor(receiver: string) {
    this.#receiver = receiver;
    this.#server = createServer((incoming, answer) => this.#handle(incoming, answer));
    this.#server.on('connection', (socket) => {
      if (this.#mode === 'away') {
        socket.destroy();
        return;
      }
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  get mode(): ListenerMode {
    return this.#mode;
  }

  set mode(mode: ListenerMode) {
    this.#mode = mode;
    if (mode === 'away') for (const socket of this.#connections) socket.destroy();
  }

  /** @throws EADDRINUSE if the port is in use */
  async listen(port: number, host = '127.0.0.1'): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  #handle(incoming: IncomingMessage, answer: ServerResponse): void {
    if (incoming.method !== 'POST' || incoming.url !== remoteWriteListener.path) {
      end(answer, 404, `Expected POST ${remoteWriteListener.path}.`);
      return;
    }
    if (this.#mode === 'refusing') {
      end(answer, 401, 'The receiver does not accept this sender.');
      return;
    }
    const { host: _, ...headers } = incoming.headers;
    const forwarded = request(
      this.#receiver,
      { method: 'POST', headers, agent: this.#agent, timeout: receiverTimeoutMs },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        // Without `destroy`, the agent would wait for the rest of an incomplete answer.
        response.once('error', () => answer.destroy());
        response.once('close', () => {
          if (!response.complete) answer.destroy();
        });
        response.pipe(answer);
      },
    );
    forwarded.once('timeout', () => forwarded.destroy(new Error('no answer in time')));
    // After a 5xx answer, the Prometheus agent sends the same samples again.
    forwarded.once('error', ({ message }) => end(answer, 502, `The receiver does not answer: ${message}`));
    answer.once('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  }
}

function end(answer: ServerResponse, status: number, text: string): void {
  if (answer.headersSent) answer.destroy();
  else answer.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
}
