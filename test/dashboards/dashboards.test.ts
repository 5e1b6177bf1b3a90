import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dashboardJson, dashboards } from '../../dashboards/index.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { dashboardUids, dashboardUidsFor, thanosDashboardUids } from '../../rules/index.ts';
import { analyse, objections } from '../metrics/promql-analysis.ts';
import { type PanelOfDashboard, panelsOf, rendered } from './panels.ts';

const folder = join(import.meta.dirname, '..', '..', 'dashboards');
const panels = dashboards.flatMap(panelsOf);
const queries = panels.flatMap(({ panel, dashboard, targets }) =>
  targets.map((target) => ({ dashboard, title: panel.title, ...target })),
);

describe.each(dashboards)('the dashboard $title', (dashboard) => {
  const json = dashboard.build();

  it('has a JSON file that is up to date', () => {
    // `npm run generate` updates this file.
    expect(readFileSync(join(folder, dashboard.fileName), 'utf8')).toBe(dashboardJson(dashboard));
  });

  it('fits into a ConfigMap', () => {
    expect(Buffer.byteLength(dashboardJson(dashboard))).toBeLessThan(1024 * 1024);
  });

  it('has variables for the data source, the environment and the cluster', () => {
    const variables = json.templating?.list ?? [];
    expect(variables.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['environment', 'query'],
      ['cluster', 'query'],
    ]);
    for (const { refresh, multi, includeAll, allValue } of variables.slice(1)) {
      expect({ refresh, multi, includeAll, allValue }).toEqual({
        refresh: 2,
        multi: true,
        includeAll: true,
        allValue: '.*',
      });
    }
  });

  it('links to all dashboards that share its tags', () => {
    const [link] = json.links ?? [];
    expect(link).toMatchObject({ type: 'dashboards', includeVars: true, keepTime: true });
    expect(json.tags).toEqual(link?.tags);
  });

  it('marks the times when alerts of this dashboard start to fire', () => {
    const [annotation] = json.annotations?.list ?? [];
    expect(objections(annotation?.expr ?? '')).toEqual([]);
    const own = ruleGroups
      .flatMap(({ alerting = [] }) => alerting)
      .filter((rule) => rule.dashboard === dashboard.uid);
    expect(own.length).toBeGreaterThan(0);
    for (const { alert } of own) expect(annotation?.expr).toContain(alert);
  });

  it('is read-only in Grafana', () => {
    expect(json.editable).toBe(false);
  });

  it('has panels with unique ids', () => {
    const ids = (json.panels ?? []).map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

it('the dashboards have the same order as the list of uids', () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual([...dashboardUids, ...thanosDashboardUids]);
});

it('an environment has the dashboard thanos only if the environment runs Thanos', () => {
  const uids = (thanos: boolean, objectStore: boolean) => dashboardUidsFor({ thanos, objectStore });
  expect(uids(false, false)).toEqual(dashboardUids);
  expect(uids(true, false)).toEqual([...dashboardUids, 'thanos']);
  expect(uids(true, true)).toEqual([...dashboardUids, 'thanos', 'thanos-store']);
});

it('the folder `dashboards` contains exactly one JSON file for each dashboard', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.sort()).toEqual(dashboards.map(({ fileName }) => fileName).sort());
});

const named = ({ dashboard, panel }: PanelOfDashboard) => `${dashboard}: ${panel.title}`;
const offending = (wrong: (panel: PanelOfDashboard) => boolean) => panels.filter(wrong).map(named);

it('a panel imports alert thresholds from the rules and does not repeat the numbers', () => {
  const typed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/\[(\d[\d._]*), '(?:yellow|orange|red)'\]/g)].map(
        ([, value = '']) => ({ file, value: Number(value.replaceAll('_', '')) }),
      ),
    );
  const withoutRule = typed.filter(
    ({ file, value }) => value === 1 || file === 'pipeline-health/overview.ts',
  );
  expect(typed.filter((step) => !withoutRule.includes(step))).toEqual([]);
  expect(typed.map(({ value }) => value)).toEqual(expect.arrayContaining([1, 5, 10]));
});

it('every query of a table with several queries is an aggregation such as `sum`', () => {
  // Grafana cannot join rows that differ in the label `__name__`.
  const several = panels.filter(({ panel, targets }) => panel.type === 'table' && targets.length > 1);
  const named = several.flatMap(({ targets }) =>
    targets.filter(({ expr }) => !/^(sum|avg|min|max|count)\(/.test(expr)),
  );
  expect(several.length).toBeGreaterThan(1);
  expect(named.map(({ expr }) => expr)).toEqual([]);
});

it('the panel "Last success" shows every value in green', () => {
  const age = panels.filter(({ panel }) => panel.title === 'Last success');
  expect(age.map(({ panel }) => panel.fieldConfig?.defaults.thresholds?.steps)).toEqual([
    [{ value: null, color: 'green' }],
  ]);
});

describe('every panel', () => {
  it('has a unique title in its dashboard, except for stat panels', () => {
    const names = panels.filter(({ panel }) => panel.type !== 'stat').map(named);
    expect(names).toEqual([...new Set(names)]);
    expect(offending(({ panel }) => !panel.title)).toEqual([]);
  });

  it('has a description of at least one sentence', () => {
    expect(offending(({ panel }) => !/^[A-Z0-9].{20,}\.$/.test(panel.description ?? ''))).toEqual([]);
  });

  it('has a unit', () => {
    expect(offending(({ panel }) => !panel.fieldConfig?.defaults.unit)).toEqual([]);
  });

  it('queries the data source that the user selects', () => {
    const chosen = JSON.stringify({ type: 'prometheus', uid: '$' + '{datasource}' });
    expect(
      offending(
        ({ panel, targets }) =>
          JSON.stringify(panel.datasource) !== chosen ||
          targets.some(({ datasource }) => JSON.stringify(datasource) !== chosen),
      ),
    ).toEqual([]);
  });

  it('has a query', () => {
    expect(offending(({ targets }) => targets.length === 0)).toEqual([]);
  });

  it('has a legend for each query, unless it is a table', () => {
    expect(
      offending(
        ({ panel, targets }) => panel.type !== 'table' && targets.some(({ legendFormat }) => !legendFormat),
      ),
    ).toEqual([]);
  });
});

describe('every query', () => {
  it.each(queries)(
    'uses only known metrics and labels: panel $title of the dashboard $dashboard',
    ({ expr }) => {
      expect(objections(rendered(expr))).toEqual([]);
    },
  );

  it('selects series by cluster, job, objective or alert name', () => {
    const narrowing = ['cluster', 'job', 'slo', 'alertname'];
    const wide = queries.filter(({ expr }) =>
      analyse(rendered(expr)).selectors.some(
        ({ labels }) => !labels.some((label) => narrowing.includes(label)),
      ),
    );
    expect(wide.map(({ expr }) => expr)).toEqual([]);
  });

  it('uses $__rate_interval or $__range as the range of rate and increase', () => {
    const fixed = queries.filter(
      ({ expr }) =>
        (expr.match(/\b(rate|increase)\(/g) ?? []).length !==
        (expr.match(/\b(rate|increase)\([^[]*\[\$__(rate_interval|range)\]/g) ?? []).length,
    );
    expect(fixed.map(({ expr }) => expr)).toEqual([]);
  });
});
