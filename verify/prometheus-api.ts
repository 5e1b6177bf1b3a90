import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { getJson, listOf } from './get-json.ts';

const vector = z.object({
  data: z.object({
    resultType: z.enum(['vector', 'scalar', 'matrix', 'string']),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]).optional(),
        values: z.array(z.tuple([z.number(), z.string()])).optional(),
      }),
    ),
  }),
});

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        scrapeUrl: z.string(),
        health: z.string(),
        lastError: z.string(),
      }),
    ),
  }),
});

const rules = z.object({
  data: z.object({
    groups: listOf(
      z.object({
        name: z.string(),
        evaluationTime: z.number(),
        rules: z.array(
          z.object({
            name: z.string(),
            type: z.enum(['alerting', 'recording']),
            query: z.string().optional(),
            health: z.string(),
            lastError: z.string().optional(),
            state: z.string().optional(),
          }),
        ),
      }),
    ),
  }),
});

const alertmanagers = z.object({
  data: z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) }),
});

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Result of an instant query: Unix time in seconds, and value. */
  readonly value?: readonly [number, string] | undefined;
  /** Result of a range selector: all stored samples. */
  readonly values?: readonly (readonly [number, string])[] | undefined;
}

export type Target = z.infer<typeof targets>['data']['activeTargets'][number];
export type RuleGroupStatus = z.infer<typeof rules>['data']['groups'][number];

export interface QueryOptions {
  /** @default 10 s */
  readonly deadlineMs?: number;
}

/**
 * Each HTTP request has a time limit, by default 10 s.
 * @throws Error with the URL and the received answer
 */
export interface PrometheusApi {
  query(expr: string, options?: QueryOptions): Promise<readonly Series[]>;
  targets(): Promise<readonly Target[]>;
  ruleGroups(): Promise<readonly RuleGroupStatus[]>;
  alertmanagers(): Promise<readonly string[]>;
}

/**
 * @param url URL without a path
 * @param dispatcher trusts the CA of Prometheus. The default uses no proxy.
 */
export function prometheusApi(url: string, dispatcher?: Dispatcher): PrometheusApi {
  const get = <T>(
    path: string,
    schema: z.ZodType<T>,
    query: Record<string, string> = {},
    { deadlineMs }: QueryOptions = {},
  ) => getJson({ url: `${url}${path}`, schema, query, dispatcher, deadlineMs });
  return {
    query: async (expr, options) =>
      (await get('/api/v1/query', vector, { query: expr }, options)).data.result,
    targets: async () => (await get('/api/v1/targets', targets, { state: 'active' })).data.activeTargets,
    ruleGroups: async () => (await get('/api/v1/rules', rules)).data.groups,
    alertmanagers: async () =>
      (await get('/api/v1/alertmanagers', alertmanagers)).data.activeAlertmanagers.map((a) => a.url),
  };
}
