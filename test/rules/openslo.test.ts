import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { seconds } from '../../metrics/duration.ts';
import { prometheusRules } from '../../rules/index.ts';
import { type OpenSloObject, openSloObjects } from '../../rules/openslo.ts';
import { burnWindows, slos } from '../../rules/slo.ts';
import { analyse } from '../metrics/promql-analysis.ts';
import { openSloSchema } from './openslo-schema.ts';

const file = join(import.meta.dirname, '../../docs/reference/objectives.openslo.yaml');
const objects = parseAllDocuments(readFileSync(file, 'utf8')).map(
  (document) => document.toJS() as OpenSloObject,
);

interface SloSpec {
  readonly service: string;
  readonly indicator: {
    readonly spec: {
      readonly ratioMetric: Record<'bad' | 'total', { metricSource: { spec: { query: string } } }>;
    };
  };
  readonly objectives: readonly { readonly target: number }[];
  readonly timeWindow: readonly { readonly duration: string }[];
  readonly alertPolicies: readonly { readonly alertPolicyRef: string }[];
}

const ofKind = (kind: OpenSloObject['kind']) => objects.filter((one) => one.kind === kind);
const names = (kind: OpenSloObject['kind']) => ofKind(kind).map(({ metadata }) => metadata.name);

describe('the OpenSLO file', () => {
  it('is up to date with the definitions', () => {
    expect(objects).toEqual(JSON.parse(JSON.stringify(openSloObjects())));
  });

  it('follows the specification OpenSLO v1', () => {
    for (const object of objects) {
      const { error } = openSloSchema.safeParse(object);
      expect(error === undefined ? '' : `${object.metadata.name}: ${z.prettifyError(error)}`).toBe('');
    }
    const unique = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(unique).toEqual([...new Set(unique)]);
  });

  it('is rejected by the schema if a target, a period or a field is wrong', () => {
    const [slo] = ofKind('SLO');
    const accepts = (spec: object) =>
      openSloSchema.safeParse({ ...slo, spec: { ...slo?.spec, ...spec } }).success;
    expect(accepts({})).toBe(true);
    expect(accepts({ objectives: [{ displayName: '100 %', target: 1 }] })).toBe(false);
    expect(accepts({ timeWindow: [{ duration: '30s', isRolling: true }] })).toBe(false);
    expect(accepts({ target: 0.99 })).toBe(false);
  });

  it('contains the target and the period of each objective', () => {
    const found = ofKind('SLO').map(({ metadata, spec }) => {
      const { objectives, timeWindow } = spec as SloSpec;
      return [metadata.name, objectives[0]?.target, timeWindow[0]?.duration];
    });
    expect(found).toEqual(slos.map(({ name, objective }) => [name, objective, '30d']));
  });

  it('queries only series from the recording rules of a cluster', () => {
    const stored = prometheusRules()
      .groups.flatMap(({ rules }) => rules)
      .flatMap((rule) => ('record' in rule ? [`${rule.record} ${rule.labels?.slo ?? ''}`] : []));
    for (const { metadata, spec } of ofKind('SLO')) {
      const { bad, total } = (spec as SloSpec).indicator.spec.ratioMetric;
      for (const { metricSource } of [bad, total]) {
        expect(analyse(metricSource.spec.query).selectors.map(({ metric }) => metric)).toEqual([
          'slo:bad:bool',
        ]);
        expect(stored).toContain(`slo:bad:bool ${metadata.name}`);
        expect(metricSource.spec.query).toContain(`slo="${metadata.name}"`);
      }
    }
  });

  it('contains the threshold and the longer window of each burn rate', () => {
    const conditions = ofKind('AlertCondition').map(({ spec }) => {
      const { condition, severity } = spec as {
        severity: string;
        condition: { threshold: number; lookbackWindow: string };
      };
      return [severity, condition.threshold, seconds(condition.lookbackWindow)];
    });
    expect(conditions).toEqual(
      Object.entries(burnWindows).flatMap(([speed, windows]) =>
        Object.values(windows).map(({ factor, long }) => [
          speed === 'fast' ? 'critical' : 'warning',
          factor,
          seconds(long.production),
        ]),
      ),
    );
  });

  it('refers only to objects in the file', () => {
    for (const { spec } of ofKind('SLO')) {
      const { service, alertPolicies } = spec as SloSpec;
      expect(names('Service')).toContain(service);
      expect(alertPolicies.map(({ alertPolicyRef }) => alertPolicyRef)).toEqual(names('AlertPolicy'));
    }
    const policies = ofKind('AlertPolicy').map(
      ({ spec }) =>
        spec as { conditions: { conditionRef: string }[]; notificationTargets: { targetRef: string }[] },
    );
    expect(policies.map(({ conditions }) => conditions[0]?.conditionRef)).toEqual(names('AlertCondition'));
    for (const { notificationTargets } of policies) {
      expect(notificationTargets.map(({ targetRef }) => targetRef)).toEqual(names('AlertNotificationTarget'));
    }
  });
});
