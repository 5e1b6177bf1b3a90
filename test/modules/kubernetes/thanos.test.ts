import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ObjectStore } from '../../../modules/kubernetes/object-store.ts';
import { thanosManifests } from '../../../modules/kubernetes/thanos/manifests.ts';
import { thanosSize } from '../../../modules/kubernetes/thanos/sizing.ts';
import { Thanos } from '../../../modules/kubernetes/thanos/thanos.ts';
import { kubernetesObjects, type Manifest } from './manifest.ts';
import { resources, type Synthesized, synthesize } from './synthesis.ts';

const size = thanosSize({
  series: 200_000,
  scrapeIntervalSeconds: 30,
  replication: 3,
  localSeconds: 10 * 86_400,
});

function stackWith(store?: ObjectStore, pairs = false, sized = size): Synthesized {
  return synthesize((stack, connection) => {
    new Thanos(stack, 'thanos', {
      connection,
      size: sized,
      replication: 3,
      pairs,
      outOfOrderWindow: '2h',
      localRetention: '10d',
      ...(store && { store: { objects: store, retention: '1y' } }),
      edges: ['another-cluster', 'branch'],
      tenants: { branch: 'payments' },
      writers: [{ namespace: 'another-cluster', pods: { app: 'prometheus-agent' } }],
      readers: [{ namespace: 'airflow-3', pods: { 'app.kubernetes.io/name': 'grafana' } }],
    });
  });
}

const objectsWith = (store?: ObjectStore, pairs = false) => kubernetesObjects(stackWith(store, pairs));

const bucket: ObjectStore = {
  kind: 's3',
  endpoint: 'https://s3.example.com:9000',
  bucket: 'blocks',
  region: 'eu-west-1',
  secret: { fqn: 'kubernetes_secret_v1.object-store' },
};
const blobs: ObjectStore = {
  kind: 'azure-blob',
  storageAccount: 'blocks',
  container: 'blocks',
  clientId: 'client-id',
};

const plain = objectsWith();
const onBucket = objectsWith(bucket);
const onBlobs = objectsWith(blobs);

const workloads = (objects: Manifest[]) =>
  objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
const named = (objects: Manifest[], kind: string, name: string): Manifest => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};
const podOf = ({ spec }: Manifest) => spec.template.spec;
const argsOf = (object: Manifest): string[] => podOf(object).containers[0].args;

describe('Thanos without an object store', () => {
  it('has no store gateway and no compactor', () => {
    expect(workloads(plain).map(({ kind, metadata, spec }) => [kind, metadata.name, spec.replicas])).toEqual(
      expect.arrayContaining([
        ['StatefulSet', 'thanos-ingester', 3],
        ['Deployment', 'thanos-router', 2],
        ['Deployment', 'thanos-query', 2],
      ]),
    );
    expect(workloads(plain)).toHaveLength(3);
    expect(workloads(plain).flatMap(argsOf).join('\n')).not.toContain('objstore');
  });

  it('keeps samples on the volumes of the ingesters for ten days', () => {
    const ingesters = named(plain, 'StatefulSet', 'thanos-ingester');
    expect(argsOf(ingesters)).toEqual(
      expect.arrayContaining([
        '--tsdb.retention=10d',
        '--tsdb.out-of-order.time-window=2h',
        '--tsdb.too-far-in-future.time-window=10m',
        '--label=replica="$(POD_NAME)"',
      ]),
    );
    const [claim] = ingesters.spec.volumeClaimTemplates;
    expect(claim.spec.resources.requests.storage).toBe(size.ingesters.volume);
  });
});

