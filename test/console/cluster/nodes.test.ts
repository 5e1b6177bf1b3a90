import { describe, expect, it } from 'vitest';
import * as environments from '../../../config/environments/index.ts';
import { clusterNodes } from '../../../console/cluster/nodes/list.ts';
import { statusQuery } from '../../../console/cluster/status.ts';
import { topologyOf } from '../../../console/map-node.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import { expectedOf, jobs } from '../../../sources/index.ts';
import { objections } from '../../metrics/promql-analysis.ts';
import { moving, variants } from '../../stacks/environments.ts';

const checked = [
  ...checkEnvironments(Object.values(environments)),
  ...checkEnvironments([...variants, ...Object.values(moving)]),
];
const named = (name: string) => {
  const found = checked.find((environment) => environment.name === name);
  if (!found) throw new Error(`no environment ${name}`);
  return found;
};
const topology = (name: string) => topologyOf(clusterNodes(named(name)), 30, 'production');
const edgeOf = (name: string, id: string) => topology(name).edges.find((edge) => edge.id === id);

describe.each(checked.map((environment) => [environment.name, environment] as const))(
  'the map of the environment "%s"',
  (name, environment) => {
    it('has every job that the environment scrapes', () => {
      const expected = expectedOf(environment);
      const expectedJobs = [...expected.centralJobs, ...expected.supportJobs, ...expected.federatedJobs];
      const { nodes } = topology(name);
      const scraped = nodes.flatMap(({ job }) => job ?? []);
      expect(scraped.sort()).toEqual([...expectedJobs].sort());
      for (const cluster of expected.federatedClusters) {
        expect(nodes.filter((node) => node.cluster === cluster)).toHaveLength(2);
      }
    });

    it('has one scrape connection to each job, except Prometheus and the agents', () => {
      const { nodes, edges } = topology(name);
      const scrapers = nodes.filter(
        ({ job }) => job?.endsWith('/prometheus-agent') || job === jobs.prometheus,
      );
      expect(scrapers).toHaveLength(1 + environment.edges.length);
      expect(edges.filter(({ kind }) => kind === 'scrape')).toHaveLength(
        nodes.filter(({ job }) => job).length - scrapers.length,
      );
    });

    it('has components with unique names', () => {
      const { nodes, edges } = topology(name);
      const names = nodes.map((node) => node.name);
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
      expect(edges.filter(({ from, to }) => !names.includes(from) || !names.includes(to))).toEqual([]);
    });

    it('has only queries that select known series', () => {
      const { nodes, edges } = topology(name);
      const queries = [
        ...edges.flatMap(({ rate, failures }) => [rate, failures ?? rate]),
        ...nodes.flatMap(({ keySeries }) => keySeries.map(({ expr }) => expr)),
      ];
      for (const expr of queries) expect(objections(expr), expr).toEqual([]);
      expect(objections(statusQuery(clusterNodes(environment)))).toEqual([]);
    });

    it('has the scheduler that starts the batch in this environment', () => {
      const names = clusterNodes(environment).map((node) => node.name);
      const { functions, airflow } = environment;
      expect(names.includes('batch-schedule')).toBe(functions.host === 'cluster' && !airflow);
      expect(names.includes('airflow-scheduler')).toBe(airflow !== undefined);
    });
  },
);

