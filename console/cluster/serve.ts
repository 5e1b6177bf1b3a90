import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../../config/environment.ts';
import { startGuard } from '../../toolchain/process-guard.ts';
import { bundleConsole } from '../bundle.ts';
import { close, listen } from '../server/listen.ts';
import { type ClusterConnection, connectTo } from './connection.ts';
import { createClusterConsole } from './create-console.ts';
import { requireUsablePort } from './port.ts';

const root = join(import.meta.dirname, '..', '..');

export interface ServeOptions {
  readonly environment: Environment;
  readonly port: number;
  readonly onReady: (url: string) => void;
  /** Called when a connection to the cluster fails, and when the connection works again. */
  readonly report: (sentence: string) => void;
}

/**
 * Serves the page until the signal aborts.
 * @throws PortError, BundleError or KubectlError
 */
export async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const { environment, port, report } = options;
  await requireUsablePort(port, environment.name);
  await bundleConsole(root);
  const guard = startGuard();
  try {
    const connection = await connectTo(environment, { guard, report, signal });
    try {
      await serveConnected(options, connection, signal);
    } finally {
      await connection.close();
    }
  } finally {
    guard.release();
  }
}

async function serveConnected(
  { environment, port, onReady }: ServeOptions,
  connection: ClusterConnection,
  signal: AbortSignal,
): Promise<void> {
  const console = createClusterConsole(environment, connection, port);
  try {
    const server = await listen(console.app, port);
    try {
      onReady(`http://127.0.0.1:${port}`);
      while (!signal.aborted) await delay(2 ** 30, undefined, { signal }).catch(() => {});
    } finally {
      await close(server);
    }
  } finally {
    console.close();
  }
}
