import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { type Fetch, type FetchResponse, FetchTimeoutError } from './fetch.ts';
import { httpsAgents } from './proxy.ts';

export interface NodeFetchOptions {
  /** Maximum number of connections to one server, and of concurrent requests to it. Additional requests wait. */
  readonly maxConnections?: number;
  /** PEM certificates to trust, in addition to those of Node. */
  readonly ca?: string | undefined;
  /**
   * Path of NODE_EXTRA_CA_CERTS at the start of Node. With `ca`, Node would not trust this file, therefore the client
   * reads it again. Node itself warns about an unreadable file and continues.
   */
  readonly extraCaFile?: string | undefined;
}

/**
 * Creates HTTP clients.
 * @param env environment variables of the process
 */
export function nodeFetchOf(
  env: Readonly<Record<string, string | undefined>>,
): (options?: NodeFetchOptions) => Fetch {
  return (options) => createNodeFetch({ ...options, extraCaFile: env.NODE_EXTRA_CA_CERTS || undefined });
}

/** A `Fetch` on `node:http` and `node:https` with keep-alive connections. The global `fetch` accepts no CA. */
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
        // Without this header, a server may choose any coding (RFC 9110, 12.5.3).
        headers: { 'accept-encoding': 'identity', ...init.headers, ...length },
      });
      // If the answer has started, the reader of its body gets the reason as the error. Otherwise the reader would only
      // see a reset connection.
      let response: IncomingMessage | undefined;
      const end = (reason: Error) => {
        (response ?? request).destroy(reason);
        // The promise is rejected here, because a request that waits for a proxy tunnel emits its error only after the
        // tunnel.
        reject(reason);
      };
      const timer = setTimeout(() => end(new FetchTimeoutError(timeoutMs)), timeoutMs);
      // A timer, because an AbortSignal takes eight times the processor time of a timer, and the timeout of
      // `http.request` five times.
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

/** CAs that Node trusts without `ca`. Node before 22.15 can list only its built-in CAs. */
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
