import { labelsOfMetric, selectedLabels } from '../metrics/series-labels.ts';
import { labelsOfAlert } from './alert-labels.ts';
import { expand } from './annotations.ts';
import type { AlertCase, InputSeries } from './case.ts';
import { alerts, recordings } from './promtool.ts';

type Labels = Readonly<Record<string, string>>;

const recordedNames = new Set(recordings.map(({ record }) => record));

export function withoutOptionalLabels(cases: readonly AlertCase[]): readonly AlertCase[] {
  return cases
    .filter(({ fires }) => fires)
    .map((one) => {
      const { always } = labelsOfAlert(one.alert);
      const { expr = '' } = alerts.find(({ alert }) => alert === one.alert) ?? {};
      const selected = new Set([...selectedLabels(expr), ...recordedLabels(one)]);
      const scraped = scrapedJobs(one);
      return {
        ...one,
        when: `${one.when}, without optional labels`,
        series: one.series.map((input) => stripped(input, selected, scraped)),
        fires: (one.fires ?? []).map(({ labels, value }) => ({
          labels: withoutOptional(labels, always, selected, scraped),
          value,
        })),
      };
    });
}

/** Labels that a recording rule sets on the series of a test case, for example `slo=push`. */
const recordedLabels = ({ series: inputs }: AlertCase): readonly string[] =>
  inputs
    .filter(({ series }) => recordedNames.has(series.replace(/\{.*/, '')))
    .flatMap(({ series }) =>
      [...series.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => `${label}=${value}`),
    );

const scrapedJobs = ({ series: inputs }: AlertCase): ReadonlySet<string> =>
  new Set(inputs.flatMap(({ series }) => /^up\{.*\bjob="([^"]*)"/.exec(series)?.[1] ?? []));

function stripped(
  { series, values }: InputSeries,
  selected: ReadonlySet<string>,
  scraped: ReadonlySet<string>,
): InputSeries {
  const [, name = '', text = ''] = /^([^{]+)\{(.*)\}$/.exec(series) ?? [];
  // A recorded series has no optional labels, because the recording rule always sets all labels.
  if (recordedNames.has(name)) return { series, values };
  const pairs = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)];
  const labels: Labels = Object.fromEntries(
    pairs.map(([, label, value]) => [label as string, JSON.parse(value as string) as string]),
  );
  const { always } = labelsOfMetric(name);
  const rest = Object.entries(withoutOptional(labels, always, selected, scraped));
  return {
    series: `${name}{${rest.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`,
    values,
  };
}

function withoutOptional(
  labels: Labels,
  names: ReadonlySet<string>,
  selected: ReadonlySet<string>,
  scraped: ReadonlySet<string>,
): Labels {
  const inCluster = /\/(nats|prometheus-agent)$/.test(labels.job ?? '') ? ['cluster', 'environment'] : [];
  const ofTarget = scraped.has(labels.job ?? '') ? ['instance'] : [];
  return Object.fromEntries(
    Object.entries(labels).filter(
      ([label, value]) =>
        names.has(label) ||
        inCluster.includes(label) ||
        ofTarget.includes(label) ||
        selected.has(`${label}=${value}`),
    ),
  );
}

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

/** Matches an alert text in which a label value is missing, for example `()` or `<no value>`. */
export const gap = /^\s|\s$|\s{2}|\s[.,:;)]|\(\s*\)|=(?=[\s,.;)]|$)|\{\{|<no value>|<error/;
