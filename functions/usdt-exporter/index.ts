export { createApp, createExporter, type ExporterDeps } from './app.ts';
export { usdtExporter } from './function.ts';
export { type ExporterConfig, readExporterConfig } from './settings.ts';
