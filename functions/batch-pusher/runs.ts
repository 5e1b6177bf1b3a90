import * as z from 'zod/mini';
import { batchJob, etlDagId } from '../../config/topology.ts';
import { type batchPusherMetrics, etlBounds, etlStages } from '../../metrics/definitions/batch-pusher.ts';
import type { Instruments } from '../../metrics/registry.ts';
import type { Clock } from '../clock.ts';
import { PushError, type PushgatewayClient } from '../pushgateway/client.ts';
import { type EtlRun, runEtl } from './etl.ts';
import type { Answer } from './idempotency.ts';
import { type Report, reportMetrics } from './report.ts';

export interface RunsOptions {
  readonly metrics: Instruments<typeof batchPusherMetrics>;
  readonly pushgateway: PushgatewayClient;
  readonly clock: Clock;
  /** Expected seconds between two ETL runs. If undefined, the reports contain no period. */
  readonly etlPeriodSeconds?: number | undefined;
}

const { records, durationSeconds } = etlBounds;

export const etlRunSchema = z.strictObject({
  records: z._default(
    z.int().check(z.minimum(records.min), z.maximum(records.max), z.describe('Records to generate.')),
    1000,
  ),
  durationSeconds: z._default(
    z
      .number()
      .check(
        z.minimum(durationSeconds.min),
        z.maximum(durationSeconds.max),
        z.describe('Minimum duration of the run in seconds.'),
      ),
    0,
  ),
  failAt: z.optional(z.enum(etlStages).check(z.describe('The stage to fail.'))),
});

export type EtlRequest = z.infer<typeof etlRunSchema>;

const maxEtlRuns = 4;

/** Pushes the reports of clients, and the reports of the simulated ETL. */
export class Runs {
  readonly #options: RunsOptions;
  readonly #abort = new AbortController();
  #etlRuns = 0;
  #pushes = 0;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** Ends the ETL runs in progress. Each of these runs pushes a report with the status `failure`. */
  interrupt(): void {
    this.#abort.abort();
  }

  async report(job: string, report: Report): Promise<Answer> {
    const failure = await this.#push(job, report);
    if (failure) return failureAnswer(failure);
    const { grouping, status } = report;
    return { status: 200, body: { pushed: true, job, grouping, status } };
  }

  /** The HTTP status is 200 after a successful push, even if the ETL run failed. */
  async etl(request: EtlRequest): Promise<Answer> {
    if (this.#etlRuns >= maxEtlRuns) {
      const detail = `${maxEtlRuns} ETL runs are already in progress`;
      return problemAnswer(503, 'Service Unavailable', detail, { 'retry-after': '5' });
    }
    this.#etlRuns += 1;
    try {
      const { run, failure } = await this.runEtl(request);
      if (failure) return failureAnswer(failure);
      return { status: 200, body: { pushed: true, job: batchJob, grouping: etlGrouping, ...run } };
    } finally {
      this.#etlRuns -= 1;
    }
  }

  /** A failed run or push does not reject the promise. `failure` is the error of a failed push. */
  async runEtl(
    request: EtlRequest,
    signal?: AbortSignal,
  ): Promise<{ run: EtlRun; failure: PushError | undefined }> {
    const { metrics } = this.#options;
    const run = await runEtl({
      ...request,
      signal: signal ? AbortSignal.any([signal, this.#abort.signal]) : this.#abort.signal,
      now: () => performance.now(),
      onStage: (stage, seconds) => metrics.etlStageDuration.observe({ stage }, seconds),
    });
    metrics.etlRuns.inc({ status: run.status });
    return { run, failure: await this.#push(batchJob, etlReport(run, this.#options.etlPeriodSeconds)) };
  }

  async #push(job: string, report: Report): Promise<PushError | undefined> {
    const { metrics, pushgateway, clock } = this.#options;
    const group = { job, grouping: report.grouping };
    const values = reportMetrics(report, clock.now() / 1000);
    const startedAt = performance.now();
    metrics.pushesInFlight.set(++this.#pushes);
    try {
      await (report.status === 'success'
        ? pushgateway.replace(group, values)
        : pushgateway.add(group, values));
      metrics.pushes.inc({ outcome: 'pushed' });
      metrics.lastPush.set(clock.now() / 1000);
      return undefined;
    } catch (error) {
      if (!(error instanceof PushError)) throw error;
      metrics.pushes.inc({ outcome: error.outcome });
      return error;
    } finally {
      metrics.pushesInFlight.set(--this.#pushes);
      metrics.pushDuration.observe((performance.now() - startedAt) / 1000);
    }
  }
}

const etlGrouping = { dag_id: etlDagId };

function etlReport({ status, durationSeconds, etl }: EtlRun, periodSeconds?: number): Report {
  const common = { grouping: etlGrouping, durationSeconds, periodSeconds };
  return status === 'success'
    ? { ...common, status, recordsProcessed: etl.loaded, etl }
    : { ...common, status };
}

/** An error without a status means no connection to the Pushgateway. */
function failureAnswer({ outcome, status, message }: PushError): Answer {
  if (outcome === 'timeout') return problemAnswer(504, 'Gateway Timeout', message);
  if (status === undefined) return problemAnswer(503, 'Service Unavailable', message, { 'retry-after': '5' });
  return problemAnswer(502, 'Bad Gateway', message);
}

function problemAnswer(status: number, title: string, detail: string, headers?: Answer['headers']): Answer {
  return { status, body: { type: 'about:blank', title, status, detail }, ...(headers && { headers }) };
}
