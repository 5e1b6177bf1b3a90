import { alertmanagerMetrics } from '../../../metrics/definitions/alertmanager.ts';
import { nodeMetrics } from '../../../metrics/definitions/node.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const central = { job: jobs.prometheus, instance: '10.0.0.2:9090' } as const;
const alertmanager = { job: jobs.alertmanager, instance: '10.0.0.3:9093' } as const;
const receiver = { ...central, alertmanager: 'http://10.0.0.3:9093/api/v2/alerts' } as const;
const ofGroup = { ...central, rule_group: 'rules.yml;nats' } as const;
const disk = {
  job: jobs.nodeExporter,
  instance: 'n1',
  device: '/dev/sda1',
  fstype: 'ext4',
  mountpoint: '/',
} as const;
const webhook = { ...alertmanager, integration: 'webhook' } as const;
const refused = { ...webhook, reason: 'serverError' } as const;
const { ruleFailures, ruleGroupDuration, ruleGroupInterval, configReloaded, headSeries } = prometheusMetrics;
const { walCorruptions, walWritesFailed, sizeRetentions, alertsDropped } = prometheusMetrics;
const { notifications, notificationsFailed } = alertmanagerMetrics;
const { filesystemAvailable, filesystemSize } = nodeMetrics;

export const monitoringCases: readonly AlertCase[] = [
  {
    alert: 'RuleEvaluationFailing',
    when: 'every evaluation of a group fails',
    series: [series(ruleFailures, ofGroup, rising(1))],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: ofGroup, value: 10 }],
  },
  {
    alert: 'RuleEvaluationFailing',
    when: 'a single evaluation failed',
    series: [series(ruleFailures, ofGroup, '0x10 1x400')],
    at: '11m',
  },
  {
    alert: 'RuleGroupSlow',
    when: 'an evaluation takes 24 s of an interval of 30 s',
    series: [series(ruleGroupDuration, ofGroup, steady(24)), series(ruleGroupInterval, ofGroup, steady(30))],
    at: '15m',
    notYet: '14m30s',
    fires: [{ labels: ofGroup, value: 0.8 }],
  },
  {
    alert: 'RuleGroupSlow',
    when: 'an evaluation takes half of its interval',
    series: [series(ruleGroupDuration, ofGroup, steady(15)), series(ruleGroupInterval, ofGroup, steady(30))],
    at: '30m',
  },
  {
    alert: 'PrometheusConfigReloadFailed',
    when: 'Prometheus refuses its new configuration',
    series: [series(configReloaded, central, '1x5 0x400')],
    at: '13m',
    notYet: '12m30s',
    fires: [{ labels: central, value: 0 }],
  },
  {
    alert: 'PrometheusConfigReloadFailed',
    when: 'Prometheus refuses a configuration and loads the next configuration',
    series: [series(configReloaded, central, '1x5 0x10 1x400')],
    at: '13m',
  },
  {
    alert: 'PrometheusWalDamaged',
    when: 'writes to the write-ahead log fail',
    series: [series(walCorruptions, central, steady(0)), series(walWritesFailed, central, rising(1))],
    at: '2h',
    fires: [{ labels: central, value: 120 }],
  },
  {
    alert: 'PrometheusWalDamaged',
    when: 'a corruption was repaired two hours ago',
    series: [series(walCorruptions, central, '0x5 1x470'), series(walWritesFailed, central, steady(0))],
    at: '2h10m',
  },
  {
    alert: 'PrometheusStoresNothing',
    when: 'Prometheus stored its last sample of itself ten minutes after the start of the test',
    series: [series(targetMetrics.up, central, '1x20'), series(targetMetrics.up, alertmanager, steady(1))],
    at: '16m30s',
    notYet: '15m30s',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    alert: 'PrometheusStoresNothing',
    when: 'Prometheus stores its own samples, although a scrape of itself fails',
    series: [series(targetMetrics.up, central, '1x20 0x400')],
    at: '1h',
  },
  {
    alert: 'PrometheusStoresNothing',
    when: 'only other targets are missing',
    series: [
      series(targetMetrics.up, central, steady(1)),
      series(targetMetrics.up, alertmanager, '1x20 stale'),
    ],
    at: '1h',
  },
  {
    alert: 'PrometheusSeriesGrowing',
    when: 'Prometheus has 250,000 series, and had 100,000 series a day ago',
    step: '10m',
    series: [series(headSeries, central, '100000x143 250000x20')],
    at: '1d1h',
    notYet: '1d50m',
    fires: [{ labels: central, value: 250_000 }],
  },
  {
    alert: 'PrometheusSeriesGrowing',
    step: '10m',
    when: 'Prometheus has 180,000 series instead of 100,000, and a small server has 9000 series instead of 100',
    series: [
      series(headSeries, central, '100000x143 180000x20'),
      series(headSeries, { ...central, instance: 'small' }, '100x143 9000x20'),
    ],
    at: '1d1h30m',
  },
  {
    alert: 'PrometheusRetentionCutBySize',
    when: 'Prometheus deletes a block an hour because of the size limit',
    series: [series(sizeRetentions, central, '0x1 1x200')],
    at: '1h',
    fires: [{ labels: central, value: 1 }],
  },
  {
    alert: 'PrometheusRetentionCutBySize',
    when: 'Prometheus deletes blocks only at the end of their retention time',
    series: [series(sizeRetentions, central, steady(0))],
    at: '1h',
  },
  {
    alert: 'AlertsDropped',
    when: 'Alertmanager does not accept the alerts',
    series: [series(alertsDropped, receiver, rising(2))],
    at: '20m',
    fires: [{ labels: { instance: central.instance, alertmanager: receiver.alertmanager }, value: 60 }],
  },
  {
    alert: 'AlertsDropped',
    when: 'Prometheus dropped the last alert an hour ago',
    series: [series(alertsDropped, receiver, steady(3))],
    at: '1h',
  },
  {
    alert: 'AlertmanagerDown',
    when: 'scrapes of Alertmanager fail',
    series: [series(targetMetrics.up, alertmanager, '1x5 0x400')],
    at: '8m',
    notYet: '7m30s',
    fires: [{ labels: alertmanager, value: 0 }],
  },
  {
    alert: 'AlertmanagerDown',
    when: 'Alertmanager restarts within two minutes',
    series: [series(targetMetrics.up, alertmanager, '1x5 0x3 1x400')],
    at: '8m',
  },
  {
    alert: 'NotificationsFailing',
    when: 'one notification in ten fails',
    series: [series(notificationsFailed, refused, rising(1)), series(notifications, webhook, rising(10))],
    at: '6m',
    notYet: '5m',
    fires: [{ labels: { instance: alertmanager.instance, integration: 'webhook' }, value: 0.1 }],
  },
  {
    alert: 'NotificationsFailing',
    when: 'no notification of one integration fails, and another integration sends nothing',
    series: [
      series(notificationsFailed, refused, steady(5)),
      series(notifications, webhook, rising(10)),
      series(notificationsFailed, { ...refused, integration: 'email' }, steady(0)),
      series(notifications, { ...webhook, integration: 'email' }, steady(0)),
    ],
    at: '30m',
  },
  {
    alert: 'DiskFilling',
    when: 'less than 15 % of a 1 TB disk is free, and the free space shrinks by 1 GB a minute',
    series: [
      series(filesystemAvailable, disk, '200000000000-500000000x400'),
      series(filesystemSize, disk, steady(1e12)),
    ],
    at: '1h20m30s',
    notYet: '1h20m',
    fires: [{ labels: disk, value: 0.1195 }],
  },
  {
    alert: 'DiskFilling',
    when: '40 % of a disk is free and shrinks by 1 GB a minute, and a temporary file system is full',
    series: [
      series(filesystemAvailable, disk, '440000000000-500000000x100'),
      series(filesystemSize, disk, steady(1e12)),
      series(filesystemAvailable, { ...disk, fstype: 'tmpfs', mountpoint: '/tmp' }, '1000-10x90'),
      series(filesystemSize, { ...disk, fstype: 'tmpfs', mountpoint: '/tmp' }, steady(1e6)),
    ],
    at: '45m',
  },
];
