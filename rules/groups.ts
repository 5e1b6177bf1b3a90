import { defaultBatchPeriod } from '../config/knobs.ts';
import type { Duration } from '../metrics/duration.ts';
import { type Expected, expectedOnLaptop, seriesOnLaptop } from '../sources/index.ts';
import { batchRules } from './batch.ts';
import { certificateRules } from './certificates.ts';
import { errorBudgetRules } from './error-budget.ts';
import { federationRules } from './federation.ts';
import { missingProgram, type Place } from './missing-program.ts';
import { monitoringRules } from './monitoring.ts';
import { natsRules } from './nats.ts';
import type { RuleGroup } from './rule.ts';
import { sloPeriod, sloRules } from './slo.ts';
import { targetRules } from './targets.ts';
import { thanosRules } from './thanos.ts';
import { rulerNotificationRules } from './thanos-rulers.ts';
import { thanosStoreRules } from './thanos-store.ts';
import { usdtRules } from './usdt.ts';

/** Inputs of the alert rules and recording rules, such as the batch period. Each environment can have other values. */
export interface RuleSettings {
  readonly batchPeriod: Duration;
  /**
   * Expected number of series of all clusters. Replicas in Thanos ingesters count once. The series of an edge with two
   * agents count twice.
   */
  readonly plannedSeries: number;
  readonly budgetPeriod: Duration;
}

const declaredGroups = (expected: Expected, { batchPeriod, plannedSeries, budgetPeriod }: RuleSettings) =>
  [
    targetRules(expected),
    natsRules,
    usdtRules,
    federationRules(expected),
    batchRules(batchPeriod),
    sloRules,
    errorBudgetRules(budgetPeriod),
    monitoringRules,
    certificateRules,
    thanosRules(plannedSeries),
    rulerNotificationRules,
    thanosStoreRules,
  ] as const satisfies readonly RuleGroup[];

/**
 * The rule groups for an environment or for the laptop. A group is left out if the programs that the group watches do
 * not run there.
 */
export const ruleGroupsFor = (
  place: Place & { readonly expected: Expected },
  settings: RuleSettings,
): readonly RuleGroup[] =>
  declaredGroups(place.expected, settings).filter(
    (group: RuleGroup) => missingProgram(group, place) === undefined,
  );

/**
 * All rule groups, also the groups that run only in a cluster or only with Thanos. All groups have the values of the
 * laptop, such as its expected targets and its number of series.
 */
export const ruleGroups: readonly RuleGroup[] = declaredGroups(expectedOnLaptop, {
  batchPeriod: defaultBatchPeriod,
  plannedSeries: seriesOnLaptop,
  budgetPeriod: sloPeriod,
});

/** The type of an alert, with its name and the names of its thresholds as literal types. */
export type DeclaredAlert = ReturnType<typeof declaredGroups>[number]['alerting'][number];

export type AlertName = DeclaredAlert['alert'];
