import { defineMetrics } from '../definition.ts';

/** Outcomes of pushes. When the batch-pusher starts, the counter of each outcome has the value 0. */
export const pushOutcomes = ['pushed', 'rejected', 'unavailable', 'timeout'] as const;

export type PushOutcome = (typeof pushOutcomes)[number];

/** Reasons why the batch-pusher refuses a request before a push. */
export const refusals = [
  'unauthorized',
  'cross_origin',
  'rate_limited',
  'overloaded',
  'too_large',
  'unsupported_media_type',
  'invalid',
  'idempotency_conflict',
] as const;

export type Refusal = (typeof refusals)[number];

export const etlStages = ['extract', 'transform', 'load'] as const;

export type EtlStage = (typeof etlStages)[number];

/** Limits of the values that a client can send to start a simulated ETL run. */
export const etlBounds = {
  records: { min: 0, max: 100_000 },
  durationSeconds: { min: 0, max: 60 },
} as const;

export const batchPusherMetrics = defineMetrics({
  pushes: {
    name: 'batch_pusher_pushes_total',
    type: 'counter',
    unit: 'pushes',
    help: 'Reports that were pushed to the Pushgateway, by outcome after all retries.',
    labels: ['outcome'],
  },
  pushRetries: {
    name: 'batch_pusher_push_retries_total',
    type: 'counter',
    unit: 'attempts',
    help: 'Retries of pushes: attempts after the first attempt.',
    labels: [],
  },
  pushDuration: {
    name: 'batch_pusher_push_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Time that a push took, including retries, in seconds.',
    labels: [],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 5],
  },
  pushesInFlight: {
    name: 'batch_pusher_pushes_in_flight',
    type: 'gauge',
    unit: 'pushes',
    help: 'Pushes that wait for the Pushgateway now.',
    labels: [],
  },
  refused: {
    name: 'batch_pusher_requests_refused_total',
    type: 'counter',
    unit: 'requests',
    help: 'Requests that the batch-pusher rejected before a push, by reason.',
    labels: ['reason'],
  },
  replays: {
    name: 'batch_pusher_idempotent_replays_total',
    type: 'counter',
    unit: 'requests',
    help: 'Requests that got the answer of an earlier request with the same Idempotency-Key.',
    labels: [],
  },
  etlRuns: {
    name: 'batch_pusher_etl_runs_total',
    type: 'counter',
    unit: 'runs',
    help: 'Simulated ETL runs, by status.',
    labels: ['status'],
  },
  etlStageDuration: {
    name: 'batch_pusher_etl_stage_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'Time that a stage of the simulated ETL took, in seconds.',
    labels: ['stage'],
    buckets: [0.001, 0.01, 0.1, 0.5, 1, 5, 30],
  },
  lastPush: {
    name: 'batch_pusher_last_push_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last successful push, in seconds.',
    labels: [],
  },
  buildInfo: {
    name: 'batch_pusher_build_info',
    type: 'gauge',
    unit: 'info',
    help: 'Always 1. The labels show the version that runs.',
    labels: ['version', 'revision', 'runtime'],
  },
});
