import { type ComponentFactory, local } from '../component.ts';
import { dataFolders, pushedGroupsFile } from '../data-folders.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';

export const pushgateway: ComponentFactory = (settings) => ({
  name: 'pushgateway',
  role: 'keeps the metrics that batch runs push',
  place: places.monitoring,
  source: 'pushgateway',
  program: { kind: 'program', name: 'pushgateway' },
  args: [
    `--web.listen-address=${listener(settings, 'pushgateway')}`,
    `--persistence.file=${dataFolders.pushgateway}/${pushedGroupsFile}`,
    // A killed Pushgateway loses the pushes after its last write to disk.
    '--persistence.interval=2s',
  ],
  folders: [dataFolders.pushgateway],
  ports: [settings.ports.pushgateway],
  url: local(settings.ports.pushgateway),
  healthUrl: peer(settings, 'pushgateway', '/-/ready'),
  stopStage: 2,
});
