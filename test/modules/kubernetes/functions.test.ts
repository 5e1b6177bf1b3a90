import type { TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { clusters } from '../../../config/topology.ts';
import type { ClusterConnection } from '../../../modules/kubernetes/connection.ts';
import {
  BatchPusher,
  type BatchPusherProps,
  batchPusherManifests,
} from '../../../modules/kubernetes/functions/batch-pusher.ts';
import { Exporter, exporterManifests } from '../../../modules/kubernetes/functions/exporter.ts';
import { exporters, type FunctionSource } from '../../../sources/index.ts';
import { kubernetesObjects, type Manifest, validate } from './manifest.ts';
import { resources, synthesize } from './synthesis.ts';

const usdtExporter = exporters.find(({ name }) => name === 'usdtExporter') as FunctionSource;

const exporter = (given: { upstreamUrl?: string; pullSecret?: string } = {}) =>
  synthesize(
    (stack: TerraformStack, connection: ClusterConnection) =>
      new Exporter(stack, 'exporter', {
        connection,
        source: usdtExporter,
        image: 'registry.example/usdt-exporter:1.0.0',
        ...given,
      }),
  );

const unscheduled = (given: Pick<BatchPusherProps, 'callers'> = {}) =>
  synthesize(
    (stack, connection) =>
      new BatchPusher(stack, 'pusher', {
        connection,
        namespace: 'airflow-3',
        image: 'registry.example/p:1',
        ...given,
      }),
  );

const pusher = synthesize(
  (stack, connection) =>
    new BatchPusher(stack, 'pusher', {
      connection,
      namespace: 'airflow-3',
      image: 'registry.example/batch-pusher:1.0.0',
      pullSecret: 'acr-credentials',
      every: '10m',
    }),
);

const find = (objects: Manifest[], kind: string, name?: string) =>
  objects.find((object) => object.kind === kind && (!name || object.metadata.name === name)) as Manifest;

const stacks = { 'usdt-exporter': exporter(), 'batch-pusher': pusher };

describe.each(Object.entries(stacks))('the %s in the cluster', (name, stack) => {
  const objects = kubernetesObjects(stack);
  const deployment = find(objects, 'Deployment', name);
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  it('consists of valid objects', () => {
    expect(objects.length).toBeGreaterThanOrEqual(5);
    for (const object of objects) validate(object);
  });

  it('meets the restricted Pod Security Standard', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('is probed over TLS', () => {
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(probe.httpGet.scheme).toBe('HTTPS');
    }
    const env = Object.fromEntries(
      container.env.map((e: { name: string; value: string }) => [e.name, e.value]),
    );
    expect(env).toMatchObject({ HOST: '0.0.0.0', TLS_CERT_FILE: '/etc/tls/tls.crt' });
  });

  it('has a CPU request and a memory limit', () => {
    expect(container.resources.requests).toHaveProperty('cpu');
    expect(container.resources.limits).toHaveProperty('memory');
  });

  it('loses no pod in an update, and at most one pod in a node drain', () => {
    expect(find(objects, 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
    expect(deployment.spec.strategy.rollingUpdate).toMatchObject({ maxSurge: 1, maxUnavailable: 0 });
  });

  it('answers requests for at least five seconds after SIGTERM', () => {
    const setting = container.env.find((e: { name: string }) => e.name === 'DRAIN_SECONDS');
    expect(Number(setting?.value)).toBeGreaterThanOrEqual(5);
    // After DRAIN_SECONDS, the server waits up to ten seconds for open requests.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(setting.value) + 10);
  });

  it('has a Service of the same name', () => {
    const service = find(objects, 'Service', name);
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
    expect(service.spec.ports[0].port).toBe(container.ports[0].containerPort);
  });

  it('allows only Prometheus to connect', () => {
    const { ingress } = find(objects, 'NetworkPolicy', `allow-${name}`).spec;
    expect(ingress).toHaveLength(1);
    expect(ingress[0].from).toHaveLength(1);
    expect(ingress[0].from[0].podSelector.matchLabels['app.kubernetes.io/name']).toBe('prometheus');
  });
});

type Block = { readonly ipBlock: { readonly cidr: string } };

describe('the USDT exporter', () => {
  const egress = (upstreamUrl?: string) => {
    const stack = upstreamUrl ? exporter({ upstreamUrl }) : stacks['usdt-exporter'];
    return find(kubernetesObjects(stack), 'NetworkPolicy', 'restrict-usdt-exporter').spec.egress.slice(1);
  };

  it('may connect to public addresses only on port 443', () => {
    const [{ to, ports }] = egress();
    expect(ports).toEqual([{ port: 443, protocol: 'TCP' }]);
    expect(to.map(({ ipBlock }: Block) => ipBlock.cidr)).toEqual(['0.0.0.0/0', '2000::/3']);
    expect(to[0].ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16']));
  });

  it('may reach any host except cloud metadata if upstreamUrl has a host name', () => {
    const [{ to, ports }] = egress('http://proxy.internal:8080/p2p');
    expect(ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
    const metadata = ['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128', '64:ff9b::a9fe:0/112'];
    expect(to).toEqual([
      { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } },
      { ipBlock: { cidr: '::/0', except: metadata } },
    ]);
  });

  it.each([
    ['http://[2001:DB8::7]:8080/p2p', '2001:db8::7/128', 8080],
    ['https://[fd12::1]', 'fd12::1/128', 443],
    ['http://192.0.2.7', '192.0.2.7/32', 80],
  ])('may connect only to the address in the upstream URL %s', (url, cidr, port) => {
    expect(egress(url)).toEqual([{ to: [{ ipBlock: { cidr } }], ports: [{ port, protocol: 'TCP' }] }]);
  });

  it('has a pull Secret only if its props contain `pullSecret`', () => {
    const pullSecrets = (given: { pullSecret?: string }) =>
      find(kubernetesObjects(exporter(given)), 'Deployment').spec.template.spec.imagePullSecrets;
    expect(pullSecrets({})).toBeUndefined();
    expect(pullSecrets({ pullSecret: 'acr-credentials' })).toEqual([{ name: 'acr-credentials' }]);
  });

  it('has a ServiceMonitor that scrapes over TLS', () => {
    const manifests = exporterManifests({ source: usdtExporter, labels: clusters.primary }) as Manifest[];
    for (const manifest of manifests) validate(manifest);
    const { metadata, spec } = find(manifests, 'ServiceMonitor');
    expect(metadata.labels).toMatchObject({ release: 'kube-prometheus-stack' });
    expect(spec.endpoints[0]).toMatchObject({
      scheme: 'https',
      tlsConfig: { serverName: 'usdt-exporter.nats.svc' },
      relabelings: [{ targetLabel: 'cluster', replacement: 'nats-primary' }, { targetLabel: 'environment' }],
    });
  });
});

describe('the batch-pusher', () => {
  const objects = kubernetesObjects(pusher);
  const cronJob = find(objects, 'CronJob');

  it('never runs two scheduled batches in parallel', () => {
    expect(cronJob.spec).toMatchObject({
      schedule: '*/10 * * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { backoffLimit: 2, activeDeadlineSeconds: 300, ttlSecondsAfterFinished: 3600 } },
    });
    const [container] = cronJob.spec.jobTemplate.spec.template.spec.containers;
    expect(container.args).toEqual(['job.cjs']);
  });

  it('has no CronJob if its props contain no `every`', () => {
    expect(resources(unscheduled(), 'kubernetes_cron_job_v1')).toEqual([]);
  });

  it('accepts connections only from Prometheus and the configured callers', () => {
    const stack = unscheduled({ callers: [{ namespace: 'payroll' }] });
    const { ingress } = find(kubernetesObjects(stack), 'NetworkPolicy', 'allow-batch-pusher').spec;
    expect(ingress).toHaveLength(1);
    expect(ingress[0].ports).toEqual([{ port: 5001, protocol: 'TCP' }]);
    expect(ingress[0].from).toHaveLength(2);
    expect(ingress[0].from[1]).toEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'payroll' } },
    });
  });

  it('pushes over TLS', () => {
    const pods = [find(objects, 'Deployment').spec.template, cronJob.spec.jobTemplate.spec.template];
    for (const { spec } of pods) {
      expect(spec.containers[0].env).toEqual(
        expect.arrayContaining([
          { name: 'PUSHGATEWAY_URL', value: 'https://pushgateway.airflow-3.svc:9091' },
          { name: 'PUSHGATEWAY_CA_FILE', value: '/etc/tls/ca.crt' },
          { name: 'ETL_PERIOD_SECONDS', value: '600' },
        ]),
      );
    }
  });

  it('requires an API token that is not in the Terraform state', () => {
    const [container] = find(objects, 'Deployment').spec.template.spec.containers;
    expect(container.env).toContainEqual({
      name: 'API_TOKEN',
      valueFrom: { secretKeyRef: { name: 'batch-pusher-token', key: 'token' } },
    });
    const [secret] = resources(pusher, 'kubernetes_secret_v1');
    expect(secret?.data).toBeUndefined();
    expect(secret?.data_wo).toEqual({ token: `\${ephemeral.random_password.batch_pusher_token.result}` });
  });

  it('has a valid ServiceMonitor', () => {
    const manifests = batchPusherManifests({ namespace: 'airflow-3' }) as Manifest[];
    for (const manifest of manifests) validate(manifest);
    expect(find(manifests, 'ServiceMonitor').metadata.name).toBe('batch-pusher');
  });
});
