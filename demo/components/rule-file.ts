import { prometheusRules } from '../../rules/index.ts';
import { expectedOnLaptop, expectedWithThanos } from '../../sources/index.ts';
import { local } from '../component.ts';
import type { Settings } from '../settings.ts';

/** The rules of the laptop, with links to the console. Both Prometheus and the Thanos ruler read this file. */
export function ruleFile({ ports, engine }: Settings) {
  return prometheusRules({
    profile: 'laptop',
    expected: engine === 'thanos' ? expectedWithThanos : expectedOnLaptop,
    runbookBaseUrl: `${local(ports.console)}/runbooks`,
    dashboardBaseUrl: local(ports.console, '/d'),
  });
}
