import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AlertReceiver } from '../../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { dashboards } from '../../../dashboards/index.ts';
import { KubePrometheusStack } from '../../../modules/kubernetes/kube-prometheus-stack/kube-prometheus-stack.ts';
import { dashboardUidsFor, inhibitRules, prometheusRules } from '../../../rules/index.ts';
import { expectedOnLaptop } from '../../../sources/index.ts';
import { flushSeconds } from './flush-deadline.ts';
import {
  edges,
  manifests,
  plain,
  plainStack,
  plainValues,
  synthesized,
  values,
} from './kube-prometheus-stack.ts';
import { kubernetesObjects, type Manifest, validate } from './manifest.ts';
import { release, releaseValues, resources, synthesize } from './synthesis.ts';

describe('the central Prometheus', () => {
  const spec = values().prometheus.prometheusSpec;

  it('accepts late samples by remote write', () => {
    expect(spec.enableRemoteWriteReceiver).toBe(true);
    expect(spec.tsdb.outOfOrderTimeWindow).toBe('6h');
  });

  it('reloads within a scrape interval, even if a receiver is unreachable', () => {
    expect(flushSeconds(spec.additionalArgs) * 2).toBeLessThan(scrapeIntervalSeconds.cluster);
  });

  it('keeps ten days of data on a volume', () => {
    expect(spec).toMatchObject({ retention: '10d', retentionSize: '45GB' });
    expect(spec.storageSpec.volumeClaimTemplate.spec).toMatchObject({
      storageClassName: 'managed-csi',
      resources: { requests: { storage: '50Gi' } },
    });
  });

  it('has one replica, because a remote write reaches only one replica', () => {
    expect(spec.replicas).toBe(1);
  });

  it('has a server certificate', () => {
    expect(spec.web.tlsConfig).toMatchObject({
      cert: { secret: { name: 'prometheus-tls' } },
      clientAuthType: 'VerifyClientCertIfGiven',
    });
  });

  it('selects monitors by the value of the label `release`', () => {
    const selectors = Object.keys(spec).filter((key) => /(Monitor|probe|Config|rule)Selector$/.test(key));
    expect(selectors).toHaveLength(5);
    for (const name of selectors)
      expect(spec[name]).toEqual({ matchLabels: { release: 'kube-prometheus-stack' } });
  });

  it('selects only objects in trusted namespaces', () => {
    const given = values({ prometheus: { ...plain.prometheus, monitorNamespaces: ['shop'] } });
    const set = { ...given.prometheus.prometheusSpec, ...given.alertmanager.alertmanagerSpec };
    for (const kind of [
      'serviceMonitor',
      'podMonitor',
      'probe',
      'rule',
      'scrapeConfig',
      'alertmanagerConfig',
    ]) {
      const [expression] = set[`${kind}NamespaceSelector`].matchExpressions;
      expect(expression).toMatchObject({ key: 'kubernetes.io/metadata.name', operator: 'In' });
      expect(expression.values).toEqual(['airflow-3', 'nats', 'cert-manager', 'thanos', 'shop']);
    }
  });

  it('reloads its configuration after a signal, not after an HTTP request', () => {
    expect(spec.reloadStrategy).toBe('ProcessSignal');
    expect(spec.containers).toEqual([
      {
        name: 'config-reloader',
        env: [{ name: 'SSL_CERT_FILE', value: '/etc/prometheus/web_config/secret/prometheus-tls-ca/ca.crt' }],
      },
    ]);
  });

  it('uses an Azure identity if the props contain one', () => {
    const { prometheus } = values({ prometheus: { ...plain.prometheus, workloadIdentity: 'client-1' } });
    expect(prometheus.serviceAccount.annotations).toEqual({
      'azure.workload.identity/client-id': 'client-1',
    });
    expect(prometheus.prometheusSpec.podMetadata.labels).toEqual({ 'azure.workload.identity/use': 'true' });
  });
});

describe('the rules of the central Prometheus', () => {
  it('are the rules of the project, escaped for Terraform', () => {
    const { groups } = values().additionalPrometheusRulesMap.platform;
    const text = JSON.stringify(prometheusRules().groups).replaceAll(/([$%])\{/g, '$1$1{');
    expect(JSON.stringify(groups)).toBe(text);
  });

  it('are valid in a PrometheusRule object', () => {
    const spec = values().additionalPrometheusRulesMap.platform;
    validate({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'platform' },
      spec,
    });
  });
});

