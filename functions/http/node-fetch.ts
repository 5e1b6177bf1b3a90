import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { type Fetch, type FetchResponse, FetchTimeoutError } from './fetch.ts';
import { httpsAgents } from './proxy.ts';

export interface NodeFetchOptions {
  /**
   * Maximum connections to one server. A further request waits.
   * @default 64
   */
  readonly maxConnections?: number;
  /** PEM certificates that the client trusts in addition to the CAs of Node. */
  readonly ca?: string | undefined;
  /** Path from NODE_EXTRA_CA_CERTS. Node ignores the variable for a client with its own `ca`. */
  readonly extraCaFile?: string | undefined;
}

export function nodeFetchOf(
  env: Readonly<Record<string, string | undefined>>,
): (options?: NodeFetchOptions) => Fetch {
  return (options) => createNodeFetch({ ...options, extraCaFile: env.NODE_EXTRA_CA_CERTS || undefined });
}

/** An HTTP client with keep-alive connections. The global `fetch` accepts no CA. */
export function createNodeFetch({ maxConnections = 64, ca, extraCaFile }: NodeFetchOptions = {}): Fetch {
  const agentOptions = { keepAlive: true, maxSockets: maxConnections, maxFreeSockets: maxConnections };
  const httpAgent = new http.Agent(agentOptions);
  // The first https request loads the TLS module of Node.
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
        // Without the header `accept-encoding`, a server may choose any coding (RFC 9110, 12.5.3).
        headers: { 'accept-encoding': 'identity', ...init.headers, ...length },
      });
      // `request.destroy(reason)` does not pass `reason` to code that reads the body of the response.
      let response: IncomingMessage | undefined;
      const end = (reason: Error) => {
        (response ?? request).destroy(reason);
        // While the request waits for a proxy tunnel, `destroy` does not emit `error` immediately.
        reject(reason);
      };
      // `setTimeout` needs 1/8 of the CPU time of `AbortSignal.timeout`.
      const timer = setTimeout(() => end(new FetchTimeoutError(timeoutMs)), timeoutMs);
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

/** The CAs that Node trusts by default. Before Node 22.15, the list contains only the built-in CAs. */
function defaultCas(tls: typeof import('node:tls')): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  return getCACertificates?.('default') ?? tls.rootCertificates;
}

/** Reads a PEM file. Reports no error, because Node has already warned about an unreadable file. */
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
