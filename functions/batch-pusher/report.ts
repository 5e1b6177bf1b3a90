import * as z from 'zod/mini';
import { batchMetrics } from '../../metrics/definitions/batch.ts';
import { addedLabels, canonicalGrouping } from '../../metrics/push-group.ts';
import { createRegistry, type Registry } from '../../metrics/registry.ts';

const count = z.int().check(z.nonnegative(), z.describe('A count of records.'));
const seconds = z.number().check(z.nonnegative(), z.maximum(1e9), z.describe('A time in seconds.'));

const reservedLabels: readonly string[] = [
  'job',
  ...addedLabels,
  ...Object.values(batchMetrics).flatMap<string>(({ labels }) => labels),
];
const labelExpectation = `expected a label name of at most 64 letters, digits and _, without a digit or __ at the start. Reserved names: ${reservedLabels.join(', ')}. Rename the label`;
const labelName = z
  .string()
  .check(
    z.regex(new RegExp(`^(?!__)(?!(?:${reservedLabels.join('|')})$)[a-zA-Z_][a-zA-Z0-9_]*$`)),
    z.maxLength(64),
    z.describe('A label name.'),
  );
/** JSON can contain half of a UTF-16 surrogate pair. The URL encoding would replace this half. */
const labelValue = z.string().check(
  z.maxLength(256),
  z.refine((text) => !/\p{Surrogate}/u.test(text), 'expected valid Unicode text'),
  z.describe('Any text.'),
);
export const jobName = labelValue.check(z.minLength(1));

const groupingSchema = z.pipe(
  z
    .record(labelName, labelValue, {
      error: ({ code }) => (code === 'invalid_key' ? labelExpectation : undefined),
    })
    .check(
      z.refine((grouping) => Object.keys(grouping).length <= 8, 'expected at most 8 labels'),
      z.describe(
        'Labels of the group in addition to `job`, at most 8. The function removes a label with an empty value, because Prometheus does not distinguish this label from a missing label.',
      ),
    ),
  z.transform(canonicalGrouping),
);

/** Minimum and maximum of the seconds between two runs of a job. The maximum is 366 days, a leap year. */
export const periodBounds = { min: 1, max: 366 * 86_400 } as const;

const periodSchema = z.optional(
  z
    .number()
    .check(
      z.minimum(periodBounds.min),
      z.maximum(periodBounds.max),
      z.describe(
        'Seconds between two planned runs of this job. The alerts BatchRunMissing and BatchDataStale need this value, except for the ETL job of the platform.',
      ),
    ),
);

const etlSchema = z.strictObject({ extracted: count, transformed: count, loaded: count });

export const reportSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('success'),
    grouping: z._default(groupingSchema, {}),
    periodSeconds: periodSchema,
    durationSeconds: seconds,
    recordsProcessed: count,
    etl: etlSchema,
  }),
  z.strictObject({
    status: z.literal('failure'),
    grouping: z._default(groupingSchema, {}),
    periodSeconds: periodSchema,
    durationSeconds: z.optional(seconds),
    recordsProcessed: z.optional(count),
    etl: z.optional(z.partial(etlSchema)),
  }),
]);

export type Report = z.infer<typeof reportSchema>;

/** @param finishedAt Unix time in seconds */
export function reportMetrics(report: Report, finishedAt: number): Registry<typeof batchMetrics> {
  const registry = createRegistry(batchMetrics);
  const { metrics } = registry;
  metrics.success.set(report.status === 'success' ? 1 : 0);
  if (report.durationSeconds !== undefined) metrics.durationSeconds.set(report.durationSeconds);
  if (report.periodSeconds !== undefined) metrics.periodSeconds.set(report.periodSeconds);
  // A failed run sends a POST. The Pushgateway then keeps these metrics of the last successful run.
  if (report.status === 'success') {
    metrics.recordsTotal.set(report.recordsProcessed);
    metrics.extracted.set(report.etl.extracted);
    metrics.transformed.set(report.etl.transformed);
    metrics.loaded.set(report.etl.loaded);
    metrics.lastSuccess.set(finishedAt);
  }
  return registry;
}
