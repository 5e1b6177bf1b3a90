import * as environments from '../../../config/environments/index.ts';
import { checkEnvironments } from '../../../platforms/check-environments.ts';
import { type EffectiveAlert, type EffectiveValue, effectiveAlerts } from '../../../rules/index.ts';
import { ruleOptions } from '../../../stacks/rule-options.ts';
import type { Generated } from '../region.ts';
import { generatedNotice, table } from '../table.ts';

const marked = ({ text, changed }: EffectiveValue) => (changed ? `**${text}**` : text);

function cell({ severity, for: wait, thresholds, texts, absent }: EffectiveAlert): string {
  if (absent !== undefined) return `– ${absent}`;
  return [
    marked(severity),
    `for ${marked(wait)}`,
    ...Object.entries(thresholds).map(([name, value]) => `${name} ${marked(value)}`),
    ...Object.keys(texts).map((name) => `**${name}**`),
  ].join(', ');
}

function effectiveTable(): string {
  const systems = [
    { name: 'laptop', alerts: effectiveAlerts({ profile: 'laptop' }) },
    ...checkEnvironments(Object.values(environments)).map((environment) => ({
      name: environment.name,
      alerts: effectiveAlerts(ruleOptions(environment)),
    })),
  ];
  const [{ alerts = [] } = {}] = systems;
  return table(
    ['alert', ...systems.map(({ name }) => name)],
    alerts.map(({ alert }, index) => [
      `[${alert}](../runbooks/${alert}.md)`,
      ...systems.map((system) => cell(system.alerts[index] as EffectiveAlert)),
    ]),
  );
}

export const effectiveAlertReference: Generated = {
  file: 'docs/reference/effective-alerts.md',
  text: () =>
    `${[
      generatedNotice,
      '# Effective alerts\n\nThe severity, the time `for` and the thresholds of each alert, on the laptop and in each environment of `config/environments/`. A value in bold type is not the default: the environment sets the value in `alerting.overrides`. A cell with a dash contains the reason why the alert does not run there. Thanos runs with the engine `thanos`, and during a move to or from this engine. [Adjust alerts](../alerts.md) explains the settings. `npm run alerts -- <environment>` prints one column.',
      effectiveTable(),
    ].join('\n\n')}\n`,
};
