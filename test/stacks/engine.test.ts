import { describe, expect, it } from 'vitest';
import { local } from '../../config/environments/index.ts';
import { prometheusRules } from '../../rules/index.ts';
import { expectedOf, sourceList } from '../../sources/index.ts';
import { kubernetesObjects, type Manifest } from '../modules/kubernetes/manifest.ts';
import { committed, moving, onThanos, variants } from './environments.ts';
import { type Block, blocks, only, type StackJson, stackOf, synthesize, valuesOf } from './synthesis.ts';

const synthesis = await synthesize(committed);
const variant = await synthesize(variants);

const withoutPlace = ({ name: _name, platform: _platform, ...values }: typeof local) => values;

const prometheus = (values: { prometheus: { prometheusSpec: Block } }) => values.prometheus.prometheusSpec;

describe('the central engine', () => {
  describe('thanos', () => {
    const monitoring = stackOf(variant, 'thanos-monitoring');
    const values = valuesOf(monitoring, 'kube-prometheus-stack');
    const objects = kubernetesObjects(monitoring);
    const named = (name: string) => objects.filter(({ metadata }) => metadata.name === name);

    it('is selected by a single setting of an environment', () => {
      const { name: _name, platform: _platform, ...changed } = onThanos;
      expect(changed).toEqual({ ...withoutPlace(local), central: { ...local.central, engine: 'thanos' } });
    });

    it('leaves the central Prometheus without receiver and rules', () => {
      expect(prometheus(values)).toMatchObject({
        enableRemoteWriteReceiver: false,
        ruleSelector: { matchLabels: { 'evaluated-by': 'prometheus' } },
        remoteWrite: [
          {
            url: 'https://thanos-router.thanos.svc:9096/api/v1/write',
            messageVersion: 'V1.0',
            tlsConfig: {
              keySecret: { name: 'prometheus-writer-tls' },
              serverName: 'thanos-router.thanos.svc',
            },
          },
        ],
      });
      expect(JSON.stringify(values)).not.toContain('remote-write-listener');
      const labelled = values.extraManifests.concat(Object.values(values.additionalPrometheusRulesMap));
      expect(JSON.stringify(labelled)).not.toContain('"evaluated-by":"prometheus"');
    });

    it('has a ServiceMonitor and a network policy for each job', () => {
      const jobs = expectedOf(onThanos).centralJobs.filter((job) => job.startsWith('thanos-'));
      expect(jobs).toEqual(['thanos-router', 'thanos-ingester', 'thanos-query', 'thanos-ruler-operated']);
      const manifests: readonly Manifest[] = values.extraManifests;
      for (const { job, port, namespace } of sourceList.filter((source) => jobs.includes(source.job))) {
        const workload = job.replace(/-operated$/, '');
        const monitors = manifests.filter(
          ({ kind, metadata }) =>
            kind === 'ServiceMonitor' && metadata.namespace === namespace && metadata.name === workload,
        );
        expect(monitors, job).toMatchObject([
          {
            metadata: { labels: { release: 'kube-prometheus-stack' } },
            spec: { endpoints: [{ scheme: 'https' }] },
          },
        ]);
        const [policy] = named(`allow-${workload}`).filter(({ kind }) => kind === 'NetworkPolicy');
        const forScraper = ((policy?.spec.ingress ?? []) as readonly Block[]).filter(({ from }) =>
          JSON.stringify(from).includes('"operator.prometheus.io/name"'),
        );
        const open = forScraper.flatMap(({ ports }) => ports as readonly { readonly port: number }[]);
        expect(open.map((one) => one.port)).toContain(port);
      }
      expect(expectedOf(local).centralJobs.filter((job) => job.startsWith('thanos-'))).toEqual([]);
    });

    it('installs the alerts and the dashboard of Thanos', () => {
      const content = (name: string, from: typeof synthesis) => {
        const stack = stackOf(from, name);
        const rules = valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap.platform;
        return {
          groups: rules.groups
            .map((group: Block) => group.name)
            .filter((group: string) => group.startsWith('thanos')),
          boards: kubernetesObjects(stack)
            .map(({ metadata }) => metadata.name)
            .filter((object) => object.startsWith('dashboard-thanos')),
        };
      };
      expect(content('thanos-monitoring', variant)).toEqual({
        groups: ['thanos', 'thanos-ruler-notifications'],
        boards: ['dashboard-thanos-dashboard'],
      });
      expect(content('local-monitoring', synthesis)).toEqual({ groups: [], boards: [] });
    });

    it('makes every writer use remote write 1.0', () => {
      const written = [...variant.texts]
        .filter(([name]) => /^(thanos|scaled)-/.test(name))
        .flatMap(([, text]) =>
          [...text.matchAll(/(\\?)"messageVersion\1":\s*\1"([^"\\]+)/g)].map(([, , version]) => version),
        );
      expect(written.length).toBeGreaterThanOrEqual(8);
      expect(new Set(written)).toEqual(new Set(['V1.0']));
      const writers = [...variant.texts]
        .filter(([name]) => /^(thanos|scaled)-/.test(name))
        .flatMap(([, text]) => [...text.matchAll(/:9096\/api\/v1\/write/g)]);
      expect(writers).toHaveLength(written.length);
    });

    it('answers the queries of Grafana', () => {
      const [datasource] = values.grafana.datasources['datasources.yaml'].datasources;
      expect(datasource).toMatchObject({
        uid: 'prometheus',
        url: 'https://thanos-query.thanos.svc:10902',
        jsonData: { tlsAuth: true, tlsAuthWithCACert: true },
        secureJsonData: { tlsClientKey: '$__file{/etc/grafana/reader-tls/tls.key}' },
      });
      expect(values.grafana.extraSecretMounts).toContainEqual(
        expect.objectContaining({ secretName: 'grafana-reader-tls', mountPath: '/etc/grafana/reader-tls' }),
      );
    });

    it('evaluates the rules of the platform in its rulers', () => {
      // Thanos changes the rule group `targets`, and adds rule groups.
      const rules = (stack: StackJson) =>
        valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap.platform.groups.filter(
          ({ name }: Block) => name !== 'targets' && !String(name).startsWith('thanos'),
        );
      expect(rules(monitoring)).toEqual(rules(stackOf(synthesis, 'local-monitoring')));
      expect(rules(monitoring).length).toBeGreaterThan(6);
      const [{ from }] = values.alertmanager.networkPolicy.additionalIngress;
      expect(from).toContainEqual({
        podSelector: {
          matchLabels: { 'app.kubernetes.io/name': 'thanos-ruler', 'thanos-ruler': 'platform' },
        },
      });
    });

    it('accepts samples only from agents, Prometheus and rulers', () => {
      const [policy] = named('allow-thanos-router');
      const [writers] = policy?.spec.ingress ?? [];
      expect(writers.ports).toEqual([{ port: 9096, protocol: 'TCP' }]);
      expect(writers.from.map(({ podSelector }: Block) => (podSelector as Block).matchLabels)).toEqual([
        expect.objectContaining({ 'app.kubernetes.io/name': 'prometheus' }),
        expect.objectContaining({ 'app.kubernetes.io/name': 'thanos-ruler' }),
        { app: 'prometheus-agent' },
      ]);
      const agents = valuesOf(stackOf(variant, 'thanos-federation'), 'nats').extraResources;
      expect(JSON.stringify(agents)).toContain('https://thanos-router.thanos.svc:9096/api/v1/write');
    });

    it('is installed after the release that contains its certificates', () => {
      for (const type of ['kubernetes_stateful_set_v1', 'kubernetes_deployment_v1']) {
        for (const block of blocks(monitoring, type)) {
          expect(block.depends_on, JSON.stringify(block.metadata)).toContainEqual(
            expect.stringMatching(/^helm_release\.kube-prometheus-stack_/),
          );
        }
      }
    });

    it('is behind the internal load balancer', () => {
      const scaled = stackOf(variant, 'scaled-monitoring');
      const [balancer] = kubernetesObjects(scaled).filter(
        ({ metadata }) => metadata.name === 'prometheus-receiver',
      );
      expect(balancer).toMatchObject({
        metadata: { namespace: 'thanos' },
        spec: { selector: { 'app.kubernetes.io/name': 'thanos-router' } },
      });
      const { extraManifests } = valuesOf(scaled, 'kube-prometheus-stack');
      expect(
        extraManifests.find(({ metadata }: { metadata: Block }) => metadata.name === 'thanos-router-tls'),
      ).toMatchObject({
        spec: { dnsNames: expect.arrayContaining(['prometheus.prod.monitoring.internal']) },
      });
    });

    it('has as many ingesters as the expected number of series needs', () => {
      const replicas = (stack: string) =>
        kubernetesObjects(stackOf(variant, stack)).find(
          ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'thanos-ingester',
        )?.spec.replicas;
      expect([replicas('thanos-monitoring'), replicas('scaled-monitoring')]).toEqual([3, 6]);
    });

    it('uses the blob storage with the identity of its ServiceAccount', () => {
      expect(
        only(stackOf(variant, 'scaled-platform'), 'azurerm_federated_identity_credential'),
      ).toMatchObject({ subject: 'system:serviceaccount:thanos:thanos' });
      const [account] = kubernetesObjects(stackOf(variant, 'scaled-monitoring')).filter(
        ({ kind }) => kind === 'ServiceAccount',
      );
      expect(account?.metadata).toMatchObject({
        annotations: {
          'azure.workload.identity/client-id': expect.stringContaining('data.azurerm_user_assigned_identity'),
        },
      });
    });

    it('pulls its image from the mirror', async () => {
      const images = {
        ...onThanos.images,
        pullSecret: true,
        registry: 'registry.example.com/ours',
        mirror: 'registry.example.com/public',
      };
      const stack = stackOf(await synthesize([{ ...onThanos, images }]), 'thanos-monitoring');
      const logins = blocks(stack, 'kubernetes_secret_v1').filter(
        ({ metadata }) => (metadata as Block).name === 'acr-credentials',
      );
      expect(logins.map(({ metadata }) => (metadata as Block).namespace)).toContain('thanos');
      const pods = kubernetesObjects(stack).filter(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind));
      expect(pods).toHaveLength(3);
      for (const { spec } of pods) {
        expect(spec.template.spec.imagePullSecrets).toEqual([{ name: 'acr-credentials' }]);
        expect(spec.template.spec.containers[0].image).toMatch(
          /^registry\.example\.com\/public\/thanos\/thanos:/,
        );
      }
      const ruler = valuesOf(stack, 'kube-prometheus-stack').extraManifests.find(
        ({ kind }: { kind: string }) => kind === 'ThanosRuler',
      );
      expect(ruler.spec.image).toMatch(/^registry\.example\.com\/public\/thanos\/thanos:/);
    });

    it('requires the access keys of a bucket as Terraform variables', async () => {
      const bucket = { endpoint: 'https://s3.example.com', bucket: 'blocks' };
      const stacks = await synthesize([
        { ...onThanos, platform: { ...onThanos.platform, objectStorage: bucket } as never },
      ]);
      const { variable = {} } = stackOf(stacks, 'thanos-monitoring');
      for (const name of ['object_storage_access_key', 'object_storage_secret_key']) {
        expect(variable[name]).toMatchObject({ ephemeral: true, nullable: false });
        expect(variable[name]).not.toHaveProperty('default');
      }
    });

    it('writes the access keys again if keyRevision increases', async () => {
      const revisionOf = async (keyRevision?: number) => {
        const bucket = { endpoint: 'https://s3.example.com', bucket: 'blocks', keyRevision };
        const objectStorage = JSON.parse(JSON.stringify(bucket));
        const stacks = await synthesize([
          { ...onThanos, platform: { ...onThanos.platform, objectStorage } as never },
        ]);
        return blocks(stackOf(stacks, 'thanos-monitoring'), 'kubernetes_secret_v1').find(
          ({ metadata }) => (metadata as Block).name === 'object-store',
        )?.data_wo_revision;
      };
      expect([await revisionOf(), await revisionOf(2)]).toEqual([1, 2]);
    });
  });

  it.each([
    ['local', '10d', synthesis],
    ['scaled', '30d', variant],
    ['thanos', '10d', variant],
    ['managed', '1d', variant],
  ] as const)('of the environment %s computes error budgets over %s', (name, period, from) => {
    const { groups } = valuesOf(stackOf(from, `${name}-monitoring`), 'kube-prometheus-stack')
      .additionalPrometheusRulesMap.platform as ReturnType<typeof prometheusRules>;
    const budgets = groups
      .flatMap(({ rules }) => rules)
      .filter((rule) => 'record' in rule && rule.record === 'slo:error_budget:remaining');
    expect(budgets).toHaveLength(3);
    for (const { expr } of budgets) {
      expect(expr).toContain(`[${period}]) / ${(Number.parseInt(period, 10) * 86_400 * 0.01) / 30}`);
    }
  });
});

