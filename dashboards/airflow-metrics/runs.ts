import { batchJob } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { batchPusherMetrics, type EtlStage, etlStages } from '../../metrics/definitions/batch-pusher.ts';
import { div, histogram, increase, range, select, sum } from '../../metrics/promql.ts';
import { batchThresholds } from '../../rules/batch.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { jobs } from '../../sources/index.ts';
import { barGauge, rateInterval, stateTimeline, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

const ofBatch = { ...scope, job: batchJob } as const;
const ofPusher = { ...scope, job: jobs.batchPusher } as const;
const dag = '{{dag_id}}';
const { success, durationSeconds, recordsTotal, extracted, transformed, loaded } = batchMetrics;
const outcome = {
  0: { text: 'failed', color: 'red' },
  1: { text: 'succeeded', color: 'green' },
} as const;

const recordsOf = { extract: extracted, transform: transformed, load: loaded } as const satisfies Record<
  EtlStage,
  unknown
>;

export const etlFlow = () =>
  barGauge({
    title: 'ETL flow',
    description: 'Records of the last successful run in each stage. Load must equal transform.',
    unit: 'short',
    queries: [...etlStages.map((stage) => [select(recordsOf[stage], ofBatch), stage] as const)],
    min: 0,
  });

export const runHistory = () =>
  stateTimeline({
    title: 'Outcome of runs',
    description: 'How the last run ended, over time.',
    unit: 'short',
    queries: [[select(success, ofBatch), dag]],
    texts: outcome,
  });

export const records = () =>
  timeseries({
    title: 'Records',
    description:
      'Records of the last successful run in each stage. A gap between two lines means filtered or lost records.',
    unit: 'short',
    queries: [
      [select(extracted, ofBatch), `${dag} extracted`],
      [select(transformed, ofBatch), `${dag} transformed`],
      [select(loaded, ofBatch), `${dag} loaded`],
      [select(recordsTotal, ofBatch), `${dag} processed`],
    ],
    min: 0,
  });

export const duration = ({ inWords }: ThresholdReader) =>
  timeseries({
    title: 'Duration of runs',
    description: `Wall time of the last run. Above ${inWords(batchThresholds.slow)} times the mean of the last day, BatchRunSlow fires.`,
    unit: 's',
    queries: [[select(durationSeconds, ofBatch), dag]],
    min: 0,
  });

export const stageDuration = () =>
  timeseries({
    title: 'Duration of stages',
    description:
      'Mean time of each stage of the simulated ETL. In a cluster, the schedule runs the ETL in a separate pod, which Prometheus does not scrape. The panel then shows only runs that POST /etl/runs started.',
    unit: 's',
    queries: [
      [
        div(
          sum(
            increase(
              range(select(histogram(batchPusherMetrics.etlStageDuration, 'sum'), ofPusher), '$__range'),
            ),
            ['stage'],
          ),
          sum(
            increase(
              range(select(histogram(batchPusherMetrics.etlStageDuration, 'count'), ofPusher), '$__range'),
            ),
            ['stage'],
          ),
        ),
        '{{stage}}',
      ],
    ],
    min: 0,
  });

export const runs = () =>
  timeseries({
    title: 'Runs started through the batch-pusher',
    description: 'Simulated ETL runs in the last window, by status.',
    unit: 'short',
    queries: [
      [
        sum(increase(range(select(batchPusherMetrics.etlRuns, ofPusher), rateInterval)), ['status']),
        '{{status}}',
      ],
    ],
    min: 0,
  });
