import { seconds } from '../metrics/duration.ts';
import { firstReport, runMissingFor } from './batch.ts';
import { ruleGroups } from './groups.ts';
import { adjustments } from './overrides.ts';
import type { RuleOptions } from './prometheus-rules.ts';

export function batchRunMissingAfter({
  batchPeriod,
  overrides = {},
}: Pick<RuleOptions, 'overrides'> & { readonly batchPeriod: string }): number {
  const period = { production: batchPeriod, laptop: batchPeriod };
  const late = firstReport(period).adjusted(adjustments(ruleGroups, overrides));
  const pendingTime = overrides.BatchRunMissing?.for ?? runMissingFor.production;
  return seconds(late.production) + seconds(pendingTime);
}
