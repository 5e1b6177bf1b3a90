import { describe, expect, it } from 'vitest';
import { dev, local } from '../../config/environments/index.ts';
import { usdtRefresh } from '../../config/knobs.ts';
import { readExporterConfig } from '../../functions/usdt-exporter/settings.ts';
import { seconds } from '../../metrics/duration.ts';
import { functions } from '../../sources/index.ts';
import { committed, variants } from './environments.ts';
import {
  type Block,
  blocks,
  only,
  releaseNames,
  type StackJson,
  stackOf,
  synthesize,
  valuesOf,
} from './synthesis.ts';

const synthesis = await synthesize(committed);
const variant = await synthesize(variants);

describe('the functions', () => {
  it('run either as pods or on Azure, but not on both', () => {
    const pods = (environment: string) =>
      blocks(
        stackOf(environment === 'scaled' ? variant : synthesis, `${environment}-workloads`),
        'kubernetes_deployment_v1',
      )
        .map(({ metadata }) => (metadata as Block).name)
        .sort();
    const all = functions.map(({ program }) => program.name).sort();
    expect(all).toEqual(expect.arrayContaining(['batch-pusher', 'usdt-exporter']));
    expect(pods('local')).toEqual(all);
    expect(pods('dev')).toEqual(all.filter((name) => name !== 'batch-pusher'));
    expect(pods('scaled')).toEqual(all.filter((name) => name !== 'batch-pusher' && name !== 'usdt-exporter'));
  });

  it('have no timer on Azure if the environment runs Airflow', async () => {
    const airflow = { databaseHost: 'db.example.com', databaseName: 'airflow', databaseUser: 'airflow' };
    const settingsOf = (app: Block) => String(app.template_content);
    const own = only(stackOf(synthesis, 'dev-functions'), 'azurerm_resource_group_template_deployment');
    expect(settingsOf(own)).toContain('"TASK_SCHEDULE","value":"0 */10 * * * *"');
    const stack = stackOf(await synthesize([{ ...dev, airflow }]), 'dev-functions');
    const app = only(stack, 'azurerm_resource_group_template_deployment');
    expect(settingsOf(app)).toContain('"TASK_SCHEDULE","value":"off"');
    expect(settingsOf(app)).not.toContain('ETL_PERIOD_SECONDS');
  });

  it('have no CronJob if the environment runs Airflow', () => {
    const closed = stackOf(variant, 'closed-workloads');
    expect(releaseNames(closed)).toContain('airflow');
    expect(Object.keys(closed.variable ?? {})).toContain('airflow_database_password');
    const local = stackOf(synthesis, 'local-workloads');
    expect(releaseNames(local)).not.toContain('airflow');
    // A CronJob next to Airflow would overwrite the reports of Airflow in the Pushgateway.
    const scheduled = (stack: typeof local) => Object.keys(stack.resource?.kubernetes_cron_job_v1 ?? {});
    expect(scheduled(local)).toHaveLength(1);
    expect(scheduled(closed)).toEqual([]);
  });

  it('accept calls only from Airflow, the configured namespaces and Prometheus', () => {
    const callers = (stack: StackJson) => {
      const policies = blocks(stack, 'kubernetes_network_policy_v1') as {
        metadata: Block;
        spec: { ingress: { from: Record<string, { match_labels: Block }>[] }[] };
      }[];
      const policy = policies.find(({ metadata }) => metadata.name === 'allow-batch-pusher');
      return (policy?.spec.ingress[0]?.from ?? []).map(({ namespace_selector, pod_selector }) => [
        namespace_selector?.match_labels['kubernetes.io/metadata.name'],
        pod_selector?.match_labels,
      ]);
    };
    const prometheus = ['airflow-3', expect.objectContaining({ 'app.kubernetes.io/name': 'prometheus' })];
    expect(callers(stackOf(synthesis, 'local-workloads'))).toEqual([prometheus]);
    expect(callers(stackOf(variant, 'closed-workloads'))).toEqual([
      prometheus,
      ['airflow-3', { release: 'airflow' }],
      ['payroll', undefined],
    ]);
  });

  it('use images from the Azure registry without a pull Secret if they run in AKS', () => {
    const text = JSON.stringify(stackOf(synthesis, 'dev-workloads'));
    expect(text).toContain('monitoringdevacr.azurecr.io/usdt-exporter:1.0.0');
    expect(text).not.toContain('acr-credentials');
  });

  it('push to an internal load balancer if they run on Azure', () => {
    const service = only(stackOf(synthesis, 'dev-monitoring'), 'kubernetes_service_v1');
    expect(service.spec).toMatchObject({
      type: 'LoadBalancer',
      load_balancer_source_ranges: ['10.64.16.0/24'],
      external_traffic_policy: 'Local',
    });
    expect(only(stackOf(synthesis, 'dev-platform'), 'azurerm_private_dns_a_record')).toMatchObject({
      name: 'pushgateway',
      records: ['10.64.17.10'],
    });
    const app = only(stackOf(synthesis, 'dev-functions'), 'azurerm_resource_group_template_deployment');
    expect(app.template_content).toContain('https://pushgateway.dev.monitoring.internal:9091');
  });
});

