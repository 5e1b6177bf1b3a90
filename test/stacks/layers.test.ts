import { describe, expect, it } from 'vitest';
import type { EnvironmentValues } from '../../config/environment.ts';
import { dev, local, prod } from '../../config/environments/index.ts';
import { readExporterConfig } from '../../functions/usdt-exporter/settings.ts';
import { cadence } from '../../metrics/cadence.ts';
import { seconds } from '../../metrics/duration.ts';
import { kubernetesObjects } from '../modules/kubernetes/manifest.ts';
import { committed, variants } from './environments.ts';
import { type Block, blocks, only, type StackJson, stackOf, synthesize } from './synthesis.ts';

const synthesis = synthesize(committed);
const variant = synthesize(variants);
const all = [...synthesis.stacks, ...variant.stacks];

const releaseNames = (stack: StackJson) => blocks(stack, 'helm_release').map(({ name }) => name);

/** Chart values of a release. */
// biome-ignore lint/suspicious/noExplicitAny: values of a chart are looked into, not handed on
function valuesOf(stack: StackJson, release: string): any {
  const block = blocks(stack, 'helm_release').find(({ name }) => name === release);
  if (!block) throw new Error(`no release ${release}`);
  return JSON.parse((block.values as string[])[0] ?? '');
}

describe('an environment', () => {
  it('is deployed in layers, named after it', () => {
    const layers = (environment: string) =>
      [...synthesis.stacks.keys()].filter((name) => name.startsWith(`${environment}-`));
    const azure = ['federation', 'functions', 'monitoring', 'platform', 'workloads'];
    expect(layers('dev')).toEqual(azure.map((layer) => `dev-${layer}`));
    expect(layers('prod')).toEqual(azure.map((layer) => `prod-${layer}`));
    expect(layers('local')).toEqual(['local-federation', 'local-monitoring', 'local-workloads']);
  });

  it.each([
    ['dev', ['platform', 'monitoring', 'workloads', 'federation', 'functions']],
    ['local', ['monitoring', 'workloads', 'federation']],
  ])('is deployed layer by layer, each after the one before: %s', (environment, layers) => {
    const names = layers.map((layer) => `${environment}-${layer}`);
    expect(names.map((stack) => synthesis.dependencies.get(stack))).toEqual([
      [],
      ...names.slice(0, -1).map((before) => [before]),
    ]);
  });

  it('is told from another by values: both on Azure have the same kinds of resources, but for backup', () => {
    const types = (environment: string, layer: string) =>
      Object.keys(stackOf(synthesis, `${environment}-${layer}`).resource).filter(
        (type) => !/data_protection|kubernetes_cluster_(extension|trusted)|storage/.test(type),
      );
    for (const layer of ['platform', 'monitoring', 'workloads', 'federation', 'functions']) {
      expect(types('dev', layer), layer).toEqual(types('prod', layer));
    }
  });
});

describe.each(all)('%s', (name, stack) => {
  it('plans as soon as its cluster exists: no resource needs a CRD at plan time', () => {
    expect(Object.keys(stack.resource)).not.toContain('kubernetes_manifest');
  });

  it('accepts a range of provider versions and asks for a Terraform that knows write-only arguments', () => {
    expect(stack.terraform.required_version).toBe('>= 1.11.0');
    for (const [provider, { version }] of Object.entries(stack.terraform.required_providers)) {
      expect(version, provider).toMatch(/^~> \d+\.\d+$/);
    }
  });

  it('keeps its state where no other stack does', () => {
    const states = all.map(([, other]) => JSON.stringify(other.terraform.backend));
    expect(states.filter((state) => state === JSON.stringify(stack.terraform.backend))).toHaveLength(1);
    const { azurerm, local: file } = stack.terraform.backend;
    if (azurerm) expect(azurerm).toMatchObject({ key: `${name}.tfstate`, use_azuread_auth: true });
    else expect(file).toEqual({ path: `../../../terraform.${name}.tfstate` });
  });

  it('installs releases that adopt what a failed first install has left, and waits long enough', () => {
    for (const release of blocks(stack, 'helm_release')) {
      expect(release.upgrade_install, String(release.name)).toBe(true);
      expect(release.timeout, String(release.name)).toBeGreaterThanOrEqual(600);
      expect(release.depends_on, String(release.name)).not.toBeUndefined();
    }
  });

  it('logs in to AKS by kubelogin, and to any other cluster by a kubeconfig context', () => {
    for (const provider of stack.provider.kubernetes ?? []) {
      if (provider.config_context) expect(provider.config_path).toMatch(/kube/);
      else expect(provider).toMatchObject({ exec: [expect.objectContaining({ command: 'kubelogin' })] });
    }
  });

  it('reads other stacks’ results by name, never from their state', () => {
    expect(Object.keys(stack.data ?? {})).not.toContain('terraform_remote_state');
  });
});

