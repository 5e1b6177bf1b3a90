import { alertmanagerMetrics } from '../../../metrics/definitions/alertmanager.ts';
import { nodeMetrics } from '../../../metrics/definitions/node.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const central = { job: jobs.prometheus, instance: '10.0.0.2:9090' } as const;
const other = { job: 'other', instance: '10.0.0.4:9090' } as const;
const alertmanager = { job: jobs.alertmanager, instance: '10.0.0.3:9093' } as const;
const receiver = { alertmanager: 'http://10.0.0.3:9093/api/v2/alerts' } as const;
const webhook = { ...alertmanager, integration: 'webhook' } as const;
const refused = { ...webhook, reason: 'serverError' } as const;
const group = { rule_group: 'rules.yml;nats' } as const;
const disk = {
  job: jobs.nodeExporter,
  instance: 'n1',
  device: '/dev/sda1',
  fstype: 'ext4',
  mountpoint: '/',
} as const;
const { ruleFailures, ruleGroupDuration, ruleGroupInterval, configReloaded, headSeries } = prometheusMetrics;
const { walCorruptions, walWritesFailed, sizeRetentions, alertsDropped } = prometheusMetrics;
const { notifications, notificationsFailed } = alertmanagerMetrics;
const { filesystemAvailable, filesystemSize } = nodeMetrics;
const disksOf = (available: string) => [
  series(filesystemAvailable, disk, available),
  series(filesystemSize, disk, steady(1e12)),
];
/** The free space falls from 940 GB to 40 GB in three hours, and then stays the same. */
const filledOnce = '940000000000-50000000000x18 40000000000x60';

