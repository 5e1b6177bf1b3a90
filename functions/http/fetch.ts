import { Readable } from 'node:stream';
import { collect, limited } from './body-limit.ts';

/**
 * What the functions need of an HTTP client.
 * @throws FetchTimeoutError, also from the body, when the exchange takes too long
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Milliseconds for the whole exchange, its body included. */
  readonly timeoutMs: number;
  /** Ends the exchange before its time. */
  readonly signal?: AbortSignal | undefined;
  /** Redirects are answers like any other: a caller that followed one would hand its request to someone else. */
  readonly redirect: 'manual';
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

export class FetchTimeoutError extends Error {
  override readonly name = 'FetchTimeoutError';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}

/** @throws BodyTooLargeError as soon as more than `limit` bytes have come; the connection is given up then. */
export async function readText({ body }: FetchResponse, limit: number): Promise<string> {
  if (!body) return '';
  if (body instanceof Readable) {
    try {
      return (await collect(body, limit)).toString('utf8');
    } catch (error) {
      body.destroy();
      throw error;
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(body, limit)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Waits for the end of a body that nobody reads, so that the connection can be used again. */
export async function discard({ body }: FetchResponse): Promise<void> {
  if (!body) return;
  if (body instanceof Readable) {
    body.resume();
    if (!body.closed) await new Promise<void>((resolve) => body.once('close', () => resolve()));
  } else for await (const _ of body);
}
