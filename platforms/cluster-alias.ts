/**
 * Alias of the Terraform providers for an edge that has its own cluster.
 * @param name unique name of the cluster, from `edgeClusterName`
 */
export function clusterAlias(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
