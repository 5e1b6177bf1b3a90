import type { FunctionDefinition } from '../function.ts';
import { createPusher } from './app.ts';
import { readPusherConfig } from './settings.ts';

export const batchPusher: FunctionDefinition = {
  name: 'batch-pusher',
  defaultPort: 5001,
  create: (env, host) => createPusher({ ...host, config: readPusherConfig(env) }),
};
