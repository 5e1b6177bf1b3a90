import { credentialSecrets } from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import type { ArtifactSources } from '../modules/kubernetes/artifact-sources.ts';
import type { ReleaseProps } from '../modules/kubernetes/chart-release.ts';
import type { Storage } from '../modules/kubernetes/resources.ts';
import { platformOf } from '../platforms/environment.ts';

/** The mirrors of charts and images, and the login of the image mirror. */
export function artifactSources({ charts, images }: Environment): ArtifactSources {
  const hostOf = (path: string | undefined) => path?.split('/')[0];
  const sharesLogin = images.mirror !== undefined && hostOf(images.mirror) === hostOf(images.registry);
  return {
    ...(charts.mirror && { charts: charts.mirror }),
    ...(images.mirror && { images: images.mirror }),
    ...(images.pullSecret && sharesLogin && { pullSecret: credentialSecrets.registry }),
  };
}

export function chartSettings(environment: Environment): Pick<ReleaseProps, 'sources' | 'extraValues'> {
  const { extraValues } = environment.charts;
  return { sources: artifactSources(environment), ...(extraValues && { extraValues }) };
}

export function ownImage(environment: Environment, name: string): string {
  return `${platformOf(environment).imageRegistry(environment)}/${name}:${environment.images.tag}`;
}

export function storage({ storageClass }: Pick<Environment, 'storageClass'>, size: string): Storage {
  return { size, ...(storageClass && { className: storageClass }) };
}
