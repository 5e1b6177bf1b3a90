import { type ComponentFactory, local } from '../component.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';

/** The component that exposes the metrics of this machine. */
export const nodeExporter: ComponentFactory = (settings) => ({
  name: 'node-exporter',
  role: 'exposes the metrics of this machine',
  place: places.monitoring,
  source: 'nodeExporter',
  program: { kind: 'program', name: 'node_exporter' },
  args: [`--web.listen-address=${listener(settings, 'nodeExporter')}`],
  ports: [settings.ports.nodeExporter],
  url: local(settings.ports.nodeExporter, '/metrics'),
  healthUrl: peer(settings, 'nodeExporter', '/'),
});
