import { setTimeout as delay } from 'node:timers/promises';
import { defaultBatchPeriod } from '../../config/knobs.ts';
import type { EtlRun } from '../../console/index.ts';
import { seconds } from '../../metrics/duration.ts';
import { exchange } from '../http-exchange.ts';
import { type Batch, type BatchMode, type RunAnswer, usualRun } from './batch.ts';
import type { RunHistory } from './run-history.ts';

/** Every seventh scheduled run fails, because real jobs sometimes fail. */
const failsEvery = 7;
const pushDeadlineMs = 30_000;

/** The batch-pusher runs the simulated ETL every minute. */
export class BatchSchedule implements Batch {
  readonly #url: string;
  readonly #history: RunHistory;
  readonly #periodMs: number;
  readonly #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #runs = 0;
  #mode: BatchMode = 'on';
  /** Start of the current period by `performance.now()`, because the wall clock can jump. */
  #lastRunAt = 0;
  #inProgress: Promise<void> = Promise.resolve();

  constructor(
    batchPusherUrl: string,
    history: RunHistory,
    periodMs = seconds(defaultBatchPeriod.laptop) * 1000,
  ) {
    this.#url = batchPusherUrl;
    this.#history = history;
    this.#periodMs = periodMs;
  }

  async start(): Promise<void> {
    this.#loop = this.#run();
  }

  async setMode(mode: BatchMode): Promise<void> {
    this.#mode = mode;
  }

  trigger(run: EtlRun = {}): Promise<RunAnswer> {
    const answer = this.#request(run);
    this.#inProgress = Promise.allSettled([this.#inProgress, answer]).then(() => {});
    return answer;
  }

  async #request(run: EtlRun): Promise<RunAnswer> {
    const deadlineMs = pushDeadlineMs + (run.durationSeconds ?? 0) * 1000;
    const { status, text } = await exchange(`${this.#url}/etl/runs`, {
      method: 'POST',
      body: usualRun(run),
      signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(deadlineMs)]),
    });
    if (status < 300) this.#lastRunAt = performance.now();
    return { status, body: text };
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.#runs += 1;
      this.#lastRunAt = performance.now();
      const fails = this.#mode === 'failing' || this.#runs % failsEvery === 0;
      const run = usualRun(fails ? { failAt: 'transform' } : {});
      if (this.#mode !== 'off') {
        // Ignores the error of a run, because a metric already shows the time since the last successful run.
        await this.#history.record('schedule', run, () => this.trigger(run)).catch(() => {});
      }
      await this.#untilNextRun();
    }
  }

  async #untilNextRun(): Promise<void> {
    const { signal } = this.#ended;
    // A scheduled run soon after a user's run would overwrite the metrics of the user's run.
    for (;;) {
      await this.#inProgress;
      const remainingMs = this.#lastRunAt + this.#periodMs - performance.now();
      if (remainingMs <= 0 || signal.aborted) return;
      await delay(remainingMs, undefined, { signal }).catch(() => {});
    }
  }
}
