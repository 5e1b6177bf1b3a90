import { describe, expect, it, vi } from 'vitest';
import { marksOf } from '../../../../console/web/views/dashboards/board/annotations.ts';
import type { FieldJson } from '../../../../console/web/views/dashboards/board/board-json.ts';
import { boardPath, grafanaAddress } from '../../../../console/web/views/dashboards/board/board-list.ts';
import { shownBy, thresholdLines } from '../../../../console/web/views/dashboards/board/field.ts';
import {
  alignedSpan,
  intervalsOf,
  withIntervals,
} from '../../../../console/web/views/dashboards/board/interval.ts';
import { seriesTitle } from '../../../../console/web/views/dashboards/board/legend-text.ts';
import { limited } from '../../../../console/web/views/dashboards/board/limit.ts';
import { gridPlace, sectionsOf } from '../../../../console/web/views/dashboards/board/sections.ts';
import {
  editable,
  isLive,
  openingRange,
  spanOf,
  timeOf,
  zoomedOut,
} from '../../../../console/web/views/dashboards/board/time-range.ts';
import {
  all,
  labelValues,
  selectionOf,
  withSelected,
  withSelection,
} from '../../../../console/web/views/dashboards/board/variables.ts';

const hour = { from: 0, to: 3600 };

describe('the intervals of a dashboard panel', () => {
  it('are never shorter than the scrape interval', () => {
    expect(intervalsOf(hour, 600, 5)).toEqual({ interval: 10, rateInterval: 20, range: 3600 });
    expect(intervalsOf({ from: 0, to: 300 }, 600, 5).interval).toBe(5);
    expect(intervalsOf({ from: 0, to: 86_400 }, 600, 5).interval).toBe(300);
    expect(intervalsOf({ from: 0, to: 86_400 * 365 }, 600, 5).interval).toBe(2 * 86_400);
  });

  it('set `$__rate_interval` to at least four scrape intervals', () => {
    expect(intervalsOf(hour, 600, 30).rateInterval).toBe(120);
    expect(intervalsOf({ from: 0, to: 86_400 }, 600, 30).rateInterval).toBe(330);
  });

  it('replace every interval variable in a query', () => {
    const intervals = { interval: 10, rateInterval: 20, range: 3600 };
    const braces = '$' + '{__rate_interval}';
    expect(
      withIntervals(
        `rate(a[$__rate_interval]) + rate(a[${braces}]) + b[$__range] + c[$__interval] / $__range_s + $__interval_ms`,
        intervals,
      ),
    ).toBe('rate(a[20s]) + rate(a[20s]) + b[3600s] + c[10s] / 3600 + 10000');
  });
});

it('the time range of a panel query starts and ends at a multiple of the query step', () => {
  expect(alignedSpan({ from: 103, to: 207 }, 10)).toEqual({ from: 100, to: 200 });
});

describe('a variable of a dashboard', () => {
  const cluster = {
    type: 'query',
    name: 'cluster',
    allValue: '.*',
    multi: true,
    definition: 'label_values(up{environment=~"$environment"}, cluster)',
  } as const;
  const environment = { type: 'query', name: 'environment', allValue: '.*' } as const;
  const replaced = (search: string) =>
    withSelection(
      'a{cluster=~"$cluster"} b{x="$cluster_name"}',
      [cluster],
      selectionOf([cluster], new URLSearchParams(search)),
    );

  it.each([
    ['', 'a{cluster=~".*"} b{x="$cluster_name"}'],
    ['var-cluster=$__all', 'a{cluster=~".*"} b{x="$cluster_name"}'],
    ['var-cluster=one', 'a{cluster=~"one"} b{x="$cluster_name"}'],
    ['var-cluster=one&var-cluster=two', 'a{cluster=~"(one|two)"} b{x="$cluster_name"}'],
    ['var-cluster=a.b', 'a{cluster=~"a\\\\.b"} b{x="$cluster_name"}'],
    ['var-cluster=a%22b', 'a{cluster=~"a\\"b"} b{x="$cluster_name"}'],
  ])('is replaced by the value from the address of the page: "%s"', (search, query) => {
    expect(replaced(search)).toBe(query);
  });

  it('is written to the address in the format of Grafana', () => {
    const query = new URLSearchParams('from=now-1h&var-cluster=old');
    expect(withSelected(query, 'cluster', ['one', 'two']).toString()).toBe(
      'from=now-1h&var-cluster=one&var-cluster=two',
    );
    expect(withSelected(query, 'cluster', []).get('var-cluster')).toBe(all);
  });

  it('offers only values that fit the other variables', () => {
    const definition = withSelection(cluster.definition, [environment, cluster], { environment: ['demo'] });
    expect(labelValues(definition)).toEqual({ selector: 'up{environment=~"demo"}', label: 'cluster' });
    expect(labelValues('query_result(up)')).toBeUndefined();
  });
});

