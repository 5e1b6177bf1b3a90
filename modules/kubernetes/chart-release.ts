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

/** Props of every construct that installs a chart. */
export interface ReleaseProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  /**
   * Mirrors of charts and images.
   * @default public repositories and registries
   */
  readonly sources?: ArtifactSources;
  /**
   * Chart values of the environment, by release name.
   * @default none
   */
  readonly extraValues?: ExtraValues;
  /** Resources that Terraform creates before the release and destroys after the release. */
  readonly dependsOn?: ITerraformDependable[];
}

export interface ChartReleaseProps extends ReleaseProps {
  readonly chart: ChartPin;
  readonly name: ReleaseName;
  /** Chart values of the platform. The `extraValues` of the release override them. */
  readonly values: object;
}

/** Timeout in seconds, long enough for the first pull of all images of a release. */
const firstPullSeconds = 900;

/**
 * A Helm release with a fixed chart version. With its settings, a first install, a retry and a destroy need no manual
 * steps.
 */
export class ChartRelease extends Release {
  /** Name of the Helm release. */
  readonly releaseName: ReleaseName;
  /** Keys that the environment and the platform set to different values. The synthesis fails if there is such a key. */
  readonly contradictions: readonly Contradiction[];

  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    // The values of the environment can contain templates of Prometheus or Grafana, and Terraform must not evaluate
    // them.
    const extra = literal(props.extraValues?.[props.name] ?? {});
    super(scope, id, {
      provider: props.connection.helm,
      ...chartLocation(props.chart, props.sources),
      name: props.name,
      namespace: props.namespace,
      // JSON is valid YAML. The values are JSON, because Terraform parses JSON. Therefore a plan shows only the changed
      // values with their paths.
      values: [JSON.stringify(mergeValues(props.values, extra))],
      // If the first install times out, the release exists in the cluster but not in the state. With this setting, the
      // next run continues with the existing release.
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
