import { type Labels, seriesName } from '../../../prometheus.ts';

/**
 * Replaces each `{{label}}` in a text with the label of the series. For a missing label, the result contains no text.
 */
export function withLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

/**
 * The name of a series, in the legend format of its query. Without a format, the name has the notation of Prometheus.
 * An empty name becomes `Value`, as in Grafana.
 */
export function seriesTitle(format: string | undefined, labels: Labels): string {
  const name = format ? withLabels(format, labels) : seriesName(labels);
  return name === '' || name === '{}' ? 'Value' : name;
}
