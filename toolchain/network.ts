import { connect } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';

function proxyOf(env: NodeJS.ProcessEnv): string | undefined {
  return env.https_proxy || env.HTTPS_PROXY || undefined;
}

export function createDispatcher(env: NodeJS.ProcessEnv): Dispatcher {
  const proxy = proxyOf(env);
  return proxy === undefined ? new Agent() : new ProxyAgent(proxy);
}

/**
 * Whether a connection to the origin (or to the proxy in front of it) opens in time, name look-up included. Tells an
 * absent network from a slow one: a download itself has all the time it needs.
 */
export function isReachable(origin: string, env: NodeJS.ProcessEnv, deadlineMs: number): Promise<boolean> {
  const { protocol, hostname, port } = new URL(proxyOf(env) ?? origin);
  const standardPort = protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: port === '' ? standardPort : Number(port) });
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
