import { expect, it } from 'vitest';
import * as environments from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { jobs } from '../../sources/index.ts';
import { clusterSystem, expectations } from '../../verify/cluster.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { moving, variants } from '../stacks/environments.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does, calls } = kubectlMock();

const checked = [...checkEnvironments(Object.values(environments)), ...checkEnvironments(variants)];
const local = checked.find(({ name }) => name === 'local');
if (!local) throw new Error('no local environment');

it('verify expects the jobs and clusters that the environment declares', () => {
  for (const environment of checked) {
    const { centralJobs, federatedJobs, federatedClusters, primaryCluster } = expectations(environment);
    expect(primaryCluster).toBe(environment.central.labels.cluster);
    expect(federatedClusters).toEqual(environment.edges.map((edge) => edge.labels.cluster));
    expect(federatedJobs).toHaveLength(environment.edges.length * 2);
    expect(centralJobs.includes(jobs.batchPusher)).toBe(environment.functions.host === 'cluster');
    expect(centralJobs.includes(jobs.usdtExporter)).toBe(environment.usdtExporter.host === 'cluster');
  }
});

it('verify expects the same jobs in the environment `local` as in the laptop pipeline', () => {
  const { centralJobs, federatedJobs } = expectations(local);
  const laptop = laptopSystem();
  expect([...centralJobs].sort()).toEqual([...laptop.centralJobs].sort());
  expect([...federatedJobs].sort()).toEqual([...laptop.federatedJobs].sort());
});

it.each(Object.values(moving))(
  'verify expects the Thanos jobs in the environment $name, which writes to both engines',
  (values) => {
    const [environment] = checkEnvironments([values]);
    if (!environment) throw new Error(`no environment ${values.name}`);
    const { centralJobs, thanos, objectStore } = expectations(environment);
    expect(centralJobs.filter((job) => job.startsWith('thanos-'))).toEqual([
      'thanos-router',
      'thanos-ingester',
      'thanos-query',
      'thanos-ruler-operated',
    ]);
    expect({ thanos, objectStore }).toEqual({ thanos: true, objectStore: false });
  },
);

it('verify searches for Grafana again after a failed search', async () => {
  const cluster = (secret: string) => `
    case "$*" in
      *port-forward*) echo 'Forwarding from 127.0.0.1:40123 -> 9090'; exec sleep 20;;
      *configmap*) echo '{"data":{"ca.crt":"PEM"}}';;
      *secret*) ${secret};;
    esac`;
  does(cluster('echo there is no such Secret >&2; exit 1'));
  const system = await clusterSystem(local);
  try {
    await expect(system.grafana?.()).rejects.toThrow('there is no such Secret');
    does(cluster(`echo '{"data":{"admin-user":"YWRtaW4=","admin-password":"c2VjcmV0"}}'`));
    const found = { url: 'https://localhost:40123', username: 'admin', password: 'secret' };
    await expect(system.grafana?.()).resolves.toMatchObject(found);
    const asked = calls();
    await expect(system.grafana?.()).resolves.toMatchObject(found);
    expect(calls()).toBe(asked);
  } finally {
    await system.close();
  }
});
