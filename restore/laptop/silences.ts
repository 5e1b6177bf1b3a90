import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolders } from '../../demo/data-folders.ts';
import { alertmanagerApi } from '../../verify/alertmanager-api.ts';
import { bytesIn, changedAt } from '../files.ts';
import type { Store } from '../store.ts';
import { silenceParts } from '../stores/silences.ts';
import { notificationParts } from './notification-log.ts';
import type { Pipeline } from './pipeline.ts';

const files = ['silences', 'nflog'] as const;
/** Alertmanager in the demo writes its files every five seconds (`--data.maintenance-interval=5s`). */
const writtenWithinMs = 30_000;
const pollMs = 200;

/** The silences and the notification log of Alertmanager. The backup is a copy of its two files. */
export function silences({ folder, urls, stop, start }: Pipeline): Store {
  const data = join(folder, dataFolders.alertmanager);
  const alertmanager = alertmanagerApi(urls.alertmanager);
  /** Unix time in milliseconds at which the drill restored the files of Alertmanager. */
  let restoredAt = 0;
  const written = async (since: number) => {
    const deadline = Date.now() + writtenWithinMs;
    while (files.some((file) => changedAt(join(data, file)) <= since)) {
      if (Date.now() > deadline)
        throw new Error(
          `Alertmanager did not write the files ${files.join(' and ')} in ${data} within ${writtenWithinMs / 1000} s. Check the log of Alertmanager.`,
        );
      await delay(pollMs);
    }
  };
  const read = async () => {
    // Newer files prove that Alertmanager has loaded the restored files.
    await written(restoredAt);
    return [...(await silenceParts(alertmanager)), ...notificationParts(await readFile(join(data, 'nflog')))];
  };
  return {
    name: 'silences',
    program: 'Alertmanager',
    deletes: `the folder ${data}`,
    lacks: async () => {
      const parts = await read();
      const has = (unit: string) => parts.some((part) => part.unit === unit);
      if (!has('alerts'))
        return 'No alert in Alertmanager is silenced. The drill needs at least one silenced alert.';
      return has('notified groups') ? undefined : 'The notification log of Alertmanager is empty.';
    },
    record: async () => ({ parts: await read(), reread: read }),
    backup: async (target) => {
      const completeUntil = Date.now();
      await written(completeUntil);
      for (const file of files) await copyFile(join(data, file), join(target, file));
      return { completeUntil, bytes: bytesIn(target) };
    },
    stop: () => stop('alertmanager'),
    start: () => start('alertmanager'),
    erase: () => rm(data, { recursive: true }),
    restore: async (source) => {
      await stop('alertmanager');
      await rm(data, { recursive: true, force: true });
      await mkdir(data, { recursive: true });
      for (const file of files) await copyFile(join(source, file), join(data, file));
      restoredAt = Date.now();
      await start('alertmanager');
    },
  };
}
