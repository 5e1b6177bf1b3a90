import { seconds } from '../metrics/duration.ts';
import { batchThresholds } from './batch.ts';
import { ruleGroups } from './groups.ts';
import { adjustments, overridden } from './overrides.ts';
import type { RuleOptions } from './prometheus-rules.ts';

/** Seconds from the last run of the platform's batch to the alert `BatchRunMissing` in an environment. */
export function batchRunMissingAfter({
  batchPeriod,
  overrides = {},
}: Pick<RuleOptions, 'overrides'> & { readonly batchPeriod: string }): number {
  const { BatchRunMissing: override } = overrides;
  const declared = ruleGroups
    .flatMap(({ alerting = [] }) => alerting)
    .filter(({ alert }) => alert === 'BatchRunMissing')
    .map((rule) => overridden(rule, override));
  const pendingTime = seconds(declared[0]?.for?.production ?? '0s');
  const late = adjustments(ruleGroups, overrides)(batchThresholds.late).value;
  return late * seconds(batchPeriod) + pendingTime;
}
