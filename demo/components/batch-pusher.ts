import { cadence } from '../../metrics/cadence.ts';
import { seconds } from '../../metrics/duration.ts';
import { type ComponentFactory, local } from '../component.ts';

/** Our push function, as the bundle that also runs in a pod. */
export const batchPusher: ComponentFactory = ({ ports }) => ({
  name: 'batch-pusher',
  role: 'runs the simulated ETL and pushes its metrics',
  program: { kind: 'bundle', path: 'dist/functions/batch-pusher/server.cjs' },
  args: [],
  env: {
    HOST: '127.0.0.1',
    PORT: String(ports.batchPusher),
    PUSHGATEWAY_URL: local(ports.pushgateway),
    PUSH_TIMEOUT_SECONDS: '5',
    ETL_PERIOD_SECONDS: String(seconds(cadence.batchRun.laptop)),
  },
  ports: [ports.batchPusher],
  url: local(ports.batchPusher, '/metrics'),
  healthUrl: local(ports.batchPusher, '/healthz'),
});
