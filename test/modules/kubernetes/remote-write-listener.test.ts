import { describe, expect, it } from 'vitest';
import { edges, manifests, plain, plainValues, values } from './kube-prometheus-stack.ts';
import { validate } from './manifest.ts';

describe('the remote-write listener', () => {
  const given = { prometheus: { ...plain.prometheus, edges } };
  const { prometheus } = values(given);
  const spec = prometheus.prometheusSpec;
  const container = (wanted: string) => spec.containers.find(({ name }: { name: string }) => name === wanted);
  const listener = container('remote-write-listener');
  const reloader = container('remote-write-listener-reloader');
  const configMap = manifests(given).find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'remote-write-listener',
  );
  const config = JSON.parse(configMap?.data['caddy.json']);
  const { remote_write: writes, health } = config.apps.http.servers;

  it('exists only if the environment has edges', () => {
    expect(plainValues.prometheus.service).toBeUndefined();
    expect(plainValues.prometheus.prometheusSpec.volumes).toBeUndefined();
    expect(prometheus.service.additionalPorts).toEqual([
      { name: 'remote-write', port: 9096, targetPort: 9096 },
    ]);
    expect(writes.listen).toEqual([':9096']);
  });

  it('requires a client certificate', () => {
    expect(writes.tls_connection_policies).toEqual([
      {
        protocol_min: 'tls1.2',
        default_sni: 'kube-prometheus-stack-prometheus.airflow-3.svc',
        client_authentication: {
          mode: 'require_and_verify',
          ca: { provider: 'file', pem_files: ['/etc/listener-tls/ca.crt'] },
        },
      },
    ]);
    expect(writes.automatic_https).toEqual({ disable: true });
    expect(spec.volumes).toContainEqual({
      name: 'remote-write-listener-tls',
      secret: { secretName: 'prometheus-tls' },
    });
  });

  it('forwards only the remote writes of the edges in the environment', () => {
    const [, route, rest] = writes.routes;
    const [forwarded, unknown, refused] = route.handle[0].routes;
    expect(route.match).toEqual([{ path: ['/api/v1/write'] }]);
    expect(forwarded.match).toEqual([
      {
        method: ['POST'],
        vars: {
          '{http.request.tls.client.san.dns_names.0}': [
            'berlin.edge.prometheus-platform.internal',
            'factory.edge.prometheus-platform.internal',
          ],
        },
      },
    ]);
    const proxy = forwarded.handle.at(-1);
    expect(proxy.upstreams).toEqual([{ dial: '127.0.0.1:9090' }]);
    expect(proxy.transport.tls).toMatchObject({
      server_name: 'kube-prometheus-stack-prometheus.airflow-3.svc',
    });
    expect(unknown.handle).toMatchObject([{ handler: 'static_response', status_code: 503 }]);
    expect(refused).toEqual({ handle: [{ handler: 'static_response', status_code: 403 }] });
    expect(rest).toEqual({ handle: [{ handler: 'static_response', status_code: 404 }] });
    expect(JSON.stringify(config).match(/"reverse_proxy"/g)).toHaveLength(1);
  });

  it('limits the size and the duration of a request', () => {
    const [, { handle }] = writes.routes;
    expect(handle[0].routes[0].handle).toContainEqual({ handler: 'request_body', max_size: 8 * 1024 * 1024 });
    for (const server of [writes, health]) {
      for (const limit of [
        'read_header_timeout',
        'read_timeout',
        'write_timeout',
        'idle_timeout',
        'max_header_bytes',
      ])
        expect(server[limit], limit).toBeTruthy();
    }
  });

  it('has no admin API', () => {
    expect(config.admin).toEqual({ disabled: true, config: { persist: false } });
  });

  it('meets the restricted Pod Security Standard', () => {
    for (const { securityContext, volumeMounts } of [listener, reloader]) {
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsUser: 1001,
        capabilities: { drop: ['ALL'] },
      });
      expect(volumeMounts).toContainEqual({
        name: 'remote-write-listener-empty',
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
        readOnly: true,
      });
    }
    expect(listener.securityContext.capabilities.add).toEqual(['NET_BIND_SERVICE']);
    expect(reloader.securityContext.capabilities).not.toHaveProperty('add');
  });

  it('gets no Azure token, unlike Prometheus in the same pod', () => {
    const identity = { ...given.prometheus, workloadIdentity: 'client-1' };
    const { annotations } = values({ prometheus: identity }).prometheus.prometheusSpec.podMetadata;
    expect(annotations['azure.workload.identity/skip-containers'].split(';')).toEqual([
      listener.name,
      reloader.name,
    ]);
  });

  it('is restarted if it does not answer', () => {
    expect(listener.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 9097, scheme: 'HTTPS' });
    expect(health.listen).toEqual([':9097']);
    expect(listener).not.toHaveProperty('readinessProbe');
  });

  it('has a CPU request and a memory limit', () => {
    for (const { resources } of [listener, reloader]) {
      expect(resources.requests).toHaveProperty('cpu');
      expect(resources.limits).toHaveProperty('memory');
    }
  });

  it('reloads its certificate after a change of the certificate files', () => {
    const { command } = reloader;
    for (const file of [
      '/etc/listener/caddy.json',
      ...['tls.crt', 'tls.key', 'ca.crt'].map((f) => `/etc/listener-tls/${f}`),
    ])
      expect(command[command.indexOf(file) - 1]).toBe('-config');
    const pidFile = command[command.indexOf('-pid') + 1];
    expect(listener.command.join(' ')).toContain(`> ${pidFile}`);
    // With `ProcessSignal`, the containers share processes. The reloader can send a signal to Caddy.
    expect(spec.reloadStrategy).toBe('ProcessSignal');
  });

  it('uses the image from the mirror if there is a mirror', () => {
    const mirrored = values({ ...given, sources: { images: 'mirror.example/hub' } });
    const images = mirrored.prometheus.prometheusSpec.containers.flatMap(
      (c: { image?: string }) => c.image ?? [],
    );
    expect(images).toHaveLength(2);
    for (const image of images)
      expect(image).toMatch(/^mirror\.example\/hub\/(library\/caddy|natsio\/nats-server-config-reloader):/);
  });

  it('has containers and volumes that a `Prometheus` object accepts', () => {
    const { containers, volumes } = spec;
    validate({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: 'prometheus' },
      spec: { containers, volumes },
    });
  });
});
