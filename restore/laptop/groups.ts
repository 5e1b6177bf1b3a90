import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolders, pushedGroupsFile } from '../../demo/data-folders.ts';
import { changedAt } from '../files.ts';
import type { Store } from '../store.ts';
import { groupParts, newestPush } from '../stores/groups.ts';
import type { Pipeline } from './pipeline.ts';

/** The Pushgateway writes a push to its file within two seconds (`--persistence.interval=2s`). */
const persistenceMs = 3000;
const persistedWithinMs = 15_000;
/** Tolerance for the modification time, because the clock of a file system advances in steps. */
const clockTickMs = 50;
const pollMs = 200;

export function pushedGroups({ folder, urls, stop, start }: Pipeline): Store {
  const data = join(folder, dataFolders.pushgateway);
  const file = join(data, pushedGroupsFile);
  const read = () => groupParts(urls.pushgateway);
  return {
    name: 'pushed-groups',
    program: 'Pushgateway',
    deletes: `the folder ${data}`,
    lacks: async () => ((await read()).length > 0 ? undefined : 'The Pushgateway has no pushed group.'),
    record: async () => ({ parts: await read(), reread: read }),
    backup: async (target) => {
      const completeUntil = Date.now();
      const pushed = newestPush(await read()) ?? 0;
      const deadline = completeUntil + persistedWithinMs;
      while (Date.now() < pushed + persistenceMs || changedAt(file) < pushed - clockTickMs) {
        if (Date.now() > deadline) {
          throw new Error(
            `The Pushgateway did not write the newest push to ${file} within ${persistedWithinMs / 1000} s. Check the log of the Pushgateway, and start the drill again.`,
          );
        }
        await delay(pollMs);
      }
      await copyFile(file, join(target, pushedGroupsFile));
      return { completeUntil, bytes: (await stat(join(target, pushedGroupsFile))).size };
    },
    stop: () => stop('pushgateway'),
    start: () => start('pushgateway'),
    erase: () => rm(data, { recursive: true }),
    restore: async (source) => {
      await stop('pushgateway');
      await rm(data, { recursive: true, force: true });
      await mkdir(data, { recursive: true });
      await copyFile(join(source, pushedGroupsFile), file);
      await start('pushgateway');
    },
  };
}
