import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonLog } from '../../log.ts';
import { type CertificateFiles, followCertificate, readCertificate, using } from './certificate.ts';
import { createListener, type FetchHandler } from './listener.ts';

export interface ServerLimits {
  /**
   * Maximum bytes of a request's body.
   * @default 1 MiB
   */
  readonly maxBodyBytes?: number;
  /**
   * Maximum bytes of a request's first line and headers.
   * @default 16 KiB
   */
  readonly maxHeaderBytes?: number;
  /**
   * Maximum number of connections. The server closes further connections.
   * @default 1024
   */
  readonly maxConnections?: number;
  /**
   * Milliseconds in which a complete request must arrive.
   * @default 30 s
   */
  readonly requestTimeoutMs?: number;
  /**
   * Milliseconds after which the server closes an idle connection. The time is longer than a scrape interval. Therefore
   * the next scrape can use the same connection.
   * @default 75 s
   */
  readonly keepAliveMs?: number;
  /**
   * Milliseconds that open requests have to finish while the server closes.
   * @default 10 s
   */
  readonly closeGraceMs?: number;
}

export interface ListenOptions extends ServerLimits {
  readonly host: string;
  /** TCP port of the listener. With 0, the system chooses a free port. */
  readonly port: number;
  /**
   * Certificate files of an HTTPS server. The server also serves their renewals.
   * @default HTTP
   */
  readonly tls?: CertificateFiles | undefined;
  /**
   * Milliseconds between two checks of the certificate files.
   * @default one minute
   */
  readonly tlsIntervalMs?: number;
}

export interface RunningServer {
  /** URL of the server, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Continues to serve for `ms` milliseconds, and closes each connection after its next answer. During this time, some
   * proxies still send requests to this server. Their next connection goes to another server.
   */
  drain(ms: number): Promise<void>;
  /**
   * Accepts no new connections, and waits until the open requests have finished. After the grace period, the server
   * closes the connections of unfinished requests.
   */
  close(): Promise<void>;
}

/**
 * Starts a server.
 * @throws Error with the host, the port and the remedy, if the server cannot listen
 */
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

/**
 * Creates an HTTPS server. Node's TLS module is loaded only here, because an HTTP server does not need it. By default,
 * Node refuses clients that support only versions older than TLS 1.2.
 */
async function secured(
  files: CertificateFiles,
  limits: ServerOptions,
  listener: RequestListener,
  intervalMs: number,
): Promise<{ server: Server; release: () => void }> {
  const https = await import('node:https');
  const served = readCertificate(files);
  // A TLS handshake may take as long as the arrival of a request's headers.
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
 * Whether a host is a loopback name or address. A server on a loopback address accepts only requests to loopback hosts,
 * because of DNS rebinding. In this attack, the page of an attacker changes the DNS entry of its own host name to
 * 127.0.0.1. Then the script of the page can reach the server through the browser.
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
    // Node emits no event when a keep-alive connection becomes idle. Therefore a timer closes the idle connections.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
  });
}
