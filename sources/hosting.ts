import type { Environment } from '../config/environment.ts';
import type { SourceName } from './sources.ts';

export interface Hosting {
  /** `cluster`, or the name of a cloud service for functions. Example: `azure` is Azure Functions. */
  readonly host: string;
  /**
   * URL of the API that an exporter calls.
   * @default the URL in the descriptor of the exporter
   */
  readonly upstreamUrl?: string;
}

export function hostingOf(
  { usdtExporter, functions }: Pick<Environment, 'usdtExporter' | 'functions'>,
  name: SourceName,
): Hosting {
  const settings: Partial<Record<SourceName, Hosting>> = { usdtExporter, batchPusher: functions };
  return settings[name] ?? { host: 'cluster' };
}
