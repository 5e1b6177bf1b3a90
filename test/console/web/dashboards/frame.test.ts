import { expect, it } from 'vitest';
import type { InstantSeries, Labels } from '../../../../console/web/prometheus.ts';
import { frameOf, transformed } from '../../../../console/web/views/dashboards/board/frame.ts';

const series = (metric: Labels, value: number): InstantSeries => ({ metric, value: [100, String(value)] });
const merge = { id: 'merge' } as const;

it('the result of a query becomes a table with the time, each label and the value', () => {
  expect(frameOf([series({ job: 'a', cluster: 'one' }, 1), series({ job: 'b' }, 2)], 'Value')).toEqual({
    fields: [
      { name: 'Time', kind: 'time' },
      { name: 'cluster', kind: 'label' },
      { name: 'job', kind: 'label' },
      { name: 'Value', kind: 'value' },
    ],
    rows: [
      [100, 'one', 'a', 1],
      [100, undefined, 'b', 2],
    ],
  });
});

it('the tables of several queries become one table', () => {
  const up = frameOf([series({ cluster: 'one' }, 1), series({ cluster: 'two' }, 0)], 'Value #A');
  const count = frameOf([series({ cluster: 'two' }, 5), series({ cluster: 'three' }, 6)], 'Value #B');
  const { fields, rows } = transformed([up, count], [merge]);
  expect(fields.map(({ name }) => name)).toEqual(['Time', 'cluster', 'Value #A', 'Value #B']);
  expect(rows).toEqual([
    [100, 'one', 1, undefined],
    [100, 'two', 0, 5],
    [100, 'three', undefined, 6],
  ]);
});

it('a table shows the values of different metrics in separate rows', () => {
  const frames = ['A', 'B'].map((id) =>
    frameOf([series({ __name__: id, cluster: 'one' }, 1)], `Value #${id}`),
  );
  expect(transformed(frames, [merge]).rows).toHaveLength(2);
});

it('a transformation hides and renames the fields of a table', () => {
  const frame = frameOf([series({ __name__: 'up', cluster: 'one' }, 1)], 'Value');
  const organize = {
    id: 'organize',
    options: { excludeByName: { Time: true, __name__: true }, renameByName: { Value: 'Up' } },
  } as const;
  expect(transformed([frame], [merge, organize])).toEqual({
    fields: [
      { name: 'cluster', kind: 'label' },
      { name: 'Up', kind: 'value' },
    ],
    rows: [['one', 1]],
  });
});

it('the merge of zero tables is an empty table', () => {
  expect(transformed([], [merge])).toEqual({ fields: [], rows: [] });
});
