import { describe, expect, it, vi } from 'vitest';
import { local as values } from '../../../config/environments/index.ts';
import { clusterNodes } from '../../../console/cluster/nodes/list.ts';
import { StatusReader, stateOf, statusQuery } from '../../../console/cluster/status.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';

const [local] = checkEnvironments([values]);
if (!local) throw new Error('no local environment');
const nodes = clusterNodes(local);

const series = (component: string, quantity: string, value: number) => ({
  metric: { quantity: `${component} ${quantity}` },
  value: [0, String(value)] as const,
});
const of = (name: string, status: Awaited<ReturnType<StatusReader['read']>>) =>
  status.components.find((component) => component.name === name);

describe('the state of a component in a cluster', () => {
  it.each([
    ['stopped', 0, 0, 'unknown'],
    ['running', 1, 1, 'unknown'],
    ['unhealthy', 1, 0, 'unknown'],
    ['unhealthy', 3, 2, 3],
    ['unhealthy', 2, 2, 3],
    ['running', 3, 3, 3],
  ] as const)(
    'is %s (%i instances scraped, %i answer, expected: %s)',
    (state, scraped, answers, expected) => {
      expect(stateOf(scraped, answers, expected === 'unknown' ? {} : { expected })).toBe(state);
    },
  );

  it('depends on the metric `up` of its job', async () => {
    const query = vi.fn(async () => [
      series('prometheus', 'known', 1),
      series('prometheus', 'answers', 1),
      series('prometheus', 'memory', 512e6),
      series('prometheus', 'restarts', 2),
      series('alertmanager', 'known', 1),
      series('alertmanager', 'answers', 0),
    ]);
    const status = await new StatusReader(nodes, { query }).read();
    expect(status).toMatchObject({ ready: true });
    expect(of('prometheus', status)).toMatchObject({ state: 'running', rssBytes: 512e6, restarts: 2 });
    expect(of('alertmanager', status)).toMatchObject({ state: 'unhealthy', rssBytes: 0, restarts: 0 });
    expect(of('pushgateway', status)).toMatchObject({ state: 'stopped', pid: null });
    const withoutLog = status.components.filter(({ hosted }) => hosted).map(({ name }) => name);
    expect(withoutLog).toEqual(['binance']);
    expect(query).toHaveBeenCalledWith(statusQuery(nodes));
    expect(statusQuery(nodes)).toContain('sum(up{job="kube-prometheus-stack-prometheus"})');
    expect(statusQuery(nodes)).toContain('up{job="another-cluster/nats",cluster="another-cluster"}[90s]');
  });

  it('keeps its last value while Prometheus does not answer', async () => {
    const query = vi.fn(async () => [series('prometheus', 'known', 1), series('prometheus', 'answers', 1)]);
    const reader = new StatusReader(nodes, { query });
    query.mockRejectedValueOnce(new Error('the port-forward is down'));
    const first = await reader.read(1000);
    expect(first).toMatchObject({ ready: false, staleSince: 1000 });
    expect(of('prometheus', first)?.state).toBe('starting');
    const second = await reader.read(2000);
    expect(second.staleSince).toBeUndefined();
    expect(of('prometheus', second)?.state).toBe('running');
    query.mockRejectedValue(new Error('the port-forward is down'));
    await reader.read(3000);
    const last = await reader.read(4000);
    expect(last).toMatchObject({ ready: true, staleSince: 3000 });
    expect(of('prometheus', last)?.state).toBe('running');
  });

  it('is read only once for two requests within a second', async () => {
    const query = vi.fn(async () => []);
    const reader = new StatusReader(nodes, { query });
    await Promise.all([reader.read(1000), reader.read(1100)]);
    expect(query).toHaveBeenCalledOnce();
    await reader.read(2000);
    expect(query).toHaveBeenCalledTimes(2);
  });
});
