import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { FaultResult } from './result.ts';

const file = join(import.meta.dirname, 'recorded.json');

const seconds = z.exactOptional(z.number());
const recorded = z.object({
  /** Day of the last drill of all faults. */
  date: z.iso.date(),
  /** Duration of the last drill of all faults, in seconds. */
  seconds: z.number(),
  results: z.array(
    z.object({
      fault: z.string(),
      verdict: z.enum(['passed', 'failed', 'not-run']),
      alerts: z.array(
        z.object({
          alert: z.string(),
          labels: z.exactOptional(z.record(z.string(), z.string())),
          seconds: z.object({
            condition: seconds,
            pending: seconds,
            firing: seconds,
            notified: seconds,
            clear: seconds,
            resolved: seconds,
          }),
        }),
      ),
      consequences: z.array(z.string()),
    }),
  ),
});

/** The last recorded drill of the laptop pipeline. */
export type RecordedDrill = z.infer<typeof recorded>;

export const readRecord = (): RecordedDrill => recorded.parse(JSON.parse(readFileSync(file, 'utf8')));

export function writeRecord(record: RecordedDrill): void {
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** A finished drill of the laptop pipeline. */
export interface FinishedDrill {
  readonly results: readonly FaultResult[];
  /** Whether the drill included every fault. */
  readonly isWhole: boolean;
  /** Duration of a round of the drill in seconds. */
  readonly seconds: number;
  readonly endedAt: Date;
}

/**
 * The record after a drill. A drill of some faults replaces only the results of these faults. Each fault has the
 * results of its last round.
 */
export function recordOf(
  { results, isWhole, seconds, endedAt }: FinishedDrill,
  before: () => RecordedDrill,
): RecordedDrill {
  const earlier = isWhole ? undefined : before();
  const last = new Map(earlier?.results.map((result) => [result.fault, result]));
  for (const { fault, verdict, alerts, consequences } of results) {
    last.set(fault, {
      fault,
      verdict,
      alerts: alerts.map(({ alert, labels, seconds }) => ({ alert, ...(labels && { labels }), seconds })),
      consequences: [...consequences],
    });
  }
  return {
    date: earlier?.date ?? endedAt.toISOString().slice(0, 10),
    seconds: earlier?.seconds ?? Math.round(seconds),
    results: [...last.values()].sort((one, other) => (one.fault < other.fault ? -1 : 1)),
  };
}
