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

/** Inputs of the rules, such as the batch period. Each environment can have other values. */
export interface RuleSettings {
  readonly batchPeriod: Duration;
  /** Expected series of all clusters. Thanos replicas count once. Edges with two agents count twice. */
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

/** Rule groups for an environment or the laptop. Groups of absent programs are left out. */
export const ruleGroupsFor = (
  place: Place & { readonly expected: Expected },
  settings: RuleSettings,
): readonly RuleGroup[] =>
  declaredGroups(place.expected, settings).filter(
    (group: RuleGroup) => missingProgram(group, place) === undefined,
  );

/** Rule groups of all programs, with the settings of the laptop. For an environment, call `ruleGroupsFor`. */
export const ruleGroups: readonly RuleGroup[] = declaredGroups(expectedOnLaptop, {
  batchPeriod: defaultBatchPeriod,
  plannedSeries: seriesOnLaptop,
  budgetPeriod: sloPeriod,
});

/** The type of an alert, with its name and the names of its thresholds as literal types. */
export type DeclaredAlert = ReturnType<typeof declaredGroups>[number]['alerting'][number];

export type AlertName = DeclaredAlert['alert'];
