import { expect, it } from 'vitest';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { clusterSystem } from '../../verify/cluster.ts';
import type { PrometheusApi } from '../../verify/prometheus-api.ts';
import { thanosApi } from '../../verify/thanos-api.ts';
import { onThanos } from '../stacks/environments.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does } = kubectlMock();

/** An API whose answers contain its own name. */
const named = (
  name: string,
  series: readonly { readonly metric: Record<string, string> }[],
): PrometheusApi => ({
  query: async () => series,
  targets: async () => [{ labels: {}, scrapeUrl: name, health: 'up', lastError: '' }],
  ruleGroups: async () => [{ name, evaluationTime: 0, rules: [] }],
  alertmanagers: async () => [name],
});

it('verify reads samples and rules from the querier, and reads targets from the Prometheus that scrapes', async () => {
  const api = thanosApi(named('querier', [{ metric: { job: 'a' } }]), named('scraper', []));
  expect(await api.query('up')).toEqual([{ metric: { job: 'a' } }]);
  expect((await api.ruleGroups()).map(({ name }) => name)).toEqual(['querier']);
  expect((await api.targets()).map(({ scrapeUrl }) => scrapeUrl)).toEqual(['scraper']);
});

it('verify finds the Alertmanagers that have accepted an alert of a ruler, and finds none if no ruler has sent an alert', async () => {
  const found = named('querier', [{ metric: { alertmanager: 'alertmanager:9093' } }]);
  expect(await thanosApi(found, named('scraper', [])).alertmanagers()).toEqual(['alertmanager:9093']);
  expect(await thanosApi(named('querier', []), named('scraper', [])).alertmanagers()).toEqual([]);
});

it('verify connects to the querier with the client certificate of Grafana if the engine is thanos', async () => {
  const [environment] = checkEnvironments([onThanos]);
  if (!environment) throw new Error('no environment');
  // The mock fails on every Service and every Secret that Thanos does not need.
  does(`
    case "$*" in
      *port-forward*service/thanos-query*10902*|*port-forward*service/kube-prometheus-stack-prometheus*)
        echo 'Forwarding from 127.0.0.1:40123 -> 9090'; exec sleep 20;;
      *configmap*) echo '{"data":{"ca.crt":"PEM"}}';;
      *secret*grafana-reader-tls*) echo '{"data":{"tls.crt":"UEVN","tls.key":"UEVN"}}';;
      *) echo "unexpected: $*" >&2; exit 1;;
    esac`);
  const system = await clusterSystem(environment);
  await system.close();
  does(`
    case "$*" in
      *port-forward*) echo 'Forwarding from 127.0.0.1:40123 -> 9090'; exec sleep 20;;
      *configmap*) echo '{"data":{"ca.crt":"PEM"}}';;
      *) echo 'there is no such Secret' >&2; exit 1;;
    esac`);
  await expect(clusterSystem(environment)).rejects.toThrow('there is no such Secret');
});
