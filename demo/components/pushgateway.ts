import { type ComponentFactory, local } from '../component.ts';
import { places } from '../places.ts';

/** Keeps the metrics of batch runs until Prometheus scrapes them. */
export const pushgateway: ComponentFactory = ({ ports }) => ({
  name: 'pushgateway',
  role: 'keeps the metrics that batch runs push',
  place: places.monitoring,
  source: 'pushgateway',
  program: { kind: 'program', name: 'pushgateway' },
  args: [
    `--web.listen-address=127.0.0.1:${ports.pushgateway}`,
    '--persistence.file=data/pushgateway/metrics',
    // A kill loses the metrics pushed since the last write.
    '--persistence.interval=2s',
  ],
  folders: ['data/pushgateway'],
  ports: [ports.pushgateway],
  url: local(ports.pushgateway),
  healthUrl: local(ports.pushgateway, '/-/ready'),
  stopStage: 2,
});
