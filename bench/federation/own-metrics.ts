import { exchange } from '../../demo/http-exchange.ts';

export interface MetricLine {
  readonly labels: string;
  readonly value: number;
}

export function linesOf(text: string, metric: string): readonly MetricLine[] {
  const pattern = new RegExp(`^${metric}(?:\\{(.*)\\})? (\\S+)$`, 'gm');
  return [...text.matchAll(pattern)].map(([, labels = '', value]) => ({ labels, value: Number(value) }));
}

/** The deadline is long, because a receiver under full load answers slowly. */
const deadlineMs = 60_000;

/** @param url URL of a program, without a path */
export async function ownMetrics(url: string, signal: AbortSignal): Promise<string> {
  const { text } = await exchange(`${url}/metrics`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
  });
  return text;
}

export function sumOf(text: string, metric: string): number {
  return linesOf(text, metric).reduce((sum, { value }) => sum + value, 0);
}
