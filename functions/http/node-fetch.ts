import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { type Fetch, type FetchResponse, FetchTimeoutError } from './fetch.ts';
import { httpsAgents } from './proxy.ts';

export interface NodeFetchOptions {
  /** Connections per origin, and therefore the maximum number of concurrent requests; further requests wait. */
  readonly maxConnections?: number;
  /** Additional trusted PEM certificates; those that Node trusts remain trusted. */
  readonly ca?: string | undefined;
  /**
   * Path of the file that Node was started with as NODE_EXTRA_CA_CERTS. Node trusts it only if `ca` is not set. Node
   * itself warns about an unreadable file and continues without it.
   */
  readonly extraCaFile?: string | undefined;
}

/** Creates the clients of a process with this environment. */
export function nodeFetchOf(
  env: Readonly<Record<string, string | undefined>>,
): (options?: NodeFetchOptions) => Fetch {
  return (options) => createNodeFetch({ ...options, extraCaFile: env.NODE_EXTRA_CA_CERTS || undefined });
}

/** A `Fetch` over `node:http(s)` with keep-alive connections, because the global fetch accepts no CA. */
export function createNodeFetch({ maxConnections = 64, ca, extraCaFile }: NodeFetchOptions = {}): Fetch {
  const agentOptions = { keepAlive: true, maxSockets: maxConnections, maxFreeSockets: maxConnections };
  const httpAgent = new http.Agent(agentOptions);
  // The first request that needs TLS loads it.
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
      // The reader of the body must get the reason and not only a connection reset.
      let response: IncomingMessage | undefined;
      const end = (reason: Error) => {
        (response ?? request).destroy(reason);
        // A request that waits for the tunnel of a proxy reports its end with the end of the tunnel only.
        reject(reason);
      };
      const timer = setTimeout(() => end(new FetchTimeoutError(timeoutMs)), timeoutMs);
      // An AbortSignal as the deadline costs eight times as much as the timer; the timeout of `http.request` costs
      // five times.
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

/** The CAs that Node trusts without `ca`; before 22.15 Node lists only its built-in CAs. */
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
