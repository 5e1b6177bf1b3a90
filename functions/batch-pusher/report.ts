import * as z from 'zod/mini';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { createRegistry, type Registry } from '../../metrics/registry.ts';

const count = z.int().check(z.nonnegative(), z.describe('A count of records.'));
const seconds = z.number().check(z.nonnegative(), z.maximum(1e9), z.describe('A time in seconds.'));

/** A label of the data model, less the ones that are Prometheus's own (`__…`) and `job`, which the path names. */
const labelName = z
  .string()
  .check(z.regex(/^(?!__)(?!job$)[a-zA-Z_][a-zA-Z0-9_]*$/), z.maxLength(64), z.describe('A label name.'));
/** Unicode, because that is what the Pushgateway takes: JSON can also spell half characters. */
const labelValue = z.string().check(
  z.maxLength(256),
  z.refine((text) => !/\p{Surrogate}/u.test(text), 'not Unicode'),
  z.describe('Any text.'),
);
export const jobName = labelValue.check(z.minLength(1));

const groupingSchema = z.record(labelName, labelValue).check(
  z.refine((grouping) => Object.keys(grouping).length <= 8, 'at most 8 labels'),
  z.describe('Labels that name the group beside its job; at most 8.'),
);

const etlSchema = z.strictObject({ extracted: count, transformed: count, loaded: count });

/** What a batch run says of itself. A run that failed need not know its counts. */
export const reportSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('success'),
    grouping: z._default(groupingSchema, {}),
    durationSeconds: seconds,
    recordsProcessed: count,
    etl: etlSchema,
  }),
  z.strictObject({
    status: z.literal('failure'),
    grouping: z._default(groupingSchema, {}),
    durationSeconds: z.optional(seconds),
    recordsProcessed: z.optional(count),
    etl: z.optional(z.partial(etlSchema)),
  }),
]);

export type Report = z.infer<typeof reportSchema>;

/**
 * The metrics of one report, in a registry of their own. A failed run says only that it failed and how long it took:
 * added to its group, it leaves the counts and the time of the last success as they were.
 * @param finishedAt unix seconds
 */
export function reportMetrics(report: Report, finishedAt: number): Registry<typeof batchMetrics> {
  const registry = createRegistry(batchMetrics);
  const { metrics } = registry;
  metrics.success.set(report.status === 'success' ? 1 : 0);
  if (report.durationSeconds !== undefined) metrics.durationSeconds.set(report.durationSeconds);
  if (report.status === 'success') {
    metrics.recordsTotal.set(report.recordsProcessed);
    metrics.extracted.set(report.etl.extracted);
    metrics.transformed.set(report.etl.transformed);
    metrics.loaded.set(report.etl.loaded);
    metrics.lastSuccess.set(finishedAt);
  }
  return registry;
}
