import { isBranch, type Tree, textAt } from './tree.ts';

/** A readable name, such as `NetworkPolicy nats/deny-ingress` or `key vault monitoring-kv`. */
export function readableName(type: string, tree: Tree | undefined, address: string): string {
  if (type === 'helm_release') {
    return `release ${textAt(tree, 'name') ?? address} in ${textAt(tree, 'namespace') ?? 'default'}`;
  }
  const fallback = address.slice(address.indexOf('.') + 1);
  if (type.startsWith('kubernetes_')) {
    const name = textAt(tree, 'metadata.name') ?? fallback;
    const namespace = textAt(tree, 'metadata.namespace');
    return `${kubernetesKind(type)} ${namespace ? `${namespace}/` : ''}${name}`;
  }
  return `${plainType(type)} ${(isBranch(tree) && textAt(tree, 'name')) || fallback}`;
}

/** Converts a type to a Kubernetes kind: `kubernetes_network_policy_v1` becomes `NetworkPolicy`. */
function kubernetesKind(type: string): string {
  return type
    .replace(/^kubernetes_/, '')
    .replace(/_v\d+(?:(?:alpha|beta)\d+)?$/, '')
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Converts a resource type to plain words: `azurerm_key_vault` becomes `key vault`. */
function plainType(type: string): string {
  return type.replace(/^[a-z0-9]+_/, '').replaceAll('_', ' ');
}