describe('the release kube-prometheus-stack', () => {
  it('installs no CRDs, because a separate release installs them', () => {
    expect(values().crds.enabled).toBe(false);
  });
});

it('kube-prometheus-stack does not monitor the controller manager, scheduler, etcd and kube-proxy', () => {
  for (const name of ['kubeControllerManager', 'kubeScheduler', 'kubeEtcd', 'kubeProxy'])
    expect(values()[name]).toEqual({ enabled: false });
});

describe('Grafana', () => {
  it('has a generated password that is not in the Terraform state', () => {
    const stack = plainStack;
    const secret = resources(stack, 'kubernetes_secret_v1').find(
      ({ metadata }) => (metadata as { name: string }).name === 'grafana-admin',
    );
    expect(secret?.data).toBeUndefined();
    expect(secret?.data_wo).toMatchObject({
      'admin-password': `\${ephemeral.random_password.grafana_admin.result}`,
    });
    expect(releaseValues(stack, 'kube-prometheus-stack').grafana.admin.existingSecret).toBe('grafana-admin');
  });

  it('is installed after the Secret with its password', () => {
    const { depends_on: dependsOn } = release(plainStack, 'kube-prometheus-stack');
    expect(dependsOn).toEqual([expect.stringMatching(/^kubernetes_secret_v1\.kps_grafana-admin/)]);
  });

  it('requires a login', () => {
    const ini = values().grafana['grafana.ini'];
    expect(ini['auth.anonymous'].enabled).toBe(false);
    expect(ini.users.allow_sign_up).toBe(false);
    expect(ini.security.cookie_secure).toBe(true);
  });

  it('queries Prometheus over TLS through the data source `prometheus`', () => {
    const [prometheus] = values().grafana.datasources['datasources.yaml'].datasources;
    expect(prometheus).toMatchObject({
      uid: 'prometheus',
      isDefault: true,
      url: 'https://kube-prometheus-stack-prometheus.airflow-3.svc:9090',
      jsonData: { tlsAuthWithCACert: true },
    });
  });

  it('can use a long-term store for the data source `prometheus`', () => {
    const datasource = { url: 'https://store.example/prometheus' };
    const [prometheus] = values({ grafana: { datasource } }).grafana.datasources['datasources.yaml']
      .datasources;
    expect(prometheus).toMatchObject({ uid: 'prometheus', url: datasource.url });
    expect(prometheus.secureJsonData).toBeUndefined();
  });

  it('stops the old pod before it starts the new pod', () => {
    const { grafana } = values({ grafana: { storage: { size: '5Gi' } } });
    expect(grafana.persistence.enabled).toBe(true);
    expect(grafana.deploymentStrategy.type).toBe('Recreate');
  });

  it('reads the dashboards from ConfigMaps in which `${` is escaped for Terraform', () => {
    const maps = kubernetesObjects(plainStack).filter(({ kind }) => kind === 'ConfigMap');
    const [file = ''] = maps.map(({ data }) => data).flatMap(Object.keys);
    expect(maps.flatMap(({ data }) => Object.keys(data)).sort()).toEqual(
      dashboards
        .filter(({ uid }) => dashboardUidsFor(expectedOnLaptop).includes(uid))
        .map(({ fileName }) => fileName)
        .sort(),
    );
    const { dashboards: sidecar } = plainValues.grafana.sidecar;
    for (const { metadata, data } of maps) {
      expect(metadata.labels).toEqual({ [sidecar.label]: sidecar.labelValue });
      expect(Object.values(data).join()).not.toMatch(/(^|[^$])\$\{/);
    }
    const board = JSON.parse(maps[0]?.data[file].replaceAll('$${', '${'));
    expect(board).toEqual(JSON.parse(readFileSync(`dashboards/${file}`, 'utf8')));
  });

  it.each([
    [false, false, []],
    [true, false, ['thanos-dashboard.json']],
    [true, true, ['thanos-dashboard.json', 'thanos-store-dashboard.json']],
  ] as const)(
    'with thanos=%s and objectStore=%s has the Thanos dashboards %j',
    (thanos, objectStore, own) => {
      const stack = synthesized({ rules: { expected: { ...expectedOnLaptop, thanos, objectStore } } });
      const maps = kubernetesObjects(stack).filter(({ kind }) => kind === 'ConfigMap');
      const files = maps.flatMap(({ data }) => Object.keys(data));
      expect(files.filter((file) => file.startsWith('thanos'))).toEqual(own);
      expect(files).toContain('nats-dashboard.json');
    },
  );

  it('may read ConfigMaps, but not Secrets', () => {
    const { rbac, sidecar } = plainValues.grafana;
    const role = manifests().find(({ kind }) => kind === 'Role') as Manifest;
    validate(role);
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
    ]);
    // An installed RoleBinding refers to this name. Kubernetes refuses every change of `roleRef`.
    expect(role.metadata.name).toBe('kube-prometheus-stack-grafana');
    expect(rbac).toEqual({ namespaced: true, useExistingRole: role.metadata.name });
    expect(sidecar.dashboards.resource).toBe('configmap');
  });

  it('is not installed if the props of the stack do not contain Grafana', () => {
    const stack = synthesize((scope, connection) => {
      const { grafana: _, ...rest } = plain;
      new KubePrometheusStack(scope, 'kps', { connection, namespace: 'airflow-3', ...rest });
    });
    expect(releaseValues(stack, 'kube-prometheus-stack').grafana).toEqual({ enabled: false });
    expect(resources(stack, 'kubernetes_secret_v1')).toEqual([]);
    expect(resources(stack, 'kubernetes_config_map_v1')).toEqual([]);
  });
});

