import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { releases } from '../../config/topology.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';

interface OperatorCrdsValues {
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
}

/** Deleting a CRD deletes every object of its kind in the cluster, including monitors and rules of other teams. */
const values: OperatorCrdsValues = { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } };

/**
 * The operator's custom resource definitions in a separate release, because Helm does not upgrade CRDs of another
 * chart. They remain when the release is deleted. The next deployment adopts them by the release's name and namespace.
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
