import { join } from 'node:path';

/** Data folders of the components, relative to the folder of the run. */
export const dataFolders = {
  prometheus: 'data/prometheus',
  alertmanager: 'data/alertmanager',
  pushgateway: 'data/pushgateway',
  nats: 'data/nats',
  edgeNats: 'data/edge-nats',
} as const;

/** The file in the Pushgateway's data folder that keeps the pushed groups. */
export const pushedGroupsFile = 'metrics';

/** Folder of a run for configuration, data and logs. Each port offset has its own folder. */
export const runFolder = (root: string, portOffset: number): string =>
  join(root, '.demo', `offset-${portOffset}`);
