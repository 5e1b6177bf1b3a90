import type { FunctionInstance, Host } from '../function.ts';
import type { Exposed } from '../http/exposition.ts';
import { onDemand } from './on-demand.ts';
import { Refresher } from './refresher.ts';
import { exporterRoutes } from './routes.ts';

export interface RefreshingExporterOptions {
  /** Of the start page. */
  readonly title: string;
  readonly registry: Exposed;
  /** Reads the upstream once and turns what it says into metrics. @throws whatever made it fail */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  /** Whether a refresh has succeeded, so that a scrape need not wait for one. */
  readonly hasValue: () => boolean;
  readonly intervalMs: number;
}

/** An exporter of an upstream that is read every so often: in the background where the host lives on, else on demand. */
export function refreshingExporter(options: RefreshingExporterOptions, host: Host): FunctionInstance {
  const { title, registry, refresh, hasValue, intervalMs } = options;
  const { clock, log, lifetime } = host;
  const refresher = new Refresher({ refresh, intervalMs, clock });
  const resident = lifetime === 'resident';
  return {
    app: exporterRoutes({
      title,
      registry,
      log,
      ready: () => !resident || refresher.attempted,
      ...(!resident && { prepare: onDemand({ refresher, lifetime, clock, hasValue }) }),
    }),
    start: () => refresher.start(),
    stop: () => refresher.stop(),
  };
}
