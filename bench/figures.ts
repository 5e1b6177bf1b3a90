import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** Text with the median, the lowest and the highest value, in whole numbers. */
export function spread(values: readonly number[], unit: string): string {
  const [middle, best, worst] = [median(values), Math.min(...values), Math.max(...values)].map((value) =>
    value.toFixed(0),
  );
  return `median ${middle} ${unit} (${best} to ${worst}, ${values.length} values)`;
}

/** Prints a measured value and its target. */
export function figure(
  what: string,
  value: string,
  wanted?: { readonly text: string; readonly met: boolean },
): void {
  const verdict = wanted ? `  (wanted ${wanted.text}: ${wanted.met ? 'met' : 'NOT met'})` : '';
  console.log(`  ${what.padEnd(52)} ${value}${verdict}`);
}

export function atLeast(value: number, wanted: number, unit: string) {
  return { text: `≥ ${wanted}${unit}`, met: value >= wanted };
}

export function atMost(value: number, wanted: number, unit: string) {
  return { text: `≤ ${wanted}${unit}`, met: value <= wanted };
}

/** A load above the number of cores makes the measured values unreliable. */
export function machine(): string {
  const [load = 0] = loadavg();
  const memory = (totalmem() / 1e9).toFixed(0);
  return `${availableParallelism()} × ${cpus()[0]?.model ?? 'CPU'}, ${memory} GB, Node ${process.version}, load before: ${load.toFixed(1)}`;
}
