/** Location, resource group and tags, which all resources of an environment share. */
export interface Placement {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}
