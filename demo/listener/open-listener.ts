import { writeTarget } from '../engine.ts';
import { peer } from '../network.ts';
import type { Settings } from '../settings.ts';
import { RemoteWriteListener } from './remote-write-listener.ts';

/**
 * Opens the listener for the samples of the edge.
 * @throws EADDRINUSE if its port is in use
 */
export async function openListener(settings: Settings): Promise<RemoteWriteListener> {
  const { port, path } = writeTarget(settings.engine, 'prometheus-agent');
  const listener = new RemoteWriteListener(peer(settings, port, path));
  await listener.listen(settings.ports.remoteWriteListener, settings.network.listen);
  return listener;
}
