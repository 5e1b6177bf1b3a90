import { describe, expect, it, vi } from 'vitest';
import { type Lookup, lookUp } from '../../../../console/server/incidents/lookups.ts';
import type { SampledSeries } from '../../../../verify/alerts-api.ts';
import { alertRule } from '../../alert-rules.ts';
import { noAlerts } from '../../fake-console.ts';

const labels = { alertname: 'Down', severity: 'critical', instance: 'a' };
const rule = { ...alertRule('Down', { expr: 'up == 0', forSeconds: 4 }), labels: { severity: 'critical' } };

const lookup = (step: Lookup['step'], changes: Partial<Lookup> = {}): Lookup => ({
  incident: 'Down-1',
  alert: 'Down',
  labels,
  step,
  from: 100_000,
  to: 120_000,
  activeAt: 120_000,
  first: false,
  ...changes,
});

const series = (metric: Readonly<Record<string, string>>, seconds: readonly number[]): SampledSeries => ({
  metric: { ...metric },
  values: seconds.map((time) => [time, '1']),
});

const rangeOf = (...seconds: readonly number[]) => [
  series({ __name__: 'up', instance: 'a' }, seconds),
  series({ __name__: 'up', instance: 'b' }, [101]),
];

const ask = (wanted: Lookup, answer: readonly SampledSeries[], ofRule = rule) => {
  const range = vi.fn(async () => answer);
  const samples = vi.fn(async () => answer);
  const found = lookUp({ ...noAlerts, range, samples }, wanted, ofRule);
  return { found, range, samples };
};

describe('the start of an alert condition', () => {
  it('is the first query step at which a fault makes the condition true', async () => {
    const { found, range } = ask(lookup('conditionTrue', { first: true }), rangeOf(105, 106, 110, 120));
    expect(await found).toBe(105_000);
    expect(range.mock.calls).toEqual([['up == 0', { from: 100, to: 120, step: 1 }]]);
  });

  it('is the end of the queried time if the condition is false at every query step', async () => {
    expect(await ask(lookup('conditionTrue'), rangeOf()).found).toBe(120_000);
  });

  it('is unknown if the condition is true at the first query step', async () => {
    const all = Array.from({ length: 21 }, (_, index) => 100 + index);
    expect(await ask(lookup('conditionTrue'), rangeOf(...all)).found).toBeNull();
  });
});

describe('an alert condition that no fault caused', () => {
  it('starts at its last change from false to true', async () => {
    const { found } = ask(lookup('conditionTrue'), rangeOf(105, 106, 110, 111, 118, 119, 120));
    expect(await found).toBe(118_000);
  });
});

describe('the end of an alert condition', () => {
  const ended = lookup('conditionFalse', { activeAt: 112_000 });

  it('is the first query step at which the condition is false', async () => {
    expect(await ask(ended, rangeOf(108, 109, 110)).found).toBe(111_000);
    expect(await ask(ended, rangeOf(110, 111, 112, 113)).found).toBe(114_000);
  });

  it('stays the same if the condition becomes true again later', async () => {
    expect(await ask(ended, rangeOf(109, 110, 118, 119, 120)).found).toBe(111_000);
  });

  it('is unknown if the condition was never true in the queried time', async () => {
    expect(await ask(ended, rangeOf()).found).toBeNull();
  });
});

describe('the search for the firing time of an alert', () => {
  const alerts = (...seconds: readonly number[]) => [
    series({ __name__: 'ALERTS', alertstate: 'firing', ...labels }, seconds),
    series({ __name__: 'ALERTS', alertstate: 'firing', ...labels, instance: 'b' }, [101]),
  ];

  it('finds the time of the first firing `ALERTS` sample', async () => {
    const { found, samples } = ask(lookup('firing'), alerts(105.5, 110.5));
    expect(await found).toBe(105_500);
    expect(samples.mock.calls).toEqual([['ALERTS{alertname="Down", alertstate="firing"}[25s]', 124]]);
  });

  it('covers four evaluation intervals if `for` is zero', async () => {
    const { found, samples } = ask(lookup('firing'), alerts(105.5), { ...rule, forSeconds: 0 });
    expect(await found).toBe(105_500);
    expect(samples.mock.calls).toEqual([['ALERTS{alertname="Down", alertstate="firing"}[21s]', 120]]);
  });

  it('ignores samples before the start of the search', async () => {
    expect(await ask(lookup('firing'), alerts(99, 100, 105)).found).toBe(100_000);
  });

  it('fails until Prometheus stores an `ALERTS` sample', async () => {
    await expect(ask(lookup('firing'), []).found).rejects.toThrow(/has not stored a sample/);
  });
});
