import { describe, expect, it } from 'vitest';
import { local } from '../../config/environments/index.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { jobs } from '../../sources/index.ts';
import { variants } from './environments.ts';
import { stackOf, synthesize, valuesOf } from './synthesis.ts';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

async function rulesOf(environment: EnvironmentValues): Promise<readonly Rule[]> {
  const stack = stackOf(await synthesize([environment]), `${environment.name}-monitoring`);
  const { groups } = valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap.platform;
  return groups.flatMap(({ rules }: { readonly rules: readonly Rule[] }) => rules);
}

const clustersOf = (rules: readonly Rule[], role: string) =>
  rules
    .filter(({ record, labels }) => record === 'cluster:configured:info' && labels?.role === role)
    .map(({ labels }) => labels?.cluster);

const jobsOf = (rules: readonly Rule[]) => {
  const { expr = '' } = rules.find(({ alert }) => alert === 'TargetMissing') ?? {};
  return /job=~"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? [];
};

const scaled = variants.find(({ name }) => name === 'scaled') as EnvironmentValues;

describe('the rules of an environment', () => {
  it.each<[string, EnvironmentValues]>([
    ['name every cluster of the environment "local"', local],
    ['name only the central cluster if no edges exist', { ...local, edges: [] }],
    ['name every cluster of the environment "scaled"', scaled],
  ])('%s', async (_title, environment) => {
    const rules = await rulesOf(environment);
    expect(clustersOf(rules, 'central')).toEqual([environment.central.labels.cluster]);
    expect(clustersOf(rules, 'edge')).toEqual(environment.edges.map(({ labels }) => labels.cluster));
    for (const { namespace } of environment.edges) {
      expect(jobsOf(rules)).toEqual(
        expect.arrayContaining([`${namespace}/nats`, `${namespace}/prometheus-agent`]),
      );
    }
    expect(jobsOf(rules).filter((job) => job.endsWith('/prometheus-agent'))).toHaveLength(
      new Set(environment.edges.map(({ namespace }) => namespace)).size,
    );
  });

  it('leave functions on Azure out of the alert TargetMissing', async () => {
    const all = jobsOf(await rulesOf(local));
    expect(all).toEqual(expect.arrayContaining([jobs.usdtExporter, jobs.batchPusher, jobs.certManager]));
    const few = jobsOf(
      await rulesOf({ ...scaled, certificates: { ...scaled.certificates, install: false } }),
    );
    expect(few).not.toContain(jobs.usdtExporter);
    expect(few).not.toContain(jobs.certManager);
  });
});
