import { defaultBatchPeriod } from '../config/knobs.ts';
import type { Duration } from '../metrics/duration.ts';
import { type Expected, expectedOnLaptop, seriesOnLaptop } from '../sources/index.ts';
import { batchRules } from './batch.ts';
import { certificateRules } from './certificates.ts';
import { federationRules } from './federation.ts';
import { missingProgram, type Place } from './missing-program.ts';
import { monitoringRules } from './monitoring.ts';
import { natsRules } from './nats.ts';
import type { RuleGroup } from './rule.ts';
import { sloRules } from './slo.ts';
import { targetRules } from './targets.ts';
import { thanosRules } from './thanos.ts';
import { thanosStoreRules } from './thanos-store.ts';
import { usdtRules } from './usdt.ts';

const declaredGroups = (batchPeriod: Duration, expected: Expected, plannedSeries: number) =>
  [
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
  ] as const satisfies readonly RuleGroup[];

/**
 * The rule groups for the programs of a place.
 * @param batchPeriod time between two runs of the batch
 * @param place the place with the targets that must exist
 * @param plannedSeries series of all clusters together, for which Thanos is planned
 */
export const ruleGroupsFor = (
  batchPeriod: Duration,
  place: Place & { readonly expected: Expected },
  plannedSeries: number,
): readonly RuleGroup[] =>
  declaredGroups(batchPeriod, place.expected, plannedSeries).filter(
    (group: RuleGroup) => missingProgram(group, place) === undefined,
  );

/** The rule groups of every engine, with the batch period and the targets of the laptop. */
export const ruleGroups: readonly RuleGroup[] = declaredGroups(
  defaultBatchPeriod,
  expectedOnLaptop,
  seriesOnLaptop,
);

/** The alerts with their literal names and thresholds, for types that depend on the name of an alert. */
export type DeclaredAlert = ReturnType<typeof declaredGroups>[number]['alerting'][number];

/** Name of an alert. */
export type AlertName = DeclaredAlert['alert'];