describe('Alertmanager', () => {
  const receivers: AlertReceiver[] = [
    { name: 'hook', kind: 'webhook', severities: ['critical', 'warning'] },
    { name: 'chat', kind: 'slack', severities: ['warning'], channel: '#alerts' },
    { name: 'office', kind: 'teams', severities: ['warning'] },
    { name: 'pager', kind: 'pagerduty', severities: ['critical'] },
    {
      name: 'mail',
      kind: 'email',
      severities: ['critical'],
      to: 'team@example.com',
      from: 'alerts@example.com',
      smarthost: 'smtp.example.com:587',
      username: 'alerts',
    },
  ];
  const stack = synthesized({ alertmanager: { receivers } });
  const { config, alertmanagerSpec } = releaseValues(stack, 'kube-prometheus-stack').alertmanager;

  it('reads the secrets of every receiver from files', () => {
    const file = (name: string) => `/etc/alertmanager/secrets/alertmanager-receivers/${name}`;
    expect(config.receivers.slice(1)).toMatchObject([
      { webhook_configs: [{ url_file: file('hook') }] },
      { slack_configs: [{ api_url_file: file('chat'), channel: '#alerts' }] },
      { msteamsv2_configs: [{ webhook_url_file: file('office') }] },
      { pagerduty_configs: [{ routing_key_file: file('pager') }] },
      { email_configs: [{ auth_password_file: file('mail'), require_tls: true }] },
    ]);
    expect(alertmanagerSpec.secrets).toEqual(['alertmanager-receivers']);
  });

  it('gets the secrets of its receivers from ephemeral Terraform variables', () => {
    for (const { name } of receivers) {
      const variable = stack.variable[`alert_receiver_${name}`];
      expect(variable).toMatchObject({ sensitive: true, ephemeral: true, nullable: false });
      expect(variable).not.toHaveProperty('default');
    }
    const [secret] = resources(stack, 'kubernetes_secret_v1').filter(
      ({ metadata }) => (metadata as { name: string }).name === 'alertmanager-receivers',
    );
    expect(secret?.data_wo).toMatchObject({ pager: `\${var.alert_receiver_pager}` });
  });

  it('sends every receiver a notification when an alert is resolved', () => {
    const notifiers = config.receivers.slice(1).flatMap(({ name, ...kinds }: { name: string }) => {
      return Object.values(kinds as Record<string, { send_resolved: boolean }[]>).flat();
    });
    expect(notifiers).toHaveLength(receivers.length);
    for (const notifier of notifiers) expect(notifier).toMatchObject({ send_resolved: true });
  });

  it('has the inhibit rules of the project, and three rules of the chart', () => {
    expect(config.inhibit_rules).toEqual([
      ...inhibitRules,
      expect.objectContaining({
        source_matchers: ['severity = critical'],
        target_matchers: ['severity =~ warning|info'],
      }),
      expect.objectContaining({
        source_matchers: ['severity = warning'],
        target_matchers: ['severity = info'],
      }),
      expect.objectContaining({
        source_matchers: ['alertname = InfoInhibitor'],
        target_matchers: ['severity = info'],
      }),
    ]);
  });

  it('sends each alert to the receivers for its severity', () => {
    const [watchdog, ...routes] = config.route.routes;
    expect(watchdog).toMatchObject({ receiver: 'null', matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] });
    expect(routes.map(({ receiver }: { receiver: string }) => receiver)).toEqual(
      receivers.map(({ name }) => name),
    );
    expect(routes[0].matchers).toEqual(['severity =~ "critical|warning"']);
    expect(routes.every((route: { continue: boolean }) => route.continue)).toBe(true);
  });
});