describe('the default edge', () => {
  it('is a namespace of the central cluster, with its own labels', () => {
    const stack = stackOf(synthesis, 'prod-federation');
    expect(blocks(stack, 'kubernetes_namespace_v1').map(({ metadata }) => (metadata as Block).name)).toEqual([
      'another-cluster',
    ]);
    expect(JSON.stringify(valuesOf(stack, 'nats'))).toContain(
      '"cluster":"another-cluster","environment":"demo"',
    );
  });

  it('may write to the central Prometheus, and nobody else may', () => {
    const policy = blocks(stackOf(synthesis, 'local-monitoring'), 'kubernetes_network_policy_v1').find(
      ({ metadata }) => (metadata as Block).name === 'allow-prometheus',
    );
    const text = JSON.stringify(policy);
    expect(text).toContain('"kubernetes.io/metadata.name":"another-cluster"');
    expect(text).not.toContain('ip_block');
  });
});

it('node exporters may look at their node, in the namespace of the monitoring alone', () => {
  const enforced = ['local-monitoring', 'local-workloads', 'local-federation'].flatMap((name) =>
    blocks(stackOf(synthesis, name), 'kubernetes_namespace_v1').map(({ metadata }) => {
      const { name: namespace, labels } = metadata as { name: string; labels: Record<string, string> };
      return [namespace, labels['pod-security.kubernetes.io/enforce']];
    }),
  );
  expect(Object.fromEntries(enforced)).toEqual({
    'airflow-3': 'privileged',
    'cert-manager': 'restricted',
    nats: 'restricted',
    'another-cluster': 'restricted',
  });
});

it('an environment without edges has no federation', () => {
  expect([...synthesize([{ ...local, edges: [] }]).stacks.keys()]).toEqual([
    'local-monitoring',
    'local-workloads',
  ]);
});

describe('one more edge', () => {
  const second = {
    ...(local.edges[0] as EnvironmentValues['edges'][number]),
    name: 'second',
    namespace: 'second',
    labels: { cluster: 'second', environment: 'demo' },
  };
  const grown = stackOf(synthesize([{ ...local, edges: [...local.edges, second] }]), 'local-federation');

  it('is one more entry: every resource of the first stays as it is', () => {
    const before = stackOf(synthesis, 'local-federation').resource;
    for (const [type, byName] of Object.entries(before)) expect(grown.resource[type]).toMatchObject(byName);
  });

  it('brings the same resources again', () => {
    const before = stackOf(synthesis, 'local-federation').resource;
    for (const [type, byName] of Object.entries(before)) {
      const each = Object.keys(byName).length / local.edges.length;
      expect(Object.keys(grown.resource[type] ?? {}), type).toHaveLength(each * (local.edges.length + 1));
    }
  });
});

