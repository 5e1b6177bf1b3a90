import { expect, it } from 'vitest';
import { faultText, fitted, widthOf } from '../../../../console/web/views/map/texts.ts';
import { faults } from '../../../../demo/faults/list.ts';

it('a name that fits the box of its component is not shortened', () => {
  expect(fitted('kube-state-metrics', 168 - 2 * 12)).toBe('kube-state-metrics');
});

it('a long name is shortened in the middle', () => {
  const short = fitted('another-cluster-nats-exporter', 136);
  expect(short.length).toBe(17);
  expect(short).toMatch(/^another-.*….*exporter$/);
});

it.each([
  [['The batch fails'], ['The batch fails']],
  [['NATS of nats-primary is killed'], ['NATS of nats-primary', 'is killed']],
  [['The batch fails', 'The batch is slow'], ['The batch fails +1']],
  [
    ['The agent of the edge is killed during an outage of the receiver'],
    ['The agent of the edge', 'is killed during an…'],
  ],
  [
    ['The agent of the edge is killed during an outage of the receiver', 'The edge cluster stops sending'],
    ['The agent of the edge', 'is killed during… +1'],
  ],
  [['NATS of another-cluster is killed'], ['NATS of another-', 'cluster is killed']],
  [[], []],
])('the box of a component shows the faults %j as the lines %j', (titles, lines) => {
  expect(
    faultText(
      titles.map((title) => ({ title })),
      22,
    ),
  ).toEqual(lines);
});

it('each line of a demo fault title fits into the component box on the map', () => {
  const wide = faults.flatMap(({ title }) =>
    faultText([{ title }, { title }], 22).filter((line) => widthOf(line) > 22),
  );
  expect(wide).toEqual([]);
});

it('the map shows the whole title of each demo fault if the title fits on two lines', () => {
  const fits = (title: string) =>
    title
      .split(' ')
      .some((_, index, words) =>
        [words.slice(0, index), words.slice(index)].every((line) => widthOf(line.join(' ')) <= 22),
      );
  const cut = faults.filter(({ title }) => faultText([{ title }], 22).join('').includes('…'));
  expect(cut.filter(({ title }) => fits(title))).toEqual([]);
});

it('a wide box on the map shows the whole title of a fault in one line', () => {
  const title = 'Prometheus no longer scrapes the node exporter';
  expect(faultText([{ title }], 53)).toEqual([title]);
});
