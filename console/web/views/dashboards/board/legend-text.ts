import { type Labels, seriesName } from '../../../prometheus.ts';

/** The text with `{{label}}` replaced by the label of the series; a missing label leaves nothing. */
export function withLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

/** The name of a series: by the format of its query, otherwise as Prometheus writes it. As in Grafana, no name is `Value`. */
export function seriesTitle(format: string | undefined, labels: Labels): string {
  const name = format ? withLabels(format, labels) : seriesName(labels);
  return name === '' || name === '{}' ? 'Value' : name;
}
