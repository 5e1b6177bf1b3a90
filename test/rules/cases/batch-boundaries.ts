import { batchJob, etlDagId } from '../../../config/topology.ts';
import { batchMetrics } from '../../../metrics/definitions/batch.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import { processMetrics } from '../../../metrics/definitions/process.ts';
import { pushGroupMetrics } from '../../../metrics/definitions/pushgateway.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, series, steady } from '../case.ts';

const dag = { job: batchJob, dag_id: etlDagId } as const;
const gateway = { job: jobs.pushgateway, instance: '10.0.0.9:9091' } as const;
const pusher = { job: jobs.batchPusher, instance: '10.0.0.10:5001' } as const;
const { success, durationSeconds, extracted, loaded } = batchMetrics;
const { lastPush } = pushGroupMetrics;

export const batchBoundaryCases: readonly AlertCase[] = [
  {
    alert: 'BatchRunMissing',
    when: 'the group of the environment’s own batch has no period',
    series: [series(lastPush, dag, steady(30)), series(success, dag, steady(1))],
    at: '1h21m',
    notYet: '1h20m30s',
    fires: [{ labels: dag, value: 4830 }],
  },
  {
    alert: 'BatchRunMissing',
    when: 'an operator deleted the group more than a period ago, and no run has reported since',
    series: [series(processMetrics.startTime, gateway, steady(1)), series(success, dag, '1x10 stale')],
    at: '1h25m',
    notYet: '1h24m30s',
    fires: [{ labels: dag, value: 5099 }],
  },
  {
    alert: 'BatchRunMissing',
    when: 'the Pushgateway does not know its start time',
    series: [series(processMetrics.startTime, gateway, steady(0))],
    at: '2h',
  },
  {
    alert: 'BatchRunSlow',
    when: 'runs take 10 s, and the last run took 27 s; another job took 1.2 s instead of 0.1 s',
    step: '2h',
    series: [
      series(durationSeconds, dag, '10x24 27x3'),
      series(durationSeconds, { job: 'tiny' }, '0.1x24 1.2x3'),
    ],
    at: '52h',
    notYet: '50h',
    fires: [
      { labels: dag, value: 27 },
      { labels: { job: 'tiny' }, value: 1.2 },
    ],
  },
  {
    alert: 'BatchRunSlow',
    when: 'the last run took slightly less than twice the mean of a day; another job took exactly 1 s',
    step: '2h',
    series: [
      series(durationSeconds, dag, '10x24 24x3'),
      series(durationSeconds, { job: 'tiny' }, '0.1x24 1x3'),
    ],
    at: '52h',
  },
  {
    alert: 'BatchRunSlow',
    when: 'each of the last two runs took exactly twice the mean of the three runs of a day',
    step: '8h',
    series: [series(durationSeconds, dag, '5 5 20 50')],
    at: '24h',
  },
  {
    alert: 'BatchVolumeLow',
    when: 'the last run extracted slightly less than half of the mean of a day',
    step: '2h',
    series: [series(extracted, dag, '1000x24 440x3')],
    at: '52h',
    notYet: '50h',
    fires: [{ labels: dag, value: 440 }],
  },
  {
    alert: 'BatchVolumeLow',
    when: 'the last run extracted slightly more than half of the mean of a day',
    step: '2h',
    series: [series(extracted, dag, '1000x24 470x3')],
    at: '52h',
  },
  {
    alert: 'BatchVolumeLow',
    when: 'each of the last two runs extracted exactly half of the mean of the three runs of a day',
    step: '8h',
    series: [series(extracted, dag, '25 25 10 7')],
    at: '24h',
  },
  {
    alert: 'PushFailed',
    when: 'a single report failed',
    series: [series(batchPusherMetrics.pushes, { ...pusher, outcome: 'unavailable' }, '0x10 1x20')],
    at: '10m',
    fires: [{ labels: { outcome: 'unavailable' }, value: 1 }],
  },
  {
    alert: 'PushgatewayRestarted',
    when: 'a Pushgateway of which Prometheus knows for 23 minutes restarted 13 minutes ago',
    series: [
      series(targetMetrics.up, gateway, '1x60'),
      series(processMetrics.startTime, gateway, '0x20 600x40'),
    ],
    at: '23m',
    fires: [{ labels: gateway, value: 780 }],
  },
  {
    alert: 'PushgatewayRestarted',
    when: 'a Pushgateway restarted exactly 15 minutes ago',
    series: [
      series(targetMetrics.up, gateway, '1x60'),
      series(processMetrics.startTime, gateway, '0x20 600x40'),
    ],
    at: '25m',
  },
];

export const batchRecordings: readonly RecordingCase[] = [
  {
    record: recorded.batchSuccess.name,
    when: 'for a quarter of the last hour, the last run was a failure, and a second Pushgateway has no failure',
    series: [
      series(success, { ...dag, instance: 'a' }, '1x119 0x29 1x200'),
      series(success, { ...dag, instance: 'b' }, steady(1)),
    ],
    at: '1h59m30s',
    stores: [{ labels: dag, value: 0.875 }],
  },
  {
    record: recorded.batchYield.name,
    when: 'the last run loaded 900 of 1000 extracted records, and another group of the job shows 300 of 500',
    series: [
      series(extracted, { ...dag, instance: 'a' }, '1000x10'),
      series(extracted, { ...dag, instance: 'b' }, '500x10'),
      series(loaded, { ...dag, instance: 'a' }, '900x10'),
      series(loaded, { ...dag, instance: 'b' }, '300x10'),
    ],
    at: '5m',
    stores: [{ labels: dag, value: 0.8 }],
  },
];
