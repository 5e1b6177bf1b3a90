import { defaultBatchPeriod } from '../config/knobs.ts';
import type { Duration } from '../metrics/duration.ts';
import { type Expected, expectedOnLaptop, seriesOnLaptop } from '../sources/index.ts';
import { batchRules } from './batch.ts';
import { certificateRules } from './certificates.ts';
import { federationRules } from './federation.ts';
import { monitoringRules } from './monitoring.ts';
import { natsRules } from './nats.ts';
import type { RuleGroup } from './rule.ts';
import { sloRules } from './slo.ts';
import { targetRules } from './targets.ts';
import { thanosRules } from './thanos.ts';
import { thanosStoreRules } from './thanos-store.ts';
import { usdtRules } from './usdt.ts';

const every = (batchPeriod: Duration, expected: Expected, plannedSeries: number): readonly RuleGroup[] => [
  targetRules(expected),
  natsRules,
  usdtRules,
  federationRules(expected),
  batchRules(batchPeriod),
  sloRules,
  monitoringRules,
  certificateRules,
  thanosRules(plannedSeries),
  thanosStoreRules,
];

/**
 * The rule groups for the programs of an environment.
 * @param batchPeriod time between two runs of the batch
 * @param expected the targets that must exist
 * @param plannedSeries series of all clusters together, for which Thanos is planned
 */
export const ruleGroupsFor = (
  batchPeriod: Duration,
  expected: Expected,
  plannedSeries: number,
): readonly RuleGroup[] =>
  every(batchPeriod, expected, plannedSeries).filter(
    ({ engine, needs }) => (!engine || expected.thanos) && (!needs || expected.objectStore),
  );

/** The rule groups of every engine, with the batch period and the targets of the laptop. */
export const ruleGroups = every(defaultBatchPeriod, expectedOnLaptop, seriesOnLaptop);
