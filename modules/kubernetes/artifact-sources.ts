import type { ChartPin, ImagePin } from '../../config/charts.ts';

/** Sources of charts and images for a cluster without access to the public sources. */
export interface ArtifactSources {
  /**
   * `oci://…` or `https://…`, which replaces every chart's repository, or a directory of packages in the format of
   * `helm pull` (`<chart>-<version>.tgz`).
   * @default each chart's own repository
   */
  readonly charts?: string;
  /**
   * Registry with an optional path, which replaces the host of every public registry.
   * @default each image's own registry
   */
  readonly images?: string;
  /**
   * Secret with the login to that registry, in every namespace that pulls from the registry.
   * @default none
   */
  readonly pullSecret?: string;
}

/** The arguments of `helm_release` that select a chart. */
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
