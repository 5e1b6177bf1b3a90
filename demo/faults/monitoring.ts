import { scrapeTimeoutSeconds } from '../../config/knobs.ts';
import { jobs } from '../../sources/index.ts';
import type { Fault } from './fault.ts';

const alertmanagerKilled: Fault = {
  name: 'alertmanager-killed',
  title: 'Alertmanager is killed',
  area: 'monitoring',
  description:
    'Alertmanager ends and is not restarted. Alerts fire in Prometheus, and no program sends a notification.',
  cause: 'A wrong configuration of a receiver, a lost node, or a volume that cannot be mounted.',
  alerts: [{ alert: 'AlertmanagerDown' }],
  allowed: [{ alert: 'AlertsDropped' }, { alert: 'ThanosRulerAlertsDropped' }],
  // During this fault, Alertmanager sends no notifications for other faults.
  alone: true,
  withoutNotifications: true,
  breaks: ['alertmanager'],
  process: 'stopped',
  inject: ({ stop }) => stop('alertmanager'),
  restore: async ({ start }) => start('alertmanager'),
};

const scrapeSlow: Fault = {
  name: 'scrape-slow',
  title: 'Scrapes of the node exporter are slow',
  area: 'monitoring',
  description: `The node exporter waits for a file that another program delays. The scrapes succeed, shortly before their timeout of ${scrapeTimeoutSeconds.laptop} s.`,
  cause: 'A hanging network share, too little processor time, or a target with many more series than before.',
  alerts: [{ alert: 'ScrapeSlow', labels: { job: jobs.nodeExporter } }],
  breaks: ['node-exporter'],
  needsFiles: true,
  outlivesPipeline: true,
  intensity: {
    title: 'delay of a scrape',
    unit: 'ms',
    min: 4100,
    max: 4800,
    step: 100,
    // ScrapeSlow fires above 4 s. Prometheus aborts a scrape after 5 s.
    default: 4100,
  },
  inject: ({ nodeScrapes }, delayMs) => nodeScrapes.delay(delayMs),
  restore: ({ nodeScrapes }) => nodeScrapes.release(),
};

const prometheusDiskFull: Fault = {
  name: 'prometheus-disk-full',
  title: 'The disk of Prometheus is full',
  area: 'monitoring',
  description:
    'Every write of Prometheus fails, as on a full disk. Prometheus still scrapes and evaluates the rules, and stores no sample. The end of the fault restarts Prometheus. The samples that Prometheus did not store stay missing.',
  cause:
    'A volume that is too small, a retention without a size limit, or a sudden increase in the number of series.',
  alerts: [{ alert: 'PrometheusStoresNothing' }],
  allowed: [
    { alert: 'TargetMissing' },
    { alert: 'EdgeClusterSilent' },
    { alert: 'UsdtRateMissing' },
    // The last stored USDT rate becomes old, because Prometheus stores no new rate.
    { alert: 'UsdtRateStale' },
    { alert: 'BatchRunMissing' },
    { alert: 'FreshnessSloBurningFast' },
    { alert: 'FreshnessSloBurningSlow' },
    { alert: 'PrometheusWalDamaged' },
    { alert: 'RuleEvaluationFailing' },
    { alert: 'RemoteWriteBehind' },
    { alert: 'RemoteWriteRetrying' },
  ],
  alone: true,
  restartsEvaluator: true,
  breaks: ['prometheus'],
  process: 'limited',
  inject: ({ disk }) => disk.fill(),
  restore: async ({ disk, stop, start }) => {
    if (!(await disk.isFull())) return;
    // Prometheus must restart, because its write-ahead log can end with an incomplete record.
    await stop('prometheus');
    start('prometheus');
  },
};

export const monitoringFaults: readonly Fault[] = [alertmanagerKilled, scrapeSlow, prometheusDiskFull];
