import { join } from 'node:path';

/** Folders in which the components keep their data, below the folder of a run. */
export const dataFolders = {
  prometheus: 'data/prometheus',
  alertmanager: 'data/alertmanager',
  pushgateway: 'data/pushgateway',
  nats: 'data/nats',
  edgeNats: 'data/edge-nats',
} as const;

/** Name of the file with the pushed groups, in the Pushgateway's folder. */
export const pushedGroupsFile = 'metrics';

/** Folder of a run for configuration, data and logs. Each port offset has its own folder. */
export const runFolder = (root: string, portOffset: number): string =>
  join(root, '.demo', `offset-${portOffset}`);
