import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonLog } from '../../log.ts';
import { type CertificateFiles, followCertificate, readCertificate, using } from './certificate.ts';
import { createListener, type FetchHandler } from './listener.ts';

export interface ServerLimits {
  /**
   * Maximum bytes of the body of a request.
   * @default 1 MiB
   */
  readonly maxBodyBytes?: number;
  /**
   * Maximum bytes of the first line and the headers of a request.
   * @default 16 KiB
   */
  readonly maxHeaderBytes?: number;
  /**
   * Maximum number of connections. The server closes any further connection.
   * @default 1024
   */
  readonly maxConnections?: number;
  /**
   * Milliseconds until a complete request must have arrived.
   * @default 30 s
   */
  readonly requestTimeoutMs?: number;
  /**
   * Milliseconds until the server closes an idle connection.
   * @default 75 s, longer than a scrape interval
   */
  readonly keepAliveMs?: number;
  /**
   * Milliseconds until `close` ends unfinished requests.
   * @default 10 s
   */
  readonly closeGraceMs?: number;
}

export interface ListenOptions extends ServerLimits {
  readonly host: string;
  /** With 0, the system chooses a free port. */
  readonly port: number;
  /**
   * Files of the certificate and its key. Renewed files need no restart.
   * @default HTTP without TLS
   */
  readonly tls?: CertificateFiles | undefined;
  /**
   * Milliseconds between two checks of the certificate files.
   * @default one minute
   */
  readonly tlsIntervalMs?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** For `ms` milliseconds, each answer closes its connection. Load balancers then use another instance. */
  drain(ms: number): Promise<void>;
  /** Waits for open requests. After `closeGraceMs`, the server closes all connections. */
  close(): Promise<void>;
}

/** @throws Error if the server cannot listen, or if the certificate or its key is unusable */
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
  // DNS rebinding: an attacker can let the name of a web page resolve to 127.0.0.1.
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

/** A server without TLS does not load the module `node:https`. */
async function secured(
  files: CertificateFiles,
  limits: ServerOptions,
  listener: RequestListener,
  intervalMs: number,
): Promise<{ server: Server; release: () => void }> {
  const https = await import('node:https');
  const served = readCertificate(files);
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

/** Whether a host, with or without a port, is a loopback name or address. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/i.test(host);
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use. Stop the program that listens there, or set PORT to another port',
  EACCES: 'ports below 1024 need privileges. Set PORT to a higher port',
  EADDRNOTAVAIL:
    'HOST is not an address of this machine. Set HOST to 127.0.0.1, 0.0.0.0 or an address of this machine',
  ENOTFOUND: 'the host name in HOST does not resolve. Set HOST to an IP address of this machine',
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
    // Node emits no event when a keep-alive connection becomes idle.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
  });
}