describe('a StatefulSet of Thanos', () => {
  const claimed = (series: number) => {
    const larger = thanosSize({ series, scrapeIntervalSeconds: 30, replication: 3, localSeconds: 864_000 });
    const found = resources(stackWith(bucket, false, larger), 'kubernetes_stateful_set_v1') as Manifest[];
    return new Map(found.map((set) => [set.metadata.name, set]));
  };
  const before = claimed(200_000);
  const after = claimed(220_000);

  it('has the Terraform option `ignore_changes` for the volume size', () => {
    const request = (set: Manifest | undefined) =>
      set?.spec.volume_claim_template[0].spec.resources.requests.storage;
    expect(request(after.get('thanos-ingester'))).not.toBe(request(before.get('thanos-ingester')));
    expect([...after.keys()].sort()).toEqual(['thanos-compactor', 'thanos-ingester', 'thanos-store']);
    for (const { lifecycle } of after.values())
      expect(lifecycle.ignore_changes).toContain('spec[0].volume_claim_template');
  });

  it('is not replaced when the expected number of series grows', () => {
    for (const [name, { spec }] of before) {
      const other = after.get(name)?.spec;
      for (const field of ['selector', 'service_name', 'pod_management_policy']) {
        expect(spec[field], field).toBeDefined();
        expect(other?.[field]).toEqual(spec[field]);
      }
    }
  });

  it('has an update timeout that is long enough to restart all its pods', () => {
    const minutes = ({ timeouts }: Manifest) => Number.parseInt(timeouts.update, 10);
    for (const set of after.values()) {
      const [template] = [set.spec.template].flat();
      const [container] = [template.spec.container].flat();
      const [probe] = [container.startup_probe].flat();
      const start = probe.period_seconds * probe.failure_threshold;
      const stop = template.spec.termination_grace_period_seconds;
      expect(minutes(set) * 60).toBeGreaterThanOrEqual(Number(set.spec.replicas) * (start + stop));
      expect(set.timeouts.create).toBe(set.timeouts.update);
    }
  });
});

