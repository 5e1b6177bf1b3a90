import type { ChartPin, ImagePin } from '../../config/charts.ts';

/** Sources of charts and images for a cluster that cannot reach the public repositories and registries. */
export interface ArtifactSources {
  /**
   * Source that replaces the repository of every chart: `oci://…`, `https://…`, or a directory of packages that `helm
   * pull` downloads (`<chart>-<version>.tgz`).
   * @default the repository of each chart
   */
  readonly charts?: string;
  /**
   * Registry with an optional path that replaces the host of every public registry.
   * @default the registry of each image
   */
  readonly images?: string;
  /**
   * Name of the Secret with the login to the registry in `images`. Every namespace that pulls from this registry has
   * the Secret.
   * @default none
   */
  readonly pullSecret?: string;
}

/** Arguments of the Terraform resource `helm_release` that select a chart. */
export interface ChartLocation {
  readonly chart: string;
  readonly repository?: string;
  readonly version: string;
}

export function chartLocation(pin: ChartPin, sources: ArtifactSources = {}): ChartLocation {
  const { chart, version } = pin;
  const repository = sources.charts ?? pin.repository;
  if (/^(oci|https):\/\//.test(repository)) return { chart, repository, version };
  return { chart: `${repository}/${chart}-${version}.tgz`, version };
}

export function imageRegistry(image: ImagePin, sources: ArtifactSources = {}): string {
  return sources.images ?? image.registry;
}

export function imageReference(image: ImagePin, sources: ArtifactSources = {}): string {
  return `${imageRegistry(image, sources)}/${image.repository}:${image.tag}`;
}
