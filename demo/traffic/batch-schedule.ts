import { setTimeout as delay } from 'node:timers/promises';
import { defaultBatchPeriod } from '../../config/knobs.ts';
import type { EtlRun } from '../../console/index.ts';
import { seconds } from '../../metrics/duration.ts';
import { exchange } from '../http-exchange.ts';
import { type Batch, type BatchMode, usualRun } from './batch.ts';

const periodMs = seconds(defaultBatchPeriod.laptop) * 1000;
const failsEvery = 7;
const deadlineMs = 30_000;

/** Runs the simulated ETL every minute through the batch-pusher. Every seventh run fails, as a real job may. */
export class BatchSchedule implements Batch {
  readonly #url: string;
  readonly #ended = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #runs = 0;
  #mode: BatchMode = 'on';

  constructor(batchPusherUrl: string) {
    this.#url = batchPusherUrl;
  }

  async start(): Promise<void> {
    this.#loop = this.#run();
  }

  async setMode(mode: BatchMode): Promise<void> {
    this.#mode = mode;
  }

  async trigger(run: EtlRun = {}): Promise<{ status: number; body: string }> {
    const { status, text } = await exchange(`${this.#url}/etl/runs`, {
      method: 'POST',
      body: usualRun(run),
      signal: AbortSignal.any([this.#ended.signal, AbortSignal.timeout(deadlineMs)]),
    });
    return { status, body: text };
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.#runs += 1;
      const fails = this.#mode === 'failing' || this.#runs % failsEvery === 0;
      // A run that cannot start shows in the metrics: the age of the last success grows.
      if (this.#mode !== 'off') await this.trigger(fails ? { failAt: 'transform' } : {}).catch(() => {});
      await delay(periodMs, undefined, { signal: this.#ended.signal }).catch(() => {});
    }
  }
}
