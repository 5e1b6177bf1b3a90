import { normalize } from 'node:path';
import type { Environment } from './environment.ts';

type EdgeCluster = NonNullable<Environment['edges'][number]['cluster']>;

/** One name of a cluster by its kubeconfig: two files may have contexts of the same name. */
export function contextOf({ context, path }: { context: string; path?: string }): string {
  return path === undefined || normalize(path) === '~/.kube/config'
    ? context
    : `${context} of ${normalize(path)}`;
}

/** One name of each cluster, however it is spelt, as far as can be told without asking it. */
export function placeOf(cluster: EdgeCluster, platform: Environment['platform']): string {
  if (cluster.kind === 'kubeconfig') return `context ${contextOf(cluster)}`;
  const own = platform.kind === 'azure' ? platform.subscriptionId : '';
  return aks(cluster.subscriptionId ?? own, cluster.resourceGroup, cluster.name);
}

/** The same of the central cluster. */
export function centralPlace(platform: Environment['platform']): string {
  return platform.kind === 'azure'
    ? aks(platform.subscriptionId, platform.resourceGroup, platform.cluster.name)
    : `context ${contextOf(platform.kubeconfig)}`;
}

/** Azure compares names without regard to case. */
const aks = (...names: readonly string[]) => `AKS ${names.join('/').toLowerCase()}`;
