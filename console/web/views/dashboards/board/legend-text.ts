import { type Labels, seriesName } from '../../../prometheus.ts';

/** Replaces `{{label}}` in a text. A missing label becomes an empty text. */
export function withLabels(format: string, labels: Labels): string {
  return format.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}

/**
 * Name of a series in the format of its query, otherwise in the notation of Prometheus. An empty name becomes `Value`,
 * like in Grafana.
 */
export function seriesTitle(format: string | undefined, labels: Labels): string {
  const name = format ? withLabels(format, labels) : seriesName(labels);
  return name === '' || name === '{}' ? 'Value' : name;
}
