import { describe, expect, it } from 'vitest';
import { objections } from './promql-analysis.ts';

describe('the analysis of PromQL', () => {
  it.each([
    'sum(rate(nats_varz_in_msgs{cluster="a"}[5m])) by (cluster) > 0',
    'histogram_quantile(0.9, sum(rate(usdt_vnd_fetch_duration_seconds_bucket[5m])) by (side, le))',
    'cluster:nats_varz_in_msgs:rate{environment=~"p.*"} offset 1h',
  ])('accepts %s', (expr) => {
    expect(objections(expr)).toEqual([]);
  });

  it.each([
    ['sum(nats_varz_in_msgs', /not PromQL/],
    ['nats_varz_in_messages', /unknown metric nats_varz_in_messages/],
    ['usdt_vnd_rate{side="buy"}', /usdt_vnd_rate has no label side/],
    ['sum(usdt_vnd_rate) by (side)', /no series here has a label side/],
    ['cluster:nats_varz_in_msgs:rate{instance="a"}', /has no label instance/],
    ['usdt_vnd_fetch_duration_seconds', /unknown metric/],
    ['vector(1)', /selects nothing/],
  ])('rejects %s', (expr, complaint) => {
    expect(objections(expr).join('; ')).toMatch(complaint);
  });
});
