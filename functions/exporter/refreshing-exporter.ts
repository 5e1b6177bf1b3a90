import type { FunctionInstance, Host } from '../function.ts';
import type { Exposed } from '../http/exposition.ts';
import { onDemand } from './on-demand.ts';
import { Refresher } from './refresher.ts';
import { exporterRoutes } from './routes.ts';

export interface RefreshingExporterOptions {
  /** Heading of the start page. */
  readonly title: string;
  readonly registry: Exposed;
  /**
   * Reads the upstream and sets the metrics.
   * @throws the error of a failed refresh
   */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  /** Whether any refresh has succeeded. A scrape waits for the first success. */
  readonly hasValue: () => boolean;
  readonly intervalMs: number;
}

/**
 * An exporter with regular refreshes. On a host with a permanent process, a timer starts them. Otherwise a scrape
 * starts them.
 */
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
