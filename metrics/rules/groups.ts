import { batchRules } from './batch.ts';
import { federationRules } from './federation.ts';
import { monitoringRules } from './monitoring.ts';
import { natsRules } from './nats.ts';
import type { RuleGroup } from './rule.ts';
import { sloRules } from './slo.ts';
import { targetRules } from './targets.ts';
import { usdtRules } from './usdt.ts';

/** Every group of rules. */
export const ruleGroups: readonly RuleGroup[] = [
  targetRules,
  natsRules,
  usdtRules,
  federationRules,
  batchRules,
  sloRules,
  monitoringRules,
];
