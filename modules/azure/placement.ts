/** Location, resource group and tags of a resource. They are equal for all resources of an environment. */
export interface Placement {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}
