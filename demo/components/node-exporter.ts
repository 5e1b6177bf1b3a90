import { type ComponentFactory, local } from '../component.ts';

/** This machine's own metrics. */
export const nodeExporter: ComponentFactory = ({ ports }) => ({
  name: 'node-exporter',
  role: 'exposes this machine',
  program: { kind: 'program', name: 'node_exporter' },
  args: [`--web.listen-address=127.0.0.1:${ports.nodeExporter}`],
  ports: [ports.nodeExporter],
  url: local(ports.nodeExporter, '/metrics'),
  healthUrl: local(ports.nodeExporter, '/'),
});
