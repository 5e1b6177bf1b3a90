import pRetry from 'p-retry';
import type { PushOutcome } from '../../metrics/definitions/batch-pusher.ts';
import { type Grouping, groupPath } from '../../metrics/push-group.ts';
import { BodyTooLargeError } from '../http/body-limit.ts';
import type { Exposed } from '../http/exposition.ts';
import {
  discard,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  FetchTimeoutError,
  readText,
} from '../http/fetch.ts';

export interface PushgatewayOptions {
  readonly fetch: Fetch;
  /** URL of the Pushgateway, including its path prefix. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Milliseconds for all attempts together. */
  readonly timeoutMs: number;
  /** @default 3 */
  readonly maxAttempts?: number;
  /** Called before the second attempt and each further attempt. */
  readonly onRetry?: () => void;
}

export interface Group {
  readonly job: string;
  readonly grouping?: Grouping;
}

export interface PushgatewayClient {
  /**
   * Replaces all metrics of the group (PUT).
   * @throws PushError
   */
  replace(group: Group, metrics: Exposed): Promise<void>;
  /**
   * Adds metrics to the group (POST), and replaces metrics with the same name.
   * @throws PushError
   */
  add(group: Group, metrics: Exposed): Promise<void>;
  /**
   * Deletes the group (DELETE). A missing group is no error.
   * @throws PushError
   */
  remove(group: Group): Promise<void>;
}

/** The push is unconfirmed. After `unavailable` or `timeout`, the Pushgateway can have stored the push. */
export class PushError extends Error {
  override readonly name = 'PushError';
  /** `unavailable`: no connection, or status 5xx. `rejected`: any status except 2xx and 5xx. */
  readonly outcome: Exclude<PushOutcome, 'pushed'>;
  /** HTTP status of an answer that is not 2xx. Undefined if no such answer arrived. */
  readonly status: number | undefined;

  constructor(
    outcome: PushError['outcome'],
    message: string,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.outcome = outcome;
    this.status = options.status;
  }
}

const maxReasonBytes = 4096;
/** Wait of 50 to 100 ms before the second attempt, and twice as long before each further attempt. */
const backoff = { minTimeout: 50, factor: 2, randomize: true };
const longestBackoffMs = (attempt: number) => 2 * backoff.minTimeout * backoff.factor ** (attempt - 1);
/** Minimum bytes for compression. A smaller body fits into one packet. */
const gzipFromBytes = 1400;

export function createPushgatewayClient(options: PushgatewayOptions): PushgatewayClient {
  const { fetch, timeoutMs, maxAttempts = 3, onRetry } = options;
  const base = options.url.replace(/\/+$/, '');
  const authorization = basicAuthorization(options);

  async function send(method: string, { job, grouping }: Group, metrics?: Exposed): Promise<void> {
    const url = base + groupPath(job, grouping);
    const { headers, body } = await encode(metrics);
    await attempts(url, {
      method,
      headers: { ...headers, ...authorization },
      ...(body && { body }),
      redirect: 'manual',
    });
  }

  async function attempts(url: string, init: Omit<FetchInit, 'timeoutMs'>): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    await pRetry(
      (attempt) => {
        if (attempt > 1) onRetry?.();
        return exchange(url, { ...init, timeoutMs: deadline - performance.now() }).catch((error) => {
          throw asPushError(error, timeoutMs);
        });
      },
      {
        ...backoff,
        retries: maxAttempts - 1,
        shouldRetry: ({ error, attemptNumber }) =>
          error instanceof PushError &&
          error.outcome === 'unavailable' &&
          performance.now() + longestBackoffMs(attemptNumber) < deadline,
      },
    );
  }

  async function exchange(url: string, init: FetchInit): Promise<void> {
    const response = await fetch(url, init);
    const { status } = response;
    if (status >= 200 && status < 300) return discard(response);
    const reason = await reasonOf(response);
    const outcome = status >= 500 ? 'unavailable' : 'rejected';
    throw new PushError(outcome, `the Pushgateway answered ${status}: ${reason}`, { status });
  }

  return {
    replace: (group, metrics) => send('PUT', group, metrics),
    add: (group, metrics) => send('POST', group, metrics),
    remove: (group) => send('DELETE', group),
  };
}

async function encode(metrics: Exposed | undefined) {
  if (!metrics) return { headers: {} };
  const { text, contentType } = await metrics.exposition();
  const plain = { headers: { 'content-type': contentType }, body: text };
  if (Buffer.byteLength(text) < gzipFromBytes) return plain;
  const [{ promisify }, zlib] = await Promise.all([import('node:util'), import('node:zlib')]);
  return {
    headers: { ...plain.headers, 'content-encoding': 'gzip' },
    body: await promisify(zlib.gzip)(text),
  };
}

async function reasonOf(response: FetchResponse): Promise<string> {
  try {
    return (await readText(response, maxReasonBytes)).trim() || 'no reason given';
  } catch (error) {
    return error instanceof BodyTooLargeError
      ? 'the reason is too long for this message'
      : 'the reason is unreadable';
  }
}

function asPushError(error: unknown, timeoutMs: number): PushError {
  if (error instanceof PushError) return error;
  if (error instanceof FetchTimeoutError) {
    return new PushError('timeout', `the Pushgateway did not answer within ${timeoutMs} ms`, {
      cause: error,
    });
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new PushError('unavailable', `the Pushgateway cannot be reached: ${detail}`, { cause: error });
}

function basicAuthorization({ username, password }: PushgatewayOptions): Record<string, string> {
  if (username === undefined) return {};
  const credentials = Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64');
  return { authorization: `Basic ${credentials}` };
}
