import type { Environment } from '../config/environment.ts';
import type { SourceName } from './sources.ts';

/** The host of a function in an environment. */
export interface Hosting {
  /** `cluster`, or the name of another host that a platform offers. */
  readonly host: string;
  /**
   * URL of the API that the exporter calls.
   * @default the URL in the exporter's descriptor
   */
  readonly upstreamUrl?: string;
}

/** The hosting of a function in an environment. A function without a setting in the environment runs in the cluster. */
export function hostingOf(
  { usdtExporter, functions }: Pick<Environment, 'usdtExporter' | 'functions'>,
  name: SourceName,
): Hosting {
  const settings: Partial<Record<SourceName, Hosting>> = { usdtExporter, batchPusher: functions };
  return settings[name] ?? { host: 'cluster' };
}
