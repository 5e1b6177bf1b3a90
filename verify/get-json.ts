import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { direct } from './direct.ts';

const defaultDeadlineMs = 10_000;

export interface JsonRequest<T> {
  readonly url: string;
  readonly schema: z.ZodType<T>;
  readonly query?: Readonly<Record<string, string>>;
  /**
   * The undici dispatcher that trusts the CA of the server's certificate.
   * @default a dispatcher for direct connections that trusts only Node's CAs
   */
  readonly dispatcher?: Dispatcher | undefined;
  /**
   * Milliseconds after which the request fails.
   * @default 10 s
   */
  readonly deadlineMs?: number | undefined;
}

/** A list in an answer. Go writes an empty list as null. For example, Thanos answers null while no alert is active. */
export const listOf = <T>(item: z.ZodType<T>) =>
  z
    .array(item)
    .nullable()
    .transform((list) => list ?? []);

/**
 * Sends a GET request and returns the JSON of the answer.
 * @throws Error with the URL and the received answer
 */
export async function getJson<T>({
  url,
  schema,
  query = {},
  dispatcher,
  deadlineMs = defaultDeadlineMs,
}: JsonRequest<T>): Promise<T> {
  const asked = `${url}${query.query ? ` for ${query.query}` : ''}`;
  const signal = AbortSignal.timeout(deadlineMs);
  // The first request imports undici. This saves 0.1 s at a start of the pipeline, which sends no request.
  const { request } = await import('undici');
  const route = dispatcher ?? (await direct());
  const response = await request(url, { query, signal, dispatcher: route }).catch((error) => {
    throw new Error(`${asked}: no answer (${error instanceof Error ? error.message : error})`);
  });
  const text = await response.body.text();
  if (response.statusCode !== 200) {
    throw new Error(`${asked}: HTTP ${response.statusCode}, ${text.slice(0, 200)}`);
  }
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${asked}: unexpected answer, ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
