import type { Agent } from 'undici';

let agent: Promise<Agent> | undefined;

/**
 * Connections without a proxy, for programs on this machine. Undici's default dispatcher is that of Node, which asks a
 * proxy even for 127.0.0.1 where NODE_USE_ENV_PROXY is set (Node 24). Undici is loaded by the first request: 0.1 s.
 */
export function direct(): Promise<Agent> {
  agent ??= import('undici').then(({ Agent }) => new Agent());
  return agent;
}
