import { describe, expect, it } from 'vitest';
import { CertManager } from '../../../modules/kubernetes/cert-manager.ts';
import { EphemeralSecret, generatedPassword } from '../../../modules/kubernetes/ephemeral-secret.ts';
import { ManagedNamespace } from '../../../modules/kubernetes/namespace.ts';
import { OperatorCrds } from '../../../modules/kubernetes/operator-crds.ts';
import { PrometheusOperator } from '../../../modules/kubernetes/prometheus-operator/prometheus-operator.ts';
import { RegistryCredentials } from '../../../modules/kubernetes/registry-credentials.ts';
import { kubernetesObjects, type Manifest, validate } from './manifest.ts';
import { release, releaseValues, resources, synthesize } from './synthesis.ts';

describe('a namespace', () => {
  const objects = kubernetesObjects(
    synthesize((stack, connection) => {
      new ManagedNamespace(stack, 'nats', { connection, name: 'nats' });
      new ManagedNamespace(stack, 'monitoring', { connection, name: 'airflow-3', podSecurity: 'privileged' });
    }),
  );
  const labels = (name: string) =>
    objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name)?.metadata.labels;

  it('rejects pods that violate the restricted Pod Security Standard', () => {
    expect(labels('nats')).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  it('with the level `privileged` has the warning level `restricted`', () => {
    expect(labels('airflow-3')).toEqual({
      'pod-security.kubernetes.io/enforce': 'privileged',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
    });
  });

  it('denies all ingress traffic by default', () => {
    const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.namespace)).toEqual(['airflow-3', 'nats']);
    for (const policy of policies) {
      validate(policy);
      expect(policy.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
    }
  });
});

describe('an ephemeral secret', () => {
  const stack = synthesize(
    (scope, connection) =>
      new EphemeralSecret(scope, 'secret', {
        connection,
        namespace: 'nats',
        name: 'token',
        data: { token: generatedPassword(scope, 'token') },
      }),
  );

  it('is written with the write-only argument `data_wo`', () => {
    const [secret] = resources(stack, 'kubernetes_secret_v1');
    expect(secret).toMatchObject({
      data_wo: { token: `\${ephemeral.random_password.token.result}` },
      data_wo_revision: 1,
    });
    expect(secret?.data).toBeUndefined();
  });

  it('has its value from `random_password`, an ephemeral resource of Terraform', () => {
    expect(stack.ephemeral).toEqual({ random_password: { token: { length: 32, special: false } } });
    expect(stack.terraform.required_providers.random).toEqual({
      source: 'hashicorp/random',
      version: expect.stringMatching(/^3\.(?:[7-9]|\d\d)\.\d+$/),
    });
  });
});

describe('registry credentials', () => {
  const stack = synthesize(
    (scope, connection) =>
      new RegistryCredentials(scope, 'registry', {
        connection,
        registry: 'registry.example',
        namespaces: ['nats', 'airflow-3'],
      }),
  );

  it('are a Secret in each of the given namespaces', () => {
    const secrets = resources(stack, 'kubernetes_secret_v1');
    expect(secrets.map(({ metadata }) => metadata)).toEqual([
      { name: 'acr-credentials', namespace: 'airflow-3' },
      { name: 'acr-credentials', namespace: 'nats' },
    ]);
    for (const { type } of secrets) expect(type).toBe('kubernetes.io/dockerconfigjson');
  });

  it('come from two ephemeral Terraform variables without a default', () => {
    for (const name of ['registry_username', 'registry_password']) {
      expect(stack.variable[name]).toMatchObject({ sensitive: true, ephemeral: true });
      expect(stack.variable[name]).not.toHaveProperty('default');
    }
  });
});

describe('the CRDs of the operator', () => {
  const stack = synthesize(
    (scope, connection) => new OperatorCrds(scope, 'crds', { connection, namespace: 'airflow-3' }),
  );

  it('remain in the cluster after `terraform destroy`', () => {
    expect(releaseValues(stack, 'prometheus-operator-crds').crds.annotations).toEqual({
      'helm.sh/resource-policy': 'keep',
    });
  });

  it('are adopted by Terraform if their Helm release already exists', () => {
    const { name, namespace, upgrade_install: adopts } = release(stack, 'prometheus-operator-crds');
    expect([name, namespace, adopts]).toEqual(['prometheus-operator-crds', 'airflow-3', true]);
  });
});

describe('cert-manager', () => {
  const stack = synthesize(
    (scope, connection) =>
      new CertManager(scope, 'cert-manager', {
        connection,
        namespace: 'cert-manager',
        sources: { images: 'mirror.example/hub' },
      }),
  );
  const values = releaseValues(stack, 'cert-manager');

  it('keeps its CRDs after `terraform destroy`', () => {
    expect(values.crds).toEqual({ enabled: true, keep: true });
  });

  it('does not allow a user with the role `edit` to issue certificates', () => {
    expect(values.global.rbac).toEqual({ aggregateClusterRoles: false });
  });

  it('keeps the namespace of each certificate in its metrics', () => {
    expect(values.prometheus.servicemonitor).toMatchObject({
      enabled: true,
      honorLabels: true,
      labels: { release: 'kube-prometheus-stack' },
    });
  });

  it('serves its metrics with the certificate that Prometheus verifies', () => {
    const { config, webhook, cainjector, prometheus } = values;
    const { scheme, tlsConfig } = prometheus.servicemonitor.endpointAdditionalProperties;
    expect(scheme).toBe('https');
    for (const component of [config, webhook.config, cainjector.config]) {
      expect(component.metricsTLSConfig.dynamic).toEqual({
        secretNamespace: 'cert-manager',
        secretName: tlsConfig.ca.secret.name,
        dnsNames: [tlsConfig.serverName],
      });
    }
  });

  it('elects its leader in its own namespace', () => {
    expect(values.global.leaderElection.namespace).toBe('cert-manager');
  });

  it('uses images from the mirror if there is a mirror', () => {
    expect(values.imageRegistry).toBe('mirror.example/hub');
  });

  it('accepts webhook calls from any address', () => {
    const policies = kubernetesObjects(stack);
    for (const policy of policies) validate(policy);
    const webhook = policies.find(({ metadata }) => metadata.name === 'allow-webhook');
    expect(webhook?.spec.ingress).toEqual([{ from: [], ports: [{ port: 10250, protocol: 'TCP' }] }]);
  });
});

describe('the Prometheus Operator of an edge cluster', () => {
  const values = releaseValues(
    synthesize(
      (stack, connection) => new PrometheusOperator(stack, 'operator', { connection, namespace: 'operator' }),
    ),
    'prometheus-operator',
  );

  it('has no Alertmanager, Grafana or exporter', () => {
    for (const name of ['prometheus', 'alertmanager', 'grafana', 'nodeExporter', 'kubeStateMetrics']) {
      expect(values[name]).toEqual({ enabled: false });
    }
    expect(values.defaultRules.create).toBe(false);
  });

  it('creates a CA for the certificates of this cluster', () => {
    const manifests: Manifest[] = values.extraManifests;
    for (const manifest of manifests) validate(manifest);
    expect(manifests.map(({ kind }) => kind)).toEqual(['ClusterIssuer', 'Certificate', 'ClusterIssuer']);
  });
});
