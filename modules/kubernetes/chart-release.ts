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
  /** @default public repositories and registries */
  readonly sources?: ArtifactSources;
  /** Chart values of the environment, by release. @default none */
  readonly extraValues?: ExtraValues;
  /** Resources that are created before and destroyed after the release. */
  readonly dependsOn?: ITerraformDependable[];
}

export interface ChartReleaseProps extends ReleaseProps {
  readonly chart: ChartPin;
  readonly name: ReleaseName;
  /** The platform's own values; the release's `extraValues` are merged into them last. */
  readonly values: object;
}

/** Seconds; enough to pull all images of a release for the first time. */
const firstPullSeconds = 900;

/** A chart with a pinned version. Its settings allow a first install, a retry and a destroy without manual steps. */
export class ChartRelease extends Release {
  /** Name of the Helm release. */
  readonly releaseName: ReleaseName;
  /** Keys that the environment and the platform set to different values; a synthesis with such a key fails. */
  readonly contradictions: readonly Contradiction[];

  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    // Terraform must not evaluate text with a template of Prometheus or Grafana.
    const extra = literal(props.extraValues?.[props.name] ?? {});
    super(scope, id, {
      provider: props.connection.helm,
      ...chartLocation(props.chart, props.sources),
      name: props.name,
      namespace: props.namespace,
      // JSON is valid YAML. Terraform parses JSON; therefore a plan shows only the changed values, with their paths.
      values: [JSON.stringify(mergeValues(props.values, extra))],
      // A first install that times out leaves a release in the cluster and none in the state. This setting adopts that
      // release.
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
