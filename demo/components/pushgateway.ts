import { type ComponentFactory, local } from '../component.ts';

/** Keeps what batch runs push until it is scraped. */
export const pushgateway: ComponentFactory = ({ ports }) => ({
  name: 'pushgateway',
  role: 'keeps what batch runs push',
  program: { kind: 'program', name: 'pushgateway' },
  args: [
    `--web.listen-address=127.0.0.1:${ports.pushgateway}`,
    '--persistence.file=data/pushgateway/metrics',
    // A kill loses what was pushed since the last write.
    '--persistence.interval=2s',
  ],
  folders: ['data/pushgateway'],
  ports: [ports.pushgateway],
  url: local(ports.pushgateway),
  healthUrl: local(ports.pushgateway, '/-/ready'),
  stopStage: 2,
});
