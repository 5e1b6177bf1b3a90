import { scrapeTimeoutSeconds } from '../../config/knobs.ts';
import { targetMetrics } from '../../metrics/definitions/target.ts';
import { avg, max, min, select, sum } from '../../metrics/promql.ts';
import { table, timeseries } from '../panel.ts';
import { scope } from '../variables.ts';

export const targets = () =>
  table({
    title: 'Targets',
    description: 'Each job of each cluster: the share of its targets that are up, and their slowest scrape.',
    unit: 'short',
    queries: [
      [avg(select(targetMetrics.up, scope), ['cluster', 'namespace', 'job']), ''],
      [max(select(targetMetrics.scrapeDuration, scope), ['cluster', 'namespace', 'job']), ''],
      [sum(select(targetMetrics.scrapeSamples, scope), ['cluster', 'namespace', 'job']), ''],
    ],
    values: ['Up', 'Slowest scrape (s)', 'Samples'],
    decimals: 3,
  });

export const upOverTime = () =>
  timeseries({
    title: 'Targets up',
    description: 'The worst target of each job: 1 is up, 0 is down.',
    unit: 'short',
    queries: [[min(select(targetMetrics.up, scope), ['cluster', 'job']), '{{cluster}} {{job}}']],
    min: 0,
    max: 1,
  });

export const scrapeDuration = () =>
  timeseries({
    title: 'Duration of scrapes',
    description: `The slowest target of each job. In a cluster, Prometheus gives up a scrape after ${scrapeTimeoutSeconds.cluster} seconds.`,
    unit: 's',
    queries: [[max(select(targetMetrics.scrapeDuration, scope), ['cluster', 'job']), '{{cluster}} {{job}}']],
    min: 0,
  });

export const samplesPerJob = () =>
  timeseries({
    title: 'Samples of a scrape',
    description: 'Samples that all targets of a job expose together. A jump is a new label or a new version.',
    unit: 'short',
    queries: [[sum(select(targetMetrics.scrapeSamples, scope), ['cluster', 'job']), '{{cluster}} {{job}}']],
    min: 0,
  });
