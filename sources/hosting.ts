import type { Environment } from '../config/environment.ts';
import type { SourceName } from './sources.ts';

/** Where a function runs in an environment. */
export interface Hosting {
  /** `cluster`, or another host that the platform offers. */
  readonly host: string;
  /**
   * URL of the API that an exporter calls.
   * @default the URL in the descriptor of the exporter
   */
  readonly upstreamUrl?: string;
}

/** Where a function runs in an environment. The default is the cluster. */
export function hostingOf(
  { usdtExporter, functions }: Pick<Environment, 'usdtExporter' | 'functions'>,
  name: SourceName,
): Hosting {
  const settings: Partial<Record<SourceName, Hosting>> = { usdtExporter, batchPusher: functions };
  return settings[name] ?? { host: 'cluster' };
}
