import { join } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { adjustedDashboards } from '../../dashboards/adjusted.ts';
import { expectedOf } from '../../sources/index.ts';
import { alertmanagerApi } from '../../verify/alertmanager-api.ts';
import { engineApis } from '../engine-apis.ts';
import { topologyOf } from '../map-node.ts';
import { createConsole } from '../server/app.ts';
import { dashboardUidsFor } from '../server/dashboards.ts';
import type { ClusterConnection } from './connection.ts';
import { clusterControls } from './controls.ts';
import { clusterNodes } from './nodes/list.ts';

const root = join(import.meta.dirname, '..', '..');

/** @param port the server refuses a request whose header Host has another port */
export function createClusterConsole(
  environment: Environment,
  connection: ClusterConnection,
  port: number,
): ReturnType<typeof createConsole> {
  const { alertmanager } = connection;
  const apis = engineApis(connection.prometheus, connection.thanos);
  const nodes = clusterNodes(environment);
  return createConsole({
    root,
    port,
    controls: clusterControls({ environment, nodes, connection, prometheus: apis.prometheus }),
    topology: topologyOf(nodes, scrapeIntervalSeconds.cluster, 'production'),
    ...apis,
    alertmanager: alertmanagerApi(alertmanager.url, alertmanager.dispatcher),
    dashboards: dashboardUidsFor(expectedOf(environment)),
    dashboardTexts: () => adjustedDashboards(environment.alerting.overrides),
  });
}
