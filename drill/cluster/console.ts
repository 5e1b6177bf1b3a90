import type { Environment } from '../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import type { ClusterConnection } from '../../console/cluster/connection.ts';
import { clusterControls } from '../../console/cluster/controls.ts';
import { clusterNodes } from '../../console/cluster/nodes/list.ts';
import { engineApis } from '../../console/engine-apis.ts';
import { close, createConsole, listen, topologyOf } from '../../console/index.ts';
import { freePort } from '../../toolchain/port-check.ts';
import { alertmanagerApi } from '../../verify/alertmanager-api.ts';

/** A console that the drill starts for itself. The drill reads the times of the alerts from this console. */
export interface OwnConsole {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the console of an environment on a free port of 127.0.0.1. */
export async function serveConsole(
  root: string,
  environment: Environment,
  connection: ClusterConnection,
): Promise<OwnConsole> {
  const { alertmanager } = connection;
  const apis = engineApis(connection.prometheus, connection.thanos);
  const nodes = clusterNodes(environment);
  const port = await freePort();
  const console = createConsole({
    root,
    port,
    controls: clusterControls({ environment, nodes, connection, prometheus: apis.prometheus }),
    topology: topologyOf(nodes, scrapeIntervalSeconds.cluster, 'production'),
    ...apis,
    alertmanager: alertmanagerApi(alertmanager.url, alertmanager.dispatcher),
  });
  const server = await listen(console.app, port).catch((error: unknown) => {
    console.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      console.close();
      await close(server);
    },
  };
}
