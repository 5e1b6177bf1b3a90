import { contextOf } from '../../config/kubeconfig.ts';
import type { Platform } from '../platform.ts';
import { existingRules } from './rules.ts';
import { type ExistingPlatform, existingValues } from './values.ts';

const contextName = (cluster: Parameters<typeof contextOf>[0]) => `context ${contextOf(cluster)}`;

/** A platform for any cluster with a kubeconfig context. */
export const existing: Platform<ExistingPlatform> = {
  kind: 'existing',
  values: existingValues,
  offers: { functionHosts: {}, engines: {}, edgeClusters: {} },
  rules: existingRules,
  names: ({ platform }) => ({
    'kubeconfig context': { names: [contextOf(platform.kubeconfig)], ignoresCase: false },
  }),
  stateInside: () => [],
  kubeconfig: ({ kubeconfig }) => kubeconfig,
  edgeKubeconfig: (cluster) => (cluster.kind === 'kubeconfig' ? cluster : { context: cluster.name }),
  centralClusterName: ({ kubeconfig }) => contextName(kubeconfig),
  edgeClusterName: (cluster) => {
    if (cluster.kind === 'kubeconfig') return contextName(cluster);
    return `${cluster.kind} ${cluster.resourceGroup}/${cluster.name}`;
  },
  imageRegistry: ({ images }) => images.registry ?? '',
  load: async () => (await import('./constructs.ts')).existingConstructs,
};
