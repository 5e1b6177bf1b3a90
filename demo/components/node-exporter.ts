import { type ComponentFactory, local } from '../component.ts';
import { places } from '../places.ts';

/** Exposes the metrics of this machine. */
export const nodeExporter: ComponentFactory = ({ ports }) => ({
  name: 'node-exporter',
  role: 'exposes the metrics of this machine',
  place: places.monitoring,
  source: 'nodeExporter',
  program: { kind: 'program', name: 'node_exporter' },
  args: [`--web.listen-address=127.0.0.1:${ports.nodeExporter}`],
  ports: [ports.nodeExporter],
  url: local(ports.nodeExporter, '/metrics'),
  healthUrl: local(ports.nodeExporter, '/'),
});
