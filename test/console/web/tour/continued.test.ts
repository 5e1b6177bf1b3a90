import { describe, expect, it } from 'vitest';
import { continued } from '../../../../console/web/views/tour/continued.ts';
import { distinguishing } from '../../../../console/web/views/tour/series-text.ts';

const nats = (cluster: string, server_id: string, values: readonly (number | null)[]) => ({
  metric: { __name__: 'nats_varz_connections', cluster, server_id },
  values,
});

describe('the curve of a restarted program', () => {
  const rows = [
    nats('nats-primary', 'NALCMP3X', [2, 2, 2, null]),
    nats('another-cluster', 'ND57RT5R', [5, 5, 5, 5]),
    nats('nats-primary', 'NCPEMUQG', [null, null, 7, 7]),
  ];

  it('joins the series from before and after the restart', () => {
    expect(continued(rows)).toEqual([
      { metric: { __name__: 'nats_varz_connections', cluster: 'nats-primary' }, values: [2, 2, 7, 7] },
      { metric: { __name__: 'nats_varz_connections', cluster: 'another-cluster' }, values: [5, 5, 5, 5] },
    ]);
  });

  it('has the name of the cluster as its label', () => {
    expect(distinguishing(continued(rows).map(({ metric }) => metric))).toEqual([
      'nats-primary',
      'another-cluster',
    ]);
  });

  it('has a gap while the program was down', () => {
    const [row] = continued([nats('a', 'one', [1, null, null]), nats('a', 'two', [null, null, 3])]);
    expect(row?.values).toEqual([1, null, 3]);
  });

  it('does not join series of different clusters', () => {
    expect(continued([nats('a', 'one', [1]), nats('b', 'one', [1])])).toHaveLength(2);
  });
});