describe('the routers of Thanos', () => {
  const router = named(plain, 'Deployment', 'thanos-router');

  it('send each sample to three ingesters', () => {
    expect(argsOf(router)).toEqual(
      expect.arrayContaining([
        '--receive.hashrings-algorithm=ketama',
        '--receive.replication-factor=3',
        '--receive.hashrings-file=/etc/thanos/config/hashrings.json',
      ]),
    );
    // With this argument, a router would also be an ingester.
    expect(argsOf(router).join('\n')).not.toContain('local-endpoint');
  });

  it('limit the size of a write and the number of concurrent writes', () => {
    expect(argsOf(router)).toContain('--receive.limits-config-file=/etc/thanos/config/limits.json');
    const { data } = named(plain, 'ConfigMap', 'thanos-config');
    expect(JSON.parse(data['limits.json'])).toEqual({
      write: {
        global: { max_concurrency: 30 },
        default: { request: { size_bytes_limit: 4_194_304, series_limit: 20_000, samples_limit: 20_000 } },
      },
    });
    expect(podOf(router).containers[0].resources.limits.memory).toBe('1024Mi');
  });

  it('have a hashring with the address of each ingester pod', () => {
    const { data } = named(plain, 'ConfigMap', 'thanos-config');
    const addresses = [0, 1, 2].map((n) => `thanos-ingester-${n}.thanos-ingester.thanos.svc:10901`);
    expect(JSON.parse(data['hashrings.json'])).toEqual([{ endpoints: addresses }]);
    const service = named(plain, 'Service', 'thanos-ingester');
    expect(service.spec).toMatchObject({ clusterIp: 'None', publishNotReadyAddresses: true });
    expect(named(plain, 'StatefulSet', 'thanos-ingester').spec.serviceName).toBe(service.metadata.name);
  });

  const caddy = JSON.parse(named(plain, 'ConfigMap', 'remote-write-listener').data['caddy.json']);
  const { remote_write: writes } = caddy.apps.http.servers;
  const [listener, reloader] = podOf(router).containers.slice(1);

  it('accept writes only from the remote-write listener in their pod', () => {
    expect(argsOf(router)).toEqual(
      expect.arrayContaining([
        '--remote-write.address=127.0.0.1:19291',
        '--receive.capnproto-address=127.0.0.1:19391',
      ]),
    );
    expect(writes.listen).toEqual([':9096']);
    expect(writes.tls_connection_policies[0]).toMatchObject({
      default_sni: 'thanos-router.thanos.svc',
      client_authentication: { mode: 'require_and_verify' },
    });
    expect(named(plain, 'Service', 'thanos-router').spec.ports).toContainEqual(
      expect.objectContaining({ name: 'remote-write', port: 9096, targetPort: 'remote-write' }),
    );
    expect(listener.ports).toEqual([{ name: 'remote-write', containerPort: 9096 }]);
  });

  it('accept only the edges, the central Prometheus and the rulers', () => {
    const routes = writes.routes[1].handle[0].routes;
    const accepted = routes.slice(0, -2).map(({ match: [{ vars }], handle }: Manifest) => {
      const proxy = handle.at(-1);
      expect(proxy.upstreams).toEqual([{ dial: '127.0.0.1:19291' }]);
      expect(handle).toContainEqual({ handler: 'rewrite', uri: '/api/v1/receive?' });
      return [proxy.headers.request.set['THANOS-TENANT'], Object.values(vars)[0]];
    });
    expect(accepted).toEqual([
      [
        ['default-tenant'],
        [
          'prometheus.client.thanos.prometheus-platform.internal',
          'ruler.client.thanos.prometheus-platform.internal',
          'another-cluster.edge.prometheus-platform.internal',
        ],
      ],
      [['payments'], ['branch.edge.prometheus-platform.internal']],
    ]);
    expect(argsOf(router)).toContain('--receive.tenant-header=THANOS-TENANT');
    expect(JSON.stringify(caddy).match(/"reverse_proxy"/g)).toHaveLength(2);
  });

  it('are ready only if their remote-write listener is ready', () => {
    const pod = podOf(router);
    expect(pod.shareProcessNamespace).toBe(true);
    for (const { securityContext, resources } of [listener, reloader]) {
      expect(securityContext).toMatchObject({
        runAsUser: 1002,
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
      expect(securityContext.capabilities.drop).toEqual(['ALL']);
      expect(resources.limits.memory).toBeDefined();
    }
    expect(pod.securityContext.runAsUser).not.toBe(1002);
    expect(listener.readinessProbe.httpGet).toEqual({ path: '/healthz', port: 9097, scheme: 'HTTPS' });
    expect(pod.volumes.map(({ name }: Manifest) => name)).toEqual(
      expect.arrayContaining(listener.volumeMounts.map(({ name }: Manifest) => name)),
    );
  });

  it('present a client certificate to the ingesters', () => {
    const tls = (prefix: string) => argsOf(router).filter((argument) => argument.startsWith(prefix));
    expect(tls('--remote-write.client')).toEqual([
      '--remote-write.client-tls-secure',
      '--remote-write.client-tls-cert=/etc/thanos/tls/tls.crt',
      '--remote-write.client-tls-key=/etc/thanos/tls/tls.key',
      '--remote-write.client-tls-ca=/etc/thanos/tls/ca.crt',
      '--remote-write.client-server-name=member.thanos.prometheus-platform.internal',
    ]);
  });
});

describe('the querier of Thanos', () => {
  const query = named(onBucket, 'Deployment', 'thanos-query');

  it('requires a client certificate', () => {
    const { data } = named(onBucket, 'ConfigMap', 'thanos-config');
    expect(argsOf(query)).toContain('--http.config=/etc/thanos/config/web-mutual.yaml');
    expect(data['web-mutual.yaml']).toContain('client_auth_type: RequireAndVerifyClientCert');
    expect(podOf(query).containers[0].readinessProbe).toMatchObject({ tcpSocket: { port: 10902 } });
  });

  it('accepts only the certificates of Grafana, the rulers and Prometheus', () => {
    const { tls_server_config: tls } = parse(
      named(onBucket, 'ConfigMap', 'thanos-config').data['web-mutual.yaml'],
    );
    const manifests = thanosManifests({
      labels: { cluster: 'nats-primary', environment: 'production' },
      size: size.rulers,
      objectStore: true,
      receiverHost: 'receiver.example.com',
    }) as Manifest[];
    const accepted = manifests.filter(
      ({ kind, spec }) =>
        kind === 'Certificate' &&
        spec.dnsNames.some((name: string) => tls.client_allowed_sans.includes(name)),
    );
    expect(accepted.map(({ metadata }) => metadata.name).sort()).toEqual([
      'grafana-reader-tls',
      'thanos-query-tls',
      'thanos-ruler-tls',
    ]);
    expect(tls.client_allowed_sans).toHaveLength(3);
  });

  it('queries ingesters, rulers and store gateways', () => {
    const valuesOf = (option: string) =>
      argsOf(query).flatMap((argument) =>
        argument.startsWith(`${option}=`) ? argument.slice(option.length + 1) : [],
      );
    expect(valuesOf('--endpoint')).toEqual([
      'dns+thanos-ingester.thanos.svc:10901',
      'dns+thanos-ruler-operated.airflow-3.svc:10901',
      'dns+thanos-store.thanos.svc:10901',
    ]);
    expect(valuesOf('--query.replica-label')).toEqual([
      'replica',
      'tenant_id',
      'thanos_ruler_replica',
      'prometheus_replica',
    ]);
    expect(valuesOf('--store.response-timeout')).toEqual(['5s']);
  });

  it.each([
    ['chain', 'single agents', false],
    ['penalty', 'pairs of agents', true],
  ])('has the option --deduplication.func=%s for %s', (expected, _agents, pairs) => {
    const args = argsOf(named(objectsWith(undefined, pairs), 'Deployment', 'thanos-query'));
    expect(args.filter((arg) => arg.startsWith('--deduplication'))).toEqual([
      `--deduplication.func=${expected}`,
    ]);
  });
});

describe.each([
  ['no object store', plain],
  ['a bucket', onBucket],
  ['an Azure container', onBlobs],
])('Thanos pods with %s', (_store, objects) => {
  it.each(workloads(objects).map((object) => [object.metadata.name, object] as const))(
    'meet the restricted Pod Security Standard, and are spread over nodes: %s',
    (name, object) => {
      const pod = podOf(object);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      const [{ resources }, ...sidecars] = pod.containers;
      expect(resources.limits.memory).toBe(resources.requests.memory);
      expect(sidecars).toHaveLength(name === 'thanos-router' ? 2 : 0);
      for (const { name: container, securityContext } of pod.containers) {
        const { runAsUser: _, ...context } = securityContext;
        expect(context, container).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: {
            drop: ['ALL'],
            ...(container === 'remote-write-listener' && { add: ['NET_BIND_SERVICE'] }),
          },
        });
      }
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.topologySpreadConstraints.map(({ topologyKey }: Manifest) => topologyKey)).toEqual([
        'kubernetes.io/hostname',
        'topology.kubernetes.io/zone',
      ]);
      expect(pod.affinity.podAntiAffinity).toBeDefined();
      expect(named(objects, 'PodDisruptionBudget', name).spec.maxUnavailable).toBe(1);
    },
  );

  it('have a network policy that names each allowed client', () => {
    const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual(
      [...workloads(objects).map(({ metadata }) => `allow-${metadata.name}`), 'allow-thanos-ruler'].sort(),
    );
    for (const { spec } of policies) {
      for (const { from } of spec.ingress) {
        expect(from.length).toBeGreaterThan(0);
        for (const peer of from) expect(peer.podSelector ?? peer.ipBlock).toBeDefined();
      }
    }
  });
});

