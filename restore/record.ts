import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { contentText } from './report.ts';
import type { RestoreResult } from './result.ts';

const file = join(import.meta.dirname, 'recorded.json');

const recorded = z.object({
  date: z.iso.date(),
  seconds: z.number(),
  recoverySeconds: z.number(),
  stores: z.array(
    z.object({
      store: z.string(),
      program: z.string(),
      content: z.string(),
      megabytes: z.number(),
      backupSeconds: z.number(),
      recoverySeconds: z.number(),
      lostSeconds: z.number(),
    }),
  ),
});

export type RecordedRestore = z.infer<typeof recorded>;

const records = z.record(z.string(), recorded);

/** The last recorded drill of each system, by the name of the system. */
export const readRecords = (): Readonly<Record<string, RecordedRestore>> =>
  records.parse(JSON.parse(readFileSync(file, 'utf8')));

const tenths = (number: number | undefined) => Math.round((number ?? 0) * 10) / 10;

export function writeRecord(target: string, result: RestoreResult, endedAt: Date): void {
  const record: RecordedRestore = {
    date: endedAt.toISOString().slice(0, 10),
    seconds: Math.round(result.seconds),
    recoverySeconds: tenths(result.recoverySeconds),
    stores: result.stores.map(({ store, program, parts, ...figures }) => ({
      store,
      program,
      content: contentText(parts),
      megabytes: Math.round((figures.bytes ?? 0) / 1e4) / 100,
      backupSeconds: tenths(figures.backupSeconds),
      recoverySeconds: tenths(figures.recoverySeconds),
      lostSeconds: tenths(figures.lostSeconds),
    })),
  };
  writeFileSync(file, `${JSON.stringify({ ...readRecords(), [target]: record }, null, 2)}\n`);
}
