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
import { drilledAlerts } from './drilled-alerts.ts';

/**
 * Numbers of declared objects and of proven objects. Different numbers of the same kind mean that a proof is missing.
 */
export interface Counts {
  readonly alerts: number;
  /**
   * Number of alerts with two cases: one case in which promtool fires the alert, and one case in which promtool does
   * not.
   */
  readonly testedAlerts: number;
  readonly runbooks: number;
  readonly recordingRules: number;
  readonly dashboards: number;
  readonly panels: number;
  /** Number of panels that a laptop can show with at least one of the two engines. */
  readonly panelsOnLaptop: number;
  /** Number of panels whose current queries have all returned data on a live pipeline. */
  readonly provenPanels: number;
  /** Number of queries in the catalogue and in all documents. */
  readonly documentedQueries: number;
  readonly provenQueries: number;
  /**
   * Share of the mutants that the rule tests killed in the last recorded run of `npm run mutate`. A mutant is a changed
   * rule.
   */
  readonly mutationScore: number;
  /** Number of faults that the laptop pipeline can inject. */
  readonly faults: number;
  /** Number of alerts that at least one fault must raise in a drill. */
  readonly drilledAlerts: number;
  /** Number of the laptop's other alerts. `drill/undrilled.ts` has a reason for each of them. */
  readonly undrilledAlerts: number;
}

export function counts(): Counts {
  const names = new Set(alerts.map(({ alert }) => alert));
  const panels = dashboards.flatMap(panelsOf);
  // A laptop has no object store. Therefore it cannot show the panels of the object store.
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
    .description('Prints as JSON how much the project declares, and how much of it is proven.')
    .showHelpAfterError()
    .parse();
  console.log(JSON.stringify(counts(), null, 2));
}
