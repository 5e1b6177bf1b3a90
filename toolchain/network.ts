import { connect } from 'node:net';
import type { Dispatcher } from 'undici';

function proxyOf(env: NodeJS.ProcessEnv): string | undefined {
  return env.https_proxy || env.HTTPS_PROXY || undefined;
}

/** The HTTP client is loaded when something is downloaded: it costs a warm start, which needs none, 0.1 s. */
export async function createDispatcher(env: NodeJS.ProcessEnv): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import('undici');
  const proxy = proxyOf(env);
  return proxy === undefined ? new Agent() : new ProxyAgent(proxy);
}

/**
 * Whether a connection to the origin (or to the proxy in front of it) opens in time, name look-up included. Tells an
 * absent network from a slow one: a download itself has all the time it needs.
 */
export function isReachable(
  origin: string,
  env: NodeJS.ProcessEnv,
  deadlineMs: number,
  open: typeof connect = connect,
): Promise<boolean> {
  const { protocol, hostname, port } = new URL(proxyOf(env) ?? origin);
  const standardPort = protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const socket = open({ host: hostname, port: port === '' ? standardPort : Number(port) });
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
