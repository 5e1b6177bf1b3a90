import type { Incident } from '../console/alerting.ts';
import type { Journal } from './journal.ts';
import type { DrillFault, DrillTarget } from './target.ts';
import { type Wait, waitFor } from './wait.ts';

/** Times of one fault in a drill, in Unix milliseconds. */
export interface FaultWindow {
  readonly fault: DrillFault;
  readonly round: number;
  readonly from: number;
  /** Time when the drill ended the fault. Undefined as long as the fault is active. */
  to?: number;
  /** End of the drill of this fault. Undefined while the drill still observes the fault. */
  until?: number;
}

export interface RunOptions {
  readonly target: DrillTarget;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly onProgress: (fault: string, sentence: string) => void;
  /** @default 1000 */
  readonly pollMs?: number;
}

/** Every Prometheus answers this query, even without samples. */
const anyAnswer = 'vector(1)';

export const notInjected = (fault: string, { fatal = '' }: Pick<DrillRun, 'fatal'>): string =>
  `${fault} was not injected, because the drill had already ended. ${fatal}`;

/** The state that all faults of a drill share. */
export class DrillRun {
  readonly target: DrillTarget;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly onProgress: RunOptions['onProgress'];
  readonly pollMs: number;
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

  get fatal(): string | undefined {
    return this.signal.aborted ? (this.#fatal ?? 'The drill was interrupted.') : this.#fatal;
  }

  /** Ends the drill early: no further fault starts. */
  fail(reason: string): void {
    this.#fatal ??= reason;
  }

  /** The console keeps only the newest incidents. */
  get incidents(): readonly Incident[] {
    return [...this.#incidents.values()];
  }

  /** @throws Error if the target or its Prometheus does not answer */
  async readIncidents(): Promise<readonly Incident[]> {
    // The console returns incidents even if Prometheus hangs. Therefore the drill also sends a query.
    const [read] = await Promise.all([this.target.incidents(), this.target.query(anyAnswer)]);
    for (const incident of read) this.#incidents.set(incident.id, incident);
    return read;
  }

  wait<T>(wait: Wait<T>): Promise<T> {
    return waitFor(wait, {
      pollMs: this.pollMs,
      silence: this.target.limits.silence,
      signal: this.signal,
      onSilence: (message) => this.fail(message),
    });
  }
}
