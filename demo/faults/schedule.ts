import { randomInt } from 'node:crypto';
import {
  NotPossibleNow,
  OutOfBounds,
  type ScheduleControls,
  type ScheduleOptions,
  type ScheduleStatus,
  type ScheduleStep,
  scheduleBounds,
} from '../../console/index.ts';
import type { FaultInjector } from './injector.ts';
import { planOf } from './plan.ts';

/** Milliseconds between two checks for the end of the previous fault. */
const waitMs = 1000;

type Plan = NonNullable<ScheduleStatus['plan']>;

/** Injects faults one after another. A seed determines their order. */
export class FaultSchedule implements ScheduleControls {
  readonly #injector: FaultInjector;
  #plan: Plan | undefined;
  #steps: ScheduleStep[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #waiting = false;
  /** Index of the step whose injection is in progress. */
  #beginning: number | undefined;

  constructor(injector: FaultInjector) {
    this.#injector = injector;
  }

  status(): ScheduleStatus {
    this.#noteRestored();
    const due = this.#steps.find(({ state }) => state === 'due');
    return {
      running: this.#running,
      bounds: scheduleBounds,
      ...(this.#plan && { plan: { ...this.#plan, steps: this.#steps } }),
      ...(this.#waiting && due && { waiting: due.fault }),
    };
  }

  /**
   * @throws OutOfBounds
   * @throws NotPossibleNow if a schedule already runs
   */
  start({ every, length, hold = every / 2, seed = randomInt(2 ** 31) }: ScheduleOptions): ScheduleStatus {
    if (this.#running) {
      throw new NotPossibleNow(
        'A fault schedule is already running. Stop this schedule, then start the new schedule.',
      );
    }
    requireWithinBounds({ every, length, hold, seed });
    const startedAt = Date.now();
    const names = this.#injector.list().map(({ name }) => name);
    this.#steps = planOf(names, { every, length, seed }).map(({ fault, startsAfter }) => ({
      fault,
      startsAt: startedAt + startsAfter * 1000,
      state: 'due',
    }));
    this.#plan = { every, length, hold, seed, startedAt, endsAt: startedAt + length * 1000, steps: [] };
    this.#running = true;
    this.#next();
    return this.status();
  }

  /**
   * Stops the schedule and ends the fault that the schedule injected.
   * @throws ControlFailed
   */
  async stop(): Promise<void> {
    this.cancel();
    const current = this.#steps.find(({ state }) => state === 'injected');
    if (current) await this.#injector.restore(current.fault);
  }

  /** Stops the schedule. The fault that the schedule injected continues. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#running = false;
    this.#waiting = false;
  }

  #next(): void {
    const index = this.#steps.findIndex(({ state }) => state === 'due');
    const at = this.#steps[index]?.startsAt ?? this.#plan?.endsAt ?? 0;
    this.#timer = setTimeout(() => void this.#begin(index), Math.max(0, at - Date.now()));
  }

  async #begin(index: number): Promise<void> {
    const { endsAt = 0, hold = 0 } = this.#plan ?? {};
    this.#noteRestored();
    if (this.#steps.some(({ state }) => state === 'injected') && Date.now() < endsAt) {
      this.#waiting = true;
      this.#timer = setTimeout(() => void this.#begin(index), waitMs);
      return;
    }
    this.#waiting = false;
    const step = this.#steps[index];
    if (!step || Date.now() >= endsAt) {
      this.#running = false;
      return;
    }
    this.#beginning = index;
    this.#set(index, 'injected');
    try {
      if (this.#injector.isInjected(step.fault))
        throw new NotPossibleNow(
          `${step.fault} is already injected. The schedule skips this fault and continues.`,
        );
      await this.#injector.inject(step.fault, { for: hold });
    } catch (error) {
      this.#set(index, 'skipped', error instanceof Error ? error.message : String(error));
    }
    this.#beginning = undefined;
    if (this.#running) this.#next();
  }

  #noteRestored(): void {
    for (const [index, { fault, state }] of this.#steps.entries()) {
      const isOver = state === 'injected' && index !== this.#beginning && !this.#injector.isInjected(fault);
      if (isOver) this.#set(index, 'over');
    }
  }

  #set(index: number, state: ScheduleStep['state'], error?: string): void {
    const { fault, startsAt } = this.#steps[index] as ScheduleStep;
    this.#steps[index] = { fault, startsAt, state, ...(error !== undefined && { error }) };
  }
}

function requireWithinBounds(given: Readonly<Record<'every' | 'length' | 'hold' | 'seed', number>>): void {
  for (const field of ['every', 'length', 'hold', 'seed'] as const) {
    const { min, max } = scheduleBounds[field];
    if (given[field] >= min && given[field] <= max) continue;
    throw new OutOfBounds(field, `${field} is ${given[field]}. Expected ${min} to ${max}.`);
  }
  const { every, length, hold } = given;
  const { max } = scheduleBounds.steps;
  if (length < every) {
    throw new OutOfBounds(
      'length',
      `A schedule of ${length} s is too short for a fault every ${every} s. Set the length to at least ${every} s.`,
    );
  }
  if (Math.floor(length / every) > max) {
    throw new OutOfBounds(
      'length',
      `A schedule of ${length} s with a fault every ${every} s has ${Math.floor(length / every)} faults. Expected at most ${max}.`,
    );
  }
  if (hold >= every) {
    throw new OutOfBounds(
      'hold',
      `A duration of ${hold} s is too long for a fault every ${every} s. Set the duration to less than ${every} s.`,
    );
  }
}
