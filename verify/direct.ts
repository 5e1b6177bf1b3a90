import type { Agent } from 'undici';

let agent: Promise<Agent> | undefined;

/**
 * An undici agent for direct connections to programs on this machine. The default dispatcher of Node is not suitable:
 * with NODE_USE_ENV_PROXY (Node 24), it would use a proxy even for 127.0.0.1. The first request loads undici, which
 * takes 0.1 s.
 */
export function direct(): Promise<Agent> {
  agent ??= import('undici').then(({ Agent }) => new Agent());
  return agent;
}
