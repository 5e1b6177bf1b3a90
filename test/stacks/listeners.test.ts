import { describe, expect, it } from 'vitest';
import { listeners } from '../../modules/kubernetes/listeners.ts';
import { functions } from '../../sources/index.ts';
import { readDocuments } from '../metrics/documents.ts';
import { kubernetesObjects, type Manifest } from '../modules/kubernetes/manifest.ts';
import { committed, variants } from './environments.ts';
import { blocks, synthesize } from './synthesis.ts';

const stacks = [...(await synthesize(committed)).stacks, ...(await synthesize(variants)).stacks];

// biome-ignore lint/suspicious/noExplicitAny: the values of charts have no common type
type Any = any;

const releases = stacks.flatMap(([stack, json]) =>
  blocks(json, 'helm_release').map(({ name, values }) => ({
    name: String(name),
    where: `${stack} ${name}`,
    values: JSON.parse((values as string[])[0] ?? '') as Any,
  })),
);
const objects: Manifest[] = stacks.flatMap(([, json]) => kubernetesObjects(json));
const agents: Manifest[] = releases
  .flatMap(({ values }) => values.extraResources ?? [])
  .filter(({ kind }: Manifest) => kind === 'PrometheusAgent');

const ofReleases = (release: string, tls: (values: Any) => boolean) => () => {
  const found = releases.filter(({ name }) => name === release);
  return { found: found.length, plain: found.filter(({ values }) => !tls(values)).map(({ where }) => where) };
};
const central = (tls: (values: Any) => boolean) => ofReleases('kube-prometheus-stack', tls);
const webTls = (spec: Any) => Boolean(spec.web?.tlsConfig?.keySecret && spec.web.tlsConfig.cert);
const fromAgents = () => ({
  found: agents.length,
  plain: agents.filter(({ spec }) => !webTls(spec)).map(({ metadata }) => metadata.name),
});
const ofThanos =
  (name: string, ...options: readonly string[]) =>
  () => {
    const found = objects.filter(
      ({ kind, metadata }) => /^(Deployment|StatefulSet)$/.test(kind) && metadata.name === name,
    );
    const proven = ({ spec }: Manifest) => {
      const [{ args }] = spec.template.spec.containers;
      return options.every((option) => args.some((argument: string) => argument.startsWith(`--${option}`)));
    };
    return {
      found: found.length,
      plain: found.filter((one) => !proven(one)).map(({ metadata }) => metadata.name),
    };
  };
const grpcTls = ['grpc-server-tls-cert=', 'grpc-server-tls-key=', 'grpc-server-tls-client-ca='];
const webFile = 'http.config=/etc/thanos/config/web.yaml';
const ofRulers = (tls: (spec: Any) => boolean) => () => {
  const rulers = releases
    .flatMap(({ values }) => values.extraManifests ?? [])
    .filter(({ kind }: Manifest) => kind === 'ThanosRuler');
  return {
    found: rulers.length,
    plain: rulers.filter(({ spec }) => !tls(spec)).map(({ metadata }) => metadata.name),
  };
};
const deployment = (name: string) => () => {
  const found = objects.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name);
  const tls = ({ spec }: Manifest) =>
    spec.template.spec.containers[0].env.some((variable: Any) => variable.name === 'TLS_KEY_FILE');
  return {
    found: found.length,
    plain: found.filter((one) => !tls(one)).map(({ metadata }) => metadata.name),
  };
};
const webConfig = (args: readonly string[], option: string) =>
  args.some((argument) => argument.startsWith(`--${option}=`));
const metricsTls = (values: Any) => Boolean(values.config?.metricsTLSConfig?.dynamic?.secretName);

/** True if Prometheus receives remote write. With the engine `thanos`, Thanos receives the samples. */
const receives = ({ prometheus }: Any) => prometheus.prometheusSpec.enableRemoteWriteReceiver;

const isListener = ({ metadata }: Any) => metadata.name === 'remote-write-listener';

