import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { mimir } from '../config/cluster-names.ts';
import { namespaces } from '../config/topology.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import type { EngineSettings } from '../modules/kubernetes/kube-prometheus-stack/props.ts';
import { Mimir, mimirUrl } from '../modules/kubernetes/mimir.ts';
import { centralPrometheus } from '../modules/kubernetes/monitor-labels.ts';
import { ManagedNamespace } from '../modules/kubernetes/namespace.ts';
import type { Deployment } from '../platforms/environment-stack.ts';
import { chartSettings } from './artifacts.ts';

/**
 * Installs the engine of the environment.
 * @returns the settings that connect the central Prometheus and Grafana to the engine
 */
export function engineSettings(
  scope: Construct,
  { environment, constructs }: Deployment,
  connection: ClusterConnection,
  dependsOn: ITerraformDependable[],
): EngineSettings {
  const managed = constructs.managedEngine(scope, environment);
  if (managed) return managed;
  const { central } = environment;
  if (central.engine !== 'mimir') return { prometheus: {}, grafana: {} };
  const { namespace } = new ManagedNamespace(scope, 'mimir-namespace', { connection, name: mimir.namespace });
  const store = constructs.objectStore(scope, environment, { connection, namespace: mimir.namespace });
  if (!store)
    throw new Error(
      'the engine mimir needs platform.objectStorage; the checks should have reported the missing setting',
    );
  new Mimir(scope, 'mimir', {
    connection,
    namespace: mimir.namespace,
    ...chartSettings(environment),
    store,
    ...central.mimir,
    outOfOrderWindow: central.outOfOrderWindow,
    ...(environment.storageClass && { storageClass: environment.storageClass }),
    clients: [
      centralPrometheus,
      { namespace: namespaces.monitoring, pods: { 'app.kubernetes.io/name': 'grafana' } },
    ],
    dependsOn: [...dependsOn, namespace, ...(store.kind === 's3' ? [store.secret] : [])],
  });
  return {
    prometheus: { remoteWrite: [{ name: 'mimir', url: `${mimirUrl}/api/v1/push` }] },
    grafana: { datasource: { url: `${mimirUrl}/prometheus` } },
  };
}
