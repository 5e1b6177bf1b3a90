import { connect } from 'node:net';
import type { Dispatcher } from 'undici';
import { proxyFor, readProxies } from './proxy.ts';

/**
 * A dispatcher with the proxies of the environment, except for hosts in NO_PROXY. Loading the HTTP client takes 0.1 s.
 * Therefore only the first download loads it.
 * @throws ToolchainError for a proxy that is not a URL
 */
export async function createDispatcher(env: NodeJS.ProcessEnv): Promise<Dispatcher> {
  const { https = '', http = '', exempt } = readProxies(env);
  const { EnvHttpProxyAgent } = await import('undici');
  return new EnvHttpProxyAgent({ httpsProxy: https, httpProxy: http, noProxy: exempt });
}

/**
 * Whether a connection to the origin, or to its proxy, opens in time. The time includes the DNS lookup. The download
 * itself has no such time limit, therefore this check detects a missing network.
 */
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
