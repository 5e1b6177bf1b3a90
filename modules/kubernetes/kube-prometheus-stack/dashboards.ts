import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { DashboardUid } from '../../../rules/index.ts';
import type { ClusterConnection } from '../connection.ts';
import { literal } from '../literal.ts';
import { dashboardFolderAnnotation, dashboardLabel } from './grafana.ts';

export interface DashboardsProps {
  readonly uids: readonly DashboardUid[];
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly dependsOn?: ITerraformDependable[];
  /** Texts that replace the generated files. The keys are file names. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** Folder of generated files. Building the dashboards takes longer than the rest of the synthesis. */
const folder = join(import.meta.dirname, '../../../dashboards');

/** The dashboards as ConfigMaps. The sidecar of Grafana loads them. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    for (const uid of props.uids) {
      const name = `${uid}-dashboard`;
      const file = `${name}.json`;
      const text = props.texts?.[file] ?? readFileSync(join(folder, file), 'utf8');
      const dashboard: unknown = JSON.parse(text);
      new ConfigMapV1(this, name, {
        provider: props.connection.kubernetes,
        metadata: {
          name: `dashboard-${name}`,
          namespace: props.namespace,
          labels: dashboardLabel,
          annotations: { [dashboardFolderAnnotation]: 'Platform' },
        },
        data: { [file]: literal(JSON.stringify(dashboard)) },
        ...(props.dependsOn && { dependsOn: props.dependsOn }),
      });
    }
  }
}
