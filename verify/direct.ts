import type { Agent } from 'undici';

let agent: Promise<Agent> | undefined;

/**
 * Connections without a proxy, for programs on this machine. Node's own dispatcher uses a proxy even for 127.0.0.1 if
 * NODE_USE_ENV_PROXY is set (Node 24). The first request loads undici, which takes 0.1 s.
 */
export function direct(): Promise<Agent> {
  agent ??= import('undici').then(({ Agent }) => new Agent());
  return agent;
}
