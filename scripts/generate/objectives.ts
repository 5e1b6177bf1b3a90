import { stringify } from 'yaml';
import { inWords, seconds } from '../../metrics/duration.ts';
import { openSloObjects } from '../../rules/openslo.ts';
import { budgetOf, sloPeriod, slos } from '../../rules/slo.ts';
import { textFor } from '../../rules/text.ts';
import { percent } from '../../rules/threshold.ts';
import { type Generated, withRegion } from './region.ts';
import { code, table } from './table.ts';

/** The time in 30 days for which an objective may be unmet, such as `43 minutes`. */
const allowed = (budget: number): string =>
  inWords(`${Math.round((budget * seconds(sloPeriod.production)) / 60)}m`);

const page: Generated = {
  file: 'docs/objectives.md',
  text: (current) =>
    withRegion(
      current,
      'objectives',
      table(
        ['objective', 'condition', 'share of 30 days', 'error budget', 'dashboard'],
        slos.map((slo) => [
          code(slo.name),
          textFor(slo.promise, 'production'),
          percent(slo.objective),
          `${percent(budgetOf(slo))}, which is ${allowed(budgetOf(slo))}`,
          `[${slo.dashboard}](../dashboards/${slo.dashboard}-dashboard.json)`,
        ]),
      ),
    ),
};

/** OpenSLO refuses the empty document that `---` above the first object would create. */
const openSlo: Generated = {
  file: 'docs/reference/objectives.openslo.yaml',
  text: () => {
    const documents = openSloObjects().map((object) => stringify(object, { lineWidth: 0 }));
    return `# npm run generate writes this file from rules/slo.ts.\n${documents.join('---\n')}`;
  },
};

export const objectiveFiles: readonly Generated[] = [page, openSlo];
