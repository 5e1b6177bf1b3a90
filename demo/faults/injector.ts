import type { Fault, FaultContext } from './fault.ts';

export interface FaultStatus extends Pick<Fault, 'name' | 'title' | 'description' | 'alerts'> {
  readonly injected: boolean;
}

/** Injects faults into the running pipeline, restores it, and lists the injected faults. */
export class FaultInjector {
  readonly #faults: ReadonlyMap<string, Fault>;
  readonly #context: FaultContext;
  readonly #injected = new Set<string>();

  constructor(faults: readonly Fault[], context: FaultContext) {
    this.#faults = new Map(faults.map((fault) => [fault.name, fault]));
    this.#context = context;
  }

  list(): readonly FaultStatus[] {
    return [...this.#faults.values()].map(({ name, title, description, alerts }) => ({
      name,
      title,
      description,
      alerts,
      injected: this.#injected.has(name),
    }));
  }

  /** @returns false if no fault has that name */
  async inject(name: string): Promise<boolean> {
    const fault = this.#faults.get(name);
    if (!fault) return false;
    this.#injected.add(name);
    await fault.inject(this.#context);
    return true;
  }

  /** @returns false if no fault has that name */
  async restore(name: string): Promise<boolean> {
    const fault = this.#faults.get(name);
    if (!fault) return false;
    await fault.restore(this.#context);
    this.#injected.delete(name);
    return true;
  }
}