export const monitoringBoundaryCases: readonly AlertCase[] = [
  {
    alert: 'RuleEvaluationFailing',
    when: 'two evaluations of a group fail within five minutes',
    series: [series(ruleFailures, { ...central, ...group }, '0x10 1x8 2x20')],
    at: '10m30s',
    notYet: '10m',
    fires: [{ labels: { ...central, ...group }, value: 10 / 9 }],
  },
  {
    alert: 'RuleEvaluationFailing',
    when: 'another program cannot evaluate its rules',
    series: [series(ruleFailures, { ...other, ...group }, '0+1x40')],
    at: '15m',
  },
  {
    alert: 'RuleGroupSlow',
    when: 'an evaluation takes 18 s of an interval of 30 s',
    series: [
      series(ruleGroupDuration, { ...central, ...group }, '18x40'),
      series(ruleGroupInterval, { ...central, ...group }, '30x40'),
    ],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: { ...central, ...group }, value: 0.6 }],
  },
  {
    alert: 'PrometheusConfigReloadFailed',
    when: 'another program refuses its new configuration',
    series: [series(configReloaded, other, '0x40')],
    at: '15m',
  },
  ...[walCorruptions, walWritesFailed].flatMap((metric): AlertCase[] => [
    {
      alert: 'PrometheusWalDamaged',
      when: `${metric.name} rose by 1 less than an hour ago`,
      step: '5m',
      series: [series(metric, central, '0x1 1x20')],
      at: '1h',
      fires: [{ labels: central, value: 1 }],
    },
    {
      alert: 'PrometheusWalDamaged',
      when: `${metric.name} rose more than an hour ago, and rises in another program`,
      step: '5m',
      series: [series(metric, central, '0x1 1x20'), series(metric, other, '0+1x20')],
      at: '1h20m',
    },
  ]),
  {
    alert: 'PrometheusSeriesGrowing',
    when: 'two servers have more than twice as many series as a day ago, and the same number as half a day ago',
    step: '10m',
    series: [
      series(headSeries, central, '100000x60 250000x100'),
      series(headSeries, { ...central, instance: 'small' }, '40000x60 110000x100'),
    ],
    at: '1d1h',
    notYet: '1d50m',
    fires: [
      { labels: central, value: 250_000 },
      { labels: { ...central, instance: 'small' }, value: 110_000 },
    ],
  },
  {
    alert: 'PrometheusSeriesGrowing',
    when: 'a server has exactly twice as many series as a day ago, and a small server has exactly 100,000 series',
    step: '10m',
    series: [
      series(headSeries, central, '100000x60 200000x100'),
      series(headSeries, { ...central, instance: 'small' }, '10000x60 100000x100'),
    ],
    at: '1d1h30m',
  },
  {
    alert: 'PrometheusRetentionCutBySize',
    when: 'Prometheus deleted a block 20 hours ago because of the size limit',
    step: '1h',
    series: [series(sizeRetentions, central, '0x1 1x40')],
    at: '22h',
    fires: [{ labels: central, value: 1 }],
  },
  {
    alert: 'PrometheusRetentionCutBySize',
    when: 'Prometheus deleted a block 28 hours ago, and another program deletes blocks',
    step: '1h',
    series: [series(sizeRetentions, central, '0x1 1x40'), series(sizeRetentions, other, '0+1x40')],
    at: '30h',
  },
  {
    alert: 'AlertsDropped',
    when: 'Prometheus dropped a single alert',
    series: [series(alertsDropped, { ...central, ...receiver }, '0x10 1x20')],
    at: '10m',
    fires: [{ labels: { instance: central.instance, ...receiver }, value: 1 }],
  },
  {
    alert: 'AlertsDropped',
    when: 'another program drops alerts',
    series: [series(alertsDropped, { ...other, ...receiver }, '0+1x40')],
    at: '20m',
  },
  {
    alert: 'AlertmanagerDown',
    when: 'scrapes of another job fail',
    series: [series(targetMetrics.up, other, '0x40')],
    at: '15m',
  },
  {
    alert: 'NotificationsFailing',
    when: 'slightly more than 1 % of the notifications fail',
    series: [series(notificationsFailed, refused, '0+11x20'), series(notifications, webhook, '0+1000x20')],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: alertmanager.instance, integration: 'webhook' }, value: 0.011 }],
  },
  {
    alert: 'NotificationsFailing',
    when: 'exactly 1 % of the notifications fail',
    series: [series(notificationsFailed, refused, rising(1)), series(notifications, webhook, rising(100))],
    at: '15m',
  },
  {
    alert: 'NotificationsFailing',
    when: 'the number of notifications doubled two minutes ago, and one in ten fails',
    series: [
      series(notificationsFailed, refused, '0+1x12 14+2x20'),
      series(notifications, webhook, '0+10x12 140+20x20'),
    ],
    at: '8m',
    fires: [{ labels: { instance: alertmanager.instance, integration: 'webhook' }, value: 0.1 }],
  },
  {
    alert: 'NotificationsFailing',
    when: 'notifications fail for two reasons, each with 0.8 % of the notifications',
    series: [
      series(notificationsFailed, refused, '0+8x20'),
      series(notificationsFailed, { ...refused, reason: 'clientError' }, '0+8x20'),
      series(notifications, webhook, '0+1000x20'),
    ],
    at: '6m',
    fires: [{ labels: { instance: alertmanager.instance, integration: 'webhook' }, value: 0.016 }],
  },
  {
    alert: 'DiskFilling',
    when: 'the free space shrinks by 5 GB every ten minutes, and the disk will be full within four hours',
    step: '10m',
    series: disksOf('299000000000-5000000000x60'),
    at: '6h30m',
    notYet: '6h20m',
    fires: [{ labels: disk, value: 0.104 }],
  },
  {
    alert: 'DiskFilling',
    when: 'a disk has been full for more than six hours',
    step: '10m',
    series: disksOf('0x60'),
    at: '8h',
    fires: [{ labels: disk, value: 0 }],
  },
  {
    alert: 'DiskFilling',
    when: '10 % of a disk is free, and the free space does not shrink',
    step: '10m',
    series: disksOf('100000000000x60'),
    at: '8h',
  },
  {
    alert: 'DiskFilling',
    when: 'a disk lost most of its free space within the last six hours, and nothing in the last three hours',
    step: '10m',
    series: disksOf(filledOnce),
    at: '6h',
    fires: [{ labels: disk, value: 0.04 }],
  },
  {
    alert: 'DiskFilling',
    when: 'a disk lost most of its free space more than six hours ago',
    step: '10m',
    series: disksOf(filledOnce),
    at: '9h10m',
  },
];
