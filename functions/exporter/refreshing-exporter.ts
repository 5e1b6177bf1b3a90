import type { FunctionInstance, Host } from '../function.ts';
import type { Exposed } from '../http/exposition.ts';
import { onDemand } from './on-demand.ts';
import { Refresher } from './refresher.ts';
import { exporterRoutes } from './routes.ts';

export interface RefreshingExporterOptions {
  readonly title: string;
  readonly registry: Exposed;
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  readonly hasValue: () => boolean;
  readonly intervalMs: number;
}

/** Refreshes metrics in the background on a `resident` host. On other hosts, a scrape starts a refresh. */
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
