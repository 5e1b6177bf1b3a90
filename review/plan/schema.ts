import { z } from 'zod';

/**
 * `z.object` ignores unknown fields, because a later minor version can add fields
 * (https://developer.hashicorp.com/terraform/internals/json-format).
 */

const actions = z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'forget']));

const change = z.object({
  actions,
  before: z.unknown(),
  after: z.unknown(),
  /** Has the shape of `after`, with `true` for each value that only the apply computes. */
  after_unknown: z.unknown(),
  /** Marks the sensitive values of `before`. Example: `{ password: true }` marks `before.password`. */
  before_sensitive: z.unknown(),
  after_sensitive: z.unknown(),
  importing: z.object({ id: z.string().optional() }).optional(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  change,
  action_reason: z.string().optional(),
});

const configuredResource = z.object({
  address: z.string(),
  expressions: z.record(z.string(), z.unknown()).optional(),
});

export const planSchema = z.object({
  format_version: z.string(),
  terraform_version: z.string(),
  /** False if Terraform left out some changes, for example because of `-target`. */
  complete: z.boolean().default(true),
  errored: z.boolean().default(false),
  variables: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).optional(),
  configuration: z
    .object({
      root_module: z
        .object({
          resources: z.array(configuredResource).default([]),
          variables: z.record(z.string(), z.object({ sensitive: z.boolean().optional() })).default({}),
        })
        .optional(),
    })
    .optional(),
});

export type PlanJson = z.infer<typeof planSchema>;
export type ResourceChange = PlanJson['resource_changes'][number];
