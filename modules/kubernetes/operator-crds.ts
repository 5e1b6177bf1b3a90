import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { releases } from '../../config/topology.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';

interface OperatorCrdsValues {
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
}

/**
 * If a CRD is deleted, Kubernetes deletes every object of this kind, even monitors and rules of other teams. Therefore
 * the CRDs stay when the release is deleted.
 */
const values: OperatorCrdsValues = { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } };

/**
 * The CRDs of the operator have their own release, because Helm does not upgrade CRDs in the folder `crds` of a chart.
 * If somebody deletes this release, the CRDs stay in the cluster. A new release with the same name and namespace takes
 * over these CRDs.
 */
export class OperatorCrds extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.operatorCrds,
      name: releases.operatorCrds,
      values,
    });
  }
}