describe('a map with several edge clusters', () => {
  const edges = ['another-cluster', 'branch', 'factory'];

  it('has a separate agent for each edge', () => {
    const agents = topology('scaled').nodes.filter(({ name }) => name.endsWith('-agent'));
    expect(agents.map(({ name }) => name)).toEqual(edges.map((edge) => `${edge}-agent`));
    expect(agents.map(({ cluster }) => cluster)).toEqual(edges);
    expect(new Set(agents.map(({ job }) => job)).size).toBe(2);
  });

  it.each(edges)('connects the agent to the NATS exporter in the cluster %s', (edge) => {
    const agent = `${edge}-agent`;
    expect(edgeOf('scaled', `${agent}/${edge}-nats-exporter/scrape`)?.rate).toMatch(
      new RegExp(`^sum\\(scrape_samples_scraped\\{job="[^"]+/nats",cluster="${edge}"\\}\\) / 30$`),
    );
    expect(edgeOf('scaled', `${agent}/thanos-router/remote-write`)?.rate).toContain(`cluster="${edge}"`);
  });

  it('limits the charts of an agent to the series of its cluster', () => {
    const exprs = topology('scaled').nodes.flatMap(({ name, keySeries }) =>
      name === 'factory-agent' ? keySeries.map(({ expr }) => expr) : [],
    );
    expect(exprs.length).toBeGreaterThan(3);
    expect(exprs.filter((expr) => !expr.includes('cluster="factory"'))).toEqual([]);
  });

  it('shows each edge as a separate cluster', () => {
    const places = topology('scaled').nodes.flatMap(({ place }) =>
      place === 'outside' ? [] : [place.cluster],
    );
    expect([...new Set(places)].sort()).toEqual([
      'central cluster',
      ...edges.map((edge) => `edge cluster: ${edge}`),
    ]);
  });
});

describe('the map of an environment', () => {
  it('shows the alert receivers that the environment configures', () => {
    expect(edgeOf('prod', 'alertmanager/pagerduty/alerts')?.rate).toContain('integration="pagerduty"');
    expect(edgeOf('prod', 'alertmanager/slack/alerts')).toBeDefined();
    expect(edgeOf('local', 'alertmanager/slack/alerts')).toBeUndefined();
    expect(edgeOf('managed', 'prometheus/azure-monitor/remote-write')).toBeDefined();
  });

  it('places a function on Azure outside the clusters', () => {
    const pusher = (name: string) => topology(name).nodes.find((node) => node.name === 'batch-pusher');
    expect(pusher('local')).toMatchObject({ job: 'batch-pusher', place: { namespace: 'airflow-3' } });
    expect(pusher('prod')).toMatchObject({ place: 'outside' });
    expect(pusher('prod')).not.toHaveProperty('job');
    expect(edgeOf('scaled', 'usdt-exporter/pushgateway/push')).toBeDefined();
    expect(edgeOf('scaled', 'usdt-exporter/binance/requests')).toBeUndefined();
  });
});

