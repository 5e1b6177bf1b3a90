import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { dashboards } from '../../dashboards/index.ts';
import { faults } from '../../demo/faults/index.ts';
import { undrilled } from '../../drill/undrilled.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { panelsOf } from '../dashboards/panels.ts';
import { readProof } from '../live/proof.ts';
import { testedAlerts } from '../rules/cases.ts';
import { mutationScore, readRecord } from '../rules/mutation/record.ts';
import { alerts, recordings } from '../rules/promtool.ts';
import { promqlOf, readDocuments, runbooks } from './documents.ts';
import { drilledAlerts, laptopAlerts } from './drilled-alerts.ts';

export interface Counts {
  readonly alerts: number;
  /** Alerts with two rule tests: in one test the alert fires, in the other test the alert does not fire. */
  readonly testedAlerts: number;
  readonly runbooks: number;
  /** Number of alerts on a laptop. Alerts on Thanos and on certificates do not run on a laptop. */
  readonly laptopAlerts: number;
  readonly recordingRules: number;
  readonly dashboards: number;
  readonly panels: number;
  /** All panels except the panels about an object store, because the laptop pipeline has no object store. */
  readonly panelsOnLaptop: number;
  /** Panels whose queries all returned data on a live pipeline. */
  readonly provenPanels: number;
  /** Number of different queries in code and Markdown. `promql cluster` blocks do not count. */
  readonly documentedQueries: number;
  readonly provenQueries: number;
  /** Share of killed mutants in the last recorded `npm run mutate`. A mutant is a changed rule. */
  readonly mutationScore: number;
  readonly faults: number;
  /** Alerts that a fault must raise in a drill. */
  readonly drilledAlerts: number;
  readonly undrilledAlerts: number;
}

export function counts(): Counts {
  const names = new Set(alerts.map(({ alert }) => alert));
  const panels = dashboards.flatMap(panelsOf);
  const possible = dashboards.filter(({ uid }) => uid !== 'thanos-store').flatMap(panelsOf);
  const shown = new Set([...readProof('panels'), ...readProof('panels-with-thanos')]);
  const queries = new Set([
    ...documentedQueries.map(({ expr }) => expr),
    ...readDocuments().flatMap(({ text }) => promqlOf(text)),
  ]);
  const answered = readProof('documented-queries');
  return {
    alerts: names.size,
    testedAlerts: testedAlerts().length,
    runbooks: runbooks().filter(({ file }) => names.has(file.replace(/^.*\/|\.md$/g, ''))).length,
    laptopAlerts: laptopAlerts().size,
    recordingRules: new Set(recordings.map(({ record }) => record)).size,
    dashboards: dashboards.length,
    panels: panels.length,
    panelsOnLaptop: possible.length,
    provenPanels: possible.filter(({ targets }) => targets.every(({ expr }) => shown.has(expr))).length,
    documentedQueries: queries.size,
    provenQueries: [...queries].filter((query) => answered.has(query)).length,
    mutationScore: mutationScore(readRecord()),
    faults: faults.length,
    drilledAlerts: drilledAlerts().size,
    undrilledAlerts: Object.keys(undrilled).length,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  new Command('npm run counts --')
    .description(
      'Prints counts as JSON: alerts, panels and documented queries of the project, and how many of them a test or a running pipeline has proven.',
    )
    .showHelpAfterError()
    .parse();
  console.log(JSON.stringify(counts(), null, 2));
}
