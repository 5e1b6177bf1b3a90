import { defaultBatchPeriod } from '../config/knobs.ts';
import type { Duration } from '../metrics/duration.ts';
import { type Expected, expectedOnLaptop } from '../sources/index.ts';
import { batchRules } from './batch.ts';
import { certificateRules } from './certificates.ts';
import { federationRules } from './federation.ts';
import { monitoringRules } from './monitoring.ts';
import { natsRules } from './nats.ts';
import type { RuleGroup } from './rule.ts';
import { sloRules } from './slo.ts';
import { targetRules } from './targets.ts';
import { usdtRules } from './usdt.ts';

/** Every group of rules for the period of a batch and for the targets of a configuration. */
export const ruleGroupsFor = (batchPeriod: Duration, expected: Expected): readonly RuleGroup[] => [
  targetRules(expected),
  natsRules,
  usdtRules,
  federationRules(expected),
  batchRules(batchPeriod),
  sloRules,
  monitoringRules,
  certificateRules,
];

/** Every group of rules with the defaults of the laptop. */
export const ruleGroups = ruleGroupsFor(defaultBatchPeriod, expectedOnLaptop);
