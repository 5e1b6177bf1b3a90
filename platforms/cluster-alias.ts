/**
 * Returns the alias of the Terraform providers for an edge that has its own cluster.
 * @param name the unique name of the cluster, from `edgeClusterName` of a platform
 */
export function clusterAlias(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
