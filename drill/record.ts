import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { FaultResult } from './result.ts';

const file = join(import.meta.dirname, 'recorded.json');

const seconds = z.exactOptional(z.number());
const recorded = z.object({
  /** Day of the last drill that included every fault. */
  date: z.iso.date(),
  /** Average duration of a round of this drill, in seconds. */
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

export type RecordedDrill = z.infer<typeof recorded>;

export const readRecord = (): RecordedDrill => recorded.parse(JSON.parse(readFileSync(file, 'utf8')));

export function writeRecord(record: RecordedDrill): void {
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

export interface FinishedDrill {
  readonly results: readonly FaultResult[];
  readonly isWhole: boolean;
  /** Average duration of one round of the drill, in seconds. */
  readonly seconds: number;
  readonly endedAt: Date;
}

/** A drill of all faults replaces the whole record. Other drills replace the results of their faults. */
export function recordOf(
  { results, isWhole, seconds, endedAt }: FinishedDrill,
  before: () => RecordedDrill,
): RecordedDrill {
  const earlier = isWhole ? undefined : before();
  const last = new Map(earlier?.results.map((result) => [result.fault, result]));
  for (const { fault, verdict, alerts, consequences } of results) {
    // In a drill with several rounds, the result of the last round replaces the earlier results.
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
