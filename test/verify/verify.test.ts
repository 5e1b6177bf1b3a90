import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../config/topology.ts';
import { dashboards } from '../../dashboards/index.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { prometheusRules } from '../../rules/index.ts';
import { jobs } from '../../sources/index.ts';
import type { Finding, System } from '../../verify/check.ts';
import type { PrometheusApi, Series } from '../../verify/prometheus-api.ts';
import { findingsTable } from '../../verify/table.ts';
import { isSound, verify, verifyWithin } from '../../verify/verify.ts';

const ages: Readonly<Record<string, string>> = { fresh: '3', stale: '90' };
const series = (cluster: string): Series => ({ metric: { cluster }, value: [0, '1'] });

/** A Prometheus in perfect order, but for what a test overrides. */
function sound(overrides: Partial<PrometheusApi> = {}): System {
  const prometheus: PrometheusApi = {
    query: async (expr) =>
      expr.startsWith('time()')
        ? [{ metric: {}, value: [0, ages.fresh as string] }]
        : [series(clusters.primary.cluster), series(clusters.edge.cluster)],
    targets: async () => [
      { labels: { job: jobs.natsExporter }, scrapeUrl: 'http://nats', health: 'up', lastError: '' },
    ],
    ruleGroups: async () =>
      prometheusRules().groups.map(({ name, rules }) => ({
        name,
        evaluationTime: 0.001,
        rules: rules.map(() => ({ name: 'rule', type: 'recording' as const, health: 'ok' })),
      })),
    alertmanagers: async () => ['http://alertmanager'],
    ...overrides,
  };
  return {
    prometheus,
    pushgateway: async () => ({ groups: async () => [], removal: (paths) => paths }),
    centralJobs: [jobs.natsExporter],
    supportJobs: [],
    federatedJobs: [jobs.edgeNatsExporter],
    primaryCluster: clusters.primary.cluster,
    federatedClusters: [clusters.edge.cluster],
    scrapeIntervalSeconds: 5,
    rulesProfile: 'production',
  };
}

async function failures(overrides: Partial<PrometheusApi>): Promise<string[]> {
  const findings = await verify(sound(overrides));
  return findings.filter((f) => f.verdict === 'fail').map((f) => `${f.check}: ${f.detail}`);
}