describe('the map of a Thanos environment', () => {
  const idsOf = (name: string, prefix: string) =>
    topology(name)
      .edges.map(({ id }) => id)
      .filter((id) => id.startsWith(prefix));

  it('has routers that write to ingesters', () => {
    expect(idsOf('thanos', 'thanos-')).toEqual([
      'thanos-router/thanos-ingester/remote-write',
      'thanos-query/thanos-ingester/requests',
      'thanos-query/thanos-ruler/requests',
      'thanos-ruler/thanos-query/requests',
      'thanos-ruler/thanos-router/remote-write',
      'thanos-ruler/alertmanager/alerts',
    ]);
  });

  it('connects Prometheus only to routers and scrape targets', () => {
    const opened = idsOf('thanos', 'prometheus/').filter((id) => !id.endsWith('/scrape'));
    expect(opened).toEqual(['prometheus/thanos-router/remote-write']);
    expect(edgeOf('thanos', 'prometheus/thanos-router/remote-write')?.rate).toContain(
      `job="${jobs.prometheus}"`,
    );
    expect(idsOf('thanos', 'grafana/')).toEqual(['grafana/thanos-query/requests']);
  });

  it('has agents that write to the routers', () => {
    expect(idsOf('thanos', 'prometheus-agent/thanos')).toEqual([
      'prometheus-agent/thanos-router/remote-write',
    ]);
    expect(edgeOf('thanos', 'prometheus-agent/prometheus/remote-write')).toBeUndefined();
  });

  it.each([
    { given: { ingesters: 1, replication: 1 }, ingesters: 1, routers: 2, sends: '1 ingester' },
    { given: {}, ingesters: 3, routers: 2, sends: '3 ingesters' },
    { given: { ingesters: 6 }, ingesters: 6, routers: 2, sends: '3 ingesters' },
    { given: { ingesters: 6, replication: 5 }, ingesters: 6, routers: 2, sends: '5 ingesters' },
  ] as const)(
    'takes the number of ingesters from the settings $given',
    ({ given, ingesters, routers, sends }) => {
      const { local } = environments;
      const [environment] = checkEnvironments([
        { ...local, central: { ...local.central, engine: 'thanos', thanos: given } },
      ]);
      if (!environment) throw new Error('no environment');
      const nodes = clusterNodes(environment);
      const node = (name: string) => nodes.find((one) => one.name === name);
      expect(node('thanos-ingester')?.health.expected).toBe(ingesters);
      expect(node('thanos-router')?.health.expected).toBe(routers);
      expect(node('thanos-router')?.role).toMatch(new RegExp(`sends each to ${sends}$`));
    },
  );

  it('expects two agents if an edge has a pair of agents', () => {
    const { local } = environments;
    const [environment] = checkEnvironments([
      {
        ...local,
        central: { ...local.central, engine: 'thanos', expectedSeries: 20_000_000 },
        edges: local.edges.map((edge) => ({ ...edge, replicas: 2 as const })),
      },
    ]);
    if (!environment) throw new Error('no environment');
    const nodes = clusterNodes(environment);
    const expected = (name: string) => nodes.find((one) => one.name === name)?.health.expected;
    expect(expected('prometheus-agent')).toBe(2);
    expect(expected('thanos-router')).toBe(12);
    expect(expected('thanos-ingester')).toBe(30);
  });

  it('has a store gateway and a compactor only with an object store', () => {
    const names = (name: string) => topology(name).nodes.map((node) => node.name);
    const ofStore = ['thanos-store', 'thanos-compactor', 'object-store'];
    expect(names('scaled')).toEqual(expect.arrayContaining(ofStore));
    expect(names('thanos').filter((name) => ofStore.includes(name))).toEqual([]);
    expect(idsOf('scaled', 'thanos-ingester/')).toEqual(['thanos-ingester/object-store/requests']);
    expect(idsOf('scaled', 'thanos-query/')).toContain('thanos-query/thanos-store/requests');
  });
});

describe('the map during a move to another engine', () => {
  const opened = (name: string, from: string) =>
    topology(name)
      .edges.filter((edge) => edge.from === from && edge.kind !== 'scrape')
      .map(({ to, kind }) => `${kind} to ${to}`);

  it.each(['moving', 'moved'])('shows writes to both engines: environment `%s`', (name) => {
    expect(opened(name, 'prometheus-agent')).toEqual([
      'remote-write to prometheus',
      'remote-write to thanos-router',
    ]);
    expect(edgeOf(name, 'prometheus-agent/prometheus/remote-write')?.rate).toContain('remote_name="central"');
    expect(edgeOf(name, 'prometheus-agent/thanos-router/remote-write')?.rate).toContain(
      'remote_name="thanos"',
    );
    expect(opened(name, 'prometheus')).toContain('remote-write to thanos-router');
  });

  it('shows alerts only from the engine in `central.engine`', () => {
    const alerts = (name: string, from: string) => opened(name, from).includes('alerts to alertmanager');
    expect([alerts('moving', 'prometheus'), alerts('moving', 'thanos-ruler')]).toEqual([true, false]);
    expect([alerts('moved', 'prometheus'), alerts('moved', 'thanos-ruler')]).toEqual([false, true]);
    expect(opened('moving', 'grafana')).toEqual(['requests to prometheus']);
    expect(opened('moved', 'grafana')).toEqual(['requests to thanos-query']);
  });
});
