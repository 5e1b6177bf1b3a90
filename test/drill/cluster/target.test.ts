import { describe, expect, it } from 'vitest';
import * as environments from '../../../config/environments/index.ts';
import { clusterFaults, everyFault } from '../../../drill/cluster/faults.ts';
import { clusterActions, limitsOf, openCluster } from '../../../drill/cluster/target.ts';
import { CouldNotRun } from '../../../drill/target.ts';
import { checkEnvironments, EnvironmentError } from '../../../platforms/check-environments.ts';
import { Kubectl } from '../../../verify/kubectl.ts';
import { alerts } from '../../rules/promtool.ts';
import { variants } from '../../stacks/environments.ts';
import { kubectlMock } from '../../verify/kubectl-mock.ts';

const { does, calls } = kubectlMock();
const checked = [...checkEnvironments(Object.values(environments)), ...checkEnvironments(variants)];
const environmentOf = (name: string) => {
  const found = checked.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no environment ${name}`);
  return found;
};
const local = environmentOf('local');

const actionsIn = (environment: typeof local, data = true) =>
  clusterActions(environment, {
    kubectl: new Kubectl({ context: 'central' }),
    kubectlOfEdge: (edge) => new Kubectl({ context: `of-${edge}` }),
    hasData: async () => data,
  });

const deployment = `echo '{"metadata":{},"spec":{"replicas":1}}'`;
const withRights = `[ "$3 $4" = "auth can-i" ] && { echo yes; exit 0; }\n[ "$3" = get ] && ${deployment}; true`;

describe('the faults of a cluster', () => {
  it('change only namespaces in which the environment allows drills', () => {
    const allowing = (...namespaces: readonly [string, ...string[]]) =>
      clusterFaults({ ...local, drill: { namespaces: [...namespaces] } }).map(({ name }) => name);
    expect(allowing('nats')).toEqual(['exporter-scaled-to-zero', 'exporter-cut-off', 'volume-filled']);
    expect(allowing('airflow-3')).toEqual([
      'pushgateway-scaled-to-zero',
      'batch-suspended',
      'certificate-expiring',
    ]);
    expect(allowing('another-cluster')).toEqual([]);
  });

  it('are marked as safe only if they cause no loss of data', () => {
    const safe = (environment: typeof local) =>
      clusterFaults(environment).flatMap(({ name, safe: isSafe }) => (isSafe ? [name] : []));
    expect(safe(local)).toEqual(['exporter-scaled-to-zero', 'batch-suspended']);
    expect(safe(environmentOf('dev'))).toEqual(['exporter-scaled-to-zero']);
    expect(safe(environmentOf('prod'))).toEqual([]);
  });

  it('have a detection limit that is longer than the slowest alert of the environment', () => {
    const detection = (every: string, overrides: typeof local.alerting.overrides = {}) =>
      limitsOf({
        ...local,
        functions: { ...local.functions, every },
        alerting: { ...local.alerting, overrides },
      }).detection;
    expect(detection('10m')).toBe(1500);
    expect(detection('1h')).toBeGreaterThan(1.25 * 3600 + 300);
    expect(detection('1h', { BatchRunMissing: { threshold: 3, for: '30m' } })).toBeGreaterThan(
      3 * 3600 + 1800,
    );
    expect(detection('1m')).toBe(1500);
  });

  it('have unique names', () => {
    const ofChart = ['KubePersistentVolumeFillingUp'];
    const known = [...alerts.map(({ alert }) => alert), ...ofChart];
    for (const environment of checked) {
      const faults = everyFault(environment);
      expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
      for (const { alerts: expected, change } of faults) {
        expect(known).toEqual(expect.arrayContaining(expected.map(({ alert }) => alert)));
        expect(change.effect).toMatch(/^[a-z].*[^.]$/);
        expect(change.needs.length).toBeGreaterThan(0);
      }
    }
  });

  it('do not break a certificate that cert-manager would repair', () => {
    const names = checked.flatMap((environment) => everyFault(environment).map(({ name }) => name));
    expect(names).toContain('branch-certificate-broken');
    expect(everyFault(local).map(({ name }) => name)).not.toContain('another-cluster-certificate-broken');
  });
});

describe('the setting drill.namespaces', () => {
  it('is refused if it names a namespace outside the environment', () => {
    const { local: values } = environments;
    const wrong = { ...values, drill: { namespaces: ['kube-system'] } };
    expect(() => checkEnvironments([wrong])).toThrow(EnvironmentError);
    expect(() => checkEnvironments([wrong])).toThrow(/drill\.namespaces.*kube-system is no namespace/);
  });
});

describe('a drill of a cluster', () => {
  it('is refused if the environment does not set `drill.namespaces`', async () => {
    const { drill: _, ...closed } = local;
    await expect(actionsIn(closed).faults()).rejects.toThrow(CouldNotRun);
    await expect(actionsIn(closed).faults()).rejects.toThrow(
      'drill.namespaces in config/environments/local.ts',
    );
  });

  it('does not connect if the environment does not allow a drill', async () => {
    does('echo "no route to host" >&2; exit 1');
    const { drill: _, ...closed } = local;
    const open = (restoresOnly: boolean) =>
      openCluster(closed, {
        restoresOnly,
        signal: new AbortController().signal,
        say: () => {},
      });
    await expect(open(false)).rejects.toThrow('does not allow a drill');
    expect(calls()).toBe('');
    await expect(open(true)).rejects.toThrow(CouldNotRun);
    await expect(open(true)).rejects.toThrow('no route to host');
  });

  it('refuses to inject a fault in a namespace that is not allowed', async () => {
    does(withRights);
    const actions = actionsIn({ ...local, drill: { namespaces: ['nats'] } });
    await expect(actions.inject('pushgateway-scaled-to-zero')).rejects.toThrow('The drill has no fault');
    expect(calls()).toBe('');
  });

  it('skips a fault if the query `needsData` of the fault returns no data', async () => {
    const names = async (data: boolean) => (await actionsIn(local, data).faults()).map(({ name }) => name);
    expect(await names(true)).toContain('volume-filled');
    expect(await names(false)).not.toContain('volume-filled');
  });

  it('injects a fault with a patch', async () => {
    does(withRights);
    await actionsIn(local).inject('exporter-scaled-to-zero');
    expect(calls()).toMatch(/patch deployment usdt-exporter --namespace nats .*"replicas":0/);
  });

  it('names the missing rights before it changes anything', async () => {
    does('[ "$5" = patch ] && { echo no; exit 1; }\necho yes');
    const actions = actionsIn(local);
    await expect(actions.inject('exporter-scaled-to-zero')).rejects.toThrow(
      'lacks rights in the namespace nats: patch deployments.apps. The fault exporter-scaled-to-zero needs these rights.',
    );
    expect(calls()).not.toContain(' patch deployment ');
    await actions.restore('exporter-scaled-to-zero');
    expect(calls()).not.toContain('central get ');
  });

  it('reports an unreachable cluster with the error of kubectl', async () => {
    does('echo "dial tcp 10.0.0.1:6443: connect: connection refused" >&2; exit 1');
    await expect(actionsIn(local).inject('batch-suspended')).rejects.toThrow(
      /connection refused[\s\S]*get nodes/,
    );
  });

  it('ends an earlier fault even in a namespace that is no longer allowed', async () => {
    const annotation = { 'prometheus-platform/drill-original': '1' };
    does(`echo '${JSON.stringify({ metadata: { annotations: annotation }, spec: { replicas: 0 } })}'`);
    await actionsIn({ ...local, drill: { namespaces: ['nats'] } }).restore('pushgateway-scaled-to-zero');
    expect(calls()).toMatch(/patch deployment pushgateway --namespace airflow-3 .*"replicas":1/);
  });

  it('changes an edge through the kubectl context of that edge', async () => {
    const scaled = environmentOf('scaled');
    const allowed = { ...scaled, drill: { namespaces: ['branch'] } };
    does(
      `[ "$3 $4" = "auth can-i" ] && { echo yes; exit 0; }\n[ "$3" = get ] && echo '{"data":{"tls.crt":"YQ=="}}'; true`,
    );
    await actionsIn(allowed).inject('branch-certificate-broken');
    expect(calls()).toContain('--context of-branch patch secret remote-write-tls --namespace branch');
    expect(calls()).not.toContain('--context central');
  });
});
