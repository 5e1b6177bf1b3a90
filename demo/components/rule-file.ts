import { prometheusRules } from '../../rules/index.ts';
import { expectedOnLaptop, expectedWithThanos } from '../../sources/index.ts';
import { local } from '../component.ts';
import type { Settings } from '../settings.ts';

export function ruleFile({ ports, engine }: Settings) {
  return prometheusRules({
    profile: 'laptop',
    expected: engine === 'thanos' ? expectedWithThanos : expectedOnLaptop,
    runbookBaseUrl: `${local(ports.console)}/runbooks`,
    dashboardBaseUrl: local(ports.console, '/d'),
  });
}
