import type { AlertOverride, AlertOverrides, ThresholdValue } from '../config/alert-overrides.ts';
import { type Problem, problem } from '../config/rule.ts';
import { seconds } from '../metrics/duration.ts';
import { ruleGroups } from './groups.ts';
import { missingProgram, type Place } from './missing-program.ts';
import { adjustableThresholds, changedThresholds } from './overrides.ts';
import { type RuleOptions, replacedBy } from './prometheus-rules.ts';
import { reservedLabels } from './reserved-labels.ts';
import type { AlertingRule, RuleGroup } from './rule.ts';
import { textFor } from './text.ts';
import { percent, type Threshold, thresholdText } from './threshold.ts';

/** Longest permitted `for`. A longer `for` would delay an alert by more than a day. */
const longestFor = '1d';

const groupsWithAlerts = ruleGroups.map((group) => ({ ...group, alerting: group.alerting ?? [] }));
const alertNames = groupsWithAlerts.flatMap(({ alerting }) => alerting.map(({ alert }) => alert));

/** The environment or the laptop whose overrides are checked. */
export type CheckedPlace = Place & Pick<RuleOptions, 'chartRulesOff'>;

/** Problems of the overrides of an environment. Each path starts with the alert name. */
export function overrideProblems(overrides: AlertOverrides, place: CheckedPlace): readonly Problem[] {
  return Object.entries(overrides).flatMap(([name, override]) => {
    const found = groupsWithAlerts
      .flatMap((group) => group.alerting.map((rule) => ({ group, rule })))
      .find(({ rule }) => rule.alert === name);
    if (!found) return [problem(name, unknownAlert(name))];
    const absent = absence(found.rule, found.group, place);
    if (absent) return [problem(name, absent)];
    const own = [
      ...disabledProblems(override),
      ...thresholdProblems(found.rule, override),
      ...fieldProblems(found.rule, override),
      ...labelProblems(override),
      ...annotationProblems(found.rule, override),
    ];
    return own.map(({ setting, message }) => problem(setting ? `${name}.${setting}` : name, message));
  });
}

function unknownAlert(name: string): string {
  const [word] = /^[A-Z]?[a-z]+/.exec(name) ?? [];
  const similar = alertNames.filter((known) => word && known.toLowerCase().startsWith(word.toLowerCase()));
  const names =
    similar.length > 0 ? `expected one of ${similar.join(', ')}` : 'expected the name of an alert';
  return `is no alert of the platform; ${names}; correct the name or remove it; \`npm run alerts -- laptop\` lists all names`;
}

function absence(rule: AlertingRule, group: RuleGroup, place: CheckedPlace): string | undefined {
  const missing = missingProgram(group, place);
  if (missing !== undefined) return `has no effect: the alert ${missing}; remove the override`;
  const chartAlert = replacedBy(rule, place);
  return chartAlert
    ? `has no effect: the alert ${chartAlert} of kube-prometheus-stack runs instead; switch that alert off in alerting.chartRules.alerts, or remove the override`
    : undefined;
}

function disabledProblems({ disabled, ...others }: AlertOverride): Problem[] {
  const fields = Object.keys(others);
  if (disabled === undefined) {
    return fields.length > 0
      ? []
      : [problem('', 'is empty and has no effect; set a field, such as severity, or remove the override')];
  }
  return fields.map((field) =>
    problem(field, 'has no effect, because disabled is set; remove this field or remove disabled'),
  );
}

function thresholdProblems(rule: AlertingRule, override: AlertOverride): Problem[] {
  if (override.threshold === undefined) return [];
  const thresholds = adjustableThresholds(rule);
  const names = Object.keys(thresholds);
  const refused = (message: string) => [problem('threshold', message)];
  if (names.length === 0) {
    return refused('cannot be changed: the alert compares with no threshold; remove the field');
  }
  const given = override.threshold;
  if (typeof given !== 'object' && names.length > 1) {
    return refused(
      `${shown(given)}: the alert has several thresholds; expected an object with at least one of ${names.map((name) => `${name} (${expected(thresholds[name] as Threshold)})`).join(', ')}`,
    );
  }
  if (typeof given === 'object' && names.length === 1) {
    return refused(
      `${shown(given)}: the alert has one threshold; expected ${expected(Object.values(thresholds)[0] as Threshold)}, not an object`,
    );
  }
  const changed = Object.entries(changedThresholds(rule, override));
  if (changed.length === 0) {
    return refused(`{} has no effect; set at least one of ${names.join(', ')}, or remove the field`);
  }
  return changed.flatMap(([name, value]) => {
    const setting = typeof given === 'object' ? `threshold.${name}` : 'threshold';
    const declared = thresholds[name];
    const message = declared ? thresholdProblem(declared, value) : unknownThreshold(rule, name, names);
    return message ? [problem(setting, message)] : [];
  });
}

