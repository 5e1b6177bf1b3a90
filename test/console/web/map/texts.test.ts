import { expect, it } from 'vitest';
import { fitted } from '../../../../console/web/views/map/texts.ts';

it('a name that fits the box of its component is not shortened', () => {
  expect(fitted('kube-state-metrics', 168 - 2 * 12)).toBe('kube-state-metrics');
});

it('a long name is shortened in the middle', () => {
  const short = fitted('another-cluster-nats-exporter', 136);
  expect(short.length).toBe(17);
  expect(short).toMatch(/^another-.*….*exporter$/);
});
