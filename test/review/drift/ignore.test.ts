import { describe, expect, it } from 'vitest';
import type { IgnoredChange } from '../../../config/drift-fields.ts';
import type { DriftFinding } from '../../../review/drift/finding.ts';
import { withoutIgnored } from '../../../review/drift/ignore.ts';
import { isBelow, pathText } from '../../../review/drift/paths.ts';

const finding = (...paths: readonly (readonly string[])[]): DriftFinding => ({
  ...{
    state: 'changed',
    kind: 'Deployment',
    namespace: 'nats',
    name: 'exporter',
    title: 'Deployment nats/exporter',
  },
  ...{ declaredBy: 'stack local-workloads', writers: [], remedies: [] },
  differences: paths.map((path) => ({ path, before: 1, after: 2 })),
});
const replicas = ['spec', 'replicas'];
const label = ['metadata', 'labels', 'example.com/team'];
const left = (entry: Partial<IgnoredChange>, found = finding(replicas, label)) => {
  const { findings, unused } = withoutIgnored([found], [{ kind: 'Deployment', reason: 'r', ...entry }]);
  return {
    paths: findings.map(({ differences }) => differences.map(({ path }) => pathText(path))),
    unused: unused.length,
  };
};
const all = { paths: [['spec.replicas', 'metadata.labels[example.com/team]']], unused: 1 };

describe('the setting drift.ignore', () => {
  it('ignores a whole object by kind, namespace and name', () => {
    expect(left({})).toEqual({ paths: [], unused: 0 });
    expect(left({ namespace: 'nats', name: 'exporter' })).toEqual({ paths: [], unused: 0 });
    expect(left({ namespace: 'airflow-3' })).toEqual(all);
    expect(left({ name: 'other' })).toEqual(all);
    expect(left({ kind: 'StatefulSet' })).toEqual(all);
  });

  it('selects an ignored value by the path of the value in the report', () => {
    expect(left({ path: 'metadata.labels[example.com/team]' })).toEqual({
      paths: [['spec.replicas']],
      unused: 0,
    });
    expect(left({ path: 'spec' })).toEqual({ paths: [['metadata.labels[example.com/team]']], unused: 0 });
    expect(left({ path: 'spec.replica' })).toEqual(all);
  });

  it('removes a finding whose differences are all ignored', () => {
    expect(left({ path: 'spec.replicas' }, finding(replicas))).toEqual({ paths: [], unused: 0 });
    expect(left({ path: 'spec.replicas' }, { ...finding(), state: 'missing' })).toEqual({
      paths: [[]],
      unused: 1,
    });
  });

  it('adds its reason to each ignored change', () => {
    const entry = { kind: 'Deployment', path: 'spec.replicas', reason: 'an operator scales the exporter' };
    const { ignored } = withoutIgnored([finding(replicas)], [entry]);
    expect(ignored).toEqual([
      { title: 'Deployment nats/exporter', paths: [replicas], reason: 'an operator scales the exporter' },
    ]);
  });
});

describe('a path in drift.ignore', () => {
  it.each([
    ['webhooks.*.rules', ['webhooks', 'w.example.com', 'rules', '0']],
    ['webhooks.*.rules', ['webhooks', 'rules', '0']],
    ['spec', ['spec']],
  ])('%s covers %j', (pattern, path) => {
    expect(isBelow(path, pattern)).toBe(true);
  });

  it.each([
    ['webhooks.*.rules', ['webhooks', 'w', 'failurePolicy']],
    ['spec.a', ['spec']],
  ])('%s does not cover %j', (pattern, path) => {
    expect(isBelow(path, pattern)).toBe(false);
  });
});
