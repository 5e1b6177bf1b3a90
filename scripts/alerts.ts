import { Command } from 'commander';
import { chartAlertRuns, chartRuleGroups } from '../config/chart-rules.ts';
import * as environments from '../config/environments/index.ts';
import { EnvironmentError } from '../platforms/check-environments.ts';
import { ruleGroups } from '../rules/groups.ts';
import { effectiveAlerts, type RuleOptions } from '../rules/index.ts';
import { checkedEnvironments } from '../stacks/checked-environments.ts';
import { ruleOptions } from '../stacks/rule-options.ts';
import { laptop, systemName, systemNames } from '../verify/open-system.ts';
import { alertTable } from './alert-table.ts';

const program = new Command('npm run alerts --')
  .description(
    'Prints the alerts of an environment with their severities, times and thresholds. A star marks a value that the environment has changed.',
  )
  .argument('<system>', systemNames.join(', '), systemName)
  .option('--chart', 'lists the default rules of kube-prometheus-stack instead')
  .showHelpAfterError()
  .parse();
const [name = laptop] = program.args;

try {
  const options = await optionsOf(name);
  console.log(program.opts().chart ? chartTable(options) : alertTable(effectiveAlerts(options)));
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function optionsOf(system: string): Promise<RuleOptions> {
  if (system === laptop) return { profile: 'laptop' };
  const found = Object.values(environments).filter((environment) => environment.name === system);
  const [environment] = await checkedEnvironments(found);
  return environment ? ruleOptions(environment) : {};
}

/** Lists the alerts of kube-prometheus-stack by rule group. A minus marks an alert that does not run. */
function chartTable({ profile, chartRulesOff }: RuleOptions): string {
  if (profile === laptop) return 'The laptop has no default rules of kube-prometheus-stack.';
  return Object.entries(chartRuleGroups)
    .filter(([, { alerts }]) => alerts.length > 0)
    .map(([group, { alerts }]) => {
      const lines = alerts.map((alert) => {
        const own = platformAlertFor(alert);
        const mark = chartAlertRuns(alert, chartRulesOff) ? ' ' : '-';
        return `  ${mark} ${alert}${own ? ` (the platform has ${own})` : ''}`;
      });
      return [group, ...lines].join('\n');
    })
    .join('\n');
}

const platformAlertFor = (chart: string): string | undefined =>
  ruleGroups.flatMap(({ alerting = [] }) => alerting).find(({ chartAlert }) => chartAlert === chart)?.alert;
