import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from '../../../dashboards/index.ts';
import { ruleGroups } from '../../../rules/groups.ts';
import { prometheusRules } from '../../../rules/index.ts';
import { parts } from '../../../rules/missing-program.ts';
import { adjustableThresholds } from '../../../rules/overrides.ts';
import type { AlertingRule, RuleGroup } from '../../../rules/rule.ts';
import { expectedEverywhere } from '../../../sources/index.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';

const root = join(import.meta.dirname, '../../..');

/** `chartRules: true` would leave out the platform alerts that kube-prometheus-stack replaces. */
const rulesOf = {
  production: prometheusRules({ profile: 'production', chartRules: false, expected: expectedEverywhere }),
  laptop: prometheusRules({ profile: 'laptop', chartRules: false, expected: expectedEverywhere }),
} as const;

/** Maximum characters of a paragraph. A longer paragraph is reduced to its first sentence. */
const longestParagraph = 420;

/** The first paragraph of the section Meaning in the runbook. */
function conditionOf(alert: string): string {
  const runbook = readFileSync(join(root, 'docs/runbooks', `${alert}.md`), 'utf8');
  const meaning = /^## Meaning\n+([\s\S]*?)\n\n/m.exec(runbook)?.[1] ?? '';
  const text = meaning.replace(/\s+/g, ' ').replace(/\]\((?!https?:)([^)]*)\)/g, '](../runbooks/$1)');
  if (text.length <= longestParagraph && text.endsWith('.')) return text;
  return /^.*?[.:](?= [A-Z*`]|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

function expressionOf(alert: string): string {
  const rules = [rulesOf.production, rulesOf.laptop].flatMap(({ groups }) =>
    groups.flatMap((group) => group.rules),
  );
  return rules.find((rule) => 'alert' in rule && rule.alert === alert)?.expr ?? '';
}

function row(rule: AlertingRule, group: RuleGroup): readonly string[] {
  const { alert, severity, dashboard } = rule;
  const { fileName = '' } = dashboards.find(({ uid }) => uid === dashboard) ?? {};
  const wait = rule.for;
  return [
    `[${alert}](../runbooks/${alert}.md)`,
    severity,
    wait
      ? wait.production === wait.laptop || group.only === 'production'
        ? wait.production
        : `${wait.production}, laptop ${wait.laptop}`
      : '0s',
    `${conditionOf(alert)}${where(group)}`,
    thresholdsOf(rule),
    `[${dashboard}](../../dashboards/${fileName})`,
  ];
}

const thresholdsOf = (rule: AlertingRule): string =>
  Object.entries(adjustableThresholds(rule))
    .map(
      ([
        name,
        {
          unit,
          value,
          allowed: [min, max],
        },
      ]) => {
        const byDefault = typeof value === 'object' ? value.production : value;
        return `${code(name)}: ${unit}, default ${byDefault}, ${min} to ${max}`;
      },
    )
    .join('; ');

/** Returns a sentence about where a rule group runs. The text is empty if the group runs everywhere. */
function where({ only, engine, needs }: RuleGroup): string {
  const conditions = [
    ...(only ? [only === 'laptop' ? 'on the laptop' : 'in a cluster'] : []),
    ...(engine ? ['where Thanos runs'] : []),
    ...(needs ? [parts[needs].condition] : []),
  ];
  return conditions.length > 0 ? ` Only ${conditions.join(' and ')}.` : '';
}

function sections(): readonly string[] {
  return ruleGroups
    .filter(({ alerting = [] }) => alerting.length > 0)
    .map((group) => {
      const { name, alerting = [] } = group;
      const rows = alerting.map((rule) => row(rule, group));
      const expressions = alerting.map(({ alert }) => `# ${alert}\n${expressionOf(alert)}`).join('\n\n');
      return [
        `## ${code(name)}`,
        table(
          ['alert and runbook', 'severity', 'for', 'meaning', 'adjustable thresholds', 'dashboard'],
          rows,
        ),
        `Expressions in a cluster:\n\n\`\`\`text\n${expressions}\n\`\`\``,
      ].join('\n\n');
    });
}

export const alertReference: Generated = {
  file: 'docs/reference/alerts.md',
  text: () =>
    `${[
      generatedNotice,
      '# Alerts\n\nThe alerts by rule group. [Severities](../runbooks/README.md#severities) explains the severities.\n\nThe column "for" is the time for which the condition must be true before the alert fires. The time on the laptop is shorter. The expressions contain the thresholds and the windows of a cluster.\n\nAn environment can [change](../alerts.md) each adjustable threshold within its range. A `ratio` of 0.8 means 80 %, `times` is a factor, `count` is a number, and `duration` is a time.\n\nThanos runs with the engine `thanos`, and during a move to or from this engine.',
      ...sections(),
    ].join('\n\n')}\n`,
};