describe('the certificates of kube-prometheus-stack', () => {
  const servers = ['prometheus', 'alertmanager', 'grafana', 'node-exporter', 'kube-state-metrics'];
  const certificates = manifests().filter(({ kind }) => kind === 'Certificate');

  it('include a certificate for every server of the stack', () => {
    const names = certificates.map(({ spec }) => spec.secretName);
    expect(names).toEqual(expect.arrayContaining(servers.map((name) => `${name}-tls`)));
  });

  it('have the server names that Prometheus verifies', () => {
    const all = values();
    const monitors = [
      all.prometheus.serviceMonitor,
      all.alertmanager.serviceMonitor,
      all.grafana.serviceMonitor,
      all['prometheus-node-exporter'].prometheus.monitor,
      all['kube-state-metrics'].prometheus.monitor,
    ];
    const byName = new Map(certificates.map((c) => [c.spec.secretName, c.spec.dnsNames]));
    for (const { scheme, tlsConfig } of monitors) {
      expect(scheme).toBe('https');
      expect(byName.get(tlsConfig.ca.secret.name)).toContain(tlsConfig.serverName);
    }
  });

  it('for Prometheus contain `localhost` and the extra DNS names', () => {
    const { prometheus } = plain;
    const [certificate] = manifests({
      prometheus: { ...prometheus, extraDnsNames: ['rw.example.com'] },
    }).filter(({ spec }) => spec?.secretName === 'prometheus-tls');
    expect(certificate?.spec.dnsNames).toEqual(expect.arrayContaining(['localhost', 'rw.example.com']));
    expect(certificate?.spec.ipAddresses).toEqual(['127.0.0.1']);
  });

  it('are issued by a CA that the platform creates', () => {
    const issuers = manifests().filter(({ kind }) => kind === 'ClusterIssuer');
    expect(issuers.map(({ spec }) => spec)).toEqual([
      { selfSigned: {} },
      { ca: { secretName: 'platform-ca' } },
    ]);
  });

  it('come from a CA that never changes its key', () => {
    const [ca, ...others] = manifests().filter(({ spec }) => spec?.isCA);
    expect(others).toEqual([]);
    expect(ca?.spec.privateKey.rotationPolicy).toBe('Never');
  });

  it('use the issuer that the environment sets', () => {
    const made = manifests({ issuer: { name: 'corporate', kind: 'ClusterIssuer' } });
    expect(made.filter(({ kind }) => kind === 'ClusterIssuer')).toEqual([]);
    for (const { kind, spec } of made) {
      if (kind === 'Certificate') expect(spec.issuerRef.name).toBe('corporate');
    }
  });

  it('include a client certificate for each edge in another cluster', () => {
    const made = manifests({ remoteEdges: ['berlin'] });
    const berlin = made.find(({ metadata }) => metadata.name === 'edge-berlin-client-tls');
    expect(berlin?.spec.dnsNames).toEqual(['berlin.edge.prometheus-platform.internal']);
    expect(berlin?.spec.usages).toEqual(['digital signature', 'client auth']);
  });

  it('for edges in other clusters are renewed one hour before expiry', () => {
    const berlin = manifests({ remoteEdges: ['berlin'] }).find(
      ({ metadata }) => metadata.name === 'edge-berlin-client-tls',
    );
    const { duration, renewBefore } = berlin?.spec ?? {};
    expect({ duration, renewBefore }).toEqual({ duration: '17520h', renewBefore: '1h' });
    const rule = prometheusRules()
      .groups.flatMap(({ rules }) => rules)
      .find((one) => 'alert' in one && one.alert === 'EdgeCertificateExpiring');
    const [, pattern = ''] = /name=~"([^"]+)"/.exec(rule?.expr ?? '') ?? [];
    expect(berlin?.metadata.name).toMatch(new RegExp(`^(${pattern})$`));
  });

  it('do not let a server authenticate as a client', () => {
    const servers = manifests().filter(({ kind, spec }) => kind === 'Certificate' && !spec.isCA);
    expect(servers.length).toBeGreaterThan(3);
    for (const { metadata, spec } of servers)
      expect(spec.usages, metadata.name).toEqual(['digital signature', 'server auth']);
  });
});

