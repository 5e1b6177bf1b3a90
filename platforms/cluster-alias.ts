/**
 * Alias of the Terraform providers for an edge's own cluster.
 * @param name unique name from `edgeClusterName`
 */
export function clusterAlias(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
