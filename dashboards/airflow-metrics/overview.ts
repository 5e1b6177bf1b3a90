import { batchJob } from '../../config/topology.ts';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { select, sub, time } from '../../metrics/promql.ts';
import { batchThresholds } from '../../rules/batch.ts';
import type { ThresholdReader } from '../../rules/threshold.ts';
import { stat } from '../panel.ts';
import { scope } from '../variables.ts';

const ofBatch = { ...scope, job: batchJob } as const;
const dag = '{{dag_id}}';
const { success, durationSeconds, lastSuccess } = batchMetrics;
const outcome = {
  0: { text: 'failed', color: 'red' },
  1: { text: 'succeeded', color: 'green' },
} as const;

export const lastRun = () =>
  stat({
    title: 'Last run',
    description: 'Whether the last run succeeded, according to its own report.',
    unit: 'short',
    queries: [[select(success, ofBatch), dag]],
    texts: outcome,
  });

export const lastSuccessAge = ({ inWords }: ThresholdReader) =>
  stat({
    title: 'Last success',
    description: `Time since the last successful run ended. After ${inWords(batchThresholds.stale)} periods of the batch, BatchDataStale fires.`,
    unit: 's',
    queries: [[sub(time(), select(lastSuccess, ofBatch)), dag]],
    decimals: 0,
  });

export const lastDuration = () =>
  stat({
    title: 'Duration of the last run',
    description: 'Wall time of the last run, extract to load.',
    unit: 's',
    queries: [[select(durationSeconds, ofBatch), dag]],
    decimals: 1,
  });

export const successRate = () =>
  stat({
    title: 'Success rate',
    description: 'Share of the last hour in which the last run was a success.',
    unit: 'percentunit',
    queries: [[select(recorded.batchSuccess, { job: batchJob }), dag]],
    decimals: 0,
  });

export const yieldOfRun = () =>
  stat({
    title: 'Yield',
    description:
      'Records loaded as a share of the records extracted in the last successful run. The ETL filters out the rest.',
    unit: 'percentunit',
    queries: [[select(recorded.batchYield, { job: batchJob }), dag]],
    decimals: 0,
  });
