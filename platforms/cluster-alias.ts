/**
 * Alias of the Terraform providers for the separate cluster of an edge.
 * @param name the unique name of the cluster, which `edgeClusterName` of a platform returns
 */
export function clusterAlias(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
