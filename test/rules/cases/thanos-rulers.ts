import { recorded } from '../../../metrics/definitions/recorded.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { thanosRuleMetrics } from '../../../metrics/definitions/thanos.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, rising, series, steady } from '../case.ts';

const ruler = { job: jobs.thanosRuler, instance: 'ruler-0:10902' } as const;
const queue = { ...ruler, remote_name: 'thanos', url: 'https://router/api/v1/receive' } as const;
const otherQueue = { ...queue, remote_name: 'other', url: 'https://other/api/v1/receive' } as const;
const agent = { job: 'edge/prometheus-agent' } as const;
const { sent, failed, retried } = remoteWriteMetrics;
const { rulesLoaded } = thanosRuleMetrics;

const writes = (
  labels: Readonly<Record<string, string>>,
  [ofSent, ofFailed, ofRetried]: readonly [sent: string, failed: string, retried: string],
) => [
  series(sent, { ...queue, ...labels }, ofSent),
  series(failed, { ...queue, ...labels }, ofFailed),
  series(retried, { ...queue, ...labels }, ofRetried),
];

const configured = (values: string) =>
  series(recorded.configured, { cluster: 'nats-primary', role: 'central' }, values);
const unrecorded = { alert: 'ThanosNothingRecorded', recordings: false } as const;
const wide = '2m30s';

export const thanosRulerCases: readonly AlertCase[] = [
  {
    alert: 'ThanosRulerReloadFailed',
    when: 'one of two rulers refuses its new rules',
    series: [
      series(rulesLoaded, ruler, '1x5 0x400'),
      series(rulesLoaded, { ...ruler, instance: 'ruler-1:10902' }, steady(1)),
    ],
    at: '13m',
    notYet: '12m30s',
    fires: [{ labels: ruler, value: 0 }],
  },
  {
    alert: 'ThanosRulerReloadFailed',
    when: 'a ruler refuses rules and loads the next rules, and a program of another job refuses its rules',
    series: [
      series(rulesLoaded, ruler, '1x5 0x10 1x400'),
      series(rulesLoaded, { ...ruler, job: 'other' }, steady(0)),
    ],
    at: '13m',
  },
  {
    alert: 'ThanosRulerWritesFailing',
    when: 'the routers refuse every sample of one of two rulers for good, for example because of its certificate',
    series: [
      ...writes({}, [rising(10), rising(10), steady(0)]),
      ...writes({ instance: 'ruler-1:10902' }, [rising(10), steady(0), steady(0)]),
    ],
    at: '10m30s',
    notYet: '10m',
    fires: [{ labels: { instance: ruler.instance }, value: 1 }],
  },
  {
    alert: 'ThanosRulerWritesFailing',
    when: 'no router answers, and the ruler sends the same samples again',
    series: writes({}, [rising(10), steady(0), rising(10)]),
    at: '10m30s',
    notYet: '10m',
    fires: [{ labels: { instance: ruler.instance }, value: 1 }],
  },
  {
    alert: 'ThanosRulerWritesFailing',
    when: 'two queues of a ruler start to lose 6 of 100 samples together, and sent ten times as many before, and an agent at the same address loses none',
    step: wide,
    series: [
      ...writes({}, ['0+600x8 4860+60x17', '100x8 102+2x17', '100x8 102+2x17']),
      ...writes(otherQueue, ['0+40x25', '100x8 101+1x17', '100x8 101+1x17']),
      ...writes(agent, ['0+900x25', '0x25', '0x25']),
    ],
    at: '32m30s',
    notYet: '30m',
    fires: [{ labels: { instance: ruler.instance }, value: 0.06 }],
  },
  {
    alert: 'ThanosRulerWritesFailing',
    when: '5 of 100 samples fail, and an agent at the same address loses every sample',
    step: wide,
    series: [
      ...writes({}, ['0+1500x20', '0+40x20', '0+35x20']),
      ...writes(agent, ['0+1000x20', '0+1000x20', '0+1000x20']),
    ],
    at: '30m',
  },
  {
    alert: 'ThanosRulerWritesFailing',
    when: 'every write failed for three minutes while the ingesters restarted',
    series: writes({}, [rising(10), steady(0), '0x20 0+10x6 60x400']),
    at: '17m30s',
  },
  {
    ...unrecorded,
    when: 'the rulers evaluate every rule after half an hour, and no result is stored',
    series: [configured('1x60 _x420')],
    at: '38m30s',
    notYet: '37m30s',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    ...unrecorded,
    when: 'no result was ever stored',
    series: [],
    at: '5m30s',
    notYet: '4m30s',
    fires: [{ labels: {}, value: 1 }],
  },
  {
    ...unrecorded,
    when: 'no result is stored for seven minutes while both rulers are replaced',
    series: [configured('1x60 _x14 1x400')],
    at: '37m',
  },
  {
    alert: 'ThanosNothingRecorded',
    when: 'the rulers store the result of the rule, and no target exists',
    series: [],
    at: '1h',
  },
];
