import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { bodyWithin } from './body-within.ts';
import { direct } from './direct.ts';

const defaultDeadlineMs = 10_000;
const defaultMaxBytes = 256 * 1024 ** 2;

export interface JsonRequest<T> {
  readonly url: string;
  readonly schema: z.ZodType<T>;
  readonly query?: Readonly<Record<string, string>>;
  /**
   * undici dispatcher with the CA of the server.
   * @default `direct()`, which trusts only Node's CAs
   */
  readonly dispatcher?: Dispatcher | undefined;
  /** @default 10 s */
  readonly deadlineMs?: number | undefined;
  /**
   * Maximum bytes of an answer.
   * @default 256 MiB, about 2000 series with 3000 samples each
   */
  readonly maxBytes?: number;
}

/** A list in a JSON answer. A Go program such as Thanos can write an empty list as `null`. */
export const listOf = <T>(item: z.ZodType<T>) =>
  z
    .array(item)
    .nullable()
    .transform((list) => list ?? []);

/** A request without a usable answer. The message contains the URL and the received answer. */
export class AnswerError extends Error {
  /** Undefined if the server did not answer, or if the connection ended early. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Sends a GET request and returns the JSON of the answer.
 * @throws AnswerError
 */
export async function getJson<T>({
  url,
  schema,
  query = {},
  dispatcher,
  deadlineMs = defaultDeadlineMs,
  maxBytes = defaultMaxBytes,
}: JsonRequest<T>): Promise<T> {
  const asked = `${url}${query.query ? ` for ${query.query}` : ''}`;
  const signal = AbortSignal.timeout(deadlineMs);
  // The import is delayed, because loading undici takes 0.1 s.
  const { request } = await import('undici');
  const route = dispatcher ?? (await direct());
  const response = await request(url, { query, signal, dispatcher: route }).catch((error) => {
    throw new AnswerError(`${asked}: no answer (${error instanceof Error ? error.message : error})`);
  });
  const { statusCode } = response;
  const body = await bodyWithin(response, maxBytes).catch((error) => {
    throw new AnswerError(
      `${asked}: the connection ended before the end of the answer (${error instanceof Error ? error.message : error})`,
    );
  });
  if (body === undefined) {
    throw new AnswerError(`${asked}: the answer has more than ${maxBytes} bytes`, statusCode);
  }
  const text = body.toString('utf8');
  if (statusCode !== 200) {
    throw new AnswerError(`${asked}: HTTP ${statusCode}, ${text.slice(0, 200)}`, statusCode);
  }
  const parsed = schema.safeParse(jsonOf(text, asked));
  if (!parsed.success) {
    throw new AnswerError(
      `${asked}: unexpected answer; check that the URL belongs to the expected program; ${z.prettifyError(parsed.error)}`,
      statusCode,
    );
  }
  return parsed.data;
}

function jsonOf(text: string, asked: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AnswerError(`${asked}: expected JSON, received ${text.slice(0, 200)}`, 200);
  }
}
