import type { EdgeCluster } from '../../config/environment.ts';
import { kubeconfigConnection } from '../../modules/kubernetes/connection.ts';
import { EphemeralSecret, ephemeralVariable } from '../../modules/kubernetes/ephemeral-secret.ts';
import { objectStoreSecret } from '../../modules/kubernetes/object-store.ts';
import { stateBackend } from '../../modules/state-backend.ts';
import type { PlatformConstructs } from '../platform.ts';
import type { KubeconfigPlatform } from './values.ts';

export const existingConstructs: PlatformConstructs<KubeconfigPlatform> = {
  stacksBefore: () => [],
  stacksAfter: () => [],
  stateBackend,
  connect: (scope, { platform }) => kubeconfigConnection(scope, 'central', platform.kubeconfig),
  connectEdge: (scope, _environment, cluster, alias) =>
    kubeconfigConnection(scope, alias, kubeconfigOf(cluster), alias),
  objectStore(scope, { platform }, { connection, namespace }) {
    const { objectStorage } = platform;
    if (!objectStorage) return undefined;
    const secret = new EphemeralSecret(scope, 'object-store-secret', {
      connection,
      namespace,
      name: objectStoreSecret.name,
      revision: objectStorage.keyRevision ?? 1,
      data: {
        [objectStoreSecret.accessKey]: ephemeralVariable(
          scope,
          'object_storage_access_key',
          `Access key of bucket ${objectStorage.bucket}`,
        ),
        [objectStoreSecret.secretKey]: ephemeralVariable(
          scope,
          'object_storage_secret_key',
          `Secret key of bucket ${objectStorage.bucket}`,
        ),
      },
    });
    return { kind: 's3', ...objectStorage, secret: secret.secret };
  },
  managedEngine: () => undefined,
  internalLoadBalancer: (_environment, { ip, annotations }) => ({ annotations, ip }),
  externalPushers: () => ({ ranges: [], dnsNames: [] }),
};

function kubeconfigOf(cluster: EdgeCluster) {
  if (cluster.kind !== 'kubeconfig')
    throw new Error(
      `the cluster of an edge has the kind "${cluster.kind}" and therefore no kubeconfig context; set the kind "kubeconfig"`,
    );
  return cluster;
}
