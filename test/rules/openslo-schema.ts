import * as z from 'zod';

/* Schema of OpenSLO v1 (https://openslo.com). The Go SDK 0.9.2 of OpenSLO also accepts our file. */

/** A DNS label of RFC 1123. */
const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const metadata = z.strictObject({
  name,
  displayName: z.string().min(1).max(63).optional(),
  annotations: z
    .record(z.string().regex(/^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/), z.string())
    .optional(),
});
const description = z.string().max(1050);
/** A number and a unit: minute, hour, day, week, month (`M`), quarter or year. */
const duration = z.string().regex(/^[1-9]\d*[mhdwMQY]$/);
const metric = z.strictObject({
  metricSource: z.strictObject({
    type: z.string().min(1),
    spec: z.strictObject({ query: z.string().min(1) }),
  }),
});

const object = <K extends string, S extends z.ZodType>(kind: K, spec: S) =>
  z.strictObject({ apiVersion: z.literal('openslo/v1'), kind: z.literal(kind), metadata, spec });

export const openSloSchema = z.discriminatedUnion('kind', [
  object('Service', z.strictObject({ description })),
  object(
    'AlertNotificationTarget',
    z.strictObject({ description: description.optional(), target: z.string().min(1) }),
  ),
  object(
    'AlertCondition',
    z.strictObject({
      description,
      severity: z.string().min(1),
      condition: z.strictObject({
        kind: z.literal('burnrate'),
        op: z.enum(['gt', 'gte', 'lt', 'lte']),
        threshold: z.number(),
        lookbackWindow: duration,
        alertAfter: duration.optional(),
      }),
    }),
  ),
  object(
    'AlertPolicy',
    z.strictObject({
      description,
      alertWhenBreaching: z.boolean(),
      alertWhenResolved: z.boolean(),
      conditions: z.array(z.strictObject({ conditionRef: name })).length(1),
      notificationTargets: z.array(z.strictObject({ targetRef: name })).min(1),
    }),
  ),
  object(
    'SLO',
    z.strictObject({
      description,
      service: name,
      indicator: z.strictObject({
        metadata,
        spec: z.strictObject({
          description,
          ratioMetric: z.strictObject({ counter: z.boolean(), bad: metric, total: metric }),
        }),
      }),
      timeWindow: z.array(z.strictObject({ duration, isRolling: z.literal(true) })).length(1),
      budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
      objectives: z
        .array(z.strictObject({ displayName: z.string(), target: z.number().gte(0).lt(1) }))
        .min(1),
      alertPolicies: z.array(z.strictObject({ alertPolicyRef: name })),
    }),
  ),
]);