it('the engine azure-monitor changes no agent, and changes rules only in the group error-budget', () => {
  const [before, after] = [stackOf(synthesis, 'dev-federation'), stackOf(variant, 'managed-federation')];
  expect(JSON.stringify(after.resource).replaceAll('managed-federation', 'dev-federation')).toBe(
    JSON.stringify(before.resource),
  );
  const rules = (stack: StackJson) =>
    (
      valuesOf(stack, 'kube-prometheus-stack').additionalPrometheusRulesMap.platform as ReturnType<
        typeof prometheusRules
      >
    ).groups.filter(({ name }) => name !== 'error-budget');
  expect(rules(stackOf(variant, 'managed-monitoring'))).toEqual(rules(stackOf(synthesis, 'dev-monitoring')));
});

it('a central Prometheus without a volume has a retention of one day', () => {
  const { prometheusSpec } = valuesOf(
    stackOf(variant, 'managed-monitoring'),
    'kube-prometheus-stack',
  ).prometheus;
  expect(prometheusSpec.retention).toBe('1d');
  expect(prometheusSpec).not.toHaveProperty('storageSpec');
});

describe('an environment that moves to Thanos', () => {
  const kindsOf = (stack: StackJson, kind: string) =>
    valuesOf(stack, 'kube-prometheus-stack').extraManifests.filter(
      (manifest: { kind: string }) => manifest.kind === kind,
    );
  const agentOf = (stack: StackJson) =>
    valuesOf(stack, 'nats').extraResources.find(({ kind }: { kind: string }) => kind === 'PrometheusAgent')
      .spec.remoteWrite;
  const both = [...Object.values(moving), onThanos, local];

  it('sends alerts only from the engine in central.engine', async () => {
    const stacks = await synthesize(both);
    for (const [{ name }, isThanos] of [
      [moving.readsPrometheus, false],
      [moving.readsThanos, true],
    ] as const) {
      const stack = stackOf(stacks, `${name}-monitoring`);
      const values = valuesOf(stack, 'kube-prometheus-stack');
      const spec = prometheus(values);
      expect(spec).toMatchObject({
        enableRemoteWriteReceiver: true,
        ruleSelector: { matchLabels: { release: 'kube-prometheus-stack' } },
      });
      expect(JSON.stringify(spec.containers)).toContain('remote-write-listener');
      expect(spec.additionalAlertRelabelConfigs !== undefined).toBe(isThanos);
      const [ruler] = kindsOf(stack, 'ThanosRuler');
      expect(ruler.spec.alertmanagersConfig !== undefined).toBe(isThanos);
      const rules = JSON.stringify(values.additionalPrometheusRulesMap.platform);
      expect(rules.includes('"ThanosRulerAlertsDropped"')).toBe(isThanos);
      expect(JSON.stringify(values.grafana).includes('https://thanos-query.')).toBe(isThanos);
      expect(kubernetesObjects(stack).map(({ metadata }) => metadata.name)).toContain('thanos-router');
    }
  });

  it.each(['moving', 'moved', 'thanos'])(
    'has the alert ThanosSeriesAbovePlan: environment "%s"',
    async (name) => {
      const rules = valuesOf(stackOf(await synthesize(both), `${name}-monitoring`), 'kube-prometheus-stack')
        .additionalPrometheusRulesMap.platform as ReturnType<typeof prometheusRules>;
      const alert = rules.groups
        .flatMap((group) => group.rules)
        .find((rule) => 'alert' in rule && rule.alert === 'ThanosSeriesAbovePlan');
      // 60,000 series of the central cluster and 20,000 series of the edge cluster are planned.
      expect(alert?.expr).toContain('* 80000)');
    },
  );

  it.each(['moving', 'moved'])('has the Thanos alerts and dashboard: environment "%s"', async (name) => {
    const stack = stackOf(await synthesize(both), `${name}-monitoring`);
    const { groups }: { groups: readonly { name: string; rules: readonly Block[] }[] } = valuesOf(
      stack,
      'kube-prometheus-stack',
    ).additionalPrometheusRulesMap.platform;
    expect(groups.map((group) => group.name)).toContain('thanos');
    const targets = JSON.stringify(groups.find((group) => group.name === 'targets'));
    for (const { job } of sourceList.filter(({ engine, needs }) => engine && !needs)) {
      expect(targets).toContain(job);
    }
    const objects = kubernetesObjects(stack).map(({ metadata }) => metadata.name);
    expect(objects.filter((object) => object.startsWith('dashboard-thanos'))).toEqual([
      'dashboard-thanos-dashboard',
    ]);
  });

  it('keeps its `remoteWrite` when central.engine changes', async () => {
    const stacks = await synthesize(both);
    const agents = (name: string) => agentOf(stackOf(stacks, `${name}-federation`));
    const central = (name: string) =>
      prometheus(valuesOf(stackOf(stacks, `${name}-monitoring`), 'kube-prometheus-stack')).remoteWrite;
    const [toPrometheus, toThanos] = agents('moving');
    expect([toPrometheus.name, toThanos.name]).toEqual(['central', 'thanos']);
    expect(agents('moved')).toEqual(agents('moving'));
    expect(agents('local')).toEqual([toPrometheus]);
    expect(agents('thanos')).toEqual([toThanos]);
    expect(central('moved')).toEqual(central('moving'));
    expect(central('thanos')).toEqual(central('moving'));
    expect(central('local')).toBeUndefined();
  });

  it('sends each sample to Thanos only once', () => {
    const [{ writeRelabelConfigs }] = prometheus(
      valuesOf(stackOf(variant, 'scaled-monitoring'), 'kube-prometheus-stack'),
    ).remoteWrite as [{ writeRelabelConfigs: { sourceLabels: string[]; regex: string }[] }];
    const dropped = (labels: Record<string, string>) =>
      writeRelabelConfigs.some(({ sourceLabels: [label = ''], regex }) =>
        new RegExp(`^(?:${regex})$`).test(labels[label] ?? ''),
      );
    expect(dropped({ __name__: 'up', cluster: 'another-cluster' })).toBe(true);
    // The remote edge `branch` writes only to Prometheus. Prometheus sends the samples to Thanos.
    expect(dropped({ __name__: 'up', cluster: 'branch' })).toBe(false);
    expect(dropped({ __name__: 'up', cluster: 'nats-primary' })).toBe(false);
    for (const name of ['cluster:nats_varz_in_msgs:rate', 'ALERTS', 'ALERTS_FOR_STATE'])
      expect(dropped({ __name__: name, cluster: 'nats-primary' }), name).toBe(true);
    const recorded = prometheusRules({ profile: 'production' })
      .groups.flatMap(({ rules }) => rules)
      .flatMap((rule) => ('record' in rule ? [String(rule.record)] : []));
    expect(recorded.length).toBeGreaterThan(10);
    expect(recorded.filter((name) => !dropped({ __name__: name, cluster: 'nats-primary' }))).toEqual([]);
  });
});

it('the central Prometheus authenticates to azure-monitor with a workload identity', () => {
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
