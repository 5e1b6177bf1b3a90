import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { getJson, listOf } from './get-json.ts';

/** Deadline in milliseconds. A hanging Prometheus must not delay the next read of the alerts. */
const deadlineMs = 5000;

const labels = z.record(z.string(), z.string());
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const activeAlerts = z.object({
  data: z.object({
    alerts: listOf(
      z.object({
        labels,
        annotations: labels,
        state: z.enum(['pending', 'firing']),
        activeAt: time,
        keepFiringSince: time.optional(),
        value: z.string(),
      }),
    ),
  }),
});

const rules = z.object({
  data: z.object({
    groups: listOf(
      z.object({
        name: z.string(),
        interval: z.number(),
        rules: z.array(
          z.object({
            name: z.string(),
            query: z.string(),
            duration: z.number(),
            keepFiringFor: z.number().default(0),
            labels: labels.default({}),
            annotations: labels.default({}),
            health: z.string(),
            lastError: z.string().optional(),
          }),
        ),
      }),
    ),
  }),
});

const matrix = z.object({
  data: z.object({
    result: z.array(z.object({ metric: labels, values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

const runtime = z.object({ data: z.object({ startTime: time }) });

/** Times are Unix times in milliseconds. */
export type PrometheusAlert = z.infer<typeof activeAlerts>['data']['alerts'][number];
export type AlertRuleGroup = z.infer<typeof rules>['data']['groups'][number];
/** A series with its samples: pairs of a Unix time in seconds and a value. */
export type SampledSeries = z.infer<typeof matrix>['data']['result'][number];

/**
 * Prometheus' API for alerts. Each call ends within 5 s.
 * @throws Error with the URL and the answer
 */
export interface AlertsApi {
  active(): Promise<readonly PrometheusAlert[]>;
  /** Every alerting rule, without its alerts. */
  rules(): Promise<readonly AlertRuleGroup[]>;
  /** Unix time in milliseconds at which the Prometheus process started. */
  startedAt(): Promise<number>;
  /**
   * The values of an expression at each step.
   * @param range Unix times and a step, in seconds
   */
  range(
    expr: string,
    range: { readonly from: number; readonly to: number; readonly step: number },
  ): Promise<readonly SampledSeries[]>;
  /**
   * Every stored sample of a range selector such as `up[1m]`.
   * @param at Unix time of the end, in seconds
   */
  samples(selector: string, at: number): Promise<readonly SampledSeries[]>;
}

/** @param url URL without a path */
export function alertsApi(url: string, dispatcher?: Dispatcher): AlertsApi {
  const get = <T>(path: string, schema: z.ZodType<T>, query: Record<string, string> = {}) =>
    getJson({ url: `${url}/api/v1/${path}`, schema, query, dispatcher, deadlineMs });
  return {
    active: async () => (await get('alerts', activeAlerts)).data.alerts,
    rules: async () => (await get('rules', rules, { type: 'alert', exclude_alerts: 'true' })).data.groups,
    startedAt: async () => (await get('status/runtimeinfo', runtime)).data.startTime,
    range: async (query, { from, to, step }) => {
      const parameters = { query, start: String(from), end: String(to), step: String(step) };
      return (await get('query_range', matrix, parameters)).data.result;
    },
    samples: async (query, at) => (await get('query', matrix, { query, time: String(at) })).data.result,
  };
}
