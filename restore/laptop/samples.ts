import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { clusters } from '../../config/topology.ts';
import { dataFolders } from '../../demo/data-folders.ts';
import { direct } from '../../verify/direct.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { bytesIn, move } from '../files.ts';
import type { Store } from '../store.ts';
import { newestSample, recordSamples } from '../stores/samples.ts';
import type { Pipeline } from './pipeline.ts';

const snapshotMs = 60_000;
const answer = z.object({ data: z.object({ name: z.string() }) });

/** The samples of the central Prometheus. The backup is a snapshot from the admin API. */
export function samples({ folder, urls, stop, start }: Pipeline): Store {
  const data = join(folder, dataFolders.prometheus);
  const prometheus = prometheusApi(urls.prometheus);
  return {
    name: 'samples',
    program: 'Prometheus',
    deletes: `the folder ${data}`,
    lacks: async () => {
      const found = await prometheus.query('count by (cluster) (up)');
      const names = found.map(({ metric }) => metric.cluster);
      const missing = Object.values(clusters)
        .map(({ cluster }) => cluster)
        .filter((cluster) => !names.includes(cluster));
      return missing.length > 0 ? `Prometheus has no samples of ${missing.join(' and ')}.` : undefined;
    },
    record: () => recordSamples((action) => action(prometheus)),
    backup: async (target) => {
      const completeUntil = Date.now();
      const snapshot = join(data, 'snapshots', await takeSnapshot(urls.prometheus));
      if (!existsSync(snapshot)) {
        throw new Error(
          `Prometheus has written its snapshot to another folder than ${snapshot}. Run the drill in the project folder from which the pipeline was started.`,
        );
      }
      await move(snapshot, target);
      return { completeUntil, bytes: bytesIn(target) };
    },
    stop: () => stop('prometheus'),
    start: () => start('prometheus'),
    erase: () => rm(data, { recursive: true }),
    restore: async (source) => {
      await stop('prometheus');
      await rm(data, { recursive: true, force: true });
      await mkdir(data, { recursive: true });
      await cp(source, data, { recursive: true });
      await start('prometheus');
    },
    newest: (before) => newestSample(prometheus, before),
  };
}

/** Creates a snapshot of every block and of the newest samples. @returns name of the snapshot's folder */
async function takeSnapshot(url: string): Promise<string> {
  const { request } = await import('undici');
  const target = `${url}/api/v1/admin/tsdb/snapshot`;
  const { statusCode, body } = await request(target, {
    method: 'POST',
    dispatcher: await direct(),
    signal: AbortSignal.timeout(snapshotMs),
  });
  const text = await body.text();
  if (statusCode === 503 && text.includes('admin APIs disabled')) {
    throw new Error(
      'The admin API of Prometheus is disabled, and therefore Prometheus makes no snapshot. Start the pipeline with npm start -- --admin-api.',
    );
  }
  if (statusCode !== 200)
    throw new Error(
      `Prometheus made no snapshot. Check its log, and start the drill again. Answer of ${target}: HTTP ${statusCode}, ${text.slice(0, 300)}`,
    );
  return answer.parse(JSON.parse(text)).data.name;
}
