import { Readable } from 'node:stream';
import { collect, limited } from './body-limit.ts';
import { decodeBody } from './content-coding.ts';

/**
 * The HTTP client of the functions.
 * @throws FetchTimeoutError, also from the body, when the exchange takes too long
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Milliseconds for the whole exchange, its body included. */
  readonly timeoutMs: number;
  /** Aborts the exchange. */
  readonly signal?: AbortSignal | undefined;
  /** Redirects are normal answers: following a redirect would send the request to another party. */
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

/**
 * Reads a body to its end, decoded and without a byte order mark. `limit` applies to the received bytes and to the
 * decoded bytes.
 * @throws BodyTooLargeError as soon as there are more than `limit` bytes; the connection is closed then.
 * UnsupportedCodingError, BrokenCodingError
 */
export async function readText({ body, headers }: FetchResponse, limit: number): Promise<string> {
  if (!body) return '';
  const bytes = await decodeBody(await bytesOf(body, limit), headers.get('content-encoding'), limit);
  // A TextDecoder drops the byte order mark.
  return new TextDecoder().decode(bytes);
}

async function bytesOf(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  if (body instanceof Readable) {
    try {
      return await collect(body, limit);
    } catch (error) {
      body.destroy();
      throw error;
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(body, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Frees the connection of an unread body, without waiting for the end of the body. The connection is kept if the
 * whole body has arrived, and closed otherwise: the next request to the origin would wait for an unread body.
 */
export function cancel({ body }: FetchResponse): void {
  if (!body) return;
  if (!(body instanceof Readable))
    void body[Symbol.asyncIterator]()
      .return?.()
      .catch(() => undefined);
  else if ('complete' in body && body.complete) body.resume();
  else body.destroy();
}

/** Waits for the end of an unread body, after which the connection can be used again. */
export async function discard({ body }: FetchResponse): Promise<void> {
  if (!body) return;
  if (body instanceof Readable) {
    body.resume();
    if (!body.closed) await new Promise<void>((resolve) => body.once('close', () => resolve()));
  } else for await (const _ of body);
}
