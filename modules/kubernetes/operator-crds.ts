import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { releases } from '../../config/topology.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';

interface OperatorCrdsValues {
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
}

/**
 * The CRDs stay when the release is deleted. If they were deleted, Kubernetes would delete all objects of these kinds
 * in the cluster, even monitors and rules of other teams.
 */
const values: OperatorCrdsValues = { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } };

/**
 * The CRDs of the operator. They have their own release, because Helm does not upgrade CRDs in the folder `crds` of a
 * chart. A deleted release leaves its CRDs behind. A new release with the same name and namespace adopts them.
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
