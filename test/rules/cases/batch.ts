import { batchJob, etlDagId } from '../../../config/topology.ts';
import { batchMetrics } from '../../../metrics/definitions/batch.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import { processMetrics } from '../../../metrics/definitions/process.ts';
import { pushGroupMetrics } from '../../../metrics/definitions/pushgateway.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const dag = { job: batchJob, dag_id: etlDagId } as const;
const gateway = { job: jobs.pushgateway, instance: '10.0.0.9:9091' } as const;
/** A job of another team. Its push groups have only the label `job`. */
const payroll = { job: 'payroll' } as const;
const day = 86_400;
const pusher = { job: jobs.batchPusher, instance: '10.0.0.10:5001' } as const;
const { success, durationSeconds, lastSuccess, periodSeconds, extracted, transformed, loaded } = batchMetrics;
const { lastPush, lastFailure } = pushGroupMetrics;

export const batchCases: readonly AlertCase[] = [
  {
    alert: 'BatchRunFailed',
    when: 'the last run failed',
    series: [series(success, dag, '1x10 0x400')],
    at: '6m30s',
    notYet: '6m',
    fires: [{ labels: dag, value: 0 }],
  },
  {
    alert: 'BatchRunFailed',
    when: 'the last run failed, and its retry succeeded within a minute',
    series: [series(success, dag, '1x10 0x1 1x400')],
    at: '7m',
  },
  {
    alert: 'BatchRunMissing',
    when: 'the batch has reported once, at the start of the test',
    series: [
      series(lastPush, dag, steady(1)),
      series(success, dag, steady(1)),
      series(periodSeconds, dag, steady(3600)),
    ],
    at: '1h20m30s',
    notYet: '1h19m30s',
    fires: [{ labels: dag, value: 4829 }],
  },
  {
    alert: 'BatchRunMissing',
    when: 'the batch reports every hour, and other jobs and DAGs without a period have old groups',
    series: [
      series(lastPush, dag, '1x119 3600x120 7200x120'),
      series(success, dag, steady(1)),
      series(lastPush, { job: 'nightly_backup', dag_id: etlDagId }, steady(1)),
      series(lastPush, { job: batchJob, dag_id: 'other_dag' }, steady(1)),
    ],
    at: '2h30m',
  },
  {
    alert: 'BatchRunMissing',
    when: 'a job of another team with a period of half an hour last ran at the start of the test',
    series: [series(lastPush, payroll, steady(30)), series(periodSeconds, payroll, steady(1800))],
    at: '43m30s',
    notYet: '43m',
    fires: [{ labels: payroll, value: 2580 }],
  },
  {
    alert: 'BatchRunMissing',
    when: 'the environment’s own batch reports a longer period than the configuration sets',
    series: [series(lastPush, dag, steady(1)), series(periodSeconds, dag, steady(day))],
    at: '4h',
  },
  {
    alert: 'BatchRunMissing',
    when: 'the environment’s own batch has never reported, and the Pushgateway has run for longer than the period',
    series: [
      series(processMetrics.startTime, gateway, steady(30)),
      series(processMetrics.startTime, { ...gateway, instance: '10.0.0.19:9091' }, steady(4000)),
    ],
    at: '1h21m',
    notYet: '1h20m30s',
    fires: [{ labels: dag, value: 4830 }],
  },
  {
    alert: 'BatchRunMissing',
    when: 'the Pushgateway started recently and has no group yet, and other programs have run for longer',
    series: [
      series(processMetrics.startTime, gateway, steady(4000)),
      series(processMetrics.startTime, pusher, steady(1)),
    ],
    at: '2h',
  },
  {
    alert: 'BatchRunMissing',
    when: 'an operator deleted the group a moment ago, and the next run is not due yet',
    series: [
      series(processMetrics.startTime, gateway, steady(1)),
      series(success, dag, '1x120 stale'),
      series(lastPush, dag, '3000x120 stale'),
    ],
    at: '2h',
  },
  {
    alert: 'BatchRunMissing',
    when: 'the Pushgateway refused every push of a job, and stored none',
    series: [
      series(lastPush, payroll, steady(0)),
      series(lastFailure, payroll, steady(1)),
      series(periodSeconds, payroll, steady(1800)),
    ],
    at: '3h',
  },
  {
    alert: 'BatchDataStale',
    when: 'the last successful run ended at the start of the test',
    series: [
      series(lastSuccess, dag, steady(1)),
      series(lastPush, dag, steady(1)),
      series(periodSeconds, dag, steady(3600)),
    ],
    at: '3h6m',
    notYet: '3h5m',
    fires: [{ labels: dag, value: 11_159 }],
  },
  {
    alert: 'BatchDataStale',
    when: 'the group of the environment’s own batch has no period',
    series: [series(lastSuccess, dag, steady(30)), series(lastPush, dag, steady(30))],
    at: '3h6m',
    notYet: '3h5m30s',
    fires: [{ labels: dag, value: 11_130 }],
  },
  {
    alert: 'BatchDataStale',
    when: 'a job of another team with a period of half an hour last succeeded at the start of the test',
    series: [series(lastSuccess, payroll, steady(30)), series(periodSeconds, payroll, steady(1800))],
    at: '1h36m',
    notYet: '1h35m30s',
    fires: [{ labels: payroll, value: 5730 }],
  },
  {
    alert: 'BatchDataStale',
    when: 'jobs and DAGs without a period and a job with a period of a day last succeeded four hours ago',
    series: [
      ...[
        { job: 'payroll', dag_id: etlDagId },
        { job: batchJob, dag_id: 'other_dag' },
      ].flatMap((one) => [series(lastSuccess, one, steady(1)), series(lastPush, one, steady(1))]),
      series(lastSuccess, { job: 'nightly' }, steady(1)),
      series(periodSeconds, { job: 'nightly' }, steady(day)),
    ],
    at: '4h',
  },
  {
    alert: 'BatchDataStale',
    when: 'two runs failed, and the third run succeeded',
    series: [
      series(lastSuccess, dag, '1x358 10770x100'),
      series(lastPush, dag, '1x358 10770x100'),
      series(periodSeconds, dag, steady(3600)),
    ],
    at: '3h30m',
  },
  {
    alert: 'BatchDataStale',
    when: 'the time of the last success is 0, because no run has succeeded',
    series: [series(lastSuccess, payroll, steady(0)), series(periodSeconds, payroll, steady(60))],
    at: '4h',
  },
  {
    alert: 'BatchClockAhead',
    when: 'a job reports a success that is two hours later than its push',
    series: [series(lastPush, payroll, steady(30)), series(lastSuccess, payroll, steady(7230))],
    at: '1m30s',
    notYet: '30s',
    fires: [{ labels: payroll, value: 7200 }],
  },
  {
    alert: 'BatchClockAhead',
    when: 'a job reports a success that is 65 seconds later than its push',
    series: [series(lastPush, payroll, steady(30)), series(lastSuccess, payroll, steady(95))],
    at: '1m30s',
    fires: [{ labels: payroll, value: 65 }],
  },
  {
    alert: 'BatchClockAhead',
    when: 'the success of a job is older than its push, and the success of another job is a minute later',
    series: [
      series(lastPush, payroll, steady(3000)),
      series(lastSuccess, payroll, steady(2990)),
      series(lastPush, { job: 'nightly' }, steady(30)),
      series(lastSuccess, { job: 'nightly' }, steady(90)),
    ],
    at: '2h',
  },
  {
    alert: 'BatchClockAhead',
    when: 'the job pushes the right time after a wrong one',
    series: [series(lastPush, payroll, '30x20 630x400'), series(lastSuccess, payroll, '7230x20 620x400')],
    at: '11m30s',
  },
  {
    alert: 'BatchRunSlow',
    when: 'runs take 10 s, and the last run took 60 s',
    series: [series(durationSeconds, dag, '10x200 60x100')],
    at: '1h41m30s',
    notYet: '1h41m',
    fires: [{ labels: dag, value: 60 }],
  },
  {
    alert: 'BatchRunSlow',
    when: 'the last run took 15 s instead of 10 s, and another job took 900 ms instead of 10 ms',
    series: [
      series(durationSeconds, dag, '10x200 15x100'),
      series(durationSeconds, { ...dag, dag_id: 'tiny' }, '0.01x200 0.9x100'),
    ],
    at: '2h',
  },
  {
    alert: 'BatchRecordsLost',
    when: 'a successful run loaded one record fewer than it transformed',
    series: [series(transformed, dag, steady(950)), series(loaded, dag, steady(949))],
    at: '1m',
    notYet: '30s',
    fires: [{ labels: dag, value: 1 }],
  },
  {
    alert: 'BatchRecordsLost',
    when: 'the transform stage dropped records, and the load stage dropped none',
    series: [
      series(extracted, dag, steady(1000)),
      series(transformed, dag, steady(950)),
      series(loaded, dag, steady(950)),
    ],
    at: '10m',
  },
  {
    alert: 'BatchVolumeLow',
    when: 'runs extract 1000 records, and the last run extracted 300 records',
    series: [series(extracted, dag, '1000x200 300x100')],
    at: '1h41m30s',
    notYet: '1h41m',
    fires: [{ labels: dag, value: 300 }],
  },
  {
    alert: 'BatchVolumeLow',
    when: 'runs extract 1000 records, and the last run extracted 600 records',
    series: [series(extracted, dag, '1000x200 600x100')],
    at: '2h',
  },
  {
    alert: 'PushFailed',
    when: 'two batch-pushers each fail with two reports a minute, because the Pushgateway does not answer',
    series: [pusher, { ...pusher, instance: '10.0.0.11:5001' }].map((one) =>
      series(batchPusherMetrics.pushes, { ...one, outcome: 'unavailable' }, rising(1)),
    ),
    at: '20m',
    fires: [{ labels: { outcome: 'unavailable' }, value: 60 }],
  },
  {
    alert: 'PushFailed',
    when: 'all pushes succeed, and the last failure was an hour ago',
    series: [
      series(batchPusherMetrics.pushes, { ...pusher, outcome: 'pushed' }, rising(1)),
      series(batchPusherMetrics.pushes, { ...pusher, outcome: 'timeout' }, steady(3)),
    ],
    at: '1h',
  },
  {
    alert: 'PushRejected',
    when: 'the Pushgateway refused the last push of a group',
    series: [series(lastPush, dag, steady(100)), series(lastFailure, dag, '0x10 400x100')],
    at: '10m',
    fires: [{ labels: dag, value: 400 }],
  },
  {
    alert: 'PushRejected',
    when: 'the Pushgateway stored a push after it refused one, and another group has neither',
    series: [
      series(lastPush, dag, '100x10 500x100'),
      series(lastFailure, dag, steady(400)),
      series(lastPush, payroll, steady(0)),
      series(lastFailure, payroll, steady(0)),
    ],
    at: '10m',
  },
  {
    alert: 'PushgatewayRestarted',
    when: 'an existing Pushgateway restarted four minutes ago',
    series: [
      series(targetMetrics.up, gateway, steady(1)),
      series(processMetrics.startTime, gateway, '0x60 1800x400'),
    ],
    at: '34m',
    fires: [{ labels: gateway, value: 240 }],
  },
  {
    alert: 'PushgatewayRestarted',
    when: 'a new Pushgateway was installed',
    series: [
      series(targetMetrics.up, gateway, steady(1)),
      series(processMetrics.startTime, gateway, steady(0)),
    ],
    at: '10m',
  },
  {
    alert: 'PushGroupAbandoned',
    when: 'a group was last pushed more than a week ago',
    step: '1h',
    series: [
      series(lastPush, { job: 'migration' }, '1x300'),
      series(lastFailure, { job: 'migration' }, '0x300'),
    ],
    at: '170h',
    fires: [{ labels: { job: 'migration' }, value: 611_999 }],
  },
  {
    alert: 'PushGroupAbandoned',
    when: 'the Pushgateway refused every push of a group, the last push more than a week ago',
    step: '1h',
    series: [
      series(lastPush, { job: 'broken' }, '0x300'),
      series(lastFailure, { job: 'broken' }, '3600x300'),
    ],
    at: '170h',
    fires: [{ labels: { job: 'broken' }, value: 608_400 }],
  },
  {
    alert: 'PushGroupAbandoned',
    when: 'the Pushgateway refused every push of a group, the last push a moment ago',
    step: '1h',
    series: [
      series(lastPush, { job: 'broken' }, '0x300'),
      series(lastFailure, { job: 'broken' }, '3600+3600x300'),
    ],
    at: '170h',
  },
  {
    alert: 'PushGroupAbandoned',
    when: 'a group was last pushed exactly seven days ago, and another group has received no push',
    step: '1h',
    series: [
      series(lastPush, { job: 'weekly_report' }, '3600x300'),
      series(lastFailure, { job: 'weekly_report' }, '0x300'),
      series(lastPush, { job: 'empty' }, '0x300'),
      series(lastFailure, { job: 'empty' }, '0x300'),
    ],
    at: '169h',
  },
];
