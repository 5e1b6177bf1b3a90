import { recorded } from '../../../metrics/definitions/recorded.ts';
import { type AlertCase, type RecordingCase, series } from '../case.ts';

/** The value 1 is a bad evaluation, and the value 0 is a good evaluation. */
const bad = (labels: { readonly slo: string; readonly cluster?: string }, values: string) =>
  series(recorded.sloBad, labels, values);
const push = { slo: 'push' } as const;
const exporter = { slo: 'exporter' } as const;
const freshness = (cluster: string) => ({ slo: 'freshness', cluster }) as const;

const times = { step: '30m', evaluatedEvery: '10h' } as const;

export const errorBudgetCases: readonly AlertCase[] = [
  {
    alert: 'ErrorBudgetLow',
    when: '778 of 864 allowed evaluations of the push objective were bad',
    ...times,
    series: [bad(push, '0x9 1x777 0x900')],
    at: '400h',
    notYet: '390h',
    fires: [{ labels: push, value: 1 - 778 / 864 }],
  },
  {
    alert: 'ErrorBudgetLow',
    when: 'one cluster has spent exactly its whole budget, and another cluster has its full budget',
    ...times,
    series: [bad(freshness('a'), '0x9 1x863 0x900'), bad(freshness('b'), '0x1400')],
    at: '500h',
    fires: [{ labels: freshness('a'), value: 0 }],
  },
  {
    alert: 'ErrorBudgetLow',
    when: '777 of 864 allowed evaluations of the push objective were bad',
    ...times,
    series: [bad(push, '0x9 1x776 0x900')],
    at: '400h',
  },
  {
    alert: 'ErrorBudgetLow',
    when: 'the fault that spent the budget is older than 30 days',
    ...times,
    series: [bad(push, '1x799 0x1500')],
    at: '1130h',
  },
  {
    alert: 'ErrorBudgetLow',
    when: 'a cluster exceeded its budget, and then an operator removed the cluster',
    ...times,
    series: [bad(freshness('a'), '0x9 1x899 stale')],
    at: '460h',
  },
];

export const errorBudgetRecordings: readonly RecordingCase[] = [
  {
    record: recorded.errorBudget.name,
    when: 'a quarter of the push budget was spent within 30 days, one cluster exceeded its budget, and the exporter always fails',
    ...times,
    // The check is at step 2000. The 30 days before the check are the steps 561 to 2000.
    series: [
      bad(push, '1x776 0x1300'),
      bad(freshness('a'), '1x1532 0x600'),
      bad(freshness('b'), '0x2000'),
      bad(exporter, '1x2000'),
    ],
    at: '1000h',
    stores: [
      { labels: push, value: 0.75 },
      { labels: freshness('a'), value: 1 - 972 / 864 },
      { labels: freshness('b'), value: 1 },
      { labels: exporter, value: 1 - 1440 / 864 },
    ],
  },
  {
    record: recorded.errorBudget.name,
    when: 'an operator removed the Pushgateway, the exporter and a cluster after faults',
    ...times,
    series: [bad(push, '1x99 stale'), bad(freshness('a'), '1x99 stale'), bad(exporter, '1x99 stale')],
    at: '60h',
    stores: [],
  },
];
