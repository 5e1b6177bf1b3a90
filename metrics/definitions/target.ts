import { defineMetrics } from '../definition.ts';

/** Metrics that Prometheus adds for each target. */
export const targetMetrics = defineMetrics({
  up: {
    name: 'up',
    type: 'gauge',
    unit: 'boolean',
    help: '1 if the last scrape succeeded, 0 if it failed.',
    labels: [],
  },
  scrapeDuration: {
    name: 'scrape_duration_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Time that the last scrape took.',
    labels: [],
  },
  scrapeSamples: {
    name: 'scrape_samples_scraped',
    type: 'gauge',
    unit: 'samples',
    help: 'Samples of the last scrape.',
    labels: [],
  },
  scrapeSamplesKept: {
    name: 'scrape_samples_post_metric_relabeling',
    type: 'gauge',
    unit: 'samples',
    help: 'Samples of the last scrape that metric relabeling kept. The sample limit counts these samples.',
    labels: [],
  },
  sampleLimit: {
    name: 'scrape_sample_limit',
    type: 'gauge',
    unit: 'samples',
    help: 'Maximum number of samples of a scrape of the target; 0 if there is no limit.',
    labels: [],
  },
});
