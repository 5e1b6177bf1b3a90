import { type ChartRuleSwitches, chartAlertRuns, chartGroupOf, missingFor } from '../config/chart-rules.ts';
import type { Environment } from '../config/environment.ts';
import { type Problem, problem, type Rule } from '../config/rule.ts';
import { overrideProblems } from '../rules/check-overrides.ts';
import { storageOf } from '../sources/index.ts';

/** Converts the alert settings of an environment to options of the rules. */
export const alertOptions = ({ alerting }: Pick<Environment, 'alerting'>) => ({
  ...(alerting.overrides && { overrides: alerting.overrides }),
  ...(alerting.chartRules && { chartRulesOff: alerting.chartRules }),
});

const overrides: Rule = {
  reads: ['alerting.overrides', 'alerting.chartRules', 'central.engine', 'central.alsoWriteTo', 'platform'],
  problems: (environment) =>
    overrideProblems(environment.alerting.overrides ?? {}, {
      profile: 'production',
      expected: storageOf(environment),
      ...alertOptions(environment),
    }).map(({ setting, message }) => problem(`alerting.overrides.${setting}`, message)),
};

const chartRules: Rule = {
  reads: ['alerting.chartRules'],
  problems: ({ alerting: { chartRules: switches = {} } }) => [
    ...emptySwitches(switches),
    ...Object.keys(switches.groups ?? {}).flatMap((group) => {
      const needs = missingFor(group);
      return needs
        ? [
            problem(
              `alerting.chartRules.groups.${group}`,
              `has no effect: the chart does not install the group ${group}. The group needs ${needs}, which the platform does not enable; remove the group from alerting.chartRules.groups`,
            ),
          ]
        : [];
    }),
    ...Object.keys(switches.alerts ?? {}).flatMap((alert) => {
      const message = withoutEffect(alert, switches);
      return message ? [problem(`alerting.chartRules.alerts.${alert}`, message)] : [];
    }),
  ],
};

function emptySwitches({ groups, alerts }: ChartRuleSwitches): Problem[] {
  const empty = (value: object | undefined) => value !== undefined && Object.keys(value).length === 0;
  return Object.entries({ groups, alerts })
    .filter(([, value]) => empty(value))
    .map(([name]) =>
      problem(
        `alerting.chartRules.${name}`,
        `is empty ({}) and has no effect; add one or more ${name} that the platform must switch off, each with a reason, or remove the field`,
      ),
    );
}

function withoutEffect(alert: string, { groups }: ChartRuleSwitches): string | undefined {
  if (chartAlertRuns(alert, groups ? { groups } : {})) return undefined;
  const group = chartGroupOf(alert) as string;
  const needs = missingFor(group);
  return needs
    ? `has no effect: the chart does not install this alert. Its group ${group} needs ${needs}, which the platform does not enable; remove the alert from alerting.chartRules.alerts`
    : `has no effect: alerting.chartRules.groups already switches off the group ${group}, which contains this alert; remove the alert from alerting.chartRules.alerts, or the group from alerting.chartRules.groups`;
}

/** Checks of the alert settings. */
export const alertRules: readonly Rule[] = [overrides, chartRules];
