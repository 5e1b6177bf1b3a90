import { type ComponentFactory, local } from '../component.ts';
import { dataFolders, pushedGroupsFile } from '../data-folders.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';

/** Keeps the metrics of batch runs for Prometheus. */
export const pushgateway: ComponentFactory = (settings) => ({
  name: 'pushgateway',
  role: 'keeps the metrics that batch runs push',
  place: places.monitoring,
  source: 'pushgateway',
  program: { kind: 'program', name: 'pushgateway' },
  args: [
    `--web.listen-address=${listener(settings, 'pushgateway')}`,
    `--persistence.file=${dataFolders.pushgateway}/${pushedGroupsFile}`,
    // The Pushgateway writes pushes to the disk every two seconds. A kill loses the pushes since the last write.
    '--persistence.interval=2s',
  ],
  folders: [dataFolders.pushgateway],
  ports: [settings.ports.pushgateway],
  url: local(settings.ports.pushgateway),
  healthUrl: peer(settings, 'pushgateway', '/-/ready'),
  stopStage: 2,
});
