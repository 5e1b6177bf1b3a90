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

/** What every construct that installs a chart takes. */
export interface ReleaseProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  /** @default public repositories and registries */
  readonly sources?: ArtifactSources;
  /** Values of the environment for each chart. @default none */
  readonly extraValues?: ExtraValues;
  /** What must exist before, and is destroyed after. */
  readonly dependsOn?: ITerraformDependable[];
}

export interface ChartReleaseProps extends ReleaseProps {
  readonly chart: ChartPin;
  readonly name: ReleaseName;
  /** The platform's own values; `extraValues` of the release are merged into them last. */
  readonly values: object;
}

/** Until all images of a release are pulled for the first time. */
const firstPullSeconds = 900;

/** A pinned chart with the settings that make a first install, a retry and a destroy go through unattended. */
export class ChartRelease extends Release {
  /** Name in Helm. */
  readonly releaseName: ReleaseName;
  /** Keys that the environment sets to other values than the platform; a synthesis with one fails. */
  readonly contradictions: readonly Contradiction[];

  constructor(scope: Construct, id: string, props: ChartReleaseProps) {
    // Text with a template of Prometheus or Grafana is not for Terraform to evaluate.
    const extra = literal(props.extraValues?.[props.name] ?? {});
    super(scope, id, {
      provider: props.connection.helm,
      ...chartLocation(props.chart, props.sources),
      name: props.name,
      namespace: props.namespace,
      // JSON is YAML too, and Terraform knows it: a plan then shows the values that change, by their path, and no others.
      values: [JSON.stringify(mergeValues(props.values, extra))],
      // A first install that times out leaves the state empty and the name taken; this adopts what is there.
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
