import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { releases } from '../../config/topology.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';

interface OperatorCrdsValues {
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
}

/** The CRDs stay after a deletion of the release. Otherwise all monitors and rules would be deleted. */
const values: OperatorCrdsValues = { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } };

/** The CRDs have their own release, because Helm does not upgrade CRDs in a chart's folder `crds`. */
export class OperatorCrds extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.operatorCrds,
      // After a deletion, a new release with the same name and namespace takes over the CRDs.
      name: releases.operatorCrds,
      values,
    });
  }
}