const ofListeners = (port: number, tls: (policy: Any) => boolean) => () => {
  const inReleases = releases.filter(
    ({ name, values }) => name === 'kube-prometheus-stack' && receives(values),
  );
  const configMaps = [
    ...inReleases.map(({ values }) => values.extraManifests.find(isListener)),
    ...objects.filter((object) => object.kind === 'ConfigMap' && isListener(object)),
  ];
  return {
    // `found` counts only the listeners of thanos-router. The listeners of Prometheus need no count:
    // if a listener of Prometheus is missing, `listenerServer` throws an error.
    found: configMaps.length - inReleases.length,
    plain: configMaps
      .filter((one) => !tls(listenerServer(one, port)))
      .map(({ metadata }) => metadata.namespace),
  };
};

const listenerServer = (manifest: Any, port: number) => {
  const { servers } = JSON.parse(manifest.data['caddy.json']).apps.http;
  const found = (Object.values(servers) as Any[]).find(({ listen }) => listen.includes(`:${port}`));
  return found?.tls_connection_policies[0];
};

const proofs: Readonly<Record<string, () => { readonly found: number; readonly plain: readonly string[] }>> =
  {
    'prometheus 9090': central(({ prometheus }) => webTls(prometheus.prometheusSpec)),
    // The config-reloader of Prometheus uses the TLS settings of Prometheus.
    'prometheus config-reloader 8080': central(({ prometheus }) => webTls(prometheus.prometheusSpec)),
    'remote-write-listener 9096': ofListeners(
      9096,
      (policy) => policy?.client_authentication?.mode === 'require_and_verify',
    ),
    'remote-write-listener 9097': ofListeners(9097, (policy) => policy !== undefined),
    'alertmanager 9093': central(({ alertmanager }) => webTls(alertmanager.alertmanagerSpec)),
    'alertmanager config-reloader 8080': central(({ alertmanager }) => webTls(alertmanager.alertmanagerSpec)),
    'grafana 3000': central(({ grafana }) => grafana['grafana.ini'].server.protocol === 'https'),
    'node-exporter 9100': central((v) =>
      webConfig(v['prometheus-node-exporter'].extraArgs, 'web.config.file'),
    ),
    'kube-state-metrics 8080': central((v) => webConfig(v['kube-state-metrics'].extraArgs, 'tls-config')),
    'kube-state-metrics 8081': central((v) => webConfig(v['kube-state-metrics'].extraArgs, 'tls-config')),
    'prometheus-operator 10250': central(({ prometheusOperator: { admissionWebhooks, tls } }) =>
      Boolean(admissionWebhooks.certManager.enabled && (tls?.enabled ?? true)),
    ),
    'pushgateway 9091': ofReleases('pushgateway', ({ extraArgs }) => webConfig(extraArgs, 'web.config.file')),
    'cert-manager-controller 9402': ofReleases('cert-manager', metricsTls),
    'cert-manager-webhook 9402': ofReleases('cert-manager', ({ webhook }) => metricsTls(webhook)),
    'cert-manager-cainjector 9402': ofReleases('cert-manager', ({ cainjector }) => metricsTls(cainjector)),
    // The webhook of cert-manager always uses TLS. The Helm chart cannot turn TLS off.
    'cert-manager-webhook 10250': ofReleases('cert-manager', () => true),
    'nats 4222': ofReleases('nats', ({ config }) => config.nats.tls.enabled),
    'nats 6222': ofReleases('nats', ({ config }) => !config.cluster.enabled || config.cluster.tls.enabled),
    'nats 8222': ofReleases(
      'nats',
      ({ config, promExporter }) =>
        config.monitor?.tls?.enabled === true && Boolean(promExporter.env?.SSL_CERT_FILE),
    ),
    'nats prom-exporter 7777': ofReleases('nats', ({ promExporter: { patch } }) =>
      patch.some(({ value }: { value: string }) => value.startsWith('-tlskey=')),
    ),
    ...Object.fromEntries(
      ['router', 'ingester', 'query', 'store'].map((name) => [
        `thanos-${name} 10901`,
        ofThanos(`thanos-${name}`, ...grpcTls),
      ]),
    ),
    ...Object.fromEntries(
      ['router', 'ingester', 'store', 'compactor'].map((name) => [
        `thanos-${name} 10902`,
        ofThanos(`thanos-${name}`, webFile),
      ]),
    ),
    'thanos-query 10902': ofThanos('thanos-query', 'http.config=/etc/thanos/config/web-mutual.yaml'),
    'thanos-ruler 10901': ofRulers(({ grpcServerTlsConfig: tls }) => Boolean(tls?.certFile && tls.caFile)),
    'thanos-ruler 10902': ofRulers(webTls),
    'thanos-ruler config-reloader 8080': ofRulers(webTls),
    'prometheus-agent 9090': fromAgents,
    'prometheus-agent config-reloader 8080': fromAgents,
    ...Object.fromEntries(
      functions.map(({ port, program: { name } }) => [`${name} ${port}`, deployment(name)]),
    ),
  };

