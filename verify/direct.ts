import type { Agent } from 'undici';

let agent: Promise<Agent> | undefined;

/**
 * An undici agent that uses no proxy. With NODE_USE_ENV_PROXY (Node 24), undici would use a proxy even for 127.0.0.1. The import
 * is delayed, because it takes 0.1 s.
 */
export function direct(): Promise<Agent> {
  agent ??= import('undici').then(({ Agent }) => new Agent());
  return agent;
}
