/** Where a resource lies and what it is tagged with; the same for all of an environment. */
export interface Placement {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}