const key = ({ container, port }: { readonly container: string; readonly port: number }) =>
  `${container} ${port}`;

describe('the list of listeners', () => {
  it('contains each listener once', () => {
    expect(new Set(listeners.map(key)).size).toBe(listeners.length);
    expect(Object.keys(proofs).sort()).toEqual(
      listeners
        .filter(({ plain }) => plain === undefined)
        .map(key)
        .sort(),
    );
  });

  it.each(Object.entries(proofs))('correctly states that the listener %s uses TLS', (_listener, proof) => {
    const { found, plain } = proof();
    expect(found).toBeGreaterThan(0);
    expect(plain).toEqual([]);
  });

  it('uses TLS for the ports for which the documented kubectl commands use https', () => {
    const asked = readDocuments().flatMap(({ file, text }) =>
      [...text.matchAll(/^kubectl .* exec .*?(https?):\/\/(?:localhost|127\.0\.0\.1):(\d+).*$/gm)].map(
        ([, scheme, port]) => ({ file, scheme, port: Number(port) }),
      ),
    );
    expect(asked.length).toBeGreaterThan(10);
    const tls = (port: number) => listeners.some((one) => one.port === port && one.plain === undefined);
    const wrong = asked.filter(({ scheme, port }) => scheme !== (tls(port) ? 'https' : 'http'));
    expect(wrong).toEqual([]);
  });

  it('correctly states that Thanos has ports without TLS only on 127.0.0.1', () => {
    const receivers = objects.filter(({ metadata }) => /^thanos-(router|ingester)$/.test(metadata.name));
    const args = receivers
      .filter(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind))
      .flatMap(({ spec }) => spec.template.spec.containers[0].args as string[]);
    const addresses = args.filter((argument) =>
      /^--(remote-write|receive\.capnproto).address=/.test(argument),
    );
    expect(addresses.length).toBeGreaterThanOrEqual(8);
    expect(addresses.filter((argument) => !argument.includes('=127.0.0.1:'))).toEqual([]);
    expect(addresses).toHaveLength(args.filter((argument) => argument === 'receive').length * 2);
  });

  it('contains each port of a network policy and each port of a container', () => {
    const listed = new Set(listeners.map(({ port }) => port));
    const admitted = objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .flatMap(({ spec }) => spec.ingress ?? [])
      .flatMap(({ ports = [] }: Any) => ports.map(({ port }: Any) => port));
    const opened = objects
      .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
      .flatMap(({ spec }) => spec.template.spec.containers)
      .flatMap(({ ports = [] }: Any) => ports.map(({ containerPort }: Any) => containerPort));
    expect(admitted.length).toBeGreaterThan(10);
    expect(opened.length).toBeGreaterThan(1);
    expect([...new Set([...admitted, ...opened])].filter((port) => !listed.has(port))).toEqual([]);
  });
});