/** Looks at a sound system whose Grafana answers so to a path and a login. */
async function verifyWithGrafana(
  answer: (path: string, authorization?: string) => readonly [status: number, body: unknown],
): Promise<readonly Finding[]> {
  const server = createServer(({ url = '', headers }, response) => {
    const [status, body] = answer(url, headers.authorization);
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return await verify({
      ...sound(),
      grafana: async () => ({ url, username: 'admin', password: 'secret' }),
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('verify', () => {
  it('finds a sound system sound, and has looked at every documented query', async () => {
    const findings = await verify(sound());
    expect(isSound(findings)).toBe(true);
    const checked = findings.map((f) => f.check);
    expect(checked).toEqual(expect.arrayContaining(documentedQueries.map((q) => q.expr)));
  });

  it('tells which target is down, and why', async () => {
    const down = {
      labels: { job: jobs.natsExporter },
      scrapeUrl: 'http://nats',
      health: 'down',
      lastError: 'refused',
    };
    expect(await failures({ targets: async () => [down] })).toEqual([
      `target ${jobs.natsExporter}: http://nats is down: refused`,
    ]);
  });

  it('takes a target for down until it was scraped', async () => {
    const fresh = {
      labels: { job: jobs.natsExporter },
      scrapeUrl: 'http://nats',
      health: 'unknown',
      lastError: '',
    };
    expect(await failures({ targets: async () => [fresh] })).toEqual([
      `target ${jobs.natsExporter}: http://nats is unknown: not yet scraped`,
    ]);
  });

  it('tells when a federated cluster is scraped centrally as well', async () => {
    const target = (job: string) => ({ labels: { job }, scrapeUrl: job, health: 'up', lastError: '' });
    expect(
      await failures({ targets: async () => [target(jobs.natsExporter), target(jobs.edgeNatsExporter)] }),
    ).toEqual([
      `federated clusters are scraped once: the central Prometheus scrapes ${jobs.edgeNatsExporter} as well`,
    ]);
  });

  it('tells which query has no data, and which lacks a cluster', async () => {
    const query: PrometheusApi['query'] = async (expr) => {
      if (expr === 'usdt_vnd_rate') return [];
      if (expr.startsWith('time()')) return [{ metric: {}, value: [0, ages.fresh as string] }];
      return [series(clusters.primary.cluster)];
    };
    const failed = await failures({ query });
    expect(failed).toContain('usdt_vnd_rate: no data');
    expect(failed).toContain(
      'sum(nats_varz_connections) by (cluster): no series of cluster another-cluster; seen: nats-primary',
    );
  });

  it('tells when nothing fresh arrives by remote write', async () => {
    const healthy = sound().prometheus;
    const query: PrometheusApi['query'] = async (expr) =>
      expr.startsWith('time()') ? [{ metric: {}, value: [0, ages.stale as string] }] : healthy.query(expr);
    expect(await failures({ query })).toEqual([
      'remote write of another-cluster: the newest sample is 90.0 s old, at most 20 s are expected',
    ]);
  });

  it('tells when a group of rules is not loaded', async () => {
    expect((await failures({ ruleGroups: async () => [] }))[0]).toContain('the group is not loaded');
  });

  it('tells which rule cannot be evaluated, and which group lacks one', async () => {
    const [broken, short, ...others] = await sound().prometheus.ruleGroups();
    if (!broken || !short) throw new Error('two groups are needed');
    const rule = { name: 'Clash', type: 'alerting' as const, health: 'err', lastError: 'many-to-many' };
    const ruleGroups = async () => [
      { ...broken, rules: [rule, ...broken.rules.slice(1)] },
      { ...short, rules: short.rules.slice(1) },
      ...others,
    ];
    expect(await failures({ ruleGroups })).toEqual([
      `rules ${broken.name}: Clash is err: many-to-many`,
      `rules ${short.name}: expected ${short.rules.length} rules, ${short.rules.length - 1} are loaded`,
    ]);
  });

  it('takes a rule for broken until it was evaluated', async () => {
    const [fresh, ...others] = await sound().prometheus.ruleGroups();
    if (!fresh) throw new Error('a group is needed');
    const rules = fresh.rules.map((rule) => ({ ...rule, health: 'unknown' }));
    expect(await failures({ ruleGroups: async () => [{ ...fresh, rules }, ...others] })).toEqual([
      `rules ${fresh.name}: rule is unknown: not yet evaluated`,
    ]);
  });

  it('tells when alerts would go nowhere', async () => {
    expect(await failures({ alertmanagers: async () => [] })).toEqual([
      'Prometheus has an Alertmanager: no Alertmanager is active',
    ]);
  });

  it('counts a check that could not be made as failed, and goes on', async () => {
    const failed = await failures({ targets: () => Promise.reject(new Error('no answer')) });
    expect(failed).toEqual(['targets: no answer']);
  });

  it('judges everything else all the same where Grafana cannot be reached', async () => {
    const grafana = () => Promise.reject(new Error('there is no such Service'));
    const findings = await verify({ ...sound(), grafana });
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([
      { check: 'Grafana', verdict: 'fail', detail: 'there is no such Service' },
    ]);
  });

  it('tells which dashboard Grafana has not got', async () => {
    const [missing, ...present] = dashboards;
    const findings = await verifyWithGrafana((path) => [200, path.startsWith('/api/search') ? present : {}]);
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([
      {
        check: `dashboard ${missing?.title}`,
        verdict: 'fail',
        detail: `uid ${missing?.uid} is missing`,
      },
    ]);
    expect(findings.filter((f) => f.check.startsWith('dashboard '))).toHaveLength(dashboards.length);
  });

  it('logs in to Grafana', async () => {
    const login = `Basic ${Buffer.from('admin:secret').toString('base64')}`;
    const findings = await verifyWithGrafana((path, authorization) => [
      200,
      path.startsWith('/api/search') && authorization === login ? dashboards : [],
    ]);
    expect(isSound(findings)).toBe(true);
  });

  it.each([
    ['its health', '/api/health', 503],
    ['its dashboards', '/api/search?type=dash-db&limit=1000', 401],
  ])('tells when Grafana refuses to say %s', async (_what, refused, status) => {
    const findings = await verifyWithGrafana((path) => [path === refused ? status : 200, dashboards]);
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([
      { check: 'Grafana', verdict: 'fail', detail: `${refused} answered HTTP ${status}` },
    ]);
  });

  it('looks again as long as something fails and there is time', async () => {
    let looks = 0;
    const alertmanagers = async () => {
      looks += 1;
      return looks < 3 ? [] : ['http://alertmanager'];
    };
    expect(isSound(await verifyWithin(sound({ alertmanagers }), 10_000, 1))).toBe(true);
    expect(looks).toBe(3);
    expect(isSound(await verifyWithin(sound({ alertmanagers: async () => [] }), 0, 1))).toBe(false);
  });

  it('prints the failures last, where they are seen', async () => {
    const table = findingsTable([
      { check: 'a', verdict: 'fail', detail: 'broken' },
      { check: 'b', verdict: 'pass', detail: 'fine' },
    ]);
    expect(table.split('\n')).toEqual([
      '✓ b  fine',
      '✗ a  broken',
      '',
      expect.stringContaining('1 passed, 1 failed, 0 waiting'),
    ]);
  });
});
