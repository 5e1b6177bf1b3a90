import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../config/topology.ts';
import { dashboards } from '../../dashboards/index.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { dashboardUids, type PrometheusRule, prometheusRules } from '../../rules/index.ts';
import { jobs } from '../../sources/index.ts';
import type { Finding, System } from '../../verify/check.ts';
import type { PrometheusApi, Series } from '../../verify/prometheus-api.ts';
import { findingsTable } from '../../verify/table.ts';
import { isSound, verify, verifyWithin } from '../../verify/verify.ts';

const freshAgeSeconds = '3';
const series = (cluster: string): Series => ({ metric: { cluster }, value: [0, '1'] });
const remedy = 'deploy the rules of this checkout, or check out the deployed version';
const healthy = (rule: PrometheusRule) => ({
  name: 'alert' in rule ? rule.alert : rule.record,
  type: 'alert' in rule ? ('alerting' as const) : ('recording' as const),
  health: 'ok',
});

/** A system with a healthy Prometheus. `overrides` replaces functions of the Prometheus API. */
function sound(overrides: Partial<PrometheusApi> = {}): System {
  const prometheus: PrometheusApi = {
    query: async (expr) =>
      expr.startsWith('time()')
        ? [{ metric: {}, value: [0, freshAgeSeconds] }]
        : [series(clusters.primary.cluster), series(clusters.edge.cluster)],
    targets: async () => [
      { labels: { job: jobs.natsExporter }, scrapeUrl: 'http://nats', health: 'up', lastError: '' },
    ],
    ruleGroups: async () =>
      prometheusRules().groups.map(({ name, rules }) => ({
        name,
        evaluationTime: 0.001,
        rules: rules.map(healthy),
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
    thanos: false,
    objectStore: false,
    rulersNotify: false,
    scrapeIntervalSeconds: 5,
    rulesProfile: 'production',
  };
}

async function failures(overrides: Partial<PrometheusApi>): Promise<string[]> {
  const findings = await verify(sound(overrides));
  return findings.filter((f) => f.verdict === 'fail').map((f) => `${f.check}: ${f.detail}`);
}

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
  it('reports no failed check for a healthy system', async () => {
    const findings = await verify(sound());
    expect(isSound(findings)).toBe(true);
    const checked = findings.map((f) => f.check);
    expect(checked).toEqual(expect.arrayContaining(documentedQueries.map((q) => q.expr)));
  });

  it('reports a target that is down, and the reason', async () => {
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

  it('reports a target as failed until the first scrape of the target', async () => {
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

  it('reports a federated cluster that the central Prometheus also scrapes', async () => {
    const target = (job: string) => ({ labels: { job }, scrapeUrl: job, health: 'up', lastError: '' });
    expect(
      await failures({ targets: async () => [target(jobs.natsExporter), target(jobs.edgeNatsExporter)] }),
    ).toEqual([
      `federated clusters are scraped once: the central Prometheus scrapes targets that only an edge may scrape: ${jobs.edgeNatsExporter}; remove these targets from the configuration of the central Prometheus`,
    ]);
  });

  it('reports a query that returns data of one cluster but not of another cluster', async () => {
    const query: PrometheusApi['query'] = async (expr) => {
      if (expr === 'usdt_vnd_rate') return [];
      if (expr.startsWith('time()')) return [{ metric: {}, value: [0, freshAgeSeconds] }];
      return [series(clusters.primary.cluster)];
    };
    const failed = await failures({ query });
    expect(failed).toContain('usdt_vnd_rate: no data');
    expect(failed).toContain(
      'sum(nats_varz_connections) by (cluster): The query returns only series with cluster="nats-primary". Expected also series of the cluster another-cluster. Search for failed scrape targets in the cluster another-cluster.',
    );
  });

  it.each([
    [5, 20],
    [30, 45],
  ])(
    'reports a cluster whose newest sample is too old for a scrape interval of %i s',
    async (scrapeIntervalSeconds, limit) => {
      const healthy = sound().prometheus;
      const failed = async (age: number, of: string) => {
        const query: PrometheusApi['query'] = async (expr) =>
          expr.startsWith('time()') && expr.includes(`"${of}"`)
            ? [{ metric: {}, value: [0, String(age)] }]
            : healthy.query(expr);
        const findings = await verify({ ...sound({ query }), scrapeIntervalSeconds });
        return findings.filter((f) => f.verdict === 'fail').map((f) => `${f.check}: ${f.detail}`);
      };
      for (const [cluster, name] of [
        ['another-cluster', 'remote write of another-cluster'],
        ['nats-primary', 'samples of nats-primary'],
      ] as const) {
        expect(await failed(limit, cluster)).toEqual([]);
        expect(await failed(limit + 1, cluster)).toEqual([
          `${name}: the newest sample must be at most ${limit} s old, but the newest sample is ${limit + 1}.0 s old; read the log of the Prometheus or Prometheus agent that scrapes ${cluster}`,
        ]);
      }
    },
  );

  it('reports a group of rules that is not loaded', async () => {
    expect((await failures({ ruleGroups: async () => [] }))[0]).toContain(
      'the program that evaluates the rules (Prometheus or the Thanos ruler) has not loaded this group of rules',
    );
  });

  it('reports a rule that cannot be evaluated', async () => {
    const [broken, short, ...others] = await sound().prometheus.ruleGroups();
    if (!broken || !short) throw new Error('two groups are needed');
    const rule = { name: 'Invalid', type: 'alerting' as const, health: 'err', lastError: 'many-to-many' };
    const ruleGroups = async () => [
      { ...broken, rules: [rule, ...broken.rules.slice(1)] },
      { ...short, rules: short.rules.slice(1) },
      ...others,
    ];
    expect(await failures({ ruleGroups })).toEqual([
      `rules ${broken.name}: Invalid is err: many-to-many`,
      `rules ${short.name}: not loaded: ${short.rules[0]?.name}; ${remedy}`,
    ]);
  });

  it('reports a rule with a wrong name', async () => {
    const [group, ...others] = await sound().prometheus.ruleGroups();
    if (!group) throw new Error('a group is needed');
    const [first, ...rest] = group.rules;
    const rules = [{ name: 'Renamed', type: 'alerting' as const, health: 'ok' }, ...rest];
    expect(await failures({ ruleGroups: async () => [{ ...group, rules }, ...others] })).toEqual([
      `rules ${group.name}: not loaded: ${first?.name}; loaded, but not expected: Renamed; ${remedy}`,
    ]);
  });

  it('reports a missing rule even if Prometheus has another rule with the same name', async () => {
    const groups = await sound().prometheus.ruleGroups();
    const short = groups.map((group) =>
      group.name === 'error-budget' ? { ...group, rules: group.rules.slice(1) } : group,
    );
    expect(await failures({ ruleGroups: async () => short })).toEqual([
      `rules error-budget: not loaded: slo:error_budget:remaining; ${remedy}`,
    ]);
  });

  it('reports a rule as failed until the first evaluation of the rule', async () => {
    const [fresh, ...others] = await sound().prometheus.ruleGroups();
    if (!fresh) throw new Error('a group is needed');
    const rules = fresh.rules.map((rule) => ({ ...rule, health: 'unknown' }));
    expect(await failures({ ruleGroups: async () => [{ ...fresh, rules }, ...others] })).toEqual([
      `rules ${fresh.name}: ${fresh.rules[0]?.name} is unknown: not yet evaluated`,
    ]);
  });

  it('reports a Prometheus that has no active Alertmanager', async () => {
    expect(await failures({ alertmanagers: async () => [] })).toEqual([
      'Prometheus has an Alertmanager: the program that evaluates the rules (Prometheus or the Thanos ruler) sends alerts to no Alertmanager; check that Alertmanager runs, and check the Alertmanager address in the configuration of this program',
    ]);
  });

  it('reports a failure if a check throws an error', async () => {
    const failed = await failures({ targets: () => Promise.reject(new Error('no answer')) });
    expect(failed).toEqual(['targets: no answer']);
  });

  it('runs all other checks if Grafana cannot be reached', async () => {
    const grafana = () => Promise.reject(new Error('there is no such Service'));
    const findings = await verify({ ...sound(), grafana });
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([
      { check: 'Grafana', verdict: 'fail', detail: 'there is no such Service' },
    ]);
  });

  it('reports a dashboard that Grafana does not have', async () => {
    const [missing, ...present] = dashboards;
    const findings = await verifyWithGrafana((path) => [200, path.startsWith('/api/search') ? present : {}]);
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([
      {
        check: `dashboard ${missing?.title}`,
        verdict: 'fail',
        detail: `Grafana has no dashboard with the uid ${missing?.uid}; deploy the environment again`,
      },
    ]);
    expect(findings.filter((f) => f.check.startsWith('dashboard '))).toHaveLength(dashboardUids.length);
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
  ])('reports an error status of Grafana for %s', async (_what, refused, status) => {
    const findings = await verifyWithGrafana((path) => [path === refused ? status : 200, dashboards]);
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([
      {
        check: 'Grafana',
        verdict: 'fail',
        detail: `Grafana answered ${refused} with HTTP ${status}; check the login and the log of Grafana`,
      },
    ]);
  });

  it('repeats the checks until every check passes or the time is over', async () => {
    let looks = 0;
    const alertmanagers = async () => {
      looks += 1;
      return looks < 3 ? [] : ['http://alertmanager'];
    };
    expect(isSound(await verifyWithin(sound({ alertmanagers }), 10_000, 1))).toBe(true);
    expect(looks).toBe(3);
    expect(isSound(await verifyWithin(sound({ alertmanagers: async () => [] }), 0, 1))).toBe(false);
  });

  it('prints the failures last', async () => {
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

describe('verify for an environment that disables alerts', () => {
  const alerting = {
    overrides: { UsdtMarketThin: { disabled: 'always thin here' }, UsdtRateStale: { for: '5m' } },
    chartRulesOff: { groups: { general: 'no receiver' }, alerts: { PrometheusBadConfig: 'ours runs' } },
  } as const;
  const loaded = prometheusRules(alerting).groups.map(({ name, rules }) => ({
    name,
    evaluationTime: 0.001,
    rules: rules.map(healthy),
  }));

  it('passes, and lists each disabled alert', async () => {
    const findings = await verify({ ...sound({ ruleGroups: async () => loaded }), alerting });
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(findings.filter(({ detail }) => detail.startsWith('disabled:'))).toEqual([
      { check: 'alert UsdtMarketThin', verdict: 'skip', detail: 'disabled: always thin here' },
      { check: 'chart rules general', verdict: 'skip', detail: 'disabled: no receiver' },
      { check: 'chart alert PrometheusBadConfig', verdict: 'skip', detail: 'disabled: ours runs' },
    ]);
  });

  it('fails if Prometheus has loaded a disabled alert', async () => {
    const { groups } = prometheusRules({ ...alerting, overrides: {} });
    const all = loaded.map((group) => ({
      ...group,
      rules: (groups.find(({ name }) => name === group.name)?.rules ?? []).map(healthy),
    }));
    const findings = await verify({ ...sound({ ruleGroups: async () => all }), alerting });
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([
      {
        check: 'rules usdt',
        verdict: 'fail',
        detail: `loaded, but not expected: UsdtMarketThin; ${remedy}`,
      },
    ]);
  });
});
