import { exchange } from '../../demo/http-exchange.ts';

/** A line of `/metrics`. */
export interface MetricLine {
  readonly labels: string;
  readonly value: number;
}

/** The lines of a metric. The text is in the text format of Prometheus. */
export function linesOf(text: string, metric: string): readonly MetricLine[] {
  const pattern = new RegExp(`^${metric}(?:\\{(.*)\\})? (\\S+)$`, 'gm');
  return [...text.matchAll(pattern)].map(([, labels = '', value]) => ({ labels, value: Number(value) }));
}

/** A receiver that works at full speed on a busy machine answers slowly. */
const deadlineMs = 60_000;

/**
 * The text of `/metrics` of a program.
 * @param url URL without a path
 */
export async function ownMetrics(url: string, signal: AbortSignal): Promise<string> {
  const { text } = await exchange(`${url}/metrics`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
  });
  return text;
}

/** The sum of the values of a metric. */
export function sumOf(text: string, metric: string): number {
  return linesOf(text, metric).reduce((sum, { value }) => sum + value, 0);
}
