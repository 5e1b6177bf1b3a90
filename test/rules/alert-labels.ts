import { type SeriesLabels, seriesLabels } from '../metrics/series-labels.ts';
import { alerts, recordings } from './promtool.ts';

function recordedLabels(
  name: string,
  requiredLabels: Readonly<Record<string, string>>,
): SeriesLabels | undefined {
  const stored = recordings
    .filter(({ record }) => record === name)
    .filter(({ labels = {} }) =>
      Object.entries(requiredLabels).every(([label, value]) => (labels[label] ?? value) === value),
    )
    .map(({ expr, labels = {} }): SeriesLabels => {
      const { always, possible } = seriesLabels(expr, recordedLabels);
      const added = Object.keys(labels);
      return { always: new Set([...always, ...added]), possible: new Set([...possible, ...added]) };
    });
  if (stored.length === 0) return undefined;
  return stored.reduce((left, right) => ({
    always: new Set([...left.always].filter((label) => right.always.has(label))),
    possible: new Set([...left.possible, ...right.possible]),
  }));
}

/** The labels of the series that the expression of an alert returns. */
export function labelsOfAlert(name: string): SeriesLabels {
  const rule = alerts.find(({ alert }) => alert === name);
  if (!rule) throw new Error(`There is no alert ${name}`);
  return seriesLabels(rule.expr, recordedLabels);
}
