import { expect, it } from 'vitest';
import { checkEnvironments } from '../../config/check-environments.ts';
import * as environments from '../../config/environments/index.ts';
import { jobs } from '../../config/topology.ts';
import { expectations } from '../../verify/cluster.ts';

const checked = checkEnvironments(Object.values(environments));

it('a system is looked at by the values of its environment', () => {
  for (const environment of checked) {
    const { centralJobs, federatedJobs, federatedClusters, primaryCluster } = expectations(environment);
    expect(primaryCluster).toBe(environment.central.labels.cluster);
    expect(federatedClusters).toEqual(environment.edges.map((edge) => edge.labels.cluster));
    expect(federatedJobs).toHaveLength(environment.edges.length * 2);
    expect(centralJobs.includes(jobs.batchPusher)).toBe(environment.functions.host === 'cluster');
  }
});

it('jobs of the default edge are named as on the laptop', () => {
  const local = checked.find((environment) => environment.name === 'local');
  expect(local && expectations(local).federatedJobs).toEqual(
    expect.arrayContaining([jobs.edgeNats, jobs.prometheusAgent]),
  );
});
