import { setTimeout as delay } from 'node:timers/promises';
import type { ComponentState, ComponentStatus } from '../../console/index.ts';
import type { Component } from '../component.ts';
import { answers } from '../supervisor/health.ts';

const everyMs = 1000;
const answerWithinMs = 2000;

/** States of the services, from their health URLs. The container engine restarts services. */
export class ServiceHealth {
  readonly #components: readonly Component[];
  readonly #states = new Map<string, ComponentState>();
  readonly #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(components: readonly Component[]) {
    this.#components = components;
  }

  ready(names = this.#components.filter(({ optional }) => !optional).map(({ name }) => name)): boolean {
    return names.every((name) => this.#states.get(name) === 'running');
  }

  start(): void {
    this.#loop = this.#watch();
  }

  /** Waits until all named services answer, or until `signal` aborts. */
  async untilReady(names: readonly string[], signal: AbortSignal): Promise<void> {
    while (!this.ready([...names]) && !signal.aborted) {
      await delay(everyMs / 4, undefined, { signal }).catch(() => {});
    }
  }

  state(name: string): ComponentState {
    return this.#states.get(name) ?? 'starting';
  }

  status(): readonly ComponentStatus[] {
    return this.#components.map(({ name, role, url }) => ({
      name,
      role,
      state: this.state(name),
      pid: null,
      url,
      rssBytes: 0,
      restarts: 0,
    }));
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await Promise.all(this.#components.map((component) => this.#look(component)));
      await delay(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  async #look({ name, healthUrl, healthAnswer }: Component): Promise<void> {
    if (await answers(healthUrl, answerWithinMs, healthAnswer)) this.#states.set(name, 'running');
    else if (this.#states.has(name)) this.#states.set(name, 'unhealthy');
  }
}
