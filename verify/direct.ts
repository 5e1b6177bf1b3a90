import type { Agent } from 'undici';

let agent: Promise<Agent> | undefined;

/**
 * An undici agent without a proxy. With NODE_USE_ENV_PROXY (Node 24), the default dispatcher would use a proxy even for
 * 127.0.0.1. The import of undici takes 0.1 s, therefore it happens at the first request.
 */
export function direct(): Promise<Agent> {
  agent ??= import('undici').then(({ Agent }) => new Agent());
  return agent;
}