describe('an edge in another cluster', () => {
  // Named by their clusters and not by an edge there, so that any of them can go.
  const branch = 'aks-00000000-0000-0000-0000-0000000000b0-branch-branch';
  const factory = 'context-factory';

  const federation = stackOf(variant, 'mimir-federation');
  const monitoring = stackOf(variant, 'mimir-monitoring');

  it('is reached by a provider of its own', () => {
    expect(federation.provider.helm?.map(({ alias }) => alias)).toEqual([
      undefined,
      'aks-00000000-0000-0000-0000-0000000000b0-branch-branch',
      'context-factory',
    ]);
    const namespaces = blocks(federation, 'kubernetes_namespace_v1').map(
      ({ metadata, provider }) => `${provider} ${(metadata as Block).name}`,
    );
    expect(namespaces).toContain(`kubernetes.${branch} branch`);
    expect(namespaces).toContain(`kubernetes.${factory} another-cluster`);
  });

  it('is looked up in its own subscription, and has volumes of its own class', () => {
    const subscriptions = federation.provider.azurerm?.map((block) => [block.alias, block.subscription_id]);
    expect(Object.fromEntries(subscriptions ?? [])).toMatchObject({
      [branch]: '00000000-0000-0000-0000-0000000000b0',
    });
    const classOf = (provider: string) => {
      const [nats] = blocks(federation, 'helm_release').filter(
        (release) => release.provider === provider && release.name === 'nats',
      );
      return /"storageClassName":"([^"]+)"/.exec(String(nats?.values).replaceAll('\\', ''))?.[1];
    };
    expect([classOf(`helm.${branch}`), classOf(`helm.${factory}`)]).toEqual([
      'managed-csi',
      'managed-csi-premium',
    ]);
  });

  it('is no namespace of the central cluster, which would let it in or back it up', () => {
    const policy = blocks(monitoring, 'kubernetes_network_policy_v1').find(
      ({ metadata }) => (metadata as Block).name === 'allow-prometheus',
    );
    expect(JSON.stringify(policy)).not.toContain('"branch"');
    const platform = stackOf(variant, 'mimir-platform');
    expect(
      only(platform, 'azurerm_data_protection_backup_instance_kubernetes_cluster')
        .backup_datasource_parameters,
    ).toMatchObject({ included_namespaces: ['airflow-3', 'nats', 'another-cluster'] });
  });

  it('gets the operator and what it needs, once', () => {
    const releases = blocks(federation, 'helm_release')
      .filter(({ provider }) => provider === `helm.${branch}`)
      .map(({ name }) => name)
      .sort();
    expect(releases).toEqual(['cert-manager', 'nats', 'prometheus-operator', 'prometheus-operator-crds']);
  });

  it('writes to the receiver by the name in its certificate, with a certificate that was carried over', () => {
    const text = JSON.stringify(federation);
    expect(text).toContain('https://prometheus.prod.monitoring.internal:9090/api/v1/write');
    expect(Object.keys(federation.variable ?? {}).sort()).toEqual([
      'edge_branch_tls_ca',
      'edge_branch_tls_crt',
      'edge_branch_tls_key',
      'edge_factory_tls_ca',
      'edge_factory_tls_crt',
      'edge_factory_tls_key',
    ]);
    expect(JSON.stringify(monitoring)).toContain('edge-branch-client-tls');
  });

  it('comes in by a load balancer that is not on the internet and knows its callers', () => {
    const service = blocks(monitoring, 'kubernetes_service_v1').find(
      ({ metadata }) => (metadata as Block).name === 'prometheus-receiver',
    );
    expect(service).toMatchObject({
      metadata: {
        annotations: {
          'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
          'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': 'load-balancers',
          'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.80.17.11',
        },
      },
      spec: {
        type: 'LoadBalancer',
        external_traffic_policy: 'Local',
        load_balancer_source_ranges: ['10.96.0.0/14'],
      },
    });
    const record = blocks(stackOf(variant, 'mimir-platform'), 'azurerm_private_dns_a_record').find(
      ({ name }) => name === 'prometheus',
    );
    expect(record).toMatchObject({ records: ['10.80.17.11'] });
  });
});

