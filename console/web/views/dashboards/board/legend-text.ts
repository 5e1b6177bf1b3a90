import { type Labels, seriesName } from '../../../prometheus.ts';

/** Replaces each `{{label}}` in a text with the label of the series. A missing label is replaced with nothing. */
export function withLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

/**
 * The name of a series, from the legend format of its query. Without a format, it is Prometheus' notation. If the name
 * is empty, it is `Value`, as in Grafana.
 */
export function seriesTitle(format: string | undefined, labels: Labels): string {
  const name = format ? withLabels(format, labels) : seriesName(labels);
  return name === '' || name === '{}' ? 'Value' : name;
}
