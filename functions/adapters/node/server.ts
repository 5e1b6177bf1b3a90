import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { installLeanResponse } from './lean-response.ts';
import { createListener, type FetchHandler } from './listener.ts';

export interface ServerLimits {
  /** Bytes of a request's body. @default 1 MiB */
  readonly maxBodyBytes?: number;
  /** Bytes of a request's line and headers. @default 16 KiB */
  readonly maxHeaderBytes?: number;
  /** Connections at a time; further ones are closed. @default 1024 */
  readonly maxConnections?: number;
  /** Milliseconds for a whole request to arrive. @default 30 s */
  readonly requestTimeoutMs?: number;
  /** Milliseconds that an idle connection is kept; longer than a scrape interval, so that scrapes reuse theirs. @default 75 s */
  readonly keepAliveMs?: number;
  /** Milliseconds that requests in flight get to finish when the server closes. @default 10 s */
  readonly closeGraceMs?: number;
}

export interface ListenOptions extends ServerLimits {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface RunningServer {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, lets requests in flight finish within the grace, then cuts them. */
  close(): Promise<void>;
}

/** @throws Error that names host and port and says what to do, when the port cannot be had. */
export async function listen(handler: FetchHandler, options: ListenOptions): Promise<RunningServer> {
  const {
    host,
    port,
    maxBodyBytes = 1024 * 1024,
    maxHeaderBytes = 16 * 1024,
    maxConnections = 1024,
    requestTimeoutMs = 30_000,
    keepAliveMs = 75_000,
    closeGraceMs = 10_000,
  } = options;
  installLeanResponse();
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(requestTimeoutMs, 10_000),
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: 1000,
    },
    createListener(handler, { maxBodyBytes, isOwnHost: isLoopback(host) ? isLoopback : undefined }),
  );
  server.maxConnections = maxConnections;
  await opened(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    close: () => closed(server, closeGraceMs),
  };
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new Error(`cannot listen on ${host}:${port}: ${remedies[cause.code ?? ''] ?? cause.message}`, {
          cause,
        }),
      );
    });
    server.listen({ host, port, backlog: 511 }, resolve);
  });
}

/**
 * A server that only this machine can reach answers to this machine's own names alone: a page whose name was made to
 * resolve to 127.0.0.1 must not reach it through a browser.
 */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/i.test(host);
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken. Stop what listens there, or set PORT to another',
  EACCES: 'ports below 1024 need privileges. Set PORT to a higher one',
  EADDRNOTAVAIL: 'this machine has no such address. Set HOST to 127.0.0.1, 0.0.0.0 or one of its own',
  ENOTFOUND: 'the name does not resolve. Set HOST to an address',
};

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    // A kept connection becomes idle when its last answer is out, at no event of the server's.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
  });
}
