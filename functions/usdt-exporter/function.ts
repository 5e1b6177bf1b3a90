import { functionSources } from '../../sources/functions.ts';
import type { FunctionDefinition } from '../function.ts';
import { createExporter } from './app.ts';
import { readExporterConfig } from './settings.ts';

const { port, program } = functionSources.usdtExporter;

export const usdtExporter: FunctionDefinition = {
  name: program.name,
  defaultPort: port,
  taskNeeds: 'PUSHGATEWAY_URL',
  create: (env, host) => createExporter({ ...host, config: readExporterConfig(env) }),
};
