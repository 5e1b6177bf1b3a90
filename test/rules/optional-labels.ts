import { labelsOfMetric, selectedLabels } from '../metrics/series-labels.ts';
import { labelsOfAlert } from './alert-labels.ts';
import { expand } from './annotations.ts';
import type { AlertCase, InputSeries } from './case.ts';
import { alerts, recordings } from './promtool.ts';

/*
 * The cases in which an alert fires, run only with the labels that its series always have. promtool compares the expected texts with Prometheus's own rendering.
 */

type Labels = Readonly<Record<string, string>>;

const recordedNames = new Set(recordings.map(({ record }) => record));

/** Firing cases with the fewest labels that Prometheus can see. */
export function withoutOptionalLabels(cases: readonly AlertCase[]): readonly AlertCase[] {
  return cases
    .filter(({ fires }) => fires)
    .map((one) => {
      const { always } = labelsOfAlert(one.alert);
      const { expr = '' } = alerts.find(({ alert }) => alert === one.alert) ?? {};
      const selected = selectedLabels(expr);
      return {
        ...one,
        when: `${one.when}, without optional labels`,
        series: one.series.map((input) => stripped(input, selected)),
        fires: (one.fires ?? []).map(({ labels, value }) => ({
          labels: kept(labels, always, selected),
          value,
        })),
      };
    });
}

function stripped({ series, values }: InputSeries, selected: ReadonlySet<string>): InputSeries {
  const [, name = '', text = ''] = /^([^{]+)\{(.*)\}$/.exec(series) ?? [];
  // A recorded series has the labels that its rule gives it.
  if (recordedNames.has(name)) return { series, values };
  const pairs = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)];
  const labels: Labels = Object.fromEntries(
    pairs.map(([, label, value]) => [label as string, JSON.parse(value as string) as string]),
  );
  const { always } = labelsOfMetric(name);
  const rest = Object.entries(kept(labels, always, selected));
  return {
    series: `${name}{${rest.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`,
    values,
  };
}

/**
 * The labels of these names, and those by which the rule selects. Each target of NATS and of an agent has the label
 * `cluster`, independent of the labels that it exposes.
 */
function kept(labels: Labels, names: ReadonlySet<string>, selected: ReadonlySet<string>): Labels {
  const inCluster = /\/(nats|prometheus-agent)$/.test(labels.job ?? '') ? ['cluster', 'environment'] : [];
  return Object.fromEntries(
    Object.entries(labels).filter(
      ([label, value]) => names.has(label) || inCluster.includes(label) || selected.has(`${label}=${value}`),
    ),
  );
}

/** Every text of an alert that fires in the cases. */
export function textsOf(
  cases: readonly AlertCase[],
): readonly { readonly alert: string; readonly text: string }[] {
  return cases.flatMap(({ alert, fires = [] }) => {
    const templates = alerts
      .filter((rule) => rule.alert === alert)
      .flatMap(({ annotations }) => Object.values(annotations));
    return fires.flatMap(({ labels, value }) =>
      templates.map((template) => ({ alert, text: expand(template, labels, value) })),
    );
  });
}

/** The places at which a text shows an empty label. */
export const gap = /^\s|\s$|\s{2}|\s[.,:;)]|\(\s*\)|=(?=[\s,.;)]|$)|\{\{|<no value>|<error/;