describe('the time range of a dashboard', () => {
  const now = 1_767_268_800;

  it.each([
    ['now', now],
    ['now-90m', now - 5400],
    ['now-1d', now - 86_400],
    ['1767265200000', 1_767_265_200],
    ['2026-01-01T11:00:00Z', 1_767_265_200],
  ])('can start at "%s"', (text, seconds) => {
    expect(timeOf(text, now)).toBe(seconds);
  });

  it.each(['yesterday', 'now-1y2', '12'])('cannot start at "%s"', (text) => {
    expect(timeOf(text, now)).toBeUndefined();
  });

  it('starts at local midnight if the address has a date without a time', () => {
    vi.stubEnv('TZ', 'Asia/Ho_Chi_Minh');
    try {
      expect(timeOf('2026-01-01', now)).toBe(timeOf('2026-01-01 00:00', now));
      expect(timeOf('2026-01-01', now)).toBe(Date.parse('2025-12-31T17:00:00Z') / 1000);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.each([
    ['now-1h', 'now-1h'],
    ['1767265200000', '2026-01-01 18:00:00'],
    ['2026-01-01 11:00', '2026-01-01 11:00:00'],
    ['2026-01-01T11:00:00Z', '2026-01-01 18:00:00'],
    ['2026-01-01', '2026-01-01 00:00:00'],
  ])('with the address value "%s" shows "%s" in the input field for local time', (text, shown) => {
    vi.stubEnv('TZ', 'Asia/Ho_Chi_Minh');
    try {
      expect(editable(text)).toBe(shown);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is refused if it is empty or not valid', () => {
    expect(spanOf({ from: 'now-1h', to: 'now' }, now)).toEqual({ from: now - 3600, to: now });
    expect(spanOf({ from: 'now', to: 'now-1h' }, now)).toBeUndefined();
    expect(spanOf({ from: 'x', to: 'now' }, now)).toBeUndefined();
  });

  it('is updated continuously only if it ends at "now"', () => {
    expect([isLive({ from: 'now-1h', to: 'now' }), isLive({ from: '1', to: '2' })]).toEqual([true, false]);
  });

  it('becomes twice as long after a zoom out', () => {
    expect(zoomedOut({ from: now - 100, to: now }, now)).toEqual({
      from: `${(now - 200) * 1000}`,
      to: `${now * 1000}`,
    });
    expect(zoomedOut({ from: now - 1000, to: now - 900 }, now)).toEqual({
      from: `${(now - 1050) * 1000}`,
      to: `${(now - 850) * 1000}`,
    });
  });

  it('is shorter than its default if Prometheus started recently', () => {
    const own = { from: 'now-1h', to: 'now' };
    expect(openingRange(own, 60).from).toBe('now-15m');
    expect(openingRange(own, 1000).from).toBe('now-30m');
    expect(openingRange(own, 86_400 * 3)).toBe(own);
  });
});

describe('the address of a dashboard', () => {
  const query = new URLSearchParams('from=now-3h&var-cluster=one&var-cluster=two&viewPanel=3');

  it('keeps the time range and the variables of the current address', () => {
    expect(boardPath('nats', query)).toBe('/d/nats?from=now-3h&var-cluster=one&var-cluster=two');
    expect(boardPath('nats', new URLSearchParams())).toBe('/d/nats');
  });

  it('in Grafana contains the time range and the variables', () => {
    expect(grafanaAddress('http://grafana/d/nats?var-datasource=own', query)).toBe(
      'http://grafana/d/nats?var-datasource=own&from=now-3h&var-cluster=one&var-cluster=two',
    );
  });
});

describe('a value in a panel', () => {
  const field: FieldJson = {
    unit: 's',
    decimals: 1,
    thresholds: {
      steps: [
        { value: null, color: 'green' },
        { value: 60, color: 'yellow' },
        { value: 120, color: 'red' },
      ],
    },
    mappings: [{ type: 'value', options: { 0: { text: 'failed', color: 'red' }, 1: { text: 'one' } } }],
  };
  const shown = shownBy(field);

  it('has the colour of the highest threshold that the value reaches', () => {
    expect([59.9, 60, 120, 500].map((value) => shown(value).color)).toEqual([
      'green',
      'yellow',
      'red',
      'red',
    ]);
    expect(thresholdLines(field).map(({ value }) => value)).toEqual([60, 120]);
  });

  it('has the text and the colour of its value mapping', () => {
    expect([shown(0), shown(1), shown(2)]).toEqual([
      { text: 'failed', color: 'red' },
      { text: 'one', color: 'green' },
      { text: '2.0 s', color: 'green' },
    ]);
  });
});

it('a legend shows the labels of each series', () => {
  const labels = { __name__: 'up', cluster: 'one' };
  expect(seriesTitle('{{cluster}} ({{ environment }})', labels)).toBe('one ()');
  expect(seriesTitle('', labels)).toBe('up{cluster="one"}');
  expect(seriesTitle('{{severity}}', labels)).toBe('Value');
});

it('an annotation of a dashboard marks each period in which its query returns a series', () => {
  const values = [10, 15, 20, 40, 45].map((time) => [time, '1'] as const);
  const annotation = {
    name: 'Alerts',
    enable: true,
    iconColor: 'red',
    expr: 'ALERTS',
    titleFormat: '{{alertname}}',
    textFormat: '{{severity}} {{cluster}}',
  };
  const metric = { alertname: 'Down', severity: 'critical', cluster: 'one' };
  expect(marksOf(annotation, [{ metric, values }], 5, (name) => name)).toEqual([
    { at: 10, to: 20, text: 'Down: critical one', color: 'red' },
    { at: 40, to: 45, text: 'Down: critical one', color: 'red' },
  ]);
});

it('the panels of a dashboard are grouped by row, and a collapsed row contains its panels', () => {
  const panel = (id: number, y: number) => ({
    id,
    type: 'stat' as const,
    title: '',
    targets: [],
    gridPos: { x: 4, y, w: 8, h: 4 },
    fieldConfig: { defaults: { thresholds: { steps: [] } } },
  });
  const row = { type: 'row' as const, id: 9, title: 'Row', gridPos: { x: 0, y: 4, w: 24, h: 1 } };
  const sections = sectionsOf({
    panels: [panel(1, 0), { ...row, collapsed: false, panels: [] }, panel(2, 5), panel(3, 9)],
  });
  expect(sections.map(({ panels }) => panels.map(({ id }) => id))).toEqual([[1], [2, 3]]);
  const [, second] = sections;
  expect(second?.panels.map((one) => gridPlace(one, second))).toEqual([
    { '--column': '5 / span 8', '--row': '1 / span 4' },
    { '--column': '5 / span 8', '--row': '5 / span 4' },
  ]);
  const [collapsed] = sectionsOf({ panels: [{ ...row, collapsed: true, panels: [panel(4, 5)] }] });
  expect(collapsed?.panels.map(({ id }) => id)).toEqual([4]);
});

it('limited(2) runs at most two tasks at the same time', async () => {
  const run = limited(2);
  let running = 0;
  let most = 0;
  const task = vi.fn(async (fails: boolean) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (fails) throw new Error('failed');
  });
  const results = await Promise.allSettled(
    [true, false, true, false, false].map((fails) => run(() => task(fails))),
  );
  expect(task).toHaveBeenCalledTimes(5);
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
});
