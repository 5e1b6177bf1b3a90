import { ApiError, noAnswer } from './api.ts';

export type Labels = Readonly<Record<string, string>>;

/** A series in the result of an instant query. `value` has a Unix time in seconds and the value. */
export interface InstantSeries {
  readonly metric: Labels;
  readonly value: readonly [number, string];
}

export interface RangeSeries {
  readonly metric: Labels;
  readonly values: readonly (readonly [number, string])[];
}

/** A warning or information of Prometheus, such as "metric might not be a counter". */
export interface QueryNote {
  readonly level: 'warning' | 'info';
  readonly text: string;
}

export interface QueryResult<Series> {
  readonly series: readonly Series[];
  readonly notes: readonly QueryNote[];
}

/** The times are Unix times in seconds. `step` is the distance between two points in seconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

interface Answer {
  readonly status: 'success' | 'error';
  readonly data?: { readonly resultType: string; readonly result: unknown };
  readonly error?: string;
  readonly detail?: string;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

async function ask(
  path: string,
  parameters: Readonly<Record<string, string>>,
  signal?: AbortSignal,
  method: 'GET' | 'POST' = 'POST',
): Promise<Answer> {
  const sent = new URLSearchParams(parameters);
  const response = await fetch(`/api/prometheus/api/v1/${path}${method === 'GET' ? `?${sent}` : ''}`, {
    method,
    ...(method === 'POST' && { body: sent }),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : noAnswer();
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (answer.status === 'success') return answer;
  throw new ApiError(response.status, answer.error ?? answer.detail ?? `HTTP ${response.status}`);
}

function notesOf({ warnings = [], infos = [] }: Answer): readonly QueryNote[] {
  return [
    ...warnings.map((text) => ({ level: 'warning', text }) as const),
    ...infos.map((text) => ({ level: 'info', text }) as const),
  ];
}

/**
 * @param at Unix time in seconds; default now
 * @throws ApiError with the message of Prometheus
 */
export async function query(
  expr: string,
  signal?: AbortSignal,
  at?: number,
): Promise<QueryResult<InstantSeries>> {
  const parameters = { query: expr, ...(at !== undefined && { time: String(at) }) };
  const answer = await ask('query', parameters, signal);
  const { data } = answer;
  const result = data?.result;
  const series =
    data?.resultType === 'scalar' || data?.resultType === 'string'
      ? [{ metric: {}, value: result as InstantSeries['value'] }]
      : ((result ?? []) as readonly InstantSeries[]);
  return { series, notes: notesOf(answer) };
}

/** @throws ApiError with the message of Prometheus */
export async function queryRange(
  expr: string,
  { from, to, step }: TimeRange,
  signal?: AbortSignal,
): Promise<QueryResult<RangeSeries>> {
  const parameters = { query: expr, start: String(from), end: String(to), step: String(step) };
  const answer = await ask('query_range', parameters, signal);
  return { series: (answer.data?.result ?? []) as readonly RangeSeries[], notes: notesOf(answer) };
}

/**
 * When Prometheus started, as a Unix time in seconds.
 * @throws ApiError
 */
export async function startTime(signal?: AbortSignal): Promise<number> {
  const { data } = await ask('status/runtimeinfo', {}, signal, 'GET');
  return Date.parse((data as unknown as { readonly startTime: string }).startTime) / 1000;
}

/** Step of a range query, in seconds. The parameter `seconds` is the length of the time range. */
export function stepFor(seconds: number, scrapeInterval: number, points = 240): number {
  return Math.max(1, Math.ceil(seconds / points / scrapeInterval)) * scrapeInterval;
}

/** The series in the notation of Prometheus: `name{label="value"}`. */
export function seriesName({ __name__ = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return pairs.length > 0 ? `${__name__}{${pairs.join(', ')}}` : __name__ || '{}';
}

/** @throws ApiError */
export async function labelValues(
  label: string,
  selector: string,
  { from, to }: Pick<TimeRange, 'from' | 'to'>,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const parameters = { 'match[]': selector, start: String(from), end: String(to) };
  const { data } = await ask(`label/${label}/values`, parameters, signal, 'GET');
  return (data ?? []) as unknown as readonly string[];
}