describe('the batch of the batch-pusher', () => {
  type Alert = { alert?: string; expr: string };
  const thresholdSeconds = (stack: StackJson, alert: string) => {
    const rules = valuesOf(
      stack,
      'kube-prometheus-stack',
    ).additionalPrometheusRulesMap.platform.groups.flatMap(({ rules }: { rules: Alert[] }) => rules);
    const expr: string = rules.find((rule: Alert) => rule.alert === alert)?.expr;
    const [, times, period] = expr.match(/> \((\S+) \* \(.* \+ (\d+)\)\)/) ?? [];
    return Number(times) * Number(period);
  };
  const timerOf = (name: string) =>
    JSON.stringify(blocks(stackOf(synthesis, name), 'azurerm_resource_group_template_deployment')).match(
      /TASK_SCHEDULE[^0-9]+([^"\\]+)/,
    )?.[1];
  const cronOf = (stack: StackJson) =>
    blocks(stack, 'kubernetes_cron_job_v1').map(({ spec }) => (spec as Block).schedule);

  it('has alerts whose thresholds follow the configured schedule', async () => {
    const hourly = await synthesize([{ ...local, functions: { host: 'cluster', every: '1h' } }]);
    expect(cronOf(stackOf(hourly, 'local-workloads'))).toEqual(['0 * * * *']);
    expect(thresholdSeconds(stackOf(hourly, 'local-monitoring'), 'BatchRunMissing')).toBe(4500);
    expect(thresholdSeconds(stackOf(hourly, 'local-monitoring'), 'BatchDataStale')).toBe(10_800);

    expect(cronOf(stackOf(synthesis, 'local-workloads'))).toEqual(['*/10 * * * *']);
    for (const environment of ['dev', 'prod'])
      expect(timerOf(`${environment}-functions`)).toBe('0 */10 * * * *');
    for (const environment of ['dev', 'prod', 'local']) {
      const stack = stackOf(synthesis, `${environment}-monitoring`);
      expect(thresholdSeconds(stack, 'BatchRunMissing'), environment).toBe(750);
      expect(thresholdSeconds(stack, 'BatchDataStale'), environment).toBe(1800);
    }
  });

  it('receives the interval of its schedule in ETL_PERIOD_SECONDS', () => {
    const envOf = (stack: StackJson) => JSON.stringify(blocks(stack, 'kubernetes_cron_job_v1'));
    expect(envOf(stackOf(synthesis, 'local-workloads'))).toContain('"ETL_PERIOD_SECONDS","value":"600"');
    for (const environment of ['dev', 'prod'])
      expect(
        only(stackOf(synthesis, `${environment}-functions`), 'azurerm_resource_group_template_deployment')
          .template_content,
      ).toContain('"ETL_PERIOD_SECONDS","value":"600"');
  });

  it('uses the configured batch interval if Airflow runs the batch', () => {
    expect(valuesOf(stackOf(variant, 'closed-workloads'), 'airflow').env).toContainEqual({
      name: 'ETL_PERIOD_SECONDS',
      value: '21600',
    });
    expect(thresholdSeconds(stackOf(variant, 'closed-monitoring'), 'BatchRunMissing')).toBe(27_000);
  });
});

it('the Azure function of the exporter pushes the USDT rate every 10 minutes', () => {
  const { template_content: template } =
    blocks(stackOf(variant, 'scaled-functions'), 'azurerm_resource_group_template_deployment').find(
      ({ name }) => name === 'monitoring-scaled-usdt',
    ) ?? {};
  expect(template).toContain('"TASK_SCHEDULE","value":"0 */10 * * * *"');
  expect(readExporterConfig({}).refreshMs).toBe(seconds(usdtRefresh.production) * 1000);
  expect(usdtRefresh.production).toBe('10m');
});
