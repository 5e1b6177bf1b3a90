import type { Environment } from '../config/environment.ts';
import type { SourceName } from './sources.ts';

/** Host of a function in an environment. */
export interface Hosting {
  /** `cluster`, or a host that a platform offers. */
  readonly host: string;
  /** URL that an exporter calls. @default the URL of its descriptor */
  readonly upstreamUrl?: string;
}

/** The hosting of a function in an environment. A function without a setting runs in the cluster. */
export function hostingOf(
  { usdtExporter, functions }: Pick<Environment, 'usdtExporter' | 'functions'>,
  name: SourceName,
): Hosting {
  const settings: Partial<Record<SourceName, Hosting>> = { usdtExporter, batchPusher: functions };
  return settings[name] ?? { host: 'cluster' };
}