describe('Thanos with an object store', () => {
  const config = (objects: Manifest[]) =>
    JSON.parse(named(objects, 'ConfigMap', 'thanos-config').data['objstore.yaml']);

  it('on Azure uses only the workload identity', () => {
    expect(config(onBlobs)).toEqual({
      type: 'AZURE',
      config: { storage_account: 'blocks', container: 'blocks' },
    });
    expect(named(onBlobs, 'ServiceAccount', 'thanos').metadata).toMatchObject({
      annotations: { 'azure.workload.identity/client-id': 'client-id' },
    });
    const labels = (name: string, kind: string) =>
      named(onBlobs, kind, name).spec.template.metadata.labels['azure.workload.identity/use'];
    expect(labels('thanos-ingester', 'StatefulSet')).toBe('true');
    expect(labels('thanos-router', 'Deployment')).toBeUndefined();
  });

  it('on S3 reads the access keys of the bucket only from a Secret', () => {
    expect(config(onBucket)).toEqual({
      type: 'S3',
      config: {
        endpoint: 's3.example.com:9000',
        bucket: 'blocks',
        region: 'eu-west-1',
        access_key: '$(OBJECT_STORE_ACCESS_KEY)',
        secret_key: '$(OBJECT_STORE_SECRET_KEY)',
      },
    });
    const { env } = podOf(named(onBucket, 'StatefulSet', 'thanos-store')).containers[0];
    expect(env.slice(1).map(({ valueFrom }: Manifest) => valueFrom)).toEqual([
      { secretKeyRef: { name: 'object-store', key: 'access-key' } },
      { secretKeyRef: { name: 'object-store', key: 'secret-key' } },
    ]);
  });

  it('on S3 trusts only the CAs that the environment sets', () => {
    const objects = objectsWith({ ...bucket, ca: 'the certificate of a CA\n' });
    const { data } = named(objects, 'ConfigMap', 'thanos-config');
    const { ca_file: path } = JSON.parse(data['objstore.yaml']).config.http_config.tls_config;
    const { volumes, containers } = podOf(named(objects, 'StatefulSet', 'thanos-store'));
    const volume = volumes.find(({ configMap }: Manifest) => configMap?.name === 'thanos-config');
    const mount = containers[0].volumeMounts.find(({ name }: Manifest) => name === volume.name);
    expect(data[path.slice(`${mount.mountPath}/`.length)]).toBe('the certificate of a CA\n');
  });

  it.each<[string, ObjectStore, ObjectStore]>([
    ['another container', blobs, { ...blobs, container: 'moved' }],
    ['another bucket', bucket, { ...bucket, bucket: 'moved' }],
    ['new access keys', bucket, { ...bucket, keyRevision: 2 }],
    ['another CA of the endpoint', { ...bucket, ca: 'former' }, { ...bucket, ca: 'new' }],
  ])('restarts only pods that use the store if a change sets %s', (_change, store, changed) => {
    const sums = (objects: Manifest[]) =>
      Object.fromEntries(
        workloads(objects).map(({ metadata, spec }) => [
          metadata.name,
          spec.template.metadata.annotations?.['checksum/object-store'],
        ]),
      );
    const objects = objectsWith(store);
    const [before, after] = [sums(objects), sums(objectsWith(changed))];
    const restarted = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(restarted.sort()).toEqual(['thanos-compactor', 'thanos-ingester', 'thanos-store']);
    const readers = workloads(objects).filter((object) => argsOf(object).join().includes('objstore'));
    expect(readers.map(({ metadata }) => metadata.name).sort()).toEqual(restarted.sort());
    expect(sums(objectsWith(store))).toEqual(before);
  });

  it('does not restart a pod if keyRevision is set to its default', () => {
    expect(objectsWith({ ...bucket, keyRevision: 1 })).toEqual(objectsWith(bucket));
  });

  it('has one compactor', () => {
    const compactor = named(onBucket, 'StatefulSet', 'thanos-compactor');
    expect(compactor.spec.replicas).toBe(1);
    expect(argsOf(compactor)).toEqual(
      expect.arrayContaining([
        '--wait',
        '--compact.enable-vertical-compaction',
        '--deduplication.replica-label=replica',
        '--retention.resolution-raw=1y',
        '--retention.resolution-5m=1y',
        '--retention.resolution-1h=1y',
      ]),
    );
  });
});

