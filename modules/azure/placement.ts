/** All resources of an environment share these values. */
export interface Placement {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}
