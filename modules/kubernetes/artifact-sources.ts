import type { ChartPin, ImagePin } from '../../config/charts.ts';

/** Where charts and images come from in a cluster that cannot, or must not, reach the public ones. */
export interface ArtifactSources {
  /**
   * `oci://…` or `https://…` in place of every chart's repository, or a directory of packages as `helm pull` writes
   * them (`<chart>-<version>.tgz`).
   * @default each chart's own repository
   */
  readonly charts?: string;
  /**
   * Registry, with or without a path, in place of every public registry's host.
   * @default each image's own registry
   */
  readonly images?: string;
  /**
   * Secret with the login to that registry, in every namespace that pulls from it.
   * @default none
   */
  readonly pullSecret?: string;
}

/** What `helm_release` needs to find a chart. */
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
