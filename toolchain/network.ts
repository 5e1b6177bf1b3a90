import { connect } from 'node:net';
import type { Dispatcher } from 'undici';
import { proxyFor, readProxies } from './proxy.ts';

/**
 * An HTTP dispatcher with the proxies of `env`.
 * @throws ToolchainError if a proxy URL is invalid
 */
export async function createDispatcher(env: NodeJS.ProcessEnv): Promise<Dispatcher> {
  const { https = '', http = '', exempt } = readProxies(env);
  // This import is not at the top of the file, because loading undici takes 0.1 s.
  const { EnvHttpProxyAgent } = await import('undici');
  return new EnvHttpProxyAgent({ httpsProxy: https, httpProxy: http, noProxy: exempt });
}

/** True if the origin or its proxy accepts a TCP connection within `deadlineMs`, DNS lookup included. */
export function isReachable(
  origin: string,
  env: NodeJS.ProcessEnv,
  deadlineMs: number,
  open: typeof connect = connect,
): Promise<boolean> {
  const { protocol, hostname, port } = new URL(proxyFor(origin, readProxies(env))?.url ?? origin);
  const standardPort = protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const socket = open({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? standardPort : Number(port),
    });
    const settle = (reachable: boolean) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(reachable);
    };
    const deadline = setTimeout(() => settle(false), deadlineMs);
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
