import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ClusterConnection } from '../connection.ts';
import { literal } from '../literal.ts';
import { dashboardFolderAnnotation, dashboardLabel } from './grafana.ts';

export interface DashboardsProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  readonly dependsOn?: ITerraformDependable[];
  /**
   * Texts of the dashboards, by file name.
   * @default the generated files
   */
  readonly texts?: Readonly<Record<string, string>>;
}

/**
 * Output folder of `npm run generate`. The synthesis reads these files and does not build the dashboards again, because
 * building takes longer than the rest of the synthesis.
 */
const folder = join(import.meta.dirname, '../../../dashboards');

function generated(): Readonly<Record<string, string>> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** The project's dashboards as ConfigMaps. Grafana's sidecar loads the ConfigMaps. */
export class Dashboards extends Construct {
  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    for (const [file, text] of Object.entries(props.texts ?? generated())) {
      const name = file.replace(/\.json$/, '');
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
