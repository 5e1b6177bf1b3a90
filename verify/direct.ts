import type { Agent } from 'undici';

let agent: Promise<Agent> | undefined;

/** An undici agent without a proxy. NODE_USE_ENV_PROXY would set a proxy even for 127.0.0.1. */
export function direct(): Promise<Agent> {
  // The import is delayed, because loading undici takes 0.1 s.
  agent ??= import('undici').then(({ Agent }) => new Agent());
  return agent;
}
