import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { FaultResult } from './result.ts';

const file = join(import.meta.dirname, 'recorded.json');

const seconds = z.exactOptional(z.number());
const recorded = z.object({
  /** Day of the drill. */
  date: z.iso.date(),
  /** Seconds of the whole drill. */
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

/** Writes the results of a drill. A fault keeps the results of its last round. */
export function writeRecord(results: readonly FaultResult[], totalSeconds: number): void {
  const last = new Map(results.map((result) => [result.fault, result]));
  const record: RecordedDrill = {
    date: new Date().toISOString().slice(0, 10),
    seconds: Math.round(totalSeconds),
    results: [...last.values()]
      .map(({ fault, verdict, alerts, consequences }) => ({
        fault,
        verdict,
        alerts: alerts.map(({ alert, labels, seconds }) => ({ alert, ...(labels && { labels }), seconds })),
        consequences: [...consequences],
      }))
      .sort((one, other) => (one.fault < other.fault ? -1 : 1)),
  };
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}