describe('a query of Thanos', () => {
  it.each([
    ['thanos-ingester', size.reads.ingester],
    ['thanos-store', size.reads.storeGateway],
  ])('has a limit of series and a limit of samples in %s', (name, { series, samples }) => {
    expect(argsOf(named(onBucket, 'StatefulSet', name))).toEqual(
      expect.arrayContaining([
        `--store.limits.request-series=${series}`,
        `--store.limits.request-samples=${samples}`,
      ]),
    );
  });

  it('waits if the maximum number of queries is running', () => {
    const query = named(onBucket, 'Deployment', 'thanos-query');
    expect(argsOf(query)).toContain(`--query.max-concurrent=${size.queriers.concurrentQueries}`);
  });
});

describe('the web page of a Thanos component', () => {
  it.each(['thanos-compactor', 'thanos-store'])('does not let users mark blocks for deletion: %s', (name) => {
    const args = argsOf(named(onBucket, 'StatefulSet', name));
    expect(args).toContain('--http.config=/etc/thanos/config/web.yaml');
    expect(args).toContain('--disable-admin-operations');
  });
});

describe('the rulers of Thanos', () => {
  const manifests = thanosManifests({
    labels: { cluster: 'nats-primary', environment: 'production' },
    size: size.rulers,
    objectStore: false,
  }) as Manifest[];
  const ruler = named(manifests, 'ThanosRuler', 'platform');
  const files = named(manifests, 'Secret', 'thanos-ruler-config').stringData;

  it('send recorded series to the routers with remote write 1.0', () => {
    expect(ruler.spec.replicas).toBe(2);
    expect(ruler.spec).not.toHaveProperty('objectStorageConfig');
    expect(ruler.spec.remoteWrite).toEqual([
      expect.objectContaining({
        url: 'https://thanos-router.thanos.svc:9096/api/v1/write',
        messageVersion: 'V1.0',
      }),
    ]);
    expect(ruler.spec.additionalArgs).toEqual([
      { name: 'restore-ignored-label', value: 'thanos_ruler_replica' },
    ]);
  });

  it('have a disruption budget that allows the eviction of only one ruler', () => {
    const { metadata, spec } = named(manifests, 'PodDisruptionBudget', 'thanos-ruler');
    expect(metadata.namespace).toBe(ruler.metadata.namespace);
    expect(spec).toEqual({
      maxUnavailable: 1,
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'thanos-ruler', 'thanos-ruler': ruler.metadata.name },
      },
    });
  });

  it('read their client certificate for remote write from a volume in the pod', () => {
    const { volumes, volumeMounts } = ruler.spec as {
      volumes: { name: string; secret: { secretName: string } }[];
      volumeMounts: { name: string; mountPath: string }[];
    };
    const volume = volumes.find(({ secret }) => secret.secretName === 'ruler-writer-tls');
    const mountPath = volumeMounts.find(({ name }) => name === volume?.name)?.mountPath;
    expect(mountPath).toBeDefined();
    const [{ tlsConfig }] = ruler.spec.remoteWrite;
    expect(tlsConfig).toEqual({
      caFile: `${mountPath}/ca.crt`,
      certFile: `${mountPath}/tls.crt`,
      keyFile: `${mountPath}/tls.key`,
      serverName: 'thanos-router.thanos.svc',
    });
  });

  it('keep the label `cluster` of an alert', () => {
    expect(ruler.spec).not.toHaveProperty('labels');
    expect(JSON.parse(files['relabel.yaml'])).toEqual([
      { source_labels: ['cluster'], regex: '^$', target_label: 'cluster', replacement: 'nats-primary' },
      { source_labels: ['environment'], regex: '^$', target_label: 'environment', replacement: 'production' },
    ]);
  });

  it('send queries with a client certificate', () => {
    const [query] = JSON.parse(files['query.yaml']);
    expect(query).toMatchObject({
      scheme: 'https',
      static_configs: ['dns+thanos-query.thanos.svc:10902'],
      http_config: { tls_config: { cert_file: '/etc/thanos/client-tls/tls.crt' } },
    });
    const { alertmanagers } = JSON.parse(files['alertmanagers.yaml']);
    expect(alertmanagers).toEqual([
      expect.objectContaining({
        scheme: 'https',
        static_configs: ['dns+kube-prometheus-stack-alertmanager.airflow-3.svc:9093'],
      }),
    ]);
  });

  it('have a gRPC certificate that the querier verifies', () => {
    expect(ruler.spec.grpcServerTlsConfig.caFile).toBe('/etc/thanos/client-tls/ca.crt');
    const certified = manifests
      .filter(
        ({ kind, spec }) =>
          kind === 'Certificate' && spec.dnsNames.some((name: string) => name.startsWith('member.')),
      )
      .map(({ metadata }) => metadata.name);
    expect(certified).toEqual(['thanos-ingester-tls', 'thanos-ruler-tls']);
  });
});
