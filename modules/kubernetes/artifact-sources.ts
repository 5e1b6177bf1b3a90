import type { ChartPin, ImagePin } from '../../config/charts.ts';

/** Mirrors of charts and images, for a cluster without access to the public sources. */
export interface ArtifactSources {
  /**
   * URL of a chart repository, or a folder with chart packages.
   * @default the repository of each chart
   */
  readonly charts?: string;
  /**
   * Registry of all images, such as `mirror.example.com/platform`.
   * @default the registry of each image
   */
  readonly images?: string;
  /**
   * Secret with the login to the registry `images`. Every namespace needs this Secret.
   * @default none
   */
  readonly pullSecret?: string;
}

/** The chart arguments of `helm_release`. */
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
