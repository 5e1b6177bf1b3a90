import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { type Fetch, type FetchResponse, FetchTimeoutError } from './fetch.ts';
import { httpsAgents } from './proxy.ts';

export interface NodeFetchOptions {
  /**
   * Maximum number of connections to an origin. The number also limits the concurrent requests. Further requests wait.
   */
  readonly maxConnections?: number;
  /** PEM certificates to trust in addition to the certificates that Node trusts. */
  readonly ca?: string | undefined;
  /**
   * Path of the NODE_EXTRA_CA_CERTS file at the start of Node. If `ca` is set, Node does not trust this file. Therefore
   * the client reads the file again. Node itself warns about an unreadable file and continues without the file.
   */
  readonly extraCaFile?: string | undefined;
}

/**
 * Returns a function that creates HTTP clients.
 * @param env environment variables of the process
 */
export function nodeFetchOf(
  env: Readonly<Record<string, string | undefined>>,
): (options?: NodeFetchOptions) => Fetch {
  return (options) => createNodeFetch({ ...options, extraCaFile: env.NODE_EXTRA_CA_CERTS || undefined });
}

/**
 * Creates a `Fetch` with `node:http`, `node:https` and keep-alive connections. The global `fetch` is not used, because
 * it accepts no CA.
 */
export function createNodeFetch({ maxConnections = 64, ca, extraCaFile }: NodeFetchOptions = {}): Fetch {
  const agentOptions = { keepAlive: true, maxSockets: maxConnections, maxFreeSockets: maxConnections };
  const httpAgent = new http.Agent(agentOptions);
  // Node's TLS module is loaded by the first request that needs it.
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
      // If the answer has started, the reason ends its body. Otherwise the reader of the body would get only the error
      // of a reset connection.
      let response: IncomingMessage | undefined;
      const end = (reason: Error) => {
        (response ?? request).destroy(reason);
        // The promise is rejected here, because a request that waits for the tunnel of a proxy emits its error only
        // when the tunnel ends.
        reject(reason);
      };
      const timer = setTimeout(() => end(new FetchTimeoutError(timeoutMs)), timeoutMs);
      // The deadline is a timer. Compared with a timer, an AbortSignal needs eight times the processor time, and the
      // timeout of `http.request` five times.
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

/** The CAs that Node trusts if `ca` is not set. Node before 22.15 can list only its built-in CAs. */
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
