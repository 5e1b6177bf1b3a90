import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acts, neighbour, stepOf, steps, totalMinutes } from '../../../console/tour/acts.ts';
import { checkText } from '../../../console/tour/due-check.ts';
import { dashboards } from '../../../dashboards/index.ts';
import { faults } from '../../../demo/faults/index.ts';
import { documentedQueries } from '../../../metrics/queries.ts';
import { objections } from '../../metrics/promql-analysis.ts';
import { alerts } from '../../rules/promtool.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const all = steps.map(({ step }) => step);
const scrapeInterval = 5;

describe('the acts of the tour', () => {
  it('take the 30 minutes of the presentation: 5, 10, 10 and 5 minutes', () => {
    expect(acts.map(({ minutes }) => minutes)).toEqual([5, 10, 10, 5]);
    expect(acts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(totalMinutes).toBe(30);
  });

  it('show every documented query and its explanation', () => {
    const shown = all.flatMap(({ queries }) => queries);
    for (const { expr, shows } of documentedQueries) {
      expect(shown).toContainEqual(expect.objectContaining({ expr, shows }));
    }
  });

  it('have steps with unique ids and unique titles', () => {
    const ids = all.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const titles = all.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  it('restore each fault that they inject', () => {
    const of = (kind: string) =>
      all.flatMap(({ action }) => (action?.kind === kind && 'fault' in action ? [action.fault] : []));
    expect(of('inject').length).toBeGreaterThan(1);
    expect(of('restore')).toEqual(of('inject'));
  });
});

describe.each(all)(
  'the tour step $id',
  ({ id, say, show, expect: expected, action, check, queries, links = [] }) => {
    it('has an id, all texts for the presenter, and at least one query', () => {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(say.length).toBeGreaterThan(0);
      for (const text of [...say, show, expected, check.proves]) expect(text).toMatch(/^[A-Z`].*[.]$/);
      expect(queries.length).toBeGreaterThan(0);
    });

    it('queries only known metrics and labels', () => {
      for (const { expr } of queries) expect(objections(expr)).toEqual([]);
      for (const seconds of [1, 15, 60]) {
        // An `ALERTS` series also has the labels of its alert.
        const found = objections(checkText(check, seconds, scrapeInterval));
        expect(found.filter((text) => !/ALERTS/.test(text))).toEqual([]);
      }
    });

    it('waits only for actions of this step or of earlier steps', () => {
      if (action) expect(check.after).toBe(id);
      if (check.after === undefined) return;
      const cause = all.find((step) => step.id === check.after);
      expect(cause?.action).toBeDefined();
      expect(all.findIndex((step) => step.id === check.after)).toBeLessThanOrEqual(
        all.findIndex((step) => step.id === id),
      );
      expect(check.untilScrape).toBeGreaterThan(check.fromScrape ?? 0);
    });

    it('injects and restores only faults that exist', () => {
      if (!action || !('fault' in action)) return;
      const fault = faults.find(({ name }) => name === action.fault);
      expect(fault).toBeDefined();
      if (action.kind !== 'inject') return;
      const { alert, labels } = fault?.alerts[0] ?? {};
      expect(alerts.map((rule) => rule.alert)).toContain(alert);
      const text = checkText(check, 1, scrapeInterval);
      expect(text).toContain(`ALERTS{alertname="${alert}",alertstate="firing"`);
      if (labels?.cluster) expect(text).toContain(`cluster="${labels.cluster}"`);
      expect(expected).toContain(`\`${alert}\``);
    });

    it('links to pages that exist', () => {
      for (const link of links) {
        if (!('path' in link)) continue;
        const [, uid] = /^\/d\/(.+)$/.exec(link.path) ?? [];
        if (uid) expect(dashboards.map((dashboard) => dashboard.uid)).toContain(uid);
        const [, runbook] = /^\/runbooks\/(.+)$/.exec(link.path) ?? [];
        if (runbook) expect(existsSync(join(root, 'docs', 'runbooks', runbook))).toBe(true);
        if (!uid && !runbook) expect(['/map', '/alerts', '/faults', '/explore']).toContain(link.path);
      }
    });
  },
);

describe('the place of a tour step', () => {
  it('is the place of the first step if the id is unknown', () => {
    expect(stepOf('intermission')).toBe(steps[0]);
    expect(stepOf(null)).toBe(steps[0]);
    expect(stepOf('burst').act.number).toBe(2);
  });

  it('stays the same if no further step exists', () => {
    const [first, second] = steps;
    const last = steps.at(-1);
    if (!first || !last) throw new Error('The tour has no steps.');
    expect(neighbour(first, -1)).toBe(first);
    expect(neighbour(first, 1)).toBe(second);
    expect(neighbour(last, 1)).toBe(last);
    expect(neighbour(first, steps.length)).toBe(last);
  });
});
