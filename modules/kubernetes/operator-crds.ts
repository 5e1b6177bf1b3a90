import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { releases } from '../../config/topology.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';

interface OperatorCrdsValues {
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
}

/**
 * The CRDs remain when the release is deleted. Otherwise Kubernetes would also delete every object of these kinds in
 * the cluster, including monitors and rules of other teams.
 */
const values: OperatorCrdsValues = { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } };

/**
 * The operator's custom resource definitions in a separate release, because Helm does not upgrade the CRDs in a chart's
 * `crds` folder. The CRDs remain when the release is deleted. A later deployment continues to manage them if the name
 * and namespace of the release are the same.
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
