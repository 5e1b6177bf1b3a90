import {
  ControlFailed,
  type FaultOptions,
  type FaultStatus,
  faultSeconds,
  NotPossibleNow,
  OutOfBounds,
} from '../../console/index.ts';
import { type Fault, type FaultContext, faultAreas } from './fault.ts';

/** Milliseconds until the next attempt to end a fault, after a failed attempt. */
const retryMs = 5000;

interface Injection {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly intensity: number | undefined;
  readonly endsAt: number | undefined;
  readonly timer: NodeJS.Timeout | undefined;
  /** The pid directly after the injection. The fault has ended when the pid of the component changes. */
  readonly process?: { readonly pid: number | undefined };
}

/** Injects faults into the running pipeline, and ends each fault when its time is over. */
export class FaultInjector {
  readonly #faults: ReadonlyMap<string, Fault>;
  readonly #context: FaultContext;
  readonly #injected = new Map<string, Injection>();
  readonly #errors = new Map<string, string>();
  readonly #busy = new Map<string, Promise<unknown>>();
  #stopped = false;

  constructor(faults: readonly Fault[], context: FaultContext) {
    this.#faults = new Map(faults.map((fault) => [fault.name, fault]));
    this.#context = context;
  }

  list(): readonly FaultStatus[] {
    this.#forgetEnded();
    return [...this.#faults.values()].map((fault) => {
      const { name, title, area, description, cause, alerts, allowed = [], breaks, intensity } = fault;
      const { alone = false, withoutNotifications = false, restartsEvaluator = false } = fault;
      const injection = this.#injected.get(name);
      const blockedBy = this.#blocking(fault)?.name;
      const error = this.#errors.get(name);
      return {
        ...{ name, title, area: faultAreas[area], description, cause, alerts, allowed, breaks },
        ...(alone && { alone }),
        ...(withoutNotifications && { withoutNotifications }),
        ...(restartsEvaluator && { restartsEvaluator }),
        ...(intensity && { intensity }),
        injected: injection !== undefined,
        ...(injection && { injectedAt: injection.at }),
        ...(injection?.endsAt !== undefined && { endsAt: injection.endsAt }),
        ...(injection?.intensity !== undefined && { injectedIntensity: injection.intensity }),
        ...(blockedBy !== undefined && { blockedBy }),
        ...(error !== undefined && { error }),
      };
    });
  }

  isInjected(name: string): boolean {
    this.#forgetEnded();
    return this.#injected.has(name);
  }

  /**
   * @returns false for an unknown name
   * @throws OutOfBounds, NotPossibleNow, ControlFailed
   */
  async inject(name: string, options: FaultOptions = {}): Promise<boolean> {
    const fault = this.#faults.get(name);
    if (!fault) return false;
    requireSeconds(options.for);
    requireIntensity(fault, options.intensity);
    await this.#inTurn(fault, async () => {
      this.#forgetEnded();
      const blocking = this.#blocking(fault);
      if (blocking) {
        throw new NotPossibleNow(
          `${name} cannot be injected while ${blocking.name} is injected, because both change ${shared(fault, blocking).join(', ')}. End ${blocking.name} first.`,
        );
      }
      const before = this.#injected.get(name);
      const intensity = options.intensity ?? before?.intensity ?? fault.intensity?.default;
      this.#keep(fault, before?.at ?? Date.now(), intensity, this.#endOf(before, options.for));
      try {
        await fault.inject(this.#context, intensity ?? 0);
        this.#errors.delete(name);
        this.#noteProcess(fault);
      } catch (error) {
        await this.#restoreNow(fault).catch(() => {});
        if (error instanceof NotPossibleNow && !this.#injected.has(name)) throw error;
        throw this.#failed(fault, 'inject', error);
      }
    });
    return true;
  }

  /**
   * @returns false for an unknown name
   * @throws ControlFailed
   */
  async restore(name: string): Promise<boolean> {
    const fault = this.#faults.get(name);
    if (!fault) return false;
    await this.#inTurn(fault, async () => {
      if (this.#injected.has(name)) await this.#restoreNow(fault);
    });
    return true;
  }

  /**
   * @returns the names of the ended faults
   * @throws ControlFailed if a fault stays injected
   */
  async clear(): Promise<readonly string[]> {
    const names = [...this.#injected.keys()];
    const results = await Promise.allSettled(names.map((name) => this.restore(name)));
    const failures = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason.message] : [],
    );
    if (failures.length > 0) throw new ControlFailed(failures.join('\n'));
    return names;
  }

  /**
   * Undoes the faults of an earlier run of the pipeline.
   * @throws ControlFailed
   */
  async restoreEarlier(): Promise<void> {
    const remaining = [...this.#faults.values()].filter(({ outlivesPipeline }) => outlivesPipeline);
    await Promise.all(remaining.map((fault) => this.#inTurn(fault, () => this.#restoreNow(fault))));
  }

  /** Stops the timers and waits for actions in progress. Injected faults stay injected. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { timer } of this.#injected.values()) clearTimeout(timer);
    await Promise.allSettled(this.#busy.values());
  }

  #noteProcess({ name, process, breaks: [component = ''] }: Fault): void {
    const injection = this.#injected.get(name);
    if (!injection || process === undefined || process === 'killed') return;
    const pid = process === 'stopped' ? undefined : this.#context.component(component).pid;
    this.#injected.set(name, { ...injection, process: { pid } });
  }

  #forgetEnded(): void {
    for (const [name, { process, timer }] of this.#injected) {
      const [component = ''] = this.#faults.get(name)?.breaks ?? [];
      if (!process || this.#context.component(component).pid === process.pid) continue;
      clearTimeout(timer);
      this.#injected.delete(name);
      this.#errors.delete(name);
    }
  }

  async #restoreNow(fault: Fault): Promise<void> {
    try {
      await fault.restore(this.#context);
    } catch (error) {
      throw this.#failed(fault, 'restore', error);
    }
    clearTimeout(this.#injected.get(fault.name)?.timer);
    this.#injected.delete(fault.name);
    this.#errors.delete(fault.name);
  }

  #failed({ name }: Fault, what: 'inject' | 'restore', error: unknown): ControlFailed {
    const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    const text =
      what === 'inject'
        ? `${name} could not be injected: ${why}. ${this.#injected.has(name) ? 'The change could not be undone either: end the fault again.' : 'The change was undone.'}`
        : `The fault ${name} could not be ended and stays injected: ${why}. Check the components that the fault affects, then end the fault again.`;
    this.#errors.set(name, text);
    return new ControlFailed(text);
  }

  #endOf(before: Injection | undefined, seconds: number | undefined): number | undefined {
    if (seconds === undefined) return undefined;
    return Math.max(before?.endsAt ?? 0, Date.now() + seconds * 1000);
  }

  #keep({ name }: Fault, at: number, intensity: number | undefined, endsAt: number | undefined): void {
    clearTimeout(this.#injected.get(name)?.timer);
    const timer =
      endsAt === undefined || this.#stopped ? undefined : this.#endLater(name, endsAt - Date.now());
    this.#injected.set(name, { at, intensity, endsAt, timer });
  }

  #endLater(name: string, ms: number): NodeJS.Timeout {
    return setTimeout(async () => {
      try {
        await this.restore(name);
      } catch {
        // `restore` has already stored the error in `#errors`.
        const injection = this.#injected.get(name);
        if (!injection || this.#stopped) return;
        this.#injected.set(name, { ...injection, timer: this.#endLater(name, retryMs) });
      }
    }, ms);
  }

  #blocking(fault: Fault): Fault | undefined {
    return [...this.#injected.keys()]
      .map((name) => this.#faults.get(name) as Fault)
      .find((other) => other.name !== fault.name && shared(fault, other).length > 0);
  }

  /** An action waits for earlier actions that change the same component or setting. */
  async #inTurn(fault: Fault, action: () => Promise<void>): Promise<void> {
    const before = Promise.allSettled(changed(fault).map((thing) => this.#busy.get(thing)));
    const turn = before.then(action);
    for (const thing of changed(fault)) this.#busy.set(thing, turn);
    await turn;
  }
}

const changed = ({ changes, breaks }: Fault): readonly string[] =>
  changes === undefined ? breaks : [changes];

const shared = (one: Fault, other: Fault): readonly string[] =>
  changed(one).filter((thing) => changed(other).includes(thing));

function requireSeconds(seconds: number | undefined): void {
  const { min, max } = faultSeconds;
  if (seconds === undefined || (seconds >= min && seconds <= max)) return;
  throw new OutOfBounds('for', `A fault cannot last ${seconds} s. Set a duration from ${min} s to ${max} s.`);
}

function requireIntensity({ name, intensity }: Fault, value: number | undefined): void {
  if (value === undefined) return;
  if (!intensity) {
    throw new OutOfBounds(
      'intensity',
      `The intensity of ${name} cannot be changed. Leave out the intensity.`,
    );
  }
  const { min, max, unit, title } = intensity;
  if (value >= min && value <= max) return;
  throw new OutOfBounds(
    'intensity',
    `${name} cannot be injected with the intensity ${value}. Expected ${min} to ${max} ${unit} (${title}).`,
  );
}