describe('the engine', () => {
  const prometheus = (values: { prometheus: { prometheusSpec: Block } }) => values.prometheus.prometheusSpec;

  it('mimir receives all that the central Prometheus has, and answers Grafana under the same uid', () => {
    const monitoring = stackOf(variant, 'mimir-monitoring');
    expect(releaseNames(monitoring)).toContain('mimir');
    const values = valuesOf(monitoring, 'kube-prometheus-stack');
    expect(prometheus(values).remoteWrite).toEqual([
      { name: 'mimir', url: 'http://mimir-gateway.mimir.svc/api/v1/push' },
    ]);
    const text = JSON.stringify(values.grafana);
    expect(text).toContain('http://mimir-gateway.mimir.svc/prometheus');
    expect(text).toContain('"uid":"prometheus"');
  });

  it('mimir reaches its blobs by an identity that only its pods can take on', () => {
    const platform = stackOf(variant, 'mimir-platform');
    expect(only(platform, 'azurerm_federated_identity_credential')).toMatchObject({
      subject: 'system:serviceaccount:mimir:mimir',
    });
    const values = valuesOf(stackOf(variant, 'mimir-monitoring'), 'mimir');
    expect(values.serviceAccount).toMatchObject({
      name: 'mimir',
      annotations: {
        'azure.workload.identity/client-id': expect.stringContaining('data.azurerm_user_assigned_identity'),
      },
    });
  });

  it('mimir is installed into its namespace when that is there, and answers Prometheus and Grafana alone', () => {
    const monitoring = stackOf(variant, 'mimir-monitoring');
    const [mimir] = blocks(monitoring, 'helm_release').filter(({ name }) => name === 'mimir');
    expect(mimir?.depends_on).toContainEqual(
      expect.stringMatching(/^kubernetes_namespace_v1\.mimir-namespace_/),
    );
    const gateway = kubernetesObjects(monitoring).find(({ metadata }) => metadata.name === 'allow-gateway');
    expect(gateway?.spec.ingress[0].from).toEqual(
      ['prometheus', 'grafana'].map((name) => ({
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'airflow-3' } },
        podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/name': name }) },
      })),
    );
  });

  it('azure-monitor receives by workload identity, and raises its own alarm on silence', () => {
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

  it('leaves agents and rules as they are', () => {
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

it('a central Prometheus without a volume keeps a day, which fits the disk of its node', () => {
  const { prometheusSpec } = valuesOf(
    stackOf(variant, 'managed-monitoring'),
    'kube-prometheus-stack',
  ).prometheus;
  expect(prometheusSpec.retention).toBe('1d');
  expect(prometheusSpec).not.toHaveProperty('storageSpec');
});

describe('a closed cluster', () => {
  it('takes every chart from the mirror', () => {
    const charts = [...variant.stacks]
      .filter(([name]) => /^(mimir|closed)-/.test(name))
      .flatMap(([, stack]) => blocks(stack, 'helm_release'))
      .map(({ repository, chart }) => repository ?? chart);
    expect(charts.length).toBeGreaterThan(8);
    for (const chart of charts) expect(chart).toMatch(/^(oci:\/\/mirror\.example\.com\/charts|\.\/charts\/)/);
  });

  it('takes every public image from the mirror', () => {
    for (const [name, stack] of variant.stacks) {
      if (!/^(mimir|closed)-/.test(name)) continue;
      const text = JSON.stringify(stack);
      expect(text, name).not.toMatch(/(quay\.io|docker\.io|ghcr\.io|registry\.k8s\.io)\//);
    }
  });

  it('logs in to its registry by a Secret in every namespace that pulls from it', () => {
    const secrets = ['closed-monitoring', 'closed-workloads', 'closed-federation'].flatMap((name) =>
      blocks(stackOf(variant, name), 'kubernetes_secret_v1')
        .map(({ metadata }) => metadata as Block)
        .filter((metadata) => metadata.name === 'acr-credentials'),
    );
    const edges = local.edges.map(({ namespace }) => namespace);
    expect(secrets.map(({ namespace }) => namespace).sort()).toEqual(['airflow-3', 'nats', ...edges].sort());
  });

  it('leaves cert-manager alone where it is there already', () => {
    expect(releaseNames(stackOf(variant, 'closed-monitoring'))).not.toContain('cert-manager');
    expect(JSON.stringify(valuesOf(stackOf(variant, 'closed-workloads'), 'nats'))).toContain(
      '"issuerRef":{"name":"corporate",',
    );
  });
});

it('a private endpoint waits for the zone that its name goes into', () => {
  const zones = blocks(stackOf(synthesis, 'prod-platform'), 'azurerm_private_endpoint').map(
    ({ private_dns_zone_group }) => (private_dns_zone_group as Block).private_dns_zone_ids,
  );
  expect(zones).toEqual([
    [expect.stringMatching(/^\$\{azurerm_private_dns_zone\.network_zone-blob_\w+\.id\}$/)],
    [expect.stringMatching(/^\$\{azurerm_private_dns_zone\.network_zone-vault_\w+\.id\}$/)],
  ]);
});

describe('the functions', () => {
  it('run as pods where they are not hosted on Azure, and nowhere twice', () => {
    const pods = (environment: string) =>
      blocks(
        stackOf(environment === 'mimir' ? variant : synthesis, `${environment}-workloads`),
        'kubernetes_deployment_v1',
      )
        .map(({ metadata }) => (metadata as Block).name)
        .sort();
    expect(pods('local')).toEqual(['batch-pusher', 'usdt-exporter']);
    expect(pods('dev')).toEqual(['usdt-exporter']);
    expect(pods('mimir')).toEqual([]);
  });

  it('have Airflow beside them where an environment names its database, and know its password from outside', () => {
    const closed = stackOf(variant, 'closed-workloads');
    expect(releaseNames(closed)).toContain('airflow');
    expect(Object.keys(closed.variable ?? {})).toContain('airflow_database_password');
    const local = stackOf(synthesis, 'local-workloads');
    expect(releaseNames(local)).not.toContain('airflow');
    // Both push to one group: only one of them may have the schedule.
    const scheduled = (stack: typeof local) => Object.keys(stack.resource?.kubernetes_cron_job_v1 ?? {});
    expect(scheduled(local)).toHaveLength(1);
    expect(scheduled(closed)).toEqual([]);
  });

  it('are called by Airflow and the namespaces that the environment names, and otherwise by Prometheus alone', () => {
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

  it('pull from the registry of the platform by identity, without a Secret', () => {
    const text = JSON.stringify(stackOf(synthesis, 'dev-workloads'));
    expect(text).toContain('monitoringdevacr.azurecr.io/usdt-exporter:1.0.0');
    expect(text).not.toContain('acr-credentials');
  });

  it('on Azure push to an address inside the network, which admits them alone', () => {
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

describe('the batch', () => {
  type Alert = { alert?: string; expr: string };
  /** Seconds that the environment's alert lets pass since the last report. */
  const patience = (stack: StackJson, alert: string) => {
    const rules = valuesOf(
      stack,
      'kube-prometheus-stack',
    ).additionalPrometheusRulesMap.platform.groups.flatMap(({ rules }: { rules: Alert[] }) => rules);
    return Number(rules.find((rule: Alert) => rule.alert === alert)?.expr.match(/> (\d+)$/)?.[1]);
  };
  const timerOf = (name: string) =>
    JSON.stringify(blocks(stackOf(synthesis, name), 'azurerm_resource_group_template_deployment')).match(
      /TASK_SCHEDULE[^0-9]+([^"\\]+)/,
    )?.[1];
  const cronOf = (stack: StackJson) =>
    blocks(stack, 'kubernetes_cron_job_v1').map(({ spec }) => (spec as Block).schedule);

  it('is missed by the alerts when it is late by the schedule that the environment gives it', () => {
    const hourly = synthesize([{ ...local, functions: { host: 'cluster', every: '1h' } }]);
    expect(cronOf(stackOf(hourly, 'local-workloads'))).toEqual(['0 * * * *']);
    expect(patience(stackOf(hourly, 'local-monitoring'), 'BatchRunMissing')).toBe(4500);
    expect(patience(stackOf(hourly, 'local-monitoring'), 'BatchDataStale')).toBe(10_800);

    expect(cronOf(stackOf(synthesis, 'local-workloads'))).toEqual(['*/10 * * * *']);
    for (const environment of ['dev', 'prod'])
      expect(timerOf(`${environment}-functions`)).toBe('0 */10 * * * *');
    for (const environment of ['dev', 'prod', 'local']) {
      const stack = stackOf(synthesis, `${environment}-monitoring`);
      expect(patience(stack, 'BatchRunMissing'), environment).toBe(750);
      expect(patience(stack, 'BatchDataStale'), environment).toBe(1800);
    }
  });

  it('runs as often in Airflow, where that has the schedule', () => {
    expect(valuesOf(stackOf(variant, 'closed-workloads'), 'airflow').env).toContainEqual({
      name: 'ETL_PERIOD_SECONDS',
      value: '21600',
    });
    expect(patience(stackOf(variant, 'closed-monitoring'), 'BatchRunMissing')).toBe(27_000);
  });
});

it('the rate is pushed from Azure as often as the alert on its age expects', () => {
  const { template_content: template } =
    blocks(stackOf(variant, 'mimir-functions'), 'azurerm_resource_group_template_deployment').find(
      ({ name }) => name === 'monitoring-mimir-usdt',
    ) ?? {};
  expect(template).toContain('"TASK_SCHEDULE","value":"0 */10 * * * *"');
  expect(readExporterConfig({}).refreshMs).toBe(seconds(cadence.usdtRefresh.production) * 1000);
  expect(cadence.usdtRefresh.production).toBe('10m');
});

describe('alerts', () => {
  const annotations = (stack: StackJson) =>
    valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap.platform.groups.flatMap(
      ({ rules }: { rules: { annotations?: Record<string, string> }[] }) =>
        rules.flatMap(({ annotations: texts }) => (texts ? [texts] : [])),
    );

  it('lead to where the environment publishes its runbooks, and to its public Grafana', () => {
    const { closed, mimir } = {
      closed: annotations(stackOf(variant, 'closed-monitoring')),
      mimir: annotations(stackOf(variant, 'mimir-monitoring')),
    };
    expect(closed.length).toBeGreaterThan(20);
    for (const { runbook_url } of closed) {
      expect(runbook_url).toMatch(/^https:\/\/wiki\.example\.com\/runbooks\/\w+\.md$/);
    }
    for (const { dashboard_url } of mimir) {
      expect(dashboard_url).toMatch(/^https:\/\/grafana\.example\.com\/d\/[\w-]+$/);
    }
  });
});

describe('production', () => {
  it('is paged: critical alerts go to the pager, warnings to the channel', () => {
    const text = JSON.stringify(
      valuesOf(stackOf(synthesis, 'prod-monitoring'), 'kube-prometheus-stack').alertmanager,
    );
    expect(text).toContain('pagerduty_configs');
    expect(text).toContain('#monitoring');
  });

  it('is not destroyed or replaced by a plan that nobody meant, where deploying again would not bring it back', () => {
    const kept = (environment: string) =>
      Object.entries(stackOf(synthesis, `${environment}-platform`).resource).flatMap(([type, byName]) =>
        Object.values(byName)
          .filter(({ lifecycle }) => (lifecycle as Block | undefined)?.prevent_destroy)
          .map(() => type),
      );
    expect(kept('prod')).toEqual([
      'azurerm_container_registry',
      'azurerm_key_vault',
      'azurerm_kubernetes_cluster',
      'azurerm_storage_account',
    ]);
    expect(kept('dev')).toEqual([]);
    expect(only(stackOf(synthesis, 'prod-platform'), 'azurerm_kubernetes_cluster').lifecycle).toMatchObject({
      ignore_changes: expect.arrayContaining(['kubernetes_version']),
    });
  });

  it('is spread over zones and keeps what it must not lose', () => {
    const platform = stackOf(synthesis, 'prod-platform');
    expect(only(platform, 'azurerm_kubernetes_cluster')).toMatchObject({
      sku_tier: 'Standard',
      default_node_pool: { zones: prod.platform.kind === 'azure' ? prod.platform.cluster.zones : [] },
    });
    expect(blocks(platform, 'azurerm_data_protection_backup_instance_kubernetes_cluster')).toHaveLength(1);
    expect(blocks(stackOf(synthesis, 'dev-platform'), 'azurerm_data_protection_backup_vault')).toHaveLength(
      0,
    );
    expect(dev.production).toBe(false);
  });
});
