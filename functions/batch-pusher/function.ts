import type { FunctionDefinition } from '../function.ts';
import { createPusher } from './app.ts';
import { name, port } from './port.ts';
import { readPusherConfig } from './settings.ts';

export const batchPusher: FunctionDefinition = {
  name,
  defaultPort: port,
  create: (env, host) => createPusher({ ...host, config: readPusherConfig(env) }),
};
