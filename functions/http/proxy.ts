import type { Agent, AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { parseProxyUrl, shownProxy } from '../../settings/proxy-url.ts';

/** A proxy that takes a connection and never opens the tunnel is given up. */
const tunnelTimeoutMs = 60_000;

/**
 * The agents of https:// requests: one for direct connections, and one for each proxy that HTTPS_PROXY and NO_PROXY of
 * this process name. A proxy without a scheme is an HTTP proxy. What goes through a proxy needs 10 kB of code, which is
 * loaded by the first request that has one.
 *
 * @returns the agent for a URL. @throws Error when HTTPS_PROXY is not the URL of an HTTP proxy
 */
export function httpsAgents(direct: Agent, options: AgentOptions): (url: string) => Promise<Agent> {
  const behindProxy = new Map<string, Agent>();
  return async (url) => {
    const given = process.env.https_proxy || process.env.HTTPS_PROXY;
    if (!given) return direct;
    const { getProxyForUrl } = await import('proxy-from-env');
    if (getProxyForUrl(url) === '') return direct;
    const known = behindProxy.get(given);
    if (known) return known;
    const { HttpsProxyAgent } = await import('hpagent');
    const proxy = proxyUrl(given);
    const agent = new HttpsProxyAgent({ ...options, proxy, timeout: tunnelTimeoutMs });
    behindProxy.set(given, named(agent, `the proxy ${proxy.origin} (HTTPS_PROXY)`));
    return agent;
  };
}

type Connect = (options: object, done: (error: Error | null, socket?: Duplex) => void) => void;

/** Errors of the tunnel name the proxy: the caller's URL is not what failed. */
function named(agent: Agent, name: string): Agent {
  const tunnel = agent as unknown as { createConnection: Connect };
  const connect = tunnel.createConnection.bind(agent);
  tunnel.createConnection = (options, done) =>
    connect(options, (error, socket) =>
      error ? done(new Error(`${name}: ${error.message}`, { cause: error })) : done(null, socket),
    );
  return agent;
}

function proxyUrl(given: string): URL {
  const url = parseProxyUrl(given);
  if (url) return url;
  throw new Error(
    `HTTPS_PROXY is "${shownProxy(given)}"; expected the URL of an HTTP proxy, such as http://proxy.example.com:8080`,
  );
}
