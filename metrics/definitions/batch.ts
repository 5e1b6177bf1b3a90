import { defineMetrics } from '../definition.ts';

/** Metrics of a batch run. All are gauges, because a push replaces the values of the previous run. */
export const batchMetrics = defineMetrics({
  durationSeconds: {
    name: 'airflow_data_processing_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Wall time of the last run, extract to load, in seconds.',
    labels: [],
  },
  recordsTotal: {
    name: 'airflow_data_processing_records_total',
    type: 'gauge',
    unit: 'records',
    help: 'Records that the last successful run processed.',
    labels: [],
  },
  success: {
    name: 'airflow_data_processing_success',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the last run succeeded, 0 if it failed.',
    labels: [],
  },
  lastSuccess: {
    name: 'airflow_data_processing_last_success_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Unix time of the last successful run, in seconds. A failed run does not change this value.',
    labels: [],
  },
  periodSeconds: {
    name: 'airflow_data_processing_period_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Planned time between two runs of the job, in seconds. Absent if the job reports no period.',
    labels: [],
  },
  extracted: {
    name: 'airflow_etl_extract_records',
    type: 'gauge',
    unit: 'records',
    help: 'Records that the last successful run extracted.',
    labels: [],
  },
  transformed: {
    name: 'airflow_etl_transform_records',
    type: 'gauge',
    unit: 'records',
    help: 'Records that the transform stage of the last successful run produced.',
    labels: [],
  },
  loaded: {
    name: 'airflow_etl_load_records',
    type: 'gauge',
    unit: 'records',
    help: 'Records that the last successful run loaded.',
    labels: [],
  },
});
