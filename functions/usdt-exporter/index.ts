export { createApp, type ExporterDeps } from './app.ts';
export { usdtExporter } from './function.ts';
