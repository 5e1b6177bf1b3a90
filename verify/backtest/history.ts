import * as z from 'zod';
import { AnswerError, getJson, listOf } from '../get-json.ts';

/** Wrong input or an unusable server. The message is for the user. */
export class BacktestError extends Error {}

const labels = z.record(z.string(), z.string());

const buildInfo = z.object({ data: z.object({ version: z.string() }) });

const rules = z.object({
  data: z.object({
    groups: listOf(
      z.object({
        name: z.string(),
        interval: z.number().positive(),
        rules: z.array(
          z.object({
            name: z.string(),
            type: z.enum(['alerting', 'recording']),
            query: z.string(),
            duration: z.number().default(0),
            keepFiringFor: z.number().default(0),
            labels: labels.nullish().transform((found) => found ?? {}),
          }),
        ),
      }),
    ),
  }),
});

const matrix = z.object({
  warnings: z.array(z.string()).default([]),
  data: z.object({
    result: z.array(
      z.object({ metric: labels, values: z.array(z.tuple([z.number(), z.string()])).default([]) }),
    ),
  }),
});

/** Durations are in seconds. */
export type LoadedGroup = z.infer<typeof rules>['data']['groups'][number];

/** A period in Unix seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A series, with the times in Unix seconds at which the series exists. */
export interface PresentSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly number[];
}

/** The stored history and the loaded rules of a Prometheus. */
export interface History {
  readonly span: Span;
  readonly groups: readonly LoadedGroup[];
  /** The series of an expression at each step of a period. @throws BacktestError if the query fails */
  present(expr: string, span: Span, step: number): Promise<readonly PresentSeries[]>;
}

const day = 86_400;
const requestDeadlineMs = 15_000;
const queryDeadlineMs = 60_000;
/** Maximum number of series that an expression may return. A result with more series is an error. */
const mostSeries = 2000;
/** Maximum number of steps in the range query that searches for the oldest sample. */
const searchParts = 500;

/**
 * @param url URL of Prometheus or a Thanos querier, without `/api/v1`
 * @throws BacktestError if the server is unusable or has no history
 */
export async function openHistory(url: string, days: number, now = Date.now() / 1000): Promise<History> {
  const get = <T>(path: string, schema: z.ZodType<T>, query = {}, deadlineMs = requestDeadlineMs) =>
    getJson({ url: `${url}/api/v1/${path}`, schema, query, deadlineMs });
  await get('status/buildinfo', buildInfo).catch((error) => {
    throw new BacktestError(refusal(url, error));
  });
  const loaded = await get('rules', rules).catch((error) => {
    throw new BacktestError(
      `The rules of the server at ${url} cannot be read. Use the address of a Prometheus or a Thanos querier. ${messageOf(error)}`,
    );
  });
  const present: History['present'] = async (expr, { from, to }, step) => {
    const range = { query: expr, start: String(from), end: String(to), step: String(step) };
    const query = { ...range, limit: String(mostSeries), timeout: `${queryDeadlineMs / 1000}s` };
    const { warnings, data } = await get('query_range', matrix, query, queryDeadlineMs + 5000).catch(
      (error) => {
        throw new BacktestError(messageOf(error));
      },
    );
    if (data.result.length > mostSeries || warnings.some((warning) => warning.includes('truncated'))) {
      throw new BacktestError(
        `The expression returns more than ${mostSeries} series. Expected at most ${mostSeries} series. Make the comparison or the label matchers of this expression stricter: ${expr}`,
      );
    }
    return data.result.map(({ metric: { __name__: _name, ...rest }, values }) => ({
      labels: rest,
      times: values.map(([time]) => time),
    }));
  };
  return { span: await spanOf(url, days, now, present), groups: loaded.data.groups, present };
}

/** The period from the first sample of `up` until now. The start can be one query step too early. */
async function spanOf(url: string, days: number, now: number, present: History['present']): Promise<Span> {
  const to = Math.floor(now);
  const step = Math.max(60, Math.ceil((days * day) / searchParts));
  // The last query step must be the present time, because a new Prometheus has only recent samples.
  const from = to - Math.ceil((days * day) / step) * step;
  const found = await present(`group(last_over_time(up[${step}s]))`, { from, to }, step);
  const [first] = found.flatMap(({ times }) => times);
  if (first === undefined) {
    throw new BacktestError(
      `The Prometheus at ${url} has no sample of \`up\` in the last ${days === 1 ? 'day' : `${days} days`}. Use the address of the Prometheus that stores the samples, or a larger --days.`,
    );
  }
  return { from: Math.max(to - Math.floor(days * day), first - step), to };
}

function refusal(url: string, error: unknown): string {
  const status = error instanceof AnswerError ? error.status : undefined;
  if (status === undefined) {
    return `No server answers at ${url}. ${messageOf(error)} Expected the URL of a running Prometheus, such as http://127.0.0.1:9090. Start it or open a port-forward, and run the command again.`;
  }
  if (status === 401 || status === 403) {
    return `The server at ${url} requires credentials: HTTP ${status}. The command sends none. Use an address without a login, such as a port-forward to the Service of Prometheus.`;
  }
  return `The server at ${url} is not a Prometheus. ${messageOf(error)} Expected the URL of a Prometheus without /api/v1, such as http://127.0.0.1:9090.`;
}

const messageOf = (error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
};
