import type { FunctionDefinition } from '../function.ts';
import { createExporter } from './app.ts';
import { readExporterConfig } from './settings.ts';

export const usdtExporter: FunctionDefinition = {
  name: 'usdt-exporter',
  defaultPort: 5000,
  taskNeeds: 'PUSHGATEWAY_URL',
  create: (env, host) => createExporter({ ...host, config: readExporterConfig(env) }),
};
