import type { FaultControls, FaultStatus } from '../../console/index.ts';
import type { Fault, FaultContext } from './fault.ts';

/** Injects faults into the running pipeline, restores it, and lists the injected faults. */
export class FaultInjector implements FaultControls {
  readonly #faults: ReadonlyMap<string, Fault>;
  readonly #context: FaultContext;
  /** Unix time in milliseconds of the injection, by fault. */
  readonly #injected = new Map<string, number>();

  constructor(faults: readonly Fault[], context: FaultContext) {
    this.#faults = new Map(faults.map((fault) => [fault.name, fault]));
    this.#context = context;
  }

  list(): readonly FaultStatus[] {
    return [...this.#faults.values()].map(({ name, title, description, alerts, breaks }) => {
      const injectedAt = this.#injected.get(name);
      const injected = injectedAt !== undefined;
      return { name, title, description, alerts, breaks, injected, ...(injected && { injectedAt }) };
    });
  }

  async inject(name: string): Promise<boolean> {
    const fault = this.#faults.get(name);
    if (!fault) return false;
    if (!this.#injected.has(name)) this.#injected.set(name, Date.now());
    await fault.inject(this.#context);
    return true;
  }

  async restore(name: string): Promise<boolean> {
    const fault = this.#faults.get(name);
    if (!fault) return false;
    await fault.restore(this.#context);
    this.#injected.delete(name);
    return true;
  }
}
