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

const declaredGroups = (batchPeriod: Duration, expected: Expected) =>
  [
    targetRules(expected),
    natsRules,
    usdtRules,
    federationRules(expected),
    batchRules(batchPeriod),
    sloRules,
    monitoringRules,
    certificateRules,
  ] as const satisfies readonly RuleGroup[];

/**
 * All rule groups.
 * @param batchPeriod time between two runs of the batch
 * @param expected the targets that must exist
 */
export const ruleGroupsFor: (batchPeriod: Duration, expected: Expected) => readonly RuleGroup[] =
  declaredGroups;

/** All rule groups, with the batch period and the targets of the laptop. */
export const ruleGroups = ruleGroupsFor(defaultBatchPeriod, expectedOnLaptop);

/** The alerts with their literal names and thresholds, for types that depend on the name of an alert. */
export type DeclaredAlert = ReturnType<typeof declaredGroups>[number]['alerting'][number];

/** Name of an alert. */
export type AlertName = DeclaredAlert['alert'];
