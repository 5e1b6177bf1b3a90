import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as environments from '../../config/environments/index.ts';
import { faults } from '../../demo/faults/index.ts';
import { everyFault } from '../../drill/cluster/faults.ts';
import { type RunbookQuery, runbookQueries } from '../../drill/runbook-queries.ts';
import { undrilled } from '../../drill/undrilled.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { promqlOf } from '../metrics/documents.ts';
import { drilledAlerts, laptopAlerts } from '../metrics/drilled-alerts.ts';

const root = join(import.meta.dirname, '..', '..');

function fixQueries(alert: string): readonly string[] {
  const runbook = readFileSync(join(root, 'docs/runbooks', `${alert}.md`), 'utf8');
  const section = runbook.split(/^## How to see that it is fixed$/m)[1] ?? '';
  return [...promqlOf(section), ...promqlOf(section, 'cluster')];
}

describe('the alerts of the laptop pipeline', () => {
  it('are raised by a fault or listed in `undrilled`', () => {
    expect([...drilledAlerts(), ...Object.keys(undrilled)].sort()).toEqual([...laptopAlerts()].sort());
  });

  it('have a reason in `undrilled` if no fault raises the alert', () => {
    for (const reason of Object.values(undrilled)) expect(reason).toMatch(/^[A-Z].{30,}\.$/);
  });
});

it('at least 16 faults can be injected into the laptop pipeline', () => {
  expect(faults.length).toBeGreaterThanOrEqual(16);
});

describe('the runbook queries in `runbookQueries`', () => {
  it('exist for each platform alert that a fault raises, and for no other alert', () => {
    // This alert comes from a Helm chart, and has neither a runbook nor a runbook query.
    const ofChart = ['KubePersistentVolumeFillingUp'];
    const ofClusters = checkEnvironments(Object.values(environments))
      .flatMap(everyFault)
      .flatMap(({ alerts }) => alerts.map(({ alert }) => alert))
      .filter((alert) => !ofChart.includes(alert));
    const raised = new Set([...drilledAlerts(), ...ofClusters]);
    expect(Object.keys(runbookQueries).sort()).toEqual([...raised].sort());
  });

  it.each(Object.entries(runbookQueries))(
    'are in the runbook section "How to see that it is fixed": %s',
    (alert, { query, range }: RunbookQuery) => {
      expect(fixQueries(alert)).toContain(query);
      if (range) expect(query).toContain(`[${range.production}]`);
    },
  );
});
