import { type Labels, seriesName } from '../../../prometheus.ts';

/** Replaces `{{label}}` with the value of the label. A missing label becomes an empty text. */
export function withLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

/** Name of a series in a legend. An empty name becomes `Value`, as in Grafana. */
export function seriesTitle(format: string | undefined, labels: Labels): string {
  const name = format ? withLabels(format, labels) : seriesName(labels);
  return name === '' || name === '{}' ? 'Value' : name;
}
