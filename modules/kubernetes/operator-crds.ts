import { Construct } from 'constructs';
import { charts } from '../../config/charts.ts';
import { releases } from '../../config/topology.ts';
import { ChartRelease, type ReleaseProps } from './chart-release.ts';

/** The operator's custom resource definitions, as a release of their own: Helm upgrades no CRD inside another chart. */
export class OperatorCrds extends Construct {
  readonly release: ChartRelease;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    this.release = new ChartRelease(this, 'release', {
      ...props,
      chart: charts.operatorCrds,
      name: releases.operatorCrds,
      values: {},
    });
  }
}
