import { describe, expect, it } from 'vitest';
import { committed, variants } from './environments.ts';
import {
  type Block,
  only,
  type StackJson,
  stackOf,
  synthesize,
  valuesOf,
} from './synthesis.ts';

const synthesis = await synthesize(committed);
const variant = await synthesize(variants);

describe('the engine', () => {
  const prometheus = (values: { prometheus: { prometheusSpec: Block } }) => values.prometheus.prometheusSpec;

  it('azure-monitor receives samples through a workload identity and has its own alert on missing samples', () => {
    const values = valuesOf(stackOf(variant, 'managed-monitoring'), 'kube-prometheus-stack');
    expect(prometheus(values).remoteWrite).toEqual([
      expect.objectContaining({
        url: expect.stringContaining('Microsoft-PrometheusMetrics/api/v1/write'),
        azureAd: expect.objectContaining({ workloadIdentity: expect.anything() }),
      }),
    ]);
    expect(
      only(stackOf(variant, 'managed-platform'), 'azurerm_monitor_alert_prometheus_rule_group'),
    ).toMatchObject({
      interval: 'PT1M',
      rule: [
        {
          expression: 'vector(1) unless group(up{job="kube-prometheus-stack-prometheus"})',
          for: 'PT10M',
          severity: 1,
        },
      ],
    });
  });

  it('does not change the agents and the rules', () => {
    const [before, after] = [stackOf(synthesis, 'dev-federation'), stackOf(variant, 'managed-federation')];
    expect(JSON.stringify(after.resource).replaceAll('managed-federation', 'dev-federation')).toBe(
      JSON.stringify(before.resource),
    );
    const rules = (stack: StackJson) => valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap;
    expect(rules(stackOf(variant, 'managed-monitoring'))).toEqual(
      rules(stackOf(synthesis, 'dev-monitoring')),
    );
  });
});

it('a central Prometheus without a volume keeps one day of samples, because this amount fits on the disk of its node', () => {
  const { prometheusSpec } = valuesOf(
    stackOf(variant, 'managed-monitoring'),
    'kube-prometheus-stack',
  ).prometheus;
  expect(prometheusSpec.retention).toBe('1d');
  expect(prometheusSpec).not.toHaveProperty('storageSpec');
});
