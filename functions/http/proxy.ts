import type { Agent, AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { exemptHosts, proxyFor, proxyUrl } from '../../settings/proxy-settings.ts';

const tunnelTimeoutMs = 60_000;

/**
 * HTTPS_PROXY and NO_PROXY select the agent for a URL: `direct`, or an agent for the proxy.
 * @returns a function that rejects with ProxySettingError if HTTPS_PROXY is wrong
 */
export function httpsAgents(direct: Agent, options: AgentOptions): (url: string) => Promise<Agent> {
  const behindProxy = new Map<string, Agent>();
  return async (url) => {
    const { env } = process;
    const https = proxyUrl(env, 'HTTPS_PROXY');
    const proxy = proxyFor(url, { https, http: undefined, exempt: exemptHosts(env) });
    if (!proxy) return direct;
    const known = behindProxy.get(proxy.url);
    if (known) return known;
    const { HttpsProxyAgent } = await import('hpagent');
    const agent = new HttpsProxyAgent({ ...options, proxy: proxy.url, timeout: tunnelTimeoutMs });
    behindProxy.set(proxy.url, named(agent, proxy.name));
    return agent;
  };
}

type Connect = (options: object, done: (error: Error | null, socket?: Duplex) => void) => void;

function named(agent: Agent, name: string): Agent {
  const tunnel = agent as unknown as { createConnection: Connect };
  const connect = tunnel.createConnection.bind(agent);
  tunnel.createConnection = (options, done) =>
    connect(options, (error, socket) =>
      error ? done(new Error(`${name}: ${error.message}`, { cause: error })) : done(null, socket),
    );
  return agent;
}
