import { seconds } from '../metrics/duration.ts';
import { firstReport, runMissingFor } from './batch.ts';
import { ruleGroups } from './groups.ts';
import { adjustments } from './overrides.ts';
import type { RuleOptions } from './prometheus-rules.ts';

/** Seconds from the last run of the platform's batch to the alert `BatchRunMissing` in an environment. */
export function batchRunMissingAfter({
  batchPeriod,
  overrides = {},
}: Pick<RuleOptions, 'overrides'> & { readonly batchPeriod: string }): number {
  const period = { production: batchPeriod, laptop: batchPeriod };
  const late = firstReport(period).adjusted(adjustments(ruleGroups, overrides));
  const pendingTime = overrides.BatchRunMissing?.for ?? runMissingFor.production;
  return seconds(late.production) + seconds(pendingTime);
}
