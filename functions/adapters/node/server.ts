import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonLog } from '../../log.ts';
import { type CertificateFiles, followCertificate, readCertificate, using } from './certificate.ts';
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
  /**
   * Milliseconds that an idle connection is kept; longer than a scrape interval, because scrapes then reuse their connections.
   * @default 75 s
   */
  readonly keepAliveMs?: number;
  /** Milliseconds that requests in flight get to finish when the server closes. @default 10 s */
  readonly closeGraceMs?: number;
}

export interface ListenOptions extends ServerLimits {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Serves HTTPS with this certificate and its renewals. @default HTTP */
  readonly tls?: CertificateFiles | undefined;
  /** Milliseconds between two checks of the certificate files. @default a minute */
  readonly tlsIntervalMs?: number;
}

export interface RunningServer {
  /** URL of the server, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Continues to serve for `ms` milliseconds, and closes each connection with its next answer. Clients whose proxies
   * still have this server's address get answers, and their next connection reaches another server.
   */
  drain(ms: number): Promise<void>;
  /** Accepts no new connection, lets requests in flight finish within the grace period, then closes them. */
  close(): Promise<void>;
}

/** @throws Error that names host, port and remedy when the server cannot listen. */
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
    tls,
    tlsIntervalMs = 60_000,
  } = options;
  const limits = {
    maxHeaderSize: maxHeaderBytes,
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, 10_000),
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: 1000,
  };
  const scheme = tls ? 'https' : 'http';
  const isOwnHost = isLoopback(host) ? isLoopback : undefined;
  const listener = createListener(handler, { maxBodyBytes, isOwnHost });
  const { server, release } = tls
    ? await secured(tls, limits, listener, tlsIntervalMs)
    : { server: createServer(limits, listener), release: undefined };
  server.maxConnections = maxConnections;
  await opened(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `${scheme}://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    drain: (ms) => drained(server, ms),
    close: () => {
      release?.();
      return closed(server, closeGraceMs);
    },
  };
}

/** TLS is loaded only if it is served. Clients older than TLS 1.2 are refused, as by Node's default. */
async function secured(
  files: CertificateFiles,
  limits: ServerOptions,
  listener: RequestListener,
  intervalMs: number,
): Promise<{ server: Server; release: () => void }> {
  const https = await import('node:https');
  const served = readCertificate(files);
  // The timeout of the handshake is equal to the timeout of the headers.
  const handshakeTimeout = limits.headersTimeout ?? 0;
  const server = using(files, () => https.createServer({ ...limits, handshakeTimeout, ...served }, listener));
  const onError = (error: unknown) =>
    jsonLog('error', 'the renewed certificate is invalid; the server still uses the previous certificate', {
      detail: error instanceof Error ? error.message : String(error),
    });
  return { server, release: followCertificate(server, files, { served, intervalMs, onError }) };
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
 * A server that only this machine can reach accepts only this machine's own names. Otherwise a web page could reach the
 * server through a browser, after the page's host name was changed to 127.0.0.1 in DNS (DNS rebinding).
 */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/i.test(host);
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use. Stop the program that listens there, or set PORT to another port',
  EACCES: 'ports below 1024 need privileges. Set PORT to a higher port',
  EADDRNOTAVAIL:
    'this machine has no such address. Set HOST to 127.0.0.1, 0.0.0.0 or an address of this machine',
  ENOTFOUND: 'the name does not resolve. Set HOST to an address',
};

function drained(server: Server, ms: number): Promise<void> {
  if (ms === 0) return Promise.resolve();
  server.prependListener('request', (_incoming, outgoing) => {
    outgoing.shouldKeepAlive = false;
  });
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    // The server emits no event when a keep-alive connection becomes idle after its last answer.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
  });
}
