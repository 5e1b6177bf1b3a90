import { Release } from '@cdktf/provider-helm/lib/release/index.js';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { ChartPin } from '../../config/charts.ts';
import type { ReleaseName } from '../../config/cluster-names.ts';
import { type ExtraValues, pathText } from '../../config/extra-values.ts';
import { type ArtifactSources, chartLocation } from './artifact-sources.ts';
import type { ClusterConnection } from './connection.ts';
import { type Contradiction, contradictions, mergeValues } from './extra-values.ts';
import { literal } from './literal.ts';

export interface ReleaseProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly sources?: ArtifactSources;
  /**
   * The keys are release names.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  readonly dependsOn?: ITerraformDependable[];
}

export interface ChartReleaseProps extends ReleaseProps {
  readonly chart: ChartPin;
  readonly name: ReleaseName;
  /** Chart values of the platform. `extraValues` can add values, but cannot change a platform value. */
  readonly values: object;
}

/** Seconds for an install or an upgrade. The first pull of all images takes several minutes. */
const firstPullSeconds = 900;

/** A Helm release of a pinned chart version. */
export class ChartRelease extends Release {
  readonly releaseName: ReleaseName;
  readonly contradictions: readonly Contradiction[];

  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    const extra = literal(props.extraValues?.[props.name] ?? {});
    super(scope, id, {
      provider: props.connection.helm,
      ...chartLocation(props.chart, props.sources),
      name: props.name,
      namespace: props.namespace,
      // Terraform compares JSON key by key, therefore a plan shows only changed values.
      values: [JSON.stringify(mergeValues(props.values, extra))],
      // A timed-out install is not in the Terraform state. The next apply must accept the existing release.
      upgradeInstall: true,
      timeout: firstPullSeconds,
      wait: true,
      waitForJobs: true,
      maxHistory: 10,
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
    this.releaseName = props.name;
    this.contradictions = contradictions(props.values, extra);
    this.node.addValidation({
      validate: () =>
        this.contradictions.map(
          ({ path }) =>
            `extraValues of ${props.name} contradict the value of the project for ${pathText(path)}`,
        ),
    });
  }
}
