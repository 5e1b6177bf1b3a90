import type { Environment } from '../../config/environment.ts';
import type { ClusterConnection } from '../../console/cluster/connection.ts';
import { createClusterConsole } from '../../console/cluster/create-console.ts';
import { close, listen } from '../../console/index.ts';
import { freePort } from '../../toolchain/port-check.ts';

export interface OwnConsole {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function serveConsole(
  environment: Environment,
  connection: ClusterConnection,
): Promise<OwnConsole> {
  const port = await freePort();
  const console = createClusterConsole(environment, connection, port);
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
