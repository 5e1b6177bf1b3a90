import { type ComponentFactory, local } from '../component.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';

/** A path relative to the folder of the run. */
export const textfiles = 'config/node-exporter';

export const nodeExporter: ComponentFactory = (settings) => ({
  name: 'node-exporter',
  role: 'exposes the metrics of this machine',
  place: places.monitoring,
  source: 'nodeExporter',
  program: { kind: 'program', name: 'node_exporter' },
  args: [
    `--web.listen-address=${listener(settings, 'nodeExporter')}`,
    `--collector.textfile.directory=${textfiles}`,
  ],
  files: {
    [`${textfiles}/about.prom`]: '# The node exporter exposes the metrics in every file *.prom here.\n',
  },
  ports: [settings.ports.nodeExporter],
  url: local(settings.ports.nodeExporter, '/metrics'),
  healthUrl: peer(settings, 'nodeExporter', '/'),
});