function unknownThreshold({ thresholds = {} }: AlertingRule, name: string, names: readonly string[]): string {
  const declared = thresholds[name];
  return declared && 'follows' in declared
    ? `cannot be changed: the value is computed from the threshold ${declared.follows}; change ${declared.follows} instead`
    : `is no threshold of the alert; expected one of ${names.join(', ')}`;
}

function thresholdProblem(declared: Threshold, value: ThresholdValue): string | undefined {
  const actual = numberOf(declared, value);
  if (actual === undefined) return `${shown(value)} has the wrong unit; expected ${expected(declared)}`;
  const [min, max] = declared.allowed.map((end) => numberOf(declared, end) as number) as [number, number];
  if (actual < min || actual > max) {
    return `${shown(value)} is outside the allowed range; expected ${expected(declared)}`;
  }
  return actual === defaultOf(declared)
    ? `${shown(value)} is the default and has no effect; remove the field`
    : undefined;
}

/** The value as a number. A duration becomes seconds. Undefined if the value has the wrong type. */
function numberOf({ unit }: Threshold, value: ThresholdValue): number | undefined {
  if (unit === 'duration') return typeof value === 'string' ? seconds(value) : undefined;
  return typeof value === 'number' ? value : undefined;
}

const defaultOf = (declared: Threshold): number =>
  declared.unit === 'duration' ? seconds(declared.value.production) : declared.value;

const kinds = {
  ratio: 'a share of 1',
  times: 'a factor',
  count: 'a count',
  duration: 'a duration in Prometheus notation',
} as const;

function expected(declared: Threshold): string {
  const [min, max] = declared.allowed;
  const inPercent =
    declared.unit === 'ratio'
      ? `, which is ${percent(declared.allowed[0])} to ${percent(declared.allowed[1])}`
      : '';
  return `${kinds[declared.unit]} from ${min} to ${max}${inPercent} (default ${thresholdText(declared)})`;
}

function fieldProblems(rule: AlertingRule, override: AlertOverride): Problem[] {
  const { for: wait, severity } = override;
  const declared = rule.for?.production ?? '0s';
  const problems: Problem[] = [];
  if (severity === rule.severity) {
    problems.push(problem('severity', `${severity} is the default and has no effect; remove the field`));
  }
  if (wait === undefined) return problems;
  const longest = longestUseful(rule, override);
  if (seconds(wait) === seconds(declared)) {
    problems.push(problem('for', `${wait} is the default and has no effect; remove \`for\``));
  } else if (seconds(wait) > seconds(longest.duration)) {
    problems.push(
      problem('for', `${wait} is too long, because ${longest.why}; set at most ${longest.duration}`),
    );
  }
  return problems;
}

function longestUseful(rule: AlertingRule, override: AlertOverride) {
  const { lasts } = rule;
  if (!lasts)
    return { duration: longestFor, why: 'the alert would fire more than a day after the start of the fault' };
  const changed = changedThresholds(rule, override);
  const name = Object.keys(rule.thresholds ?? {}).find((key) => rule.thresholds?.[key] === lasts);
  const value = name !== undefined ? changed[name] : undefined;
  const duration =
    typeof value === 'string' ? value : 'unit' in lasts ? lasts.value.production : lasts.production;
  const half = Math.floor(seconds(duration) / 2);
  return {
    duration: `${half}s`,
    why: `the condition is true for only ${duration} after the event, and the alert would fire for less than half of this time`,
  };
}

function labelProblems({ labels }: AlertOverride): Problem[] {
  if (!labels) return [];
  if (Object.keys(labels).length === 0) {
    return [problem('labels', 'is empty and has no effect; add a label or remove `labels`')];
  }
  return Object.keys(labels)
    .filter((label) => reservedLabels.has(label))
    .map((label) =>
      problem(
        `labels.${label}`,
        `cannot be set: ${label === 'severity' ? 'the field severity sets this label' : 'routes, inhibitions or the series of an alert use this label'}; expected a label of your own, such as team`,
      ),
    );
}

function annotationProblems(rule: AlertingRule, { annotations }: AlertOverride): Problem[] {
  if (!annotations) return [];
  if (Object.keys(annotations).length === 0) {
    return [
      problem(
        'annotations',
        'is empty and has no effect; add an annotation, such as `summary`, or remove `annotations`',
      ),
    ];
  }
  const declared: Readonly<Record<string, string>> = {
    summary: textFor(rule.summary, 'production'),
    description: textFor(rule.description, 'production'),
  };
  return Object.entries(annotations)
    .filter(([name, text]) => declared[name] === text)
    .map(([name]) =>
      problem(`annotations.${name}`, 'is the default text and has no effect; remove this annotation'),
    );
}

const shown = (value: unknown): string => JSON.stringify(value);
