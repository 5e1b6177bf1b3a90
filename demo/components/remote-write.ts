import { type Writer, type WriteTarget, writeTarget } from '../engine.ts';
import { peer } from '../network.ts';
import type { Settings } from '../settings.ts';

/** @param name value of the label `remote_name` in the metrics of the writer */
export function remoteWriteConfig(
  settings: Settings,
  writer: Writer,
  name: string,
  target: Pick<WriteTarget, 'port' | 'path'> = writeTarget(settings.engine, writer),
) {
  const { engine } = settings;
  const { port, path } = target;
  return [
    {
      name,
      url: peer(settings, port, path),
      // Remote write 1.0. Thanos 0.42 answers 200 to remote write 2.0, but stores no samples.
      ...(engine === 'thanos' && { protobuf_message: 'prometheus.WriteRequest' }),
      remote_timeout: '5s',
      queue_config: {
        batch_send_deadline: '1s',
        min_backoff: '100ms',
        max_backoff: '2s',
        retry_on_http_429: true,
      },
    },
  ];
}
