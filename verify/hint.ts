import type { LaptopEngine } from '../config/topology.ts';
import type { Finding } from './check.ts';

/**
 * A possible cause of failed checks on the laptop.
 * @param engine value of the option --engine
 */
export function hintOf(findings: readonly Finding[], engine?: LaptopEngine): string | undefined {
  const has = (text: string) => findings.some(({ detail }) => detail.includes(text));
  const started = engine
    ? `with the --port-offset of this command and with the engine ${engine}`
    : 'with the --port-offset of this command';
  if (has('ECONNREFUSED')) {
    const silent = engine === 'thanos' ? 'Thanos' : 'Prometheus';
    return `${silent} does not answer. Check that the pipeline (npm start) runs ${started}.${engine ? ` ${withoutOption}` : ''}`;
  }
  return engine && has('has not loaded this group of rules')
    ? `The pipeline has not loaded all rules. Check that the pipeline (npm start) runs ${started}. ${withoutOption}`
    : undefined;
}

/** Length of the start phase in milliseconds. In this phase, some targets are not scraped yet. */
const recentMs = 2 * 60_000;

/**
 * Returns a hint if the system started recently, and a check has the verdict `fail` or `wait`.
 * @param startedAt in Unix milliseconds
 */
export function recentStartHint(
  findings: readonly Finding[],
  startedAt: number | undefined,
  now: number,
): string | undefined {
  const isSound = findings.every(({ verdict }) => verdict !== 'fail' && verdict !== 'wait');
  if (isSound || startedAt === undefined || now - startedAt >= recentMs) return undefined;
  const seconds = Math.max(0, Math.round((now - startedAt) / 1000));
  return `The system started only ${seconds} s ago, therefore some data does not exist yet. Add --wait 60: the command then repeats its checks for up to 60 s.`;
}

const withoutOption =
  'Without the option --engine, verify reads the engine from the console of the pipeline.';
