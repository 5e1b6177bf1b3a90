import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { type Fetch, type FetchResponse, FetchTimeoutError } from './fetch.ts';
import { httpsAgents } from './proxy.ts';

export interface NodeFetchOptions {
  /** Connections kept per origin, and so the most requests in flight to it; further ones wait. */
  readonly maxConnections?: number;
  /** PEM certificates that are trusted in addition to those that Node trusts. */
  readonly ca?: string | undefined;
  /**
   * Path of the file that Node was started with as NODE_EXTRA_CA_CERTS. Node trusts it only where no `ca` is given.
   * Node itself warns of a file that it cannot read, and goes on without it.
   */
  readonly extraCaFile?: string | undefined;
}

/** Makes the clients of a process with this environment. */
export function nodeFetchOf(
  env: Readonly<Record<string, string | undefined>>,
): (options?: NodeFetchOptions) => Fetch {
  return (options) => createNodeFetch({ ...options, extraCaFile: env.NODE_EXTRA_CA_CERTS || undefined });
}

/** A `Fetch` over `node:http(s)` with kept connections, because the global fetch accepts no CA. */
export function createNodeFetch({ maxConnections = 64, ca, extraCaFile }: NodeFetchOptions = {}): Fetch {
  const agentOptions = { keepAlive: true, maxSockets: maxConnections, maxFreeSockets: maxConnections };
  const httpAgent = new http.Agent(agentOptions);
  // TLS is loaded by the first request that needs it.
  let https: Promise<{ request: typeof http.request; agentFor: ReturnType<typeof httpsAgents> }> | undefined;
  const loadHttps = async () => {
    const [{ default: module }, tls] = await Promise.all([import('node:https'), import('node:tls')]);
    const trusted = ca === undefined ? {} : { ca: [...defaultCas(tls), ...fileOf(extraCaFile), ca] };
    const options = { ...agentOptions, ...trusted };
    return { request: module.request, agentFor: httpsAgents(new module.Agent(options), options) };
  };

  return async (url, init) => {
    init.signal?.throwIfAborted();
    const { protocol, hostname, port, pathname, search } = new URL(url);
    let transport = { request: http.request, agent: httpAgent };
    if (protocol === 'https:') {
      https ??= loadHttps();
      const { request, agentFor } = await https;
      transport = { request, agent: await agentFor(url) };
    }
    const { body, method, timeoutMs, signal } = init;
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise<FetchResponse>((resolve, reject) => {
      const request = transport.request({
        protocol,
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: pathname + search,
        method,
        agent: transport.agent,
        // Without this header a server may choose any coding (RFC 9110, 12.5.3).
        headers: { 'accept-encoding': 'identity', ...init.headers, ...length },
      });
      // What reads the body must hear the reason, not that the connection was reset.
      let response: IncomingMessage | undefined;
      const end = (reason: Error) => {
        (response ?? request).destroy(reason);
        // A request that waits for the tunnel of a proxy reports its end with the end of the tunnel only.
        reject(reason);
      };
      const timer = setTimeout(() => end(new FetchTimeoutError(timeoutMs)), timeoutMs);
      // An AbortSignal as the deadline would cost eight times the timer; `http.request`'s own, five times this.
      const abort = () => end(signal?.reason);
      signal?.addEventListener('abort', abort);
      request.on('close', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      });
      request.on('error', reject);
      request.on('response', (incoming) => {
        response = incoming;
        resolve(responseOf(incoming));
      });
      request.end(body);
    });
  };
}

/** The CAs that Node trusts where no `ca` is given; before 22.15 Node lists only the ones that it is built with. */
function defaultCas(tls: typeof import('node:tls')): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  return getCACertificates?.('default') ?? tls.rootCertificates;
}

function fileOf(path: string | undefined): string[] {
  if (path === undefined) return [];
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    return [];
  }
}

function responseOf(incoming: IncomingMessage): FetchResponse {
  return {
    status: incoming.statusCode ?? 0,
    headers: {
      get(name) {
        const value = incoming.headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
    },
    body: incoming,
  };
}
