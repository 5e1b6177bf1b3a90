import type { Incident } from '../console/alerting.ts';
import type { Journal } from './journal.ts';
import type { DrillFault, DrillTarget } from './target.ts';
import { type Wait, waitFor } from './wait.ts';

/** The time of a fault in a drill. Times are Unix times in milliseconds. */
export interface FaultWindow {
  readonly fault: DrillFault;
  /** Number of the round, from 1. */
  readonly round: number;
  /** Time of the injection. */
  readonly from: number;
  /** Time of the restore; undefined while the fault is injected. */
  to?: number;
  /** Time at which the drill of this fault ended; undefined before. */
  until?: number;
}

export interface RunOptions {
  readonly target: DrillTarget;
  readonly journal: Journal;
  /** Aborts when the user ends the drill. */
  readonly signal: AbortSignal;
  /** Receives a sentence for each step of each fault. */
  readonly onProgress: (fault: string, sentence: string) => void;
  /**
   * Milliseconds between two reads of the target.
   * @default 1000 ms
   */
  readonly pollMs?: number;
}

/** A query that every Prometheus answers, even without samples. */
const anyAnswer = 'vector(1)';

/** The message of a fault that the drill does not inject, because the drill ends. */
export const notInjected = (fault: string, { fatal = '' }: Pick<DrillRun, 'fatal'>): string =>
  `${fault} was not injected, because the drill has ended before. ${fatal}`;

/** The state that all faults of a drill share. */
export class DrillRun {
  readonly target: DrillTarget;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly onProgress: RunOptions['onProgress'];
  readonly pollMs: number;
  /** The windows of the injected faults, in the order of the injections. */
  readonly windows: FaultWindow[] = [];
  readonly #incidents = new Map<string, Incident>();
  #fatal: string | undefined;

  constructor({ target, journal, signal, onProgress, pollMs = 1000 }: RunOptions) {
    this.target = target;
    this.journal = journal;
    this.signal = signal;
    this.onProgress = onProgress;
    this.pollMs = pollMs;
  }

  /** Reason why the drill injects no further fault; undefined if there is none. */
  get fatal(): string | undefined {
    return this.signal.aborted ? (this.#fatal ?? 'The drill was interrupted.') : this.#fatal;
  }

  /** Ends the drill: it injects no further fault. Only the first reason counts. */
  fail(reason: string): void {
    this.#fatal ??= reason;
  }

  /** Every incident that the drill has read, in its last state. The target itself forgets old incidents. */
  get incidents(): readonly Incident[] {
    return [...this.#incidents.values()];
  }

  /**
   * Reads the incidents.
   * @throws Error if the target or its Prometheus does not answer
   */
  async readIncidents(): Promise<readonly Incident[]> {
    // A target can still return the incidents of a Prometheus that no longer answers.
    const [read] = await Promise.all([this.target.incidents(), this.target.query(anyAnswer)]);
    for (const incident of read) this.#incidents.set(incident.id, incident);
    return read;
  }

  /**
   * Waits for a condition. A target that does not answer ends the drill.
   * @throws StepFailed
   */
  wait<T>(wait: Wait<T>): Promise<T> {
    return waitFor(wait, {
      pollMs: this.pollMs,
      silence: this.target.limits.silence,
      signal: this.signal,
      onSilence: (message) => this.fail(message),
    });
  }
}