describe('the manifests of kube-prometheus-stack', () => {
  const ridden = manifests({ remoteEdges: ['berlin'] });

  it('are valid', () => {
    for (const manifest of ridden) validate(manifest);
  });

  it('contain no text that Helm would evaluate as a template', () => {
    expect(JSON.stringify(ridden)).not.toContain('{{');
  });
});

describe('the network policies of the stack', () => {
  const policies = kubernetesObjects(synthesized({ prometheus: { ...plain.prometheus, edges } }));

  it('are accepted by the Kubernetes schema', () => {
    expect(policies.length).toBeGreaterThan(0);
    for (const policy of policies) validate(policy);
  });

  it('let only Grafana and Prometheus itself query Prometheus', () => {
    const policy = policies.find(({ metadata }) => metadata.name === 'allow-prometheus');
    const [own, queries, writes] = policy?.spec.ingress ?? [];
    const prometheus = { 'app.kubernetes.io/name': 'prometheus' };
    expect(own.from).toMatchObject([{ podSelector: { matchLabels: prometheus } }]);
    expect(queries.from).toMatchObject([
      { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'grafana' } } },
    ]);
    expect(queries.from).toHaveLength(1);
    expect(queries.ports).toEqual([{ port: 9090, protocol: 'TCP' }]);
    expect(writes.from).toMatchObject([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'another-cluster' } },
        podSelector: { matchLabels: { app: 'prometheus-agent' } },
      },
      { ipBlock: { cidr: '10.9.0.0/16' } },
    ]);
    expect(writes.ports).toEqual([{ port: 9096, protocol: 'TCP' }]);
  });

  it('deny all remote writes if no peers are configured', () => {
    for (const given of [undefined, { names: ['berlin'], peers: [] }]) {
      const prometheusProps = { ...plain.prometheus, ...(given && { edges: given }) };
      const objects = kubernetesObjects(synthesized({ prometheus: prometheusProps }));
      const policy = objects.find(({ metadata }) => metadata.name === 'allow-prometheus');
      expect(policy?.spec.ingress).toHaveLength(2);
      for (const { from } of policy?.spec.ingress ?? []) expect(from).not.toEqual([]);
    }
  });

  it('let only Prometheus reach Grafana if no ingress is set', () => {
    const from = (given: readonly Manifest[]) => {
      const policy = given.find(({ metadata }) => metadata.name === 'allow-grafana');
      expect(policy?.spec.ingress).toHaveLength(1);
      return policy?.spec.ingress[0].from;
    };
    expect(from(policies)).toMatchObject([
      { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } },
    ]);
    const ingress = { host: 'grafana.example.com', className: 'nginx', tlsSecret: 'grafana-tls' };
    expect(from(kubernetesObjects(synthesized({ grafana: { ingress } }))) ?? []).toEqual([]);
  });
});

describe('the rights of kube-prometheus-stack', () => {
  it('do not allow kube-state-metrics to read Secrets', () => {
    expect(plainValues['kube-state-metrics'].collectorsExclude).toContain('secrets');
    expect(plainValues.alertmanager.alertmanagerSpec.automountServiceAccountToken).toBe(false);
  });
});

describe('a mirror of kube-prometheus-stack', () => {
  it('replaces the registry of every image', () => {
    const mirrored = values({ sources: { images: 'mirror.example/hub', pullSecret: 'mirror' } });
    expect(mirrored.global).toEqual({
      imageRegistry: 'mirror.example/hub',
      imagePullSecrets: [{ name: 'mirror' }],
    });
  });
});
