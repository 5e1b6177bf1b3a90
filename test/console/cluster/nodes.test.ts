import { describe, expect, it } from 'vitest';
import * as environments from '../../../config/environments/index.ts';
import { clusterNodes } from '../../../console/cluster/nodes/list.ts';
import { statusQuery } from '../../../console/cluster/status.ts';
import { topologyOf } from '../../../console/map-node.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import { expectedOf, jobs } from '../../../sources/index.ts';
import { objections } from '../../metrics/promql-analysis.ts';
import { variants } from '../../stacks/environments.ts';

const checked = [...checkEnvironments(Object.values(environments)), ...checkEnvironments(variants)];
const named = (name: string) => {
  const found = checked.find((environment) => environment.name === name);
  if (!found) throw new Error(`no environment ${name}`);
  return found;
};
const topology = (name: string) => topologyOf(clusterNodes(named(name)), 30, 'production');
const edgeOf = (name: string, id: string) => topology(name).edges.find((edge) => edge.id === id);

describe.each(checked.map((environment) => [environment.name, environment] as const))(
  'the map of environment %s',
  (name, environment) => {
    it('has every job that the environment scrapes, and has two jobs for each edge cluster', () => {
      const expected = expectedOf(environment);
      const { nodes } = topology(name);
      const scraped = nodes.flatMap(({ job }) => job ?? []);
      expect(scraped.sort()).toEqual(
        [...expected.centralJobs, ...expected.supportJobs, ...expected.federatedJobs].sort(),
      );
      for (const cluster of expected.federatedClusters) {
        expect(nodes.filter((node) => node.cluster === cluster)).toHaveLength(2);
      }
    });

    it('has one scrape connection for each job except the jobs of the scrapers', () => {
      const { nodes, edges } = topology(name);
      const scrapers = nodes.filter(
        ({ job }) => job?.endsWith('/prometheus-agent') || job === jobs.prometheus,
      );
      expect(scrapers).toHaveLength(1 + environment.edges.length);
      expect(edges.filter(({ kind }) => kind === 'scrape')).toHaveLength(
        nodes.filter(({ job }) => job).length - scrapers.length,
      );
    });

    it('has components with unique names, and connects only components that exist', () => {
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

    it('has the component that starts the batch in the environment', () => {
      const names = clusterNodes(environment).map((node) => node.name);
      const { functions, airflow } = environment;
      expect(names.includes('batch-schedule')).toBe(functions.host === 'cluster' && !airflow);
      expect(names.includes('airflow-scheduler')).toBe(airflow !== undefined);
    });
  },
);

describe('several edges', () => {
  const edges = ['another-cluster', 'branch', 'factory'];

  it('have separate components, even if two edges share one job name', () => {
    const agents = topology('scaled').nodes.filter(({ name }) => name.endsWith('-agent'));
    expect(agents.map(({ name }) => name)).toEqual(edges.map((edge) => `${edge}-agent`));
    expect(agents.map(({ cluster }) => cluster)).toEqual(edges);
    expect(new Set(agents.map(({ job }) => job)).size).toBe(2);
  });

  it.each(edges)('are scraped by their agent, which writes to the central Prometheus: %s', (edge) => {
    const agent = `${edge}-agent`;
    expect(edgeOf('scaled', `${agent}/${edge}-nats-exporter/scrape`)?.rate).toMatch(
      new RegExp(`^sum\\(scrape_samples_scraped\\{job="[^"]+/nats",cluster="${edge}"\\}\\) / 30$`),
    );
    expect(edgeOf('scaled', `${agent}/prometheus/remote-write`)?.rate).toContain(`cluster="${edge}"`);
  });

  it('have key queries that select only the series of the edge', () => {
    const exprs = topology('scaled').nodes.flatMap(({ name, keySeries }) =>
      name === 'factory-agent' ? keySeries.map(({ expr }) => expr) : [],
    );
    expect(exprs.length).toBeGreaterThan(3);
    expect(exprs.filter((expr) => !expr.includes('cluster="factory"'))).toEqual([]);
  });

  it('are in separate clusters on the map', () => {
    const places = topology('scaled').nodes.flatMap(({ place }) =>
      place === 'outside' ? [] : [place.cluster],
    );
    expect([...new Set(places)].sort()).toEqual([
      'central cluster',
      ...edges.map((edge) => `edge cluster ${edge}`),
    ]);
  });
});

describe('components that only some environments have', () => {
  it('are the alert receivers of prod, and the remote-write store of an environment that has a store', () => {
    expect(edgeOf('prod', 'alertmanager/pagerduty/alerts')?.rate).toContain('integration="pagerduty"');
    expect(edgeOf('prod', 'alertmanager/slack/alerts')).toBeDefined();
    expect(edgeOf('local', 'alertmanager/slack/alerts')).toBeUndefined();
    expect(edgeOf('scaled', 'prometheus/thanos/remote-write')?.rate).toContain(`job="${jobs.prometheus}"`);
    expect(edgeOf('managed', 'prometheus/azure-monitor/remote-write')).toBeDefined();
  });

  it('are outside the clusters if they are functions that run on Azure', () => {
    const pusher = (name: string) => topology(name).nodes.find((node) => node.name === 'batch-pusher');
    expect(pusher('local')).toMatchObject({ job: 'batch-pusher', place: { namespace: 'airflow-3' } });
    expect(pusher('prod')).toMatchObject({ place: 'outside' });
    expect(pusher('prod')).not.toHaveProperty('job');
    expect(edgeOf('scaled', 'usdt-exporter/pushgateway/push')).toBeDefined();
    expect(edgeOf('scaled', 'usdt-exporter/binance/requests')).toBeUndefined();
  });
});
