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

/** Props of each construct that installs a chart. */
export interface ReleaseProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  /**
   * Mirrors of charts and images.
   * @default public repositories and registries
   */
  readonly sources?: ArtifactSources;
  /**
   * Additional chart values of the environment, by release name.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  /** Resources that Terraform creates before the release, and destroys after it. */
  readonly dependsOn?: ITerraformDependable[];
}

export interface ChartReleaseProps extends ReleaseProps {
  readonly chart: ChartPin;
  readonly name: ReleaseName;
  /** Chart values of the platform. `extraValues` can add values, but cannot change these. */
  readonly values: object;
}

/** Timeout in seconds. The first pull of all images of a release takes several minutes. */
const firstPullSeconds = 900;

/** A Helm release of a fixed chart version. A first install, its repetition and a destroy need no manual steps. */
export class ChartRelease extends Release {
  /** Name of the Helm release. */
  readonly releaseName: ReleaseName;
  /** Values that the environment and the platform set differently. Any contradiction makes the synthesis fail. */
  readonly contradictions: readonly Contradiction[];

  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    // Values of the environment may contain templates of Prometheus or Grafana. Terraform must not evaluate these
    // templates.
    const extra = literal(props.extraValues?.[props.name] ?? {});
    super(scope, id, {
      provider: props.connection.helm,
      ...chartLocation(props.chart, props.sources),
      name: props.name,
      namespace: props.namespace,
      // Values in JSON, which is also valid YAML. Terraform parses JSON, and a plan then shows only the changed values.
      values: [JSON.stringify(mergeValues(props.values, extra))],
      // After a timeout of the first install, the release exists in the cluster, but not in the Terraform state. With
      // this setting, the next run adopts the existing release.
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
          ({ path }) => `extraValues of ${props.name} contradict its value ${pathText(path)}`,
        ),
    });
  }
}
