import type { Construct } from 'constructs';
import { services, thanos, tlsSecrets } from '../config/cluster-names.ts';
import { receivesInPrometheus } from '../config/engines.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import { hasPairs } from '../modules/kubernetes/edge/plan.ts';
import { centralPrometheus } from '../modules/kubernetes/monitor-labels.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import { thanosManifests } from '../modules/kubernetes/thanos/manifests.ts';
import { thanosPlan } from '../modules/kubernetes/thanos/plan.ts';
import {
  remoteWriteToThanos,
  thanosQueryUrl,
  withoutOthers,
} from '../modules/kubernetes/thanos/remote-write.ts';
import { rulerPeer, rulerPods } from '../modules/kubernetes/thanos/ruler.ts';
import { Thanos } from '../modules/kubernetes/thanos/thanos.ts';
import type { Deployment } from '../platforms/environment-stack.ts';
import { artifactSources } from './artifacts.ts';
import type { Engine } from './engine.ts';
import { registryLogins } from './prerequisites.ts';
import { edgePeers, writersToBoth } from './writers.ts';

const grafanaPeer = {
  namespace: services.grafana.namespace,
  pods: { 'app.kubernetes.io/name': 'grafana' },
} as const;

export function thanosEngine(
  scope: Construct,
  { environment, constructs }: Deployment,
  connection: ClusterConnection,
): Engine {
  const { central, certificates, storageClass } = environment;
  const namespace = new ManagedNamespace(scope, 'thanos-namespace', { connection, name: thanos.namespace });
  const logins = registryLogins(scope, environment, connection, [namespace]);
  const objects = constructs.objectStore(scope, environment, { connection, namespace: thanos.namespace });
  const plan = thanosPlan(environment);
  const isEngine = central.engine === 'thanos';
  const alsoInPrometheus = receivesInPrometheus(central);
  // All steps of a move need equal relabelings. A change restarts remote write, and samples can be lost.
  const relabelings = withoutOthers(writersToBoth(environment));
  const sources = artifactSources(environment);
  return {
    before: [namespace.namespace],
    settings: {
      prometheus: {
        scrapesOnly: !alsoInPrometheus,
        silent: alsoInPrometheus && isEngine,
        remoteWrite: [remoteWriteToThanos({ secret: tlsSecrets.prometheusWriter }, relabelings)],
      },
      ...(isEngine && { alertmanager: { senders: rulerPods } }),
      grafana: isEngine
        ? { datasource: { url: thanosQueryUrl, clientSecret: tlsSecrets.grafanaReader } }
        : {},
      manifests: thanosManifests({
        labels: central.labels,
        size: plan.size.rulers,
        silent: !isEngine,
        objectStore: objects !== undefined,
        sources,
        ...(central.monitorNamespaces && { monitorNamespaces: central.monitorNamespaces }),
        ...(central.receiver && { receiverHost: central.receiver.host }),
        ...(certificates.issuer && { issuer: certificates.issuer }),
      }),
    },
    install: (release) => {
      new Thanos(scope, 'thanos', {
        connection,
        sources,
        size: plan.size,
        replication: plan.replication,
        pairs: hasPairs(environment),
        localRetention: plan.localRetention,
        outOfOrderWindow: central.outOfOrderWindow,
        ...(objects && { store: { objects, retention: plan.storeRetention } }),
        ...(storageClass && { storageClass }),
        edges: environment.edges.map(({ name }) => name),
        tenants: plan.tenants,
        writers: [centralPrometheus, rulerPeer, ...edgePeers(environment)],
        readers: [grafanaPeer, rulerPeer],
        dependsOn: [
          namespace.namespace,
          release,
          ...logins,
          ...(objects?.kind === 's3' ? [objects.secret] : []),
        ],
      });
    },
  };
}
