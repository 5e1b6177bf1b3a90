import { describe, expect, it } from 'vitest';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../metrics/definitions/usdt.ts';
import { lookback } from '../../metrics/duration.ts';
import {
  add,
  and,
  div,
  eq,
  gt,
  histogram,
  histogramQuantile,
  increase,
  inSeconds,
  matching,
  max,
  mul,
  not,
  offset,
  range,
  rate,
  render,
  select,
  sub,
  subquery,
  sum,
  time,
} from '../../metrics/promql.ts';

const { fetchErrors, rate: price, fetchDuration } = usdtMetrics;

describe('a PromQL selector', () => {
  it('contains the metric name and the label matchers', () => {
    expect(render(select(fetchErrors, { reason: 'a"b\\c', side: not('buy'), job: matching('x|y') }))).toBe(
      'usdt_vnd_fetch_errors_total{reason="a\\"b\\\\c",side!="buy",job=~"x|y"}',
    );
  });

  it('does not compile with a label that the metric does not have', () => {
    // @ts-expect-error usdt_vnd_rate has no label `side`
    select(price, { side: 'buy' });
    // @ts-expect-error the recorded series has no label `instance`
    select(recorded.inMsgs, { instance: 'a' });
    expect(render(select(recorded.inMsgs, { cluster: 'a' }))).toBe(
      'cluster:nats_varz_in_msgs:rate{cluster="a"}',
    );
  });
});

describe('a PromQL aggregation', () => {
  it('is written with the clause `by` at the end, such as `sum(a) by (b)`', () => {
    expect(render(sum(rate(range(select(fetchErrors), '5m')), ['side', 'reason']))).toBe(
      'sum(rate(usdt_vnd_fetch_errors_total[5m])) by (side, reason)',
    );
  });

  it('does not compile with a label that its operand does not have', () => {
    // @ts-expect-error usdt_vnd_rate has no label `side`
    max(select(price), ['side']);
    // @ts-expect-error the inner sum removes the label `reason`
    sum(sum(select(fetchErrors), ['side']), ['reason']);
    // @ts-expect-error the inner sum removes the label `side`
    div(sum(select(fetchErrors), ['reason']), select(fetchErrors), { on: ['side'] });
    expect(render(sum(sum(select(fetchErrors), ['side'])))).toBe(
      'sum(sum(usdt_vnd_fetch_errors_total) by (side))',
    );
  });
});

describe('a PromQL operation', () => {
  it('puts an operand in parentheses if the operand is an operation', () => {
    const a = select(price, { job: 'a' });
    expect(render(gt(div(sub(a, 1), mul(2, a)), 0.5))).toBe(
      '((usdt_vnd_rate{job="a"} - 1) / (2 * usdt_vnd_rate{job="a"})) > 0.5',
    );
  });

  it('writes the clause `on` with the labels of the option `on`', () => {
    const bySide = sum(select(fetchErrors), ['side', 'reason']);
    expect(render(add(bySide, select(fetchErrors), { on: ['side'], manyToOne: true }))).toBe(
      'sum(usdt_vnd_fetch_errors_total) by (side, reason) + on (side) group_left () usdt_vnd_fetch_errors_total',
    );
    expect(render(and(bySide, select(price), { on: ['side'] }))).toMatch(/ and on \(side\) usdt_vnd_rate$/);
  });

  it('writes the modifier `bool` if the option `bool` is true', () => {
    expect(render(eq(select(price), 0, { bool: true }))).toBe('usdt_vnd_rate == bool 0');
  });
});

describe('durations in PromQL', () => {
  it('are shorter in the laptop profile', () => {
    const recent = increase(range(select(fetchErrors), lookback('15m')));
    expect(render(recent, 'production')).toBe('increase(usdt_vnd_fetch_errors_total[15m])');
    expect(render(recent, 'laptop')).toBe('increase(usdt_vnd_fetch_errors_total[1m30s])');
  });

  it('are written in seconds in a comparison: 30m becomes 1800', () => {
    const age = gt(sub(time(), select(price)), inSeconds({ production: '30m', laptop: '30s' }));
    expect(render(age)).toBe('(time() - usdt_vnd_rate) > 1800');
    expect(render(age, 'laptop')).toBe('(time() - usdt_vnd_rate) > 30');
  });

  it('have a unit in a subquery and in an offset, such as `offset 1d`', () => {
    expect(render(subquery(gt(select(price), 1), '1d', '5m'))).toBe('(usdt_vnd_rate > 1)[1d:5m]');
    expect(render(offset(select(price), '1d'))).toBe('usdt_vnd_rate offset 1d');
  });
});

describe('a histogram metric', () => {
  it('has a bucket metric with the label `le`', () => {
    const buckets = sum(rate(range(select(histogram(fetchDuration, 'bucket')), '5m')), ['side', 'le']);
    expect(render(histogramQuantile(0.95, buckets))).toBe(
      'histogram_quantile(0.95, sum(rate(usdt_vnd_fetch_duration_seconds_bucket[5m])) by (side, le))',
    );
  });
});
