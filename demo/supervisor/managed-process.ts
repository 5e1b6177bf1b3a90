import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ComponentState } from '../../console/index.ts';
import { type Guard, signalGroup } from '../../toolchain/index.ts';
import { healthyAfterMs, restartDelay } from './backoff.ts';
import { answers } from './health.ts';
import { openLog } from './log-file.ts';

/** The command that starts a component, and the URL that shows its health. */
export interface LaunchPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
  readonly healthUrl: string;
  readonly healthAnswer?: RegExp | undefined;
  readonly onState?: (() => void) | undefined;
}

/** Milliseconds until the next health check of a program in the state `starting`. */
const startPollMs = (waitedMs: number) => Math.min(Math.max(waitedMs / 10, 50), 500);
const livenessPollMs = 2000;
const healthTimeoutMs = 1000;

/** Starts a program, checks its health, and restarts it with a backoff after an unexpected end. */
export class ManagedProcess {
  readonly plan: LaunchPlan;
  readonly #guard: Guard;
  #currentState: ComponentState = 'stopped';
  #child: ChildProcess | undefined;
  #restarts = 0;
  #consecutiveRestarts = 0;
  #lastExit: string | undefined;
  #watch = new AbortController();
  #restartTimer: NodeJS.Timeout | undefined;
  /** Milliseconds until the restart of a killed child; undefined for the usual delay. */
  #outageMs: number | undefined;
  /** Whether `start` was called while the program was stopping. */
  #startsAgain = false;
  #isRetired = false;

  constructor(plan: LaunchPlan, guard: Guard) {
    this.plan = plan;
    this.#guard = guard;
  }

  get state(): ComponentState {
    return this.#currentState;
  }

  get #state(): ComponentState {
    return this.#currentState;
  }

  set #state(state: ComponentState) {
    if (state === this.#currentState) return;
    this.#currentState = state;
    this.plan.onState?.();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Cause of the last unexpected end, such as `exit code 1` or `SIGKILL`. */
  get lastExit(): string | undefined {
    return this.#lastExit;
  }

  start(): void {
    this.#startsAgain = this.#state === 'stopping';
    if (this.#child || this.#restartTimer || this.#isRetired) return;
    this.#state = 'starting';
    const { command, args, env, cwd, logFile } = this.plan;
    let log: number;
    try {
      log = openLog(logFile);
    } catch (error) {
      this.#scheduleRestart(error instanceof Error ? error.message : String(error));
      return;
    }
    // The child has its own process group, because Ctrl-C must reach only the supervisor.
    const child = spawn(command, args, { cwd, env: { ...env }, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    this.#watch = new AbortController();
    child.once('error', (error) => this.#ended(child, error.message));
    child.once('exit', (code, signal) => this.#ended(child, signal ?? `exit code ${code}`));
    if (child.pid === undefined) return;
    this.#guard.add(child.pid);
    void this.#watchHealth(this.#watch.signal);
  }

  /** Sends SIGTERM, and SIGKILL after `graceMs`. Waits for the end of the process. */
  async stop(graceMs: number): Promise<void> {
    this.#startsAgain = false;
    this.#outageMs = undefined;
    clearTimeout(this.#restartTimer);
    this.#restartTimer = undefined;
    const child = this.#child;
    if (child?.pid === undefined) {
      this.#state = 'stopped';
      return;
    }
    this.#state = 'stopping';
    this.#watch.abort();
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    signalGroup(child.pid, 'SIGTERM');
    // A suspended program needs SIGCONT to handle SIGTERM.
    signalGroup(child.pid, 'SIGCONT');
    const killer = setTimeout(() => signalGroup(child.pid as number, 'SIGKILL'), graceMs);
    await gone;
    clearTimeout(killer);
  }

  /** After this call, the program cannot start again. */
  retire(): void {
    this.#isRetired = true;
  }

  /**
   * Sends a signal to the process group of the program.
   * @returns false if the program has no process
   */
  signal(signal: NodeJS.Signals): boolean {
    const pid = this.#child?.pid;
    if (pid !== undefined) signalGroup(pid, signal);
    return pid !== undefined;
  }

  /**
   * Kills the program, and restarts the program after `outageMs`.
   * @returns false without a process
   */
  killFor(outageMs: number): boolean {
    this.#outageMs = outageMs;
    const isKilled = this.signal('SIGKILL');
    if (!isKilled) this.#outageMs = undefined;
    return isKilled;
  }

  #ended(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#watch.abort();
    if (child.pid !== undefined) {
      // Ends processes that the program left behind.
      signalGroup(child.pid, 'SIGKILL');
      this.#guard.remove(child.pid);
    }
    if (this.#state === 'stopping') {
      this.#state = 'stopped';
      if (this.#startsAgain) this.start();
      return;
    }
    this.#scheduleRestart(how);
  }

  #scheduleRestart(how: string): void {
    this.#lastExit = how;
    this.#state = 'restarting';
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = undefined;
      this.#restarts += 1;
      this.start();
    }, this.#outageMs ?? restartDelay(this.#consecutiveRestarts));
    this.#outageMs = undefined;
    this.#consecutiveRestarts += 1;
  }

  async #watchHealth(signal: AbortSignal): Promise<void> {
    const started = Date.now();
    let healthySince: number | undefined;
    while (!signal.aborted) {
      const healthy = await answers(this.plan.healthUrl, healthTimeoutMs, this.plan.healthAnswer);
      if (signal.aborted) return;
      if (healthy) {
        healthySince ??= Date.now();
        this.#state = 'running';
        if (Date.now() - healthySince > healthyAfterMs) this.#consecutiveRestarts = 0;
      } else {
        healthySince = undefined;
        if (this.#state === 'running') this.#state = 'unhealthy';
      }
      const pauseMs = this.#state === 'starting' ? startPollMs(Date.now() - started) : livenessPollMs;
      await delay(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}
