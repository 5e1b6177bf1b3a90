import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  acts,
  headingOf,
  messageOf,
  neighbour,
  stepOf,
  steps,
  totalMinutes,
} from '../../../console/tour/acts.ts';
import { checkText } from '../../../console/tour/due-check.ts';
import { minutesOf, secondsOf } from '../../../console/tour/timing.ts';
import { dashboards } from '../../../dashboards/index.ts';
import { faults } from '../../../demo/faults/index.ts';
import { documentedQueries } from '../../../metrics/queries.ts';
import { objections } from '../../metrics/promql-analysis.ts';
import { alerts } from '../../rules/promtool.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const all = steps.map(({ step }) => step);
const scrapeInterval = 5;

describe('the acts of the tour', () => {
  it('take 30 minutes in total', () => {
    expect(acts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(totalMinutes).toBe(30);
  });

  it.each(acts)('have enough content for the planned time, and not too much: act $number', (act) => {
    expect(minutesOf(act)).toBeGreaterThan(act.minutes - 0.5);
    expect(minutesOf(act)).toBeLessThan(act.minutes + 0.5);
  });

  it('have a last step with a summary and a link to the documentation', () => {
    const { show, links = [] } = all.at(-1) ?? { show: '' };
    for (const way of ['Pull', 'Exporter', 'Remote write', 'Push']) expect(show).toContain(`**${way}**`);
    expect(links.map((link) => ('path' in link ? link.path : ''))).toContain('/docs/README.md');
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

  it('end each fault that they inject', () => {
    const of = (kind: string) =>
      all.flatMap(({ action }) => (action?.kind === kind && 'fault' in action ? [action.fault] : []));
    expect(of('inject').length).toBeGreaterThan(1);
    expect(of('restore')).toEqual(of('inject'));
  });
});

describe.each(all)(
  'the tour step $id',
  ({ id, say, ask, show, expect: expected, action, check, queries, links = [] }) => {
    it('has an id, all texts for the presenter, and at least one query', () => {
      if (ask) expect(ask.question).toMatch(/^[A-Z].*\?$/);
      expect(id).toMatch(/^[a-z-]+$/);
      expect(say.length).toBeGreaterThan(0);
      for (const text of [...say, show, expected, check.proves, ...(ask ? [ask.answer] : [])]) {
        expect(text).toMatch(/^[A-Z`-].*[.]$/s);
      }
      expect(queries.length).toBeGreaterThan(0);
    });

    it('queries only known metrics and labels', () => {
      for (const { expr } of queries) expect(objections(expr)).toEqual([]);
      for (const seconds of [1, 15, 60]) {
        // `ALERTS` also has the labels of its alerts. The metric definition does not list these labels.
        const found = objections(checkText(check, seconds, scrapeInterval));
        expect(found.filter((text) => !/ALERTS/.test(text))).toEqual([]);
      }
    });

    it('waits only for the effect of its own action or of an earlier action', () => {
      if (action) expect(check.after).toBe(id);
      if (check.after === undefined) return;
      const cause = all.find((step) => step.id === check.after);
      expect(cause?.action).toBeDefined();
      expect(all.findIndex((step) => step.id === check.after)).toBeLessThanOrEqual(
        all.findIndex((step) => step.id === id),
      );
      expect(check.untilScrape).toBeGreaterThan(check.fromScrape ?? 0);
    });

    it('injects and ends only faults that exist', () => {
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

    it('checks that the alert resolves if the step ends a fault', () => {
      if (action?.kind !== 'restore') return;
      const [{ alert = '' } = {}] = faults.find(({ name }) => name === action.fault)?.alerts ?? [];
      expect(expected).toContain('the alert resolves');
      const text = checkText(check, 60, scrapeInterval);
      expect(text).toMatch(
        new RegExp(`unless on \\(\\) .*ALERTS\\{alertname="${alert}",alertstate="firing"`),
      );
    });

    it('links to an alert that exists, and not to the list of all alerts', () => {
      const alertLinks = links.flatMap((link) =>
        'path' in link && /^\/alerts/.test(link.path) ? [link.path] : [],
      );
      for (const path of alertLinks) {
        const [, alert] = /^\/alerts\?alert=(\w+)$/.exec(path) ?? [];
        expect(alerts.map((rule) => rule.alert)).toContain(alert);
        expect(existsSync(join(root, 'docs', 'runbooks', `${alert}.md`))).toBe(true);
      }
    });

    it('stops a component for at least three scrapes', () => {
      if (action?.kind !== 'kill') return;
      // In a graph, the audience cannot see an outage of less than three scrape intervals.
      expect(action.seconds).toBeGreaterThanOrEqual(3 * scrapeInterval);
      expect(check.untilScrape).toBeGreaterThan(action.seconds / scrapeInterval + 3);
    });

    it('links to pages that exist', () => {
      for (const link of links) {
        if (!('path' in link)) continue;
        const [, uid] = /^\/d\/(.+)$/.exec(link.path) ?? [];
        if (uid) expect(dashboards.map((dashboard) => dashboard.uid)).toContain(uid);
        const [, runbook] = /^\/runbooks\/(.+)$/.exec(link.path) ?? [];
        if (runbook) expect(existsSync(join(root, 'docs', 'runbooks', runbook))).toBe(true);
        const [, document] = /^\/(docs\/.+\.md)$/.exec(link.path) ?? [];
        if (document) expect(existsSync(join(root, document))).toBe(true);
        if (!uid && !runbook && !document) {
          expect(['/map', '/alerts', '/faults', '/explore']).toContain(link.path.replace(/\?.*/, ''));
        }
      }
    });
  },
);

describe('the planned time of a tour step', () => {
  const step = { id: 'a', title: 'A', show: 'A.', queries: [], expect: 'A.', check: all[0]?.check as never };
  const minuteOfWords = Array.from({ length: 140 }, () => 'word').join(' ');

  it('is the longer of the speaking time and the waiting time', () => {
    expect(secondsOf({ ...step, say: [minuteOfWords] })).toBe(60);
    expect(secondsOf({ ...step, say: [minuteOfWords], waitSeconds: 40 })).toBe(60);
    expect(secondsOf({ ...step, say: [minuteOfWords], waitSeconds: 90 })).toBe(90);
  });

  it('includes time for a question, links and queries', () => {
    const { queries, links } = all.find(({ id }) => id === 'nats') ?? { queries: [], links: [] };
    const alone = secondsOf({ ...step, say: [minuteOfWords] });
    const ask = { question: minuteOfWords, answer: '' };
    expect(secondsOf({ ...step, say: [], ask })).toBeGreaterThan(alone);
    expect(secondsOf({ ...step, say: [minuteOfWords], queries, links: links ?? [] })).toBeGreaterThan(
      alone + 30,
    );
  });
});

it('the speaker notes of break-binance contain the production value of `for` in UsdtFetchFailing', () => {
  const rule = alerts.find(({ alert }) => alert === 'UsdtFetchFailing') as
    | { readonly for?: string }
    | undefined;
  const [, minutes] = /^(\d+)m$/.exec(rule?.for ?? '') ?? [];
  expect(stepOf('break-binance').step.say.join(' ')).toContain(`must last ${minutes} minutes`);
});

describe('the heading and the message', () => {
  it('of a tour step belong to the act that contains the step', () => {
    expect(headingOf(stepOf('burst'))).toBe('Act 2 of 4 · Pull and a custom exporter');
    expect(messageOf(stepOf('burst'))).toBe(acts[1]?.message);
  });

  it('of the last tour step summarize all acts', () => {
    expect(steps.filter(({ step }) => step.closing !== undefined)).toEqual([steps.at(-1)]);
    expect(headingOf(stepOf('summary'))).toBe('Summary of the 4 acts');
    expect(acts.map(({ message }) => message)).not.toContain(messageOf(stepOf('summary')));
    expect(messageOf(stepOf('summary'))).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the texts of the presenter', () => {
  it('say "fires within a minute" for every fault', () => {
    for (const { action, show, say, expect: expected } of all) {
      if (action?.kind !== 'inject') continue;
      expect(expected).toContain('fires within a minute');
      const times = [show, ...say].flatMap(
        (text) => text.match(/fires (?:within|after)[^.,]*?minute\b/g) ?? [],
      );
      expect([...new Set(times)]).toEqual(['fires within a minute']);
    }
  });

  it('mention the scheduled batches that fail on purpose', () => {
    const notes = stepOf('run-batch').step.say.join(' ');
    expect(notes).toContain('The schedule also runs batches by itself');
    expect(notes).toContain('Every seventh of these runs fails on purpose');
  });

  it('say that Prometheus evaluated no rules while it was down', () => {
    expect(stepOf('no-gap').step.say.join(' ')).toContain('Prometheus evaluated no rules during the outage');
  });

  it('show the change of the USDT rate per second (VND/s), measured since the start', () => {
    const { check, queries } = stepOf('usdt-rate').step;
    expect(check.proves).toContain('since the start');
    expect(queries.find(({ expr }) => expr.startsWith('deriv'))?.unit).toBe('suffix:VND/s');
  });
});

it('the result of a Tour query that aggregates by cluster is shown as numbers, not as a graph', () => {
  const byCluster = all
    .flatMap(({ queries }) => queries)
    .filter(({ expr }) => / by \((job, )?cluster\)/.test(expr));
  expect(byCluster.length).toBeGreaterThan(0);
  // A graph is not clear enough: if two clusters have equal values, one curve covers the other curve.
  for (const { expr, display } of byCluster) expect({ expr, display }).toEqual({ expr, display: 'tiles' });
});

describe('the open step of the tour', () => {
  it('is the first step if the id of the step is unknown', () => {
    expect(stepOf('intermission')).toBe(steps[0]);
    expect(stepOf(null)).toBe(steps[0]);
    expect(stepOf('burst').act.number).toBe(2);
  });

  it('is never before the first step or after the last step', () => {
    const [first, second] = steps;
    const last = steps.at(-1);
    if (!first || !last) throw new Error('The tour has no steps.');
    expect(neighbour(first, -1)).toBe(first);
    expect(neighbour(first, 1)).toBe(second);
    expect(neighbour(last, 1)).toBe(last);
    expect(neighbour(first, steps.length)).toBe(last);
  });
});
